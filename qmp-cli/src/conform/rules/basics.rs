//! The ids of the rules that most others need.

pub(super) const NEGOTIATES: &str = "negotiation/succeeds";
pub(super) const SYNCHRONISES: &str = "agent/sync";
pub(super) const ECHOES: &str = "ids/echo";
pub(super) const ANSWERS: &str = "parser/answers";
pub(super) const RESYNC: &str = "parser/resync";
pub(super) const SCHEMA: &str = "introspection/schema";

/// The rules without which no command can be executed, of both flavours.
pub(super) const READY: &[&str] = &[NEGOTIATES, SYNCHRONISES];

/// The rules without which the end of the replies cannot be found.
pub(super) const READY_WITH_IDS: &[&str] = &[ECHOES];
