//! Running this program under callgrind, and reading what callgrind wrote.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::workloads::SUBCOMMAND;

/// What an operation costs, on average.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub instructions: f64,
    /// Executed branches whose target is not in the instruction, returns left out.
    pub branches: f64,
    /// Calls of `malloc`, `calloc` and `realloc`.
    pub allocations: f64,
}

/// What a workload has as its standard input.
pub enum Input<'a> {
    /// A file with this text.
    Text(&'a str),
    /// A socket, whose other end is driven by this function.
    Peer(Box<dyn FnOnce(UnixStream) + 'a>),
}

/// An installed valgrind.
#[derive(Debug)]
pub struct Callgrind {
    program: PathBuf,
}

impl Callgrind {
    /// Finds the valgrind that `./run-tests` has set up, or the system's.
    pub fn find() -> Option<Self> {
        let set_up = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.cache/bin/valgrind"));
        let program = if set_up.is_file() { set_up } else { Path::new("valgrind") };
        let works = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
        works.then(|| Self { program: program.to_owned() })
    }

    /// What an operation costs, of which the workload does `per_turn` in each of `turns` turns.
    pub fn count<'a>(
        &self,
        workload: &str,
        turns: usize,
        per_turn: usize,
        input: impl Fn(usize) -> Input<'a>,
    ) -> Counts {
        let once = self.run(workload, turns, input(turns));
        let twice = self.run(workload, 2 * turns, input(2 * turns));
        let each = |once: f64, twice: f64| (twice - once) / (turns * per_turn) as f64;
        Counts {
            instructions: each(once.instructions, twice.instructions),
            branches: each(once.branches, twice.branches),
            allocations: each(once.allocations, twice.allocations),
        }
    }

    fn run(&self, workload: &str, turns: usize, input: Input<'_>) -> Counts {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let out = folder.path().join("callgrind.out");
        let mut command = Command::new(&self.program);
        command.args(["--tool=callgrind", "--branch-sim=yes", "-q"]);
        command.arg(format!("--callgrind-out-file={}", out.display()));
        command.arg(std::env::current_exe().expect("Linux tells the program's path"));
        command.args([SUBCOMMAND, workload, &turns.to_string()]);
        let status = match input {
            Input::Text(text) => {
                let path = folder.path().join("input");
                File::create(&path)
                    .and_then(|mut file| file.write_all(text.as_bytes()))
                    .expect("the folder takes a file");
                command.stdin(File::open(&path).expect("it was written")).status()
            }
            Input::Peer(drive) => {
                let (here, there) = UnixStream::pair().expect("there are sockets");
                let child = command.stdin(OwnedFd::from(there)).spawn();
                // The command holds the other end of the socket, too.
                drop(command);
                child.and_then(|mut child| {
                    drive(here);
                    child.wait()
                })
            }
        };
        assert!(status.expect("valgrind runs").success(), "the workload {workload} failed under valgrind");
        parse(&fs::read_to_string(out).expect("callgrind writes its file"))
    }
}

/// Reads callgrind's file: the totals, and how often the functions that allocate were called.
fn parse(text: &str) -> Counts {
    let mut counts = Counts::default();
    let mut events = Vec::new();
    // A function's name stands behind its number once, then the number stands alone.
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut callee = "";
    for line in text.lines() {
        if let Some((key @ ("fn" | "cfn"), function)) = line.split_once('=') {
            let (number, name) = function.split_once(' ').unwrap_or((function, ""));
            let name = *names.entry(number).or_insert(name);
            if key == "cfn" {
                callee = name;
            }
        } else if let Some(calls) = line.strip_prefix("calls=")
            && matches!(callee, "malloc" | "calloc" | "realloc")
        {
            counts.allocations += number(calls);
        } else if let Some(names) = line.strip_prefix("events: ") {
            events = names.split(' ').collect();
        } else if let Some(totals) = line.strip_prefix("totals: ") {
            for (event, total) in events.iter().zip(totals.split(' ')) {
                match *event {
                    "Ir" => counts.instructions = number(total),
                    "Bi" => counts.branches = number(total),
                    _ => {}
                }
            }
        }
    }
    assert!(counts.instructions > 0.0, "callgrind's file has totals");
    counts
}

/// The number that the text begins with.
fn number(text: &str) -> f64 {
    text.split(' ').next().and_then(|number| number.parse().ok()).expect("callgrind writes numbers")
}
