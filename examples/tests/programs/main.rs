//! The example programs as a user runs them, and other people's programs against the example server.
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod by_hand;
mod examples;
mod qemu;
mod qmp_shell;
mod support;
