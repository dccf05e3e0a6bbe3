//! What is the same for all sessions of a server: its version, its commands, its limits.

use std::collections::HashMap;

use super::builtin::Builtin;
use crate::codec::Limits;
use crate::record::Writer;
use crate::{CommandSpec, Version};

/// What generated code tells about its schema.
#[derive(Debug)]
pub struct ServerSchema {
    /// What `query-qmp-schema` returns, as JSON text.
    pub introspection: &'static str,
}

/// What a server is to its sessions.
#[derive(Debug, Clone)]
pub(crate) struct Protocol {
    pub(crate) version: Version,
    pub(crate) limits: Limits,
    /// Whether requests are read while a command runs.
    pub(crate) offers_oob: bool,
    pub(super) introspection: &'static str,
    commands: HashMap<&'static str, Target>,
}

/// Who executes a command.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// The handler in this row of the table.
    Handler {
        index: usize,
        spec: &'static CommandSpec,
    },
    Negotiation,
    Builtin(Builtin),
}

impl Target {
    pub(super) fn allows_oob(&self) -> bool {
        matches!(self, Self::Handler { spec, .. } if spec.allow_oob)
    }
}

impl Protocol {
    /// A protocol with these commands and the built-in ones; a handler of a built-in command's name takes its place.
    pub(crate) fn new(handlers: impl Iterator<Item = &'static CommandSpec>, schema: &ServerSchema) -> Self {
        let mut commands: HashMap<_, _> =
            Builtin::ALL.iter().map(|builtin| (builtin.name(), Target::Builtin(*builtin))).collect();
        commands.extend(handlers.enumerate().map(|(index, spec)| (spec.name, Target::Handler { index, spec })));
        // Without it there are no sessions.
        commands.insert("qmp_capabilities", Target::Negotiation);
        let number = |text: &str| text.parse().unwrap_or_default();
        let qemu = (
            number(env!("CARGO_PKG_VERSION_MAJOR")),
            number(env!("CARGO_PKG_VERSION_MINOR")),
            number(env!("CARGO_PKG_VERSION_PATCH")),
        );
        Self {
            version: Version { qemu, package: String::new() },
            limits: Limits::default(),
            offers_oob: false,
            introspection: schema.introspection,
            commands,
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<&Target> {
        self.commands.get(name)
    }

    /// The names of all commands, sorted.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.commands.keys().copied().collect();
        names.sort_unstable();
        names
    }

    /// Appends the greeting.
    pub(crate) fn greet(&self, out: &mut Writer) {
        out.literal("{\"QMP\": {\"version\": ");
        self.version.write(out);
        out.literal(if self.offers_oob {
            ", \"capabilities\": [\"oob\"]}}\r\n"
        } else {
            ", \"capabilities\": []}}\r\n"
        });
    }
}
