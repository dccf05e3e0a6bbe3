//! Measures what the project promises, against its peers and against hand-written code.
//!
//! `cargo run --release -p bench` prints every figure; `-- codec server` only those groups. Nothing is asserted on: the
//! table says what is met. Both sides of a ratio are measured in this one session, in turns. See BENCHMARKS.md.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "a program, for its output"
)]

mod bindings;
mod by_hand;
mod client;
mod codec;
mod counts;
mod crates;
mod derive;
mod generated;
mod generator;
mod measure;
mod programs;
mod proxy;
mod replies;
mod report;
mod runtime;
mod rustc;
mod samples;
mod schemas;
mod server;
mod sessions;
mod soak;
mod tool;

use std::process::ExitCode;

use report::Report;

type Group = (&'static str, fn(&mut Report));

/// The groups, the quick ones first.
const GROUPS: &[Group] = &[
    ("generator", generator::run),
    ("tool", tool::run),
    ("codec", codec::run),
    ("counts", counts::run),
    ("server", server::run),
    ("sessions", sessions::run),
    ("client", client::run),
    ("replies", replies::run),
    ("proxy", proxy::run),
    ("soak", soak::run),
    ("selection", bindings::selection),
    ("peer", bindings::peer),
    ("bindings", bindings::both_sides),
];

fn main() -> ExitCode {
    if let Some(status) = rustc::as_wrapper() {
        return status;
    }
    if let Some(status) = counts::as_workload().or_else(sessions::as_clients) {
        return status;
    }
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let known = |name: &String| GROUPS.iter().any(|(group, _)| group == name);
    if let Some(unknown) = wanted.iter().find(|name| !known(name)) {
        let groups: Vec<_> = GROUPS.iter().map(|(name, _)| *name).collect();
        eprintln!("no group `{unknown}`; there are: {}", groups.join(", "));
        return ExitCode::FAILURE;
    }
    let mut report = Report::begin();
    for (name, run) in GROUPS {
        if wanted.is_empty() || wanted.iter().any(|group| group == name) {
            run(&mut report);
        }
    }
    report.end()
}
