//! What to generate: the options, the same for build scripts and for `schema!`.

use crate::model::Conditions;
use crate::select::Selection;

/// What to generate from a schema. [`Config::new`] is everything the schema has; each method narrows or changes that.
#[derive(Debug, Clone)]
pub struct Config {
    pub(crate) side: Side,
    pub(crate) selection: Selection,
    pub(crate) conditions: Conditions,
    pub(crate) docs: bool,
    pub(crate) closed: bool,
    pub(crate) runtime: String,
    pub(crate) handled_builtins: Vec<String>,
}

/// Which end of a connection the generated code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Types and clients.
    Client,
    /// Types, and what a server has to handle.
    Server,
    /// Types, clients and server.
    #[default]
    Both,
}

impl Side {
    pub(crate) fn has_client(self) -> bool {
        self != Self::Server
    }

    pub(crate) fn has_server(self) -> bool {
        self != Self::Client
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            side: Side::Both,
            selection: Selection::default(),
            conditions: Conditions::Everything,
            docs: true,
            closed: false,
            runtime: "::qmp_types".to_owned(),
            handled_builtins: Vec::new(),
        }
    }
}

impl Config {
    /// Both sides, every command and event, whatever its conditions, with documentation and open enums.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Generates one side only.
    #[must_use]
    pub fn side(mut self, side: Side) -> Self {
        self.side = side;
        self
    }

    /// Keeps only the commands that one of these names or patterns (`query-*`, `?` for one character) matches; none if
    /// there are no patterns.
    #[must_use]
    pub fn commands<S: Into<String>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.selection.commands = Some(patterns.into_iter().map(Into::into).collect());
        self
    }

    /// Keeps only the events that one of these names or patterns matches; none if there are no patterns.
    #[must_use]
    pub fn events<S: Into<String>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.selection.events = Some(patterns.into_iter().map(Into::into).collect());
        self
    }

    /// Evaluates the schema's `if`s: exactly these names are defined, and what has a condition that does not hold is left
    /// out. Without this call everything is there.
    #[must_use]
    pub fn conditions<S: Into<String>>(mut self, defined: impl IntoIterator<Item = S>) -> Self {
        self.conditions = Conditions::defined(defined);
        self
    }

    /// Whether the schema's documentation becomes rustdoc (on by default). A schema's text has a licence of its own, which
    /// matters to who publishes bindings.
    #[must_use]
    pub fn docs(mut self, docs: bool) -> Self {
        self.docs = docs;
        self
    }

    /// Whether enums, unions and alternates lack a variant for what a newer peer may send (off by default). A closed enum is
    /// `Copy`; a client with closed enums fails on the first value it does not know.
    #[must_use]
    pub fn closed_enums(mut self, closed: bool) -> Self {
        self.closed = closed;
        self
    }

    /// The path by which generated code names the runtime crate, `::qmp_types` by default.
    #[must_use]
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// The server handles this built-in command itself, instead of leaving the answer to the runtime.
    #[must_use]
    pub fn handle_builtin(mut self, command: impl Into<String>) -> Self {
        self.handled_builtins.push(command.into());
        self
    }
}
