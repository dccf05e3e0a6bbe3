//! The generator's options, the same for build scripts and for `schema!`.

use super::other_version::OtherVersion;
use crate::model::Conditions;
use crate::select::Selection;

/// The options of the generator. [`Config::new`] generates everything; each method narrows or changes that.
///
/// # Names
///
/// Rust's names follow from the schema's by one rule:
///
/// 1. A name is split into words at every character that is not a letter or a digit: `node-name`, `block_resize`.
/// 2. Types and enum values are in `CamelCase`: each word begins with a capital, and a word without lower-case letters keeps
///    only that one (`DEVICE_DELETED` is `DeviceDeleted`); `_` stays between two digits (`x86_64` is `X86_64`). Members and
///    commands are in `snake_case`; a capital after a lower-case letter begins a new word (`qomPath` is `qom_path`).
/// 3. A name that begins with a digit gets `_` in front (`4` is `_4`). A keyword, or a name that the generated code uses
///    itself, gets `_` behind it: `type` is `type_`, `unknown` is `Unknown_`.
/// 4. If several names in one place become the same, the first keeps the name and each other one gets a number from 2 on:
///    `unknown` and `Unknown` are `Unknown_` and `Unknown2`.
///
/// A setter has the name of its field, and the constructor of a branch has the branch's name in `snake_case`. If the structs have
/// a function of that name, such as `new`, `clone` or `property`, it gets `_` behind it (`clone_`).
///
/// A name never depends on the options: it stays the same if you select more or less of the schema.
#[derive(Debug, Clone)]
pub struct Config {
    pub(crate) side: Side,
    pub(crate) selection: Selection,
    pub(crate) conditions: Conditions,
    pub(crate) docs: bool,
    pub(crate) closed: bool,
    pub(crate) runtime: String,
    pub(crate) handled_builtins: Vec<String>,
    pub(crate) typed_gen_false: bool,
    pub(crate) fd_commands: Vec<String>,
    /// The name of the schema's version, if the user gives one.
    pub(crate) version: Option<String>,
    pub(crate) also: Vec<OtherVersion>,
    /// Whether the side is the user's choice.
    pub(crate) is_side_chosen: bool,
}

/// Which end of a connection the generated code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Types and clients.
    Client,
    /// Types, and the commands that a server handles.
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
            typed_gen_false: false,
            fd_commands: Vec::new(),
            version: None,
            also: Vec::new(),
            is_side_chosen: false,
        }
    }
}

impl Config {
    /// Creates the default options: both sides, all commands and events, conditions ignored, documentation, open enums.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Generates one side only.
    #[must_use]
    pub fn side(mut self, side: Side) -> Self {
        (self.side, self.is_side_chosen) = (side, true);
        self
    }

    /// Generates bindings for clients of several versions of a server at once: of the schema and of these versions of it. Each is
    /// a schema file or a dump of `query-qmp-schema`; both may be mixed. See [`OtherVersion`] for their names.
    ///
    /// # Several versions
    ///
    /// The bindings have every command, event, member, value and branch of all versions. The schema that is compiled is the
    /// main one: its types keep their names, and [`INTROSPECTION`](crate::introspect()) is its own.
    ///
    /// - A member of a reply or event is required, and not an `Option`, if every version that has the object always sends it.
    /// - An argument is required if every version that has the command requires it. An argument that one version requires and
    ///   another lacks is an `Option`, and you choose by the server's version.
    /// - The documentation of everything that some version lacks says so: "Since 10.0, not in 7.2."
    /// - Types are matched by where they are used, because dumps do not name them. Where the types of a member differ, the
    ///   member has a type that takes all values: [`merge`](crate::merge()) lists the rules. If there is none, that is an error
    ///   with both places.
    ///
    /// A server has one version, so only clients are generated.
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() {
    ///     qmp_schema::configure()
    ///         .also(["qemu-7.2/qapi/qapi-schema.json", "dumps/11.1.json"])
    ///         .compile("qemu-10.0/qapi/qapi-schema.json");
    /// }
    /// ```
    #[must_use]
    pub fn also<V: Into<OtherVersion>>(mut self, versions: impl IntoIterator<Item = V>) -> Self {
        self.also.extend(versions.into_iter().map(Into::into));
        self
    }

    /// Names the version of the schema itself, for the documentation of bindings of [several versions](Self::also). Default: by
    /// its path, as for the others.
    #[must_use]
    pub fn version(mut self, label: impl Into<String>) -> Self {
        self.version = Some(label.into());
        self
    }

    /// Generates only the commands that one of these names or patterns matches (`*`: any characters, `?`: one), and the types
    /// they use. An empty list selects no command. Default: all commands.
    #[must_use]
    pub fn commands<S: Into<String>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.selection.commands = Some(patterns.into_iter().map(Into::into).collect());
        self
    }

    /// Generates only the events that one of these names or patterns matches, and the types they use. An empty list selects no
    /// event. Default: all events.
    #[must_use]
    pub fn events<S: Into<String>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.selection.events = Some(patterns.into_iter().map(Into::into).collect());
        self
    }

    /// Generates also the types that one of these names or patterns matches, whether a command or event uses them or not, and
    /// the types that those use. Default: no further types; all types if no command and no event is selected, as in a schema
    /// that defines only types.
    #[must_use]
    pub fn types<S: Into<String>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.selection.types = Some(patterns.into_iter().map(Into::into).collect());
        self
    }

    /// Evaluates the conditions (`if`) of the schema with exactly these names defined, and leaves out each part whose condition
    /// is not met. Default: conditions are ignored, and every part is generated.
    #[must_use]
    pub fn conditions<S: Into<String>>(mut self, defined: impl IntoIterator<Item = S>) -> Self {
        self.conditions = Conditions::defined(defined);
        self
    }

    /// Sets whether the schema's documentation becomes rustdoc. A schema's text has its own licence, which matters if you
    /// publish bindings. Default: true.
    #[must_use]
    pub fn docs(mut self, docs: bool) -> Self {
        self.docs = docs;
        self
    }

    /// Sets whether enums, unions and alternates lack the variant for values that only a newer peer knows. A closed enum is
    /// `Copy`; a client with closed enums fails on the first unknown value. Default: false.
    #[must_use]
    pub fn closed_enums(mut self, closed: bool) -> Self {
        self.closed = closed;
        self
    }

    /// Sets the path by which generated code names the runtime crate. Default: `::qmp_types`.
    #[must_use]
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// Sets whether a server reads the members that the schema names of a command with `'gen': false`, and rejects those of a
    /// wrong type. Otherwise the handler gets all arguments as they were sent, as in QEMU. Default: false.
    #[must_use]
    pub fn typed_gen_false(mut self, typed: bool) -> Self {
        self.typed_gen_false = typed;
        self
    }

    /// Names the commands that take a file descriptor which the client sends with them, by names or patterns, such as QEMU's
    /// `getfd` and `add-fd`. A schema does not say which these are. Their methods have a second parameter for the descriptor.
    /// Default: none.
    #[must_use]
    pub fn fd_commands<S: Into<String>>(mut self, patterns: impl IntoIterator<Item = S>) -> Self {
        self.fd_commands = patterns.into_iter().map(Into::into).collect();
        self
    }

    /// Makes the server require a handler for one of QMP's own commands, such as `query-version`, instead of answering it.
    #[must_use]
    pub fn handle_builtin(mut self, command: impl Into<String>) -> Self {
        self.handled_builtins.push(command.into());
        self
    }
}
