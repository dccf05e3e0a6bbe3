//! Support for the tests of all crates: other people's programs and QEMU's complete schemas.
//!
//! - [`program`] finds a program that `./run-tests` has set up under `.cache/` (see `set-up/programs`).
//! - [`Server`] is a running QEMU, storage daemon or guest agent of one of three [`Generation`]s.
//! - [`Terminal`] is a terminal with a program in it.
//! - [`schemas`] lists the complete schemas of several QEMU versions.
//! - [`Authority`] makes certificates.
//! - [`circles`] finds the files of a crate that depend on each other in circles.
//!
//! A test says what it ran against, in lines that `./run-tests` collects: `ran against: …`. A test that cannot run prints
//! `skipped: …`, and a test that needs a feature of the kernel that is absent prints `exempt: …`.

mod certificates;
mod modules;
mod programs;
pub mod schemas;
mod servers;
mod terminals;

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

pub use certificates::{Authority, Certificate};
pub use modules::circles;
pub use programs::program;
pub use servers::{Generation, Server};
pub use terminals::Terminal;

/// The time after which a test gives up waiting for a program.
pub const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Polls until `ask` returns a value or the time is up.
pub fn within<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        let answer = ask();
        if answer.is_some() || Instant::now() > end {
            return answer;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// The folder of the project.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the folder of the workspace").to_owned()
}
