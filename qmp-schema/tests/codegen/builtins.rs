/// `Capability`, `builtins.json:1`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// `oob`
    Oob,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl Capability {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::Oob];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `Version`, `builtins.json:2`
#[derive(Clone, PartialEq)]
pub struct Version {
    /// `major`
    pub major: i64,
    /// `minor`
    pub minor: i64,
    /// `micro`
    pub micro: i64,
}
impl Version {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(major: i64, minor: i64, micro: i64) -> Self {
        Self { major, minor, micro }
    }
}

/// `VersionInfo`, `builtins.json:3`
#[derive(Clone, PartialEq)]
pub struct VersionInfo {
    /// `qemu`
    pub qemu: Version,
    /// `package`
    pub package: ::std::string::String,
    /// `more`
    pub more: ::std::option::Option<::std::string::String>,
}
impl VersionInfo {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(qemu: Version, package: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { qemu, package: package.into(), more: ::std::option::Option::None }
    }
    /// Sets [`more`](#structfield.more).
    #[must_use]
    pub fn more<Via>(
        mut self, more: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.more = more.into_option();
        self
    }
}

/// `CommandInfo`, `builtins.json:4`
#[derive(Clone, PartialEq)]
pub struct CommandInfo {
    /// `name`
    pub name: ::std::string::String,
}
impl CommandInfo {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(name: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { name: name.into() }
    }
}

/// The arguments of [`qmp-capabilities-are-not-this`](commands::QmpCapabilitiesAreNotThis).
#[derive(Clone, PartialEq, Default)]
pub struct QmpCapabilitiesAreNotThisArgs {
    /// `enable`
    pub enable: ::std::option::Option<::std::vec::Vec<Capability>>,
}

impl ::std::convert::From<()> for QmpCapabilitiesAreNotThisArgs {
    #[inline]
    fn from((): ()) -> Self {
        ::std::default::Default::default()
    }
}

/// The commands, as marker types. Each has the documentation of its command.
pub mod commands {
    /// `qmp-capabilities-are-not-this`, `builtins.json:5`
    ///
    /// # Arguments
    ///
    /// The fields of [`QmpCapabilitiesAreNotThisArgs`](super::QmpCapabilitiesAreNotThisArgs):
    ///
    /// - [`enable`](field@super::QmpCapabilitiesAreNotThisArgs::enable): `Option<Vec<Capability>>`
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn qmp_capabilities_are_not_this(&self, enable: Option<Vec<Capability>>) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QmpCapabilitiesAreNotThis;
    impl ::qmp_types::Command for QmpCapabilitiesAreNotThis {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("qmp-capabilities-are-not-this", "builtins.json:5");
        type Arguments = super::QmpCapabilitiesAreNotThisArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command QmpCapabilitiesAreNotThis);
    /// `query-version`, `builtins.json:6`
    ///
    /// # Returns
    ///
    /// [`VersionInfo`](super::VersionInfo)
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn query_version(&self) -> Result<VersionInfo>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryVersion;
    impl ::qmp_types::Command for QueryVersion {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-version", "builtins.json:6").built_in();
        type Arguments = ();
        type Return = super::VersionInfo;
    }
    ::qmp_types::private::definition!(Command QueryVersion);
    /// `query-commands`, `builtins.json:7`
    ///
    /// # Returns
    ///
    /// A list of [`CommandInfo`](super::CommandInfo)
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn query_commands(&self) -> Result<Vec<CommandInfo>>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryCommands;
    impl ::qmp_types::Command for QueryCommands {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-commands", "builtins.json:7");
        type Arguments = ();
        type Return = ::std::vec::Vec<super::CommandInfo>;
    }
    ::qmp_types::private::definition!(Command QueryCommands);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{
        QmpCapabilitiesAreNotThis as qmp_capabilities_are_not_this, QueryVersion as query_version,
        QueryCommands as query_commands,
    };
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QmpCapabilitiesAreNotThis {
        const SIGNATURE: p::Signature = p::Signature::inline("QmpCapabilitiesAreNotThisArgs", &[
            p::Parameter::new("enable", "Option<Vec<Capability>>", "'*enable': [ 'Capability' ]", "builtins.json:5"),
        ], p::Parameter::new("", "()", "", "builtins.json:5"));
        type Types = (::std::option::Option<::std::vec::Vec<Capability>>, ());
        type Sole = p::Is<::std::option::Option<::std::vec::Vec<Capability>>>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments.enable)
        }
    }
    impl p::Handled for commands::QueryVersion {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "VersionInfo", "'returns': 'VersionInfo'", "builtins.json:6"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::QueryCommands {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "Vec<CommandInfo>", "'returns': [ 'CommandInfo' ]", "builtins.json:7"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
};

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Enumeration for Capability {
        const NAMES: &'static p::Names = &p::Names { owner: "Capability", all: &[
            "oob",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Oob => ::std::result::Result::Ok(0),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(_: usize) -> Self {
            Self::Oob
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for Capability {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Oob
        }
    }
    p::enumeration!(Capability);

    impl p::Record for Version {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Version", all: &[
                "major", "minor", "micro",
            ], slots: b"", features: b"" },
            required: &[0b111],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.major, reader),
                1 => p::Field::read(&mut self.minor, reader),
                _ => p::Field::read(&mut self.micro, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"major\": ", &self.major);
            visitor.member(b"\"minor\": ", &self.minor);
            visitor.member(b"\"micro\": ", &self.micro);
        }
    }
    impl p::Generated for Version {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { major: p::Field::blank(), minor: p::Field::blank(), micro: p::Field::blank() }
        }
    }
    p::debug!(Version);
    p::eq!(Version);

    impl p::Record for VersionInfo {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "VersionInfo", all: &[
                "qemu", "package", "more",
            ], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.qemu, reader),
                1 => p::Field::read(&mut self.package, reader),
                _ => p::Field::read(&mut self.more, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"qemu\": ", &self.qemu);
            visitor.member(b"\"package\": ", &self.package);
            visitor.member(b"\"more\": ", &self.more);
        }
    }
    impl p::Generated for VersionInfo {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { qemu: p::Field::blank(), package: p::Field::blank(), more: p::Field::blank() }
        }
    }
    p::debug!(VersionInfo);
    p::eq!(VersionInfo);

    impl p::Record for CommandInfo {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "CommandInfo", all: &["name"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.name, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"name\": ", &self.name);
        }
    }
    impl p::Generated for CommandInfo {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { name: p::Field::blank() }
        }
    }
    p::debug!(CommandInfo);
    p::eq!(CommandInfo);

    impl p::Record for QmpCapabilitiesAreNotThisArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_qmp-capabilities-are-not-this-arg", all: &[
                "enable",
            ], slots: b"", features: b"" },
            required: &[0b0],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.enable, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"enable\": ", &self.enable);
        }
    }
    impl p::Generated for QmpCapabilitiesAreNotThisArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { enable: p::Field::blank() }
        }
    }
    p::debug!(QmpCapabilitiesAreNotThisArgs);
    p::eq!(QmpCapabilitiesAreNotThisArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "qmp-capabilities-are-not-this", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "query-version", "meta-type": "command", "arg-type": "1", "ret-type": "2"}, {"name": "query-commands", "meta-type": "command", "arg-type": "1", "ret-type": "[3]"}, {"name": "0", "meta-type": "object", "members": [{"name": "enable", "type": "[4]", "default": null}]}, {"name": "1", "meta-type": "object", "members": []}, {"name": "2", "meta-type": "object", "members": [{"name": "qemu", "type": "5"}, {"name": "package", "type": "str"}, {"name": "more", "type": "str", "default": null}]}, {"name": "[3]", "meta-type": "array", "element-type": "3"}, {"name": "3", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[4]", "meta-type": "array", "element-type": "4"}, {"name": "4", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "5", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "int", "meta-type": "builtin", "json-type": "int"}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `qmp-capabilities-are-not-this` (builtins.json:5): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `qmp-capabilities-are-not-this`",
        note = "a handler is a function `qmp_capabilities_are_not_this` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait QmpCapabilitiesAreNotThis: ::qmp_types::Handle<super::commands::QmpCapabilitiesAreNotThis> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-commands` (builtins.json:7): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-commands`",
        note = "a handler is a function `query_commands` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait QueryCommands: ::qmp_types::Handle<super::commands::QueryCommands> {}
    ::qmp_types::private::required! { QmpCapabilitiesAreNotThis, QueryCommands }
}

::qmp_types::private::in_band! { QmpCapabilitiesAreNotThis, QueryVersion, QueryCommands }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "7", "ret-type": "8"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "8", "ret-type": "[22]"}, {"name": "6", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[6]", "meta-type": "array", "element-type": "6"}, {"name": "7", "meta-type": "object", "members": [{"name": "enable", "type": "[6]", "default": null}]}, {"name": "8", "meta-type": "object", "members": []}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "9", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "10", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "11", "meta-type": "object", "members": [{"name": "json-type", "type": "10"}]}, {"name": "12", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[12]", "meta-type": "array", "element-type": "12"}, {"name": "13", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[12]", "default": null}]}, {"name": "14", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "15", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[15]", "meta-type": "array", "element-type": "15"}, {"name": "16", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[16]", "meta-type": "array", "element-type": "16"}, {"name": "17", "meta-type": "object", "members": [{"name": "members", "type": "[15]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[16]", "default": null}]}, {"name": "18", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[18]", "meta-type": "array", "element-type": "18"}, {"name": "19", "meta-type": "object", "members": [{"name": "members", "type": "[18]"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "20", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "21", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "22", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "9"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "11"}, {"case": "enum", "type": "13"}, {"case": "array", "type": "14"}, {"case": "object", "type": "17"}, {"case": "alternate", "type": "19"}, {"case": "command", "type": "20"}, {"case": "event", "type": "21"}]}, {"name": "[22]", "meta-type": "array", "element-type": "22"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QmpCapabilitiesAreNotThis,
    S: required::QueryCommands,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QmpCapabilitiesAreNotThis>(),
        ::qmp_types::private::Entry::of::<commands::QueryCommands>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { QmpCapabilitiesAreNotThis, QueryCommands }

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {
    Capability, Version, VersionInfo, CommandInfo, QmpCapabilitiesAreNotThisArgs,
}
