//! The commands of a read-only session.

use std::collections::HashSet;

use super::AccessRequest;
use crate::{Command, Error};

/// The commands that a read-only session may execute.
///
/// ```
/// use qmp_types::server::{AccessControl, ReadOnly};
///
/// let access = AccessControl::new().read_only(ReadOnly::queries().allow("screendump").deny("query-vnc"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct ReadOnly {
    allowed: HashSet<String>,
    denied: HashSet<String>,
}

impl ReadOnly {
    /// Allows the commands that QMP names as queries, `query-*`, and the capabilities negotiation.
    #[must_use]
    pub fn queries() -> Self {
        Self::default()
    }

    /// Allows a command in addition.
    #[must_use]
    pub fn allow(mut self, command: &str) -> Self {
        self.denied.remove(command);
        self.allowed.insert(command.to_owned());
        self
    }

    /// Allows a command in addition, by its generated type: `.allow_command::<qmp::commands::Screendump>()`.
    #[must_use]
    pub fn allow_command<C: Command>(self) -> Self {
        self.allow(C::SPEC.name)
    }

    /// Denies a query.
    #[must_use]
    pub fn deny(mut self, command: &str) -> Self {
        self.allowed.remove(command);
        self.denied.insert(command.to_owned());
        self
    }

    /// Checks whether a command may be executed.
    ///
    /// # Errors
    /// The error for the client if it may not.
    pub(super) fn check(&self, request: &AccessRequest<'_>) -> Result<(), Error> {
        let command = request.command();
        let reads = command.starts_with("query-") || command == "qmp_capabilities" || self.allowed.contains(command);
        if reads && !self.denied.contains(command) {
            return Ok(());
        }
        let command = crate::json::cut(command);
        Err(Error::generic(format!("The command {command} is not allowed: this session is read-only")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_and_what_the_author_allows() {
        let commands = ReadOnly::queries().allow("screendump").deny("query-vnc").deny("stop").allow("stop");
        let refusal = |command| {
            let request = AccessRequest::new(command, None, false, None, 1);
            commands.check(&request).err().map(|error| error.to_string())
        };
        for allowed in ["query-status", "qmp_capabilities", "screendump", "stop"] {
            assert_eq!(refusal(allowed), None, "{allowed}");
        }
        for refused in ["quit", "query-vnc", "query", "Query-status", ""] {
            let expected = format!("The command {refused} is not allowed: this session is read-only");
            assert_eq!(refusal(refused), Some(expected));
        }
    }
}
