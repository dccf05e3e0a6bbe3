//! This program as cargo's `RUSTC_WRAPPER`: runs rustc and notes what it cost, crate by crate. So a build's dependencies,
//! build scripts and cargo itself are told apart from the crates that are measured.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use wait4::Wait4;

/// The cost of a compilation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// Seconds of CPU time, rustc and linker.
    pub cpu: f64,
    /// Peak memory of the largest process, in MB.
    pub memory: f64,
}

/// The environment variable that makes this program the wrapper, and says where to note costs.
const LOG: &str = "BENCH_RUSTC_LOG";

/// Runs rustc if cargo started this program to do so.
pub fn as_wrapper() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (rustc, arguments) = arguments.split_first()?;
    let used = Command::new(rustc).args(arguments).spawn().ok()?.wait4().ok()?;
    let named = arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1);
    if let Some(name) = named {
        let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
        let line = format!("{} {cpu} {}\n", name.to_string_lossy(), used.rusage.maxrss as f64 / 1e6);
        let mut log = OpenOptions::new().append(true).create(true).open(log).ok()?;
        log.write_all(line.as_bytes()).ok()?;
    }
    Some(if used.status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs cargo with this program as wrapper; the costs by crate.
pub fn observed(cargo: &mut Command, log: &Path) -> BTreeMap<String, Cost> {
    let _ = fs::remove_file(log);
    let this = std::env::current_exe().expect("Linux tells the program's path");
    let output = cargo.env("RUSTC_WRAPPER", this).env(LOG, log).output().expect("cargo runs");
    assert!(output.status.success(), "{cargo:?}:\n{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(log).unwrap_or_default();
    text.lines().filter_map(entry).collect()
}

fn entry(line: &str) -> Option<(String, Cost)> {
    let mut words = line.split(' ');
    let name = words.next()?.to_owned();
    let (cpu, memory) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some((name, Cost { cpu, memory }))
}
