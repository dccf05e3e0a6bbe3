//! QEMU whose monitor others can share, under libvirt: it is what `<emulator>` of a domain names, by way of a script.
//!
//!     #!/bin/sh
//!     exec shared_monitor --share /run/user/1000/vm-monitor.sock /usr/bin/qemu-system-x86_64 "$@"
//!
//! QEMU gets a monitor at a private socket. A proxy, which is a second process of this program, serves it at the socket that
//! libvirt has passed (`-chardev socket,fd=N`) or named (`-qmp unix:PATH`, when libvirt probes QEMU), and at `--share`. This
//! process becomes QEMU, so that libvirt knows its process id. The proxy ends when QEMU does.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio, id};
use std::thread;
use std::time::Duration;

use qmp_types::proxy::{Proxy, WhenServerEnds};
use qmp_types::server::AccessControl;
use qmp_types::transport::{Address, Listener};
use qmp_types::{ClientOptions, Error, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// The first argument of the second process. The private socket and the addresses to listen on follow.
const PROXY: &str = "--proxy";

const READY: &str = "ready";

/// How long QEMU may take to start.
const START: Duration = Duration::from_secs(60);

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1).peekable();
    if arguments.next_if(|first| first == PROXY).is_some() {
        let private = PathBuf::from(arguments.next().ok_or_else(usage)?);
        return serve(&private, arguments);
    }
    let shared = match arguments.next_if(|first| first == "--share") {
        Some(_) => Some(arguments.next().ok_or_else(usage)?),
        None => None,
    };
    let qemu = arguments.next().ok_or_else(usage)?;
    let mut options: Vec<OsString> = arguments.collect();
    let folder = env::temp_dir().join(format!("shared-monitor-{}", id()));
    let private = folder.join("monitor");
    if let Some(listener) = redirect(&mut options, &private) {
        DirBuilder::new().mode(0o700).create(&folder)?;
        // libvirt probes QEMU in the background. That is nothing to share.
        let shared = shared.filter(|_| options.iter().all(|option| option != "-daemonize"));
        start_proxy(&private, [listener].into_iter().chain(shared))?;
    }
    Err(Command::new(qemu).args(options).exec().into())
}

fn usage() -> Error {
    Error::generic("usage: shared_monitor [--share PATH] QEMU [OPTION]...")
}

/// Makes QEMU listen at the private socket in place of the one that its options name. Returns that address.
fn redirect(options: &mut [OsString], private: &Path) -> Option<OsString> {
    let texts: Vec<String> = options.iter().map(|option| option.to_string_lossy().into_owned()).collect();
    let private = private.display();
    for (at, value) in texts.iter().enumerate().skip(1) {
        let (address, redirected) = match texts[at - 1].as_str() {
            "-qmp" => {
                let (path, rest) = value.strip_prefix("unix:")?.split_once(',').unwrap_or((&value[5..], "server=on"));
                (format!("unix:{path}"), format!("unix:{private},{rest}"))
            }
            "-chardev" if member(value, "id").is_some_and(|id| is_monitor(&texts, id)) => {
                let (id, fd) = (member(value, "id")?, member(value, "fd")?);
                (format!("fd:{fd}"), format!("socket,id={id},path={private},server=on,wait=off"))
            }
            _ => continue,
        };
        options[at] = redirected.into();
        return Some(address.into());
    }
    None
}

/// Returns the value of a member of an option: `socket,id=charmonitor,fd=7`.
fn member<'o>(option: &'o str, name: &str) -> Option<&'o str> {
    option.split(',').find_map(|member| member.strip_prefix(name)?.strip_prefix('='))
}

/// Returns whether a character device is that of a monitor: `-mon chardev=ID`, or an object, whose options may be JSON.
fn is_monitor(options: &[String], id: &str) -> bool {
    let json = format!("\"chardev\":\"{id}\"");
    options.windows(2).any(|pair| match pair[0].as_str() {
        "-mon" => member(&pair[1], "chardev") == Some(id),
        "-object" if pair[1].contains("monitor-qmp") => {
            member(&pair[1], "chardev") == Some(id) || pair[1].contains(&json)
        }
        _ => false,
    })
}

/// Starts the second process, and returns when it listens.
fn start_proxy(private: &Path, listeners: impl Iterator<Item = OsString>) -> Result<()> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(PROXY).arg(private).args(listeners).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line)?;
    // If it is not ready, it has reported the error: both share the standard error.
    if line.trim_end() == READY { Ok(()) } else { Err(Error::generic("the proxy has failed")) }
}

/// Serves QEMU's private monitor until QEMU ends.
fn serve(private: &Path, listeners: impl Iterator<Item = OsString>) -> Result<()> {
    let options = ClientOptions::new().connect_timeout(START);
    let mut proxy = Proxy::new(private)?.client_options(options).when_server_ends(WhenServerEnds::End);
    for address in listeners {
        proxy = proxy.listen(listen(&address)?, AccessControl::new());
    }
    let (handle, mut signals) = (proxy.handle(), Signals::new([SIGTERM, SIGINT])?);
    thread::spawn(move || signals.forever().for_each(|_| handle.stop()));
    detach()?;
    let ended = proxy.run();
    if let Some(folder) = private.parent() {
        fs::remove_dir_all(folder)?;
    }
    ended.map(drop)
}

fn listen(address: &OsStr) -> Result<Listener> {
    Listener::bind(Address::from_os_str(address)?)
}

/// Detaches this process from the one that started it, and lets that one continue.
fn detach() -> io::Result<()> {
    rustix::process::setsid()?;
    writeln!(io::stdout(), "{READY}")?;
    let null = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&null)?;
    rustix::stdio::dup2_stderr(&null)?;
    Ok(())
}
