/// What runs.
///
/// `Status`, `versions.json:12`, since 1.0
#[derive(Clone, PartialEq)]
pub struct Status {
    /// `running`: whether it runs
    pub running: bool,
    /// `state`: the state (since 2.0)
    ///
    /// Since 2.0, not in 1.0.
    pub state: ::std::option::Option<State>,
    /// `limit`
    pub limit: i64,
    /// `singlestep`: whether it stops at each step
    ///
    /// Until 1.0, not in 2.0.
    pub singlestep: ::std::option::Option<bool>,
}
impl Status {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(running: bool, limit: i64) -> Self {
        Self { running, state: ::std::option::Option::None, limit, singlestep: ::std::option::Option::None }
    }
}

/// `State`, `versions.json:13`. Since 2.0, not in 1.0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// `up`
    Up,
    /// `down`
    Down,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl State {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::Up, Self::Down];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `Disk`, `versions.json:14`. Since 2.0, not in 1.0.
#[derive(Clone, PartialEq)]
pub struct Disk {
    /// `path`
    pub path: ::std::string::String,
}
impl Disk {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(path: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { path: path.into() }
    }
}

impl ::std::convert::From<::std::string::String> for Disk {
    #[inline]
    fn from(path: ::std::string::String) -> Self {
        Self::new(path)
    }
}
impl ::std::convert::From<&str> for Disk {
    #[inline]
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}
impl ::std::convert::From<&::std::string::String> for Disk {
    #[inline]
    fn from(path: &::std::string::String) -> Self {
        Self::new(path)
    }
}

/// `Backend`, `versions.json:15`
#[derive(Clone, PartialEq)]
pub struct Backend {
    /// `kind`
    pub kind: BackendKind,
}
impl Backend {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(kind: impl ::std::convert::Into<BackendKind>) -> Self {
        Self { kind: kind.into() }
    }
}

impl Backend {
    /// Creates a value whose `kind` is `disk`.
    #[must_use]
    #[inline]
    pub fn disk(branch: impl ::std::convert::Into<Disk>) -> Self {
        Self::new(BackendKind::Disk(branch.into()))
    }
    /// Creates a value whose `kind` is `none`.
    #[must_use]
    #[inline]
    pub fn none() -> Self {
        Self::new(BackendKind::None)
    }
    /// Creates a value whose `kind` is `tape`.
    #[must_use]
    #[inline]
    pub fn tape(branch: impl ::std::convert::Into<Tape>) -> Self {
        Self::new(BackendKind::Tape(branch.into()))
    }
}
/// The `kind` discriminator of `Backend` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum BackendKind {
    /// `disk`
    ///
    /// Since 2.0, not in 1.0.
    Disk(Disk),
    /// `none`
    None,
    /// `tape`
    ///
    /// Until 1.0, not in 2.0.
    Tape(Tape),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<Disk> for BackendKind {
    #[inline]
    fn from(value: Disk) -> Self {
        Self::Disk(value)
    }
}
impl ::std::convert::From<Tape> for BackendKind {
    #[inline]
    fn from(value: Tape) -> Self {
        Self::Tape(value)
    }
}

/// `IntOrStr`
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum IntOrStr {
    /// `int`
    ///
    /// Since 2.0, not in 1.0.
    Int(i64),
    /// `str`
    ///
    /// Until 1.0, not in 2.0.
    Str(::std::string::String),
    /// A value of a JSON type that the schema does not define, as a newer peer may send it.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<i64> for IntOrStr {
    #[inline]
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl ::std::convert::From<::std::string::String> for IntOrStr {
    #[inline]
    fn from(value: ::std::string::String) -> Self {
        Self::Str(value)
    }
}
impl ::std::convert::From<&str> for IntOrStr {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Str(value.into())
    }
}

/// `Tape`, `versions-1.0.json:7 (1.0)`. Until 1.0, not in 2.0.
#[derive(Clone, PartialEq)]
pub struct Tape {
    /// `label`
    pub label: ::std::string::String,
}
impl Tape {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(label: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { label: label.into() }
    }
}

impl ::std::convert::From<::std::string::String> for Tape {
    #[inline]
    fn from(label: ::std::string::String) -> Self {
        Self::new(label)
    }
}
impl ::std::convert::From<&str> for Tape {
    #[inline]
    fn from(label: &str) -> Self {
        Self::new(label)
    }
}
impl ::std::convert::From<&::std::string::String> for Tape {
    #[inline]
    fn from(label: &::std::string::String) -> Self {
        Self::new(label)
    }
}

/// The arguments of [`plug`](commands::Plug).
#[derive(Clone, PartialEq)]
pub struct PlugArgs {
    /// `id`
    pub id: ::std::string::String,
    /// `slot`
    pub slot: IntOrStr,
    /// `backend`
    pub backend: Backend,
}
impl PlugArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(
        id: impl ::std::convert::Into<::std::string::String>, slot: impl ::std::convert::Into<IntOrStr>,
        backend: Backend,
    ) -> Self {
        Self { id: id.into(), slot: slot.into(), backend }
    }
}

/// The commands, as marker types. Each has the documentation of its command.
///
/// The examples call the blocking client; calls of the asynchronous client need `.await`.
pub mod commands {
    /// `query-status`, `versions.json:17`
    ///
    /// # Returns
    ///
    /// [`Status`](super::Status)
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.query_status()?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryStatus;
    impl ::qmp_types::Command for QueryStatus {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-status", "versions.json:17");
        type Arguments = ();
        type Return = super::Status;
    }
    ::qmp_types::private::definition!(Command QueryStatus);
    /// `plug`, `versions.json:18`
    ///
    /// # Arguments
    ///
    /// The fields of [`PlugArgs`](super::PlugArgs):
    ///
    /// - [`id`](field@super::PlugArgs::id): `String`
    /// - [`slot`](field@super::PlugArgs::slot): `IntOrStr`
    /// - [`backend`](field@super::PlugArgs::backend): `Backend`
    ///
    /// # Call
    ///
    /// ```text
    /// client.plug(PlugArgs::new(id, slot, backend))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Plug;
    impl ::qmp_types::Command for Plug {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("plug", "versions.json:18");
        type Arguments = super::PlugArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Plug);
    /// `rewind`, `versions-1.0.json:12 (1.0)`. Until 1.0, not in 2.0.
    ///
    /// # Call
    ///
    /// ```text
    /// client.rewind()?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Rewind;
    impl ::qmp_types::Command for Rewind {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("rewind", "versions-1.0.json:12 (1.0)");
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Rewind);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{QueryStatus as query_status, Plug as plug, Rewind as rewind};
}

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Status {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Status", all: &[
                "running", "state", "limit", "singlestep",
            ], slots: b"\x00\x02\xff\xff\x03\xff\x01\xff", features: b"" },
            required: &[0b101],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.running, reader),
                1 => p::Field::read(&mut self.state, reader),
                2 => p::Field::read(&mut self.limit, reader),
                _ => p::Field::read(&mut self.singlestep, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"running\": ", &self.running);
            visitor.member(b"\"state\": ", &self.state);
            visitor.member(b"\"limit\": ", &self.limit);
            visitor.member(b"\"singlestep\": ", &self.singlestep);
        }
    }
    impl p::Generated for Status {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {
                running: p::Field::blank(), state: p::Field::blank(), limit: p::Field::blank(),
                singlestep: p::Field::blank(),
             }
        }
    }
    p::debug!(Status);
    p::eq!(Status);

    impl p::Enumeration for State {
        const NAMES: &'static p::Names = &p::Names { owner: "State", all: &[
            "up", "down",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Up => ::std::result::Result::Ok(0),
                Self::Down => ::std::result::Result::Ok(1),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Up,
                _ => Self::Down,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for State {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Up
        }
    }
    p::enumeration!(State);

    impl p::Record for Disk {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Disk", all: &["path"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.path, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"path\": ", &self.path);
        }
    }
    impl p::Generated for Disk {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { path: p::Field::blank() }
        }
    }
    p::debug!(Disk);
    p::eq!(Disk);

    impl p::Record for Backend {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Backend", all: &["kind"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.kind, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"kind\": ", &self.kind);
            visitor.branch(&self.kind);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.kind)
        }
    }
    impl p::Generated for Backend {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { kind: p::Field::blank() }
        }
    }
    p::debug!(Backend);
    p::eq!(Backend);

    impl p::Enumeration for BackendKind {
        const NAMES: &'static p::Names = &p::Names { owner: "Kind", all: &[
            "disk", "none", "tape",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Disk(_) => ::std::result::Result::Ok(0),
                Self::None => ::std::result::Result::Ok(1),
                Self::Tape(_) => ::std::result::Result::Ok(2),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Disk(p::Field::blank()),
                1 => Self::None,
                _ => Self::Tape(p::Field::blank()),
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for BackendKind {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::Disk(branch) => ::std::option::Option::Some(branch),
                Self::None => ::std::option::Option::None,
                Self::Tape(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::Disk(branch) => p::Record::visit(branch, visitor),
                Self::None => {},
                Self::Tape(branch) => p::Record::visit(branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for BackendKind {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::None
        }
    }
    p::eq!(BackendKind);

    impl p::Alternate for IntOrStr {
        const NAME: &'static str = "IntOrStr";
        #[inline]
        fn read_branch(&mut self, kind: p::Kind, reader: &mut p::Reader<'_>) -> ::std::option::Option<p::Result> {
            *self = match kind {
                p::Kind::Number => Self::Int(p::Field::blank()),
                p::Kind::String => Self::Str(p::Field::blank()),
                _ => return ::std::option::Option::None,
            };
            ::std::option::Option::Some(match self {
                Self::Int(value) => p::Field::read(value, reader),
                Self::Str(value) => p::Field::read(value, reader),
                Self::Unknown(_) => return ::std::option::Option::None,
            })
        }
        #[inline]
        fn unknown(value: p::Value) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(value))
        }
    }
    impl p::Field for IntOrStr {
        #[inline]
        fn blank() -> Self {
            Self::Int(p::Field::blank())
        }
        #[inline]
        fn read(&mut self, reader: &mut p::Reader<'_>) -> p::Result {
            reader.alternate(self)
        }
        #[inline]
        fn write(&self, writer: &mut p::Writer) {
            match self {
                Self::Int(value) => p::Field::write(value, writer),
                Self::Str(value) => p::Field::write(value, writer),
                Self::Unknown(value) => writer.unknown_branch::<Self>(value),
            }
        }
        #[inline]
        fn feed(&self, hasher: &mut dyn p::Hasher) {
            match self {
                Self::Int(value) => p::Field::feed(value, hasher),
                Self::Str(value) => p::Field::feed(value, hasher),
                Self::Unknown(value) => p::Field::feed(value, hasher),
            }
        }
    }
    p::eq!(IntOrStr);

    impl p::Record for Tape {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Tape", all: &["label"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.label, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"label\": ", &self.label);
        }
    }
    impl p::Generated for Tape {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { label: p::Field::blank() }
        }
    }
    p::debug!(Tape);
    p::eq!(Tape);

    impl p::Record for PlugArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_plug-arg", all: &[
                "id", "slot", "backend",
            ], slots: b"", features: b"" },
            required: &[0b111],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.id, reader),
                1 => p::Field::read(&mut self.slot, reader),
                _ => p::Field::read(&mut self.backend, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"id\": ", &self.id);
            visitor.member(b"\"slot\": ", &self.slot);
            visitor.member(b"\"backend\": ", &self.backend);
        }
    }
    impl p::Generated for PlugArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { id: p::Field::blank(), slot: p::Field::blank(), backend: p::Field::blank() }
        }
    }
    p::debug!(PlugArgs);
    p::eq!(PlugArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[
        "PLUGGED",
    ];

    /// `PLUGGED`, `versions.json:19`
    #[derive(Clone, PartialEq)]
    pub struct Plugged {
        /// `id`
        pub id: ::std::string::String,
        /// `slot`
        ///
        /// Since 2.0, not in 1.0.
        pub slot: ::std::option::Option<i64>,
    }
    impl Plugged {
        /// Creates a value from the required members.
        #[must_use]
        #[inline]
        pub fn new(id: impl ::std::convert::Into<::std::string::String>) -> Self {
            Self { id: id.into(), slot: ::std::option::Option::None }
        }
    }

    impl Plugged {
        /// The name of the event.
        pub const NAME: &'static str = "PLUGGED";
    }
    impl ::qmp_types::Event for Plugged {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event Plugged);

    // How values are read and written.
    const _: () = {
        use ::qmp_types::private as p;
        impl p::Record for Plugged {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_obj_PLUGGED-arg", all: &[
                    "id", "slot",
                ], slots: b"", features: b"" },
                required: &[0b1],
                tag: ::std::option::Option::None,
            };
            #[inline]
            fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
                match index {
                    0 => p::Field::read(&mut self.id, reader),
                    _ => p::Field::read(&mut self.slot, reader),
                }
            }
            fn visit<V: p::Visitor>(&self, visitor: &mut V) {
                visitor.member(b"\"id\": ", &self.id);
                visitor.member(b"\"slot\": ", &self.slot);
            }
        }
        impl p::Generated for Plugged {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self { id: p::Field::blank(), slot: p::Field::blank() }
            }
        }
        p::debug!(Plugged);
        p::eq!(Plugged);
    };

}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-status", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "plug", "meta-type": "command", "arg-type": "2", "ret-type": "0"}, {"name": "PLUGGED", "meta-type": "event", "arg-type": "3"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "running", "type": "bool"}, {"name": "state", "type": "4"}, {"name": "limit", "type": "int"}]}, {"name": "2", "meta-type": "object", "members": [{"name": "id", "type": "str"}, {"name": "slot", "type": "int"}, {"name": "backend", "type": "5"}]}, {"name": "3", "meta-type": "object", "members": [{"name": "id", "type": "str"}, {"name": "slot", "type": "int"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "4", "meta-type": "enum", "members": [{"name": "up"}, {"name": "down"}], "values": ["up", "down"]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "5", "meta-type": "object", "members": [{"name": "kind", "type": "6"}], "tag": "kind", "variants": [{"case": "disk", "type": "7"}, {"case": "none", "type": "0"}]}, {"name": "6", "meta-type": "enum", "members": [{"name": "disk"}, {"name": "none"}], "values": ["disk", "none"]}, {"name": "7", "meta-type": "object", "members": [{"name": "path", "type": "str"}]}]"#;

/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.
#[doc(hidden)]
pub static CONDITIONS: &str = r#"{}"#;

/// An event of the schema, or one that the schema does not define.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Event {
    /// `PLUGGED`
    Plugged(events::Plugged),
    /// An event that the schema does not define, as a newer server may send it.
    Other(::qmp_types::OtherEvent),
}
impl Event {
    /// Returns the name of the event, such as a log shows it.
    pub fn name(&self) -> &str {
        match self {
            Self::Plugged(_) => "PLUGGED",
            Self::Other(event) => &event.name,
        }
    }
}

impl ::qmp_types::AnyEvent for Event {
    #[inline]
    fn read(name: &str, reader: &mut ::qmp_types::private::Reader<'_>) -> ::std::result::Result<Self, ::qmp_types::private::ReadError> {
        use ::qmp_types::private::read;
        ::std::result::Result::Ok(match name {
            "PLUGGED" => Self::Plugged(read(reader)?),
            _ => Self::Other(::qmp_types::OtherEvent::read(name, reader)?),
        })
    }
}

/// A method per command, for everything that executes commands: clients, adapters around them, a server in the same process, and a mock of your own.
///
/// A function with a parameter `&impl Commands` can make single calls, and return their replies. A sequence of calls has to wait for replies: see `blocking::Commands` and `AsyncCommands`.
pub trait Commands: ::qmp_types::client::Adapt {
    /// Sends [`query-status`](commands::QueryStatus). Returns [`Status`].
    #[inline]
    fn query_status(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::QueryStatus> {
        self.call::<commands::QueryStatus>(())
    }
    /// Sends [`plug`](commands::Plug) with `id`, `slot`, `backend`.
    #[inline]
    fn plug(&self, arguments: impl ::std::convert::Into<PlugArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Plug> {
        self.call::<commands::Plug>(arguments.into())
    }
    /// Sends [`rewind`](commands::Rewind).
    ///
    /// Until 1.0, not in 2.0.
    #[inline]
    fn rewind(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::Rewind> {
        self.call::<commands::Rewind>(())
    }
}
impl<E: ::qmp_types::client::Adapt + ?::std::marker::Sized> Commands for E {}

::qmp_types::private::typed_client! {}
impl<E: ::qmp_types::client::Execute> TypedClient<E> {
    /// Sends [`query-status`](commands::QueryStatus). Returns [`Status`].
    #[inline]
    pub fn query_status(&self) -> ::qmp_types::client::Reply<E::Mode, commands::QueryStatus> {
        self.call::<commands::QueryStatus>(())
    }
    /// Sends [`plug`](commands::Plug) with `id`, `slot`, `backend`.
    #[inline]
    pub fn plug(&self, arguments: impl ::std::convert::Into<PlugArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Plug> {
        self.call::<commands::Plug>(arguments.into())
    }
    /// Sends [`rewind`](commands::Rewind).
    ///
    /// Until 1.0, not in 2.0.
    #[inline]
    pub fn rewind(&self) -> ::qmp_types::client::Reply<E::Mode, commands::Rewind> {
        self.call::<commands::Rewind>(())
    }
}

/// The blocking client of this schema, and the trait for code that blocks.
pub mod blocking {
    /// The blocking client of this schema, with the methods of [`TypedClient`](super::TypedClient).
    pub type Client = super::TypedClient<::qmp_types::blocking::Client>;
    ::qmp_types::private::blocking_client!(super::Event, super::INTROSPECTION, super::CONDITIONS);
}

// Expands to a client whose use is an error if the runtime's feature `tokio` is off.
::qmp_types::private::if_tokio! {
    /// The asynchronous client of this schema, with the methods of [`TypedClient`].
    pub type Client = TypedClient<::qmp_types::tokio::Client>;
    ::qmp_types::private::tokio_client!(Event, INTROSPECTION, CONDITIONS);
}

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {Status, State, Disk, Backend, IntOrStr, Tape, PlugArgs}
