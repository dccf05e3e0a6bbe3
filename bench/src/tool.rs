//! The tool `qmp` as a program of its own, from its start to its end.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use wait4::Wait4;

use crate::measure::least;
use crate::report::{Report, Row, Target, Unit};
use crate::schemas;

/// What a manual of the complete schema may take.
const DOC_MILLISECONDS: f64 = 500.0;

/// What QEMU's own generator takes to parse and check its schema, measured elsewhere.
const PYTHON_MILLISECONDS: f64 = 413.0;

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    let (qmp, schema) = (build(), schemas::qemu());
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let mut row = |what: &str, arguments: &[&str], against: &str, theirs, target| {
        let run = || {
            let mut qmp = Command::new(&qmp);
            qmp.args(arguments).arg(&schema).current_dir(folder.path()).stdout(Stdio::null());
            milliseconds(&mut qmp)
        };
        let (what, against) = (what.to_owned(), against.to_owned());
        report.row(&Row { what, unit: Unit::Milliseconds, ours: least(run), against, theirs, target });
    };
    let python = "QEMU's Python generator, stated";
    row("`qmp check` of QEMU's schema", &["check"], python, PYTHON_MILLISECONDS, Target::AtMost(0.1));
    row("`qmp doc` of QEMU's schema", &["doc", "-o", "manual"], "the bound", DOC_MILLISECONDS, Target::AtMost(1.0));
}

/// Builds the tool beside this program.
fn build() -> PathBuf {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "--release", "-p", "qmp-cli"]);
    let this = std::env::current_exe().expect("Linux tells the program's path");
    let release = this.parent().expect("cargo puts programs into a folder");
    cargo.arg("--target-dir").arg(release.parent().expect("that is in a target directory"));
    assert!(cargo.status().expect("cargo runs").success(), "{cargo:?}");
    release.join("qmp")
}

/// CPU time of a program that succeeds.
fn milliseconds(program: &mut Command) -> f64 {
    let used = program.spawn().and_then(|mut child| child.wait4()).expect("the program runs");
    assert!(used.status.success(), "{program:?}");
    (used.rusage.utime + used.rusage.stime).as_secs_f64() * 1e3
}
