//! The real servers, asked what they are and what they refuse.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A real server, and the raw connection to it.
pub(crate) struct Qemu {
    child: Child,
    stream: BufReader<UnixStream>,
    commands: HashSet<String>,
    _folder: TempDir,
}

/// The emulator, without a machine; none (and a line that says so) if it is not installed.
pub(crate) fn emulator() -> Option<Qemu> {
    const OPTIONS: [&str; 6] = ["-M", "none", "-nodefaults", "-nographic", "-S", "-qmp"];
    Qemu::start("qemu-system-x86_64", |path| {
        OPTIONS.map(str::to_owned).into_iter().chain([format!("unix:{path},server=on,wait=off")]).collect()
    })
}

/// The emulator with a machine that has a disk, likewise: not connected to, but its child process and the path of its socket.
pub(crate) fn machine() -> Option<Machine> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("qmp");
    let child = Command::new("qemu-system-x86_64")
        .args(["-M", "pc,accel=tcg", "-nodefaults", "-display", "none", "-S"])
        .args(["-blockdev", "null-co,node-name=disk0", "-device", "virtio-blk-pci,drive=disk0,id=vd0", "-qmp"])
        .arg(format!("unix:{},server=on,wait=off", path.display()))
        .spawn();
    let Ok(child) = child else {
        println!("skipped: driving a real QEMU: no qemu-system-x86_64");
        return None;
    };
    Some(Machine { child, path, _folder: folder })
}

/// A real QEMU to be driven.
pub(crate) struct Machine {
    child: Child,
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

impl Machine {
    /// Waits for it to end by itself.
    pub(crate) fn end(mut self) -> ExitStatus {
        self.child.wait().expect("its status")
    }
}

/// The storage daemon, likewise.
pub(crate) fn storage_daemon() -> Option<Qemu> {
    Qemu::start("qemu-storage-daemon", |path| {
        let chardev = format!("socket,id=c,path={path},server=on,wait=off");
        ["--chardev", &chardev, "--monitor", "chardev=c"].map(str::to_owned).to_vec()
    })
}

impl Qemu {
    fn start(program: &str, arguments: impl FnOnce(&str) -> Vec<String>) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("qmp");
        let Ok(child) = Command::new(program).args(arguments(path.to_str().expect("UTF-8"))).spawn() else {
            println!("skipped: comparison with the real {program}: not installed");
            return None;
        };
        let stream = (0..100).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            UnixStream::connect(&path).ok()
        });
        let stream = BufReader::new(stream.expect("QEMU listens"));
        let mut qemu = Self { child, stream, commands: HashSet::new(), _folder: folder };
        qemu.message();
        qemu.execute("qmp_capabilities", &json!({}));
        let commands = qemu.execute("query-commands", &json!({}));
        let commands = commands["return"].as_array().expect("a list");
        qemu.commands = commands.iter().filter_map(|command| Some(command["name"].as_str()?.to_owned())).collect();
        Some(qemu)
    }

    /// Whether this build has the command.
    pub(crate) fn has(&self, command: &str) -> bool {
        self.commands.contains(command)
    }

    /// What it says about itself.
    pub(crate) fn introspection(&mut self) -> Value {
        self.execute("query-qmp-schema", &json!({}))["return"].take()
    }

    /// The text with which QEMU refuses the arguments; none if it is about something compiled out of this build.
    pub(crate) fn refusal(&mut self, command: &str, arguments: &Value) -> Option<String> {
        let reply = self.execute(command, arguments);
        let desc = reply["error"]["desc"].as_str().unwrap_or_else(|| panic!("{command} {arguments}: {reply}"));
        let argument_check = desc.starts_with("Parameter '") || desc.starts_with("Invalid parameter type for");
        argument_check.then(|| desc.to_owned())
    }

    fn execute(&mut self, command: &str, arguments: &Value) -> Value {
        let request = json!({ "execute": command, "arguments": arguments });
        self.stream.get_mut().write_all(request.to_string().as_bytes()).expect("QEMU reads");
        loop {
            let message = self.message();
            if message.get("event").is_none() {
                return message;
            }
        }
    }

    fn message(&mut self) -> Value {
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("QEMU answers");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
