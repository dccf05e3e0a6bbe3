//! The emulators go to the background and so lose their parent. libvirt kills them, and waits until they are gone: until their new
//! parent has asked for their status. In a container the new parent, process 1, may never do so. Here the test adopts the emulators.

use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;
use std::{fs, process, thread};

use rustix::process::{Pid, WaitOptions, getpid, set_child_subreaper, waitpid};

/// Inherits the processes below this one from now on, and asks for the status of those called `emulator`. All of them belong to
/// the test that has the guard.
pub(crate) fn adopt() -> MutexGuard<'static, ()> {
    static ONCE: Once = Once::new();
    static ONE_TEST: Mutex<()> = Mutex::new(());
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
    ONE_TEST.lock().unwrap_or_else(PoisonError::into_inner)
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
