//! The commands of a server, by name.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::builtin::Builtin;
use crate::CommandSpec;

/// The name of the command that only the session executes.
const NEGOTIATION: &str = "qmp_capabilities";

/// The commands of a server, by name.
#[derive(Debug, Clone)]
pub(super) struct Commands {
    by_name: HashMap<&'static [u8], Target, BuildHasherDefault<NameHasher>>,
    /// Commands that have no target and are announced all the same.
    announced: Vec<String>,
}

/// The part of the server that executes a command.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// A handler, by its index in the command table.
    Handler {
        index: usize,
        spec: &'static CommandSpec,
    },
    Negotiation,
    Builtin(Builtin),
}

/// Hashes the name of a command, by FNV-1a. A client cannot choose the names that are in the table, so it cannot make many of
/// them collide.
#[derive(Debug)]
struct NameHasher(u64);

impl Commands {
    /// Creates the commands of a server with these handlers. A handler of a built-in query replaces it.
    pub(super) fn new(handlers: impl Iterator<Item = &'static CommandSpec>) -> Self {
        let builtins = Builtin::ALL.iter().copied().map(Target::Builtin);
        let handlers = handlers.enumerate().map(|(index, spec)| Target::Handler { index, spec });
        // The negotiation comes last, so that no handler replaces it: the session keeps its state.
        let all = builtins.chain(handlers).chain([Target::Negotiation]);
        Self { by_name: all.map(|target| (target.name().as_bytes(), target)).collect(), announced: Vec::new() }
    }

    /// Announces commands that have no target.
    pub(super) fn announce(&mut self, names: impl IntoIterator<Item = String>) {
        self.announced.extend(names);
    }

    /// Removes the commands that have no handler.
    pub(super) fn remove_builtins(&mut self) {
        self.by_name.retain(|_, target| matches!(target, Target::Handler { .. }));
    }

    /// Removes the queries that are built in.
    #[cfg(feature = "proxy")]
    pub(super) fn remove_queries(&mut self) {
        self.by_name.retain(|_, target| !matches!(target, Target::Builtin(_)));
    }

    /// Returns the properties of the commands that have a handler, sorted by name.
    pub(super) fn handled(&self) -> Vec<&'static CommandSpec> {
        let spec = |target: &Target| if let Target::Handler { spec, .. } = target { Some(*spec) } else { None };
        let mut specs: Vec<_> = self.by_name.values().filter_map(spec).collect();
        specs.sort_unstable_by_key(|spec| spec.name);
        specs
    }

    /// Returns the target that executes the command of this name, if there is such a command.
    pub(super) fn find(&self, name: &[u8]) -> Option<Target> {
        self.by_name.get(name).copied()
    }

    /// Returns the names of all commands, sorted.
    pub(super) fn names(&self) -> Vec<&str> {
        let announced = self.announced.iter().map(String::as_str);
        let mut names: Vec<_> = self.by_name.values().map(|target| target.name()).chain(announced).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Target {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Handler { spec, .. } => spec.name,
            Self::Negotiation => NEGOTIATION,
            Self::Builtin(builtin) => builtin.name(),
        }
    }

    /// Returns the properties of a command that has a handler.
    pub(super) fn spec(self) -> Option<&'static CommandSpec> {
        match self {
            Self::Handler { spec, .. } => Some(spec),
            Self::Negotiation | Self::Builtin(_) => None,
        }
    }

    pub(super) fn allows_oob(self) -> bool {
        matches!(self, Self::Handler { spec, .. } if spec.allow_oob)
    }
}

impl Default for NameHasher {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }

    /// Ignores the length of a name. A key is a single name, so its length would not tell more names apart.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
