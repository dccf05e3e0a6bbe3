//! The emulators, which go to the background and so lose their parent. libvirt waits until one that it has killed is gone, and a
//! process is gone when its parent has asked for its status. In a container, the process that inherits it often never does: the
//! test inherits the emulators.

use std::sync::Once;
use std::time::Duration;
use std::{fs, process, thread};

use rustix::process::{Pid, WaitOptions, getpid, set_child_subreaper, waitpid};

/// Inherits the processes below this one from now on, and asks for the status of those called `emulator`.
pub(crate) fn adopt() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_child_subreaper(Some(getpid())).unwrap();
        thread::spawn(|| {
            loop {
                for emulator in named("emulator") {
                    let _ = waitpid(Some(emulator), WaitOptions::NOHANG);
                }
                thread::sleep(Duration::from_millis(20));
            }
        });
    });
}

/// The children of this process with this name.
pub(crate) fn named(name: &str) -> impl Iterator<Item = Pid> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    processes.filter(move |&pid| is_child(pid, name)).filter_map(Pid::from_raw)
}

fn is_child(pid: i32, name: &str) -> bool {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    // "PID (NAME) STATE PARENT ..."
    let Some((before, behind)) = stat.rsplit_once(") ") else { return false };
    let parent = behind.split(' ').nth(1).and_then(|parent| parent.parse().ok());
    parent == Some(process::id()) && before.split_once(" (").is_some_and(|(_, found)| found == name)
}
