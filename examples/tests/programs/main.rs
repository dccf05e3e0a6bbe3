//! The example programs as a user runs them, and other people's programs against the example server.

mod addresses;
mod by_hand;
mod clients;
mod emulator;
mod emulator_options;
mod examples;
mod guest_agent;
mod own_loop;
mod published;
mod qemu;
mod qmp_shell;
mod qmp_test;
mod qmp_tui;
mod readme;
mod shutdown;
mod support;
