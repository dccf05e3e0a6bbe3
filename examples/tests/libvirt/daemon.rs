//! libvirt's daemon and its client, without root and without touching the system.
//!
//! The daemon runs in two user namespaces. The outer one mounts its data files at the path where it expects them, and hides KVM,
//! which the emulator does not use. In the inner one the daemon is an ordinary user. So it serves `qemu:///session`, from the folders
//! that the environment names.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::MutexGuard;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use test_support::{Generation, TIME_LIMIT, within};

use crate::orphans;

/// Runs in the outer namespace: mounts, then becomes the program. Its first argument is the folder.
const IN_NAMESPACE: &str = r#"
set -e
[ ! -e /dev/kvm ] || mount --bind "$1/no-kvm" /dev/kvm
[ ! -e "$1/share/libvirt" ] || mount -t overlay overlay -o "lowerdir=$1/share:/usr/share" /usr/share
shift
exec unshare --user --map-user=1000 --map-group=1000 -- "$@"
"#;

/// A running daemon. Dropped, it is killed, and with it the emulators that it has left.
pub(crate) struct Libvirt {
    daemon: Child,
    folder: TempDir,
    libvirtd: PathBuf,
    virsh: PathBuf,
    _orphans: MutexGuard<'static, ()>,
}

impl Libvirt {
    /// Starts the daemon. Returns `None`, after a line that says so, if it is not set up, or the kernel has no user namespaces.
    pub(crate) fn start(generation: Generation) -> Option<Self> {
        let program = |name| Some(PathBuf::from(generation.program(name)?.get_program()));
        let (libvirtd, virsh) = (program("libvirtd")?, program("virsh")?);
        let orphans = orphans::adopt();
        let folder = prepare(generation);
        if let Err(reason) = namespaces_work(folder.path()) {
            println!("exempt: libvirt of {}: it needs user namespaces that can mount: {reason}", generation.suite());
            return None;
        }
        let libvirt = Self { daemon: start(&libvirtd, folder.path()), folder, libvirtd, virsh, _orphans: orphans };
        libvirt.wait_until_it_answers();
        Some(libvirt)
    }

    /// Ends the daemon, and starts it again. The emulators go on.
    pub(crate) fn restart(&mut self) {
        kill_process(Pid::from_child(&self.daemon), Signal::TERM).unwrap();
        let ended = within(TIME_LIMIT, || self.daemon.try_wait().unwrap());
        assert!(ended.is_some(), "the daemon does not end");
        self.daemon = start(&self.libvirtd, self.folder.path());
        self.wait_until_it_answers();
    }

    fn wait_until_it_answers(&self) {
        let answers = || self.virsh_command(&["list"]).output().unwrap().status.success().then_some(());
        assert!(within(TIME_LIMIT, answers).is_some(), "libvirtd does not answer:\n{}", self.log());
    }

    /// Runs `virsh`, and returns its output.
    #[track_caller]
    pub(crate) fn virsh(&self, arguments: &[&str]) -> String {
        let output = self.virsh_command(arguments).output().unwrap();
        printed(output).unwrap_or_else(|error| panic!("virsh {arguments:?}: {error}\n{}", self.log()))
    }

    /// `virsh` with these arguments.
    pub(crate) fn virsh_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-user=1000", "--map-group=1000", "--"]);
        command.arg(&self.virsh).args(["--connect", "qemu:///session"]).args(arguments).stdin(Stdio::null());
        set_environment(&mut command, self.folder.path());
        command
    }

    /// Defines a domain, or returns the error.
    pub(crate) fn define(&self, xml: &str) -> Result<String, String> {
        let file = self.folder.path().join("domain.xml");
        fs::write(&file, xml).unwrap();
        printed(self.virsh_command(&["define", file.to_str().unwrap()]).output().unwrap())
    }

    /// The process of a domain's emulator.
    pub(crate) fn pid(&self, domain: &str) -> Pid {
        let file = self.folder.path().join("run/libvirt/qemu/run").join(format!("{domain}.pid"));
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Pid::from_raw(text.trim().parse().unwrap()).unwrap()
    }

    /// The daemon's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The example that is the emulator.
    pub(crate) fn emulator(&self) -> PathBuf {
        example("emulator")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Libvirt {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
        for emulator in orphans::named("emulator") {
            let _ = kill_process(emulator, Signal::KILL);
        }
    }
}

/// An example program.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(program.exists(), "{} is missing: cargo build -p examples --examples", program.display());
    program
}

/// Makes the daemon's folder.
fn prepare(generation: Generation) -> TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["run", "config/libvirt", "cache", "data", "share"] {
        fs::create_dir_all(path(name)).unwrap();
    }
    let data = generation.folder().join("usr/share/libvirt");
    if data.exists() {
        symlink(data, path("share/libvirt")).unwrap();
    }
    fs::write(path("no-kvm"), "").unwrap();
    fs::set_permissions(path("no-kvm"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::write(path("libvirtd.conf"), "").unwrap();
    // Without it, the output of emulators goes to a daemon of its own.
    fs::write(path("config/libvirt/qemu.conf"), "stdio_handler = \"file\"\n").unwrap();
    folder
}

/// Whether the daemon's namespaces can be made. Otherwise, why not.
fn namespaces_work(folder: &Path) -> Result<(), String> {
    let output = in_namespace(folder).arg("true").output().map_err(|error| format!("unshare: {error}"))?;
    printed(output).map(drop)
}

fn start(program: &Path, folder: &Path) -> Child {
    let mut command = in_namespace(folder);
    command.arg(program).arg("-f").arg(folder.join("libvirtd.conf"));
    let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    set_environment(&mut command, folder);
    command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap()
}

fn in_namespace(folder: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "--", "sh", "-c", IN_NAMESPACE, "sh"]).arg(folder);
    command
}

fn set_environment(command: &mut Command, folder: &Path) {
    command
        .env("HOME", folder)
        .env("XDG_RUNTIME_DIR", folder.join("run"))
        .env("XDG_CONFIG_HOME", folder.join("config"));
    command.env("XDG_CACHE_HOME", folder.join("cache")).env("XDG_DATA_HOME", folder.join("data"));
    command.env("LIBVIRT_AUTOSTART", "0").env("LC_ALL", "C");
}

/// The output of a program, or its errors.
fn printed(output: Output) -> Result<String, String> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stderr)),
    }
}
