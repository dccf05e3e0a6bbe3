//! File descriptors that clients send: `getfd` and the like, and commands that refer to them.

use super::Machine;

qmp_types::fd_handlers!(crate::qmp, Machine, |machine| &machine.0.fds);
