/// `Unix`, `unions.json:3`
#[derive(Clone, PartialEq)]
pub struct Unix {
    /// `path`
    pub path: ::std::string::String,
}
impl Unix {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(path: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { path: path.into() }
    }
}

/// `HostV4`, `unions.json:4`
#[derive(Clone, PartialEq)]
pub struct HostV4 {
    /// `host`
    pub host: ::std::string::String,
}
impl HostV4 {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(host: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { host: host.into() }
    }
}

/// `Inet`, `unions.json:6`
#[derive(Clone, PartialEq)]
pub struct Inet {
    /// `family`
    pub family: InetFamily,
    /// `port`
    pub port: u16,
}
impl Inet {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(family: impl ::std::convert::Into<InetFamily>, port: u16) -> Self {
        Self { family: family.into(), port }
    }
}

/// The `family` discriminator of `Inet` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum InetFamily {
    /// `v4`
    V4(HostV4),
    /// `v6`
    V6(HostV4),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}

/// `Address`, `unions.json:7`
#[derive(Clone, PartialEq)]
pub struct Address {
    /// `type`
    pub type_: AddressType,
    /// `name`
    pub name: ::std::option::Option<::std::string::String>,
}
impl Address {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(type_: impl ::std::convert::Into<AddressType>) -> Self {
        Self { type_: type_.into(), name: ::std::option::Option::None }
    }
}

/// The `type` discriminator of `Address` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum AddressType {
    /// `none`
    None,
    /// `unix`
    Unix(Unix),
    /// `inet`
    Inet(Inet),
    /// `again`
    Again(Unix),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<Inet> for AddressType {
    #[inline]
    fn from(value: Inet) -> Self {
        Self::Inet(value)
    }
}

/// The commands, as marker types. Each has the documentation of its command.
pub mod commands {
    /// `listen`, `unions.json:9`
    ///
    /// # Arguments
    ///
    /// The fields of [`Address`](super::Address):
    ///
    /// - [`type`](field@super::Address::type_): `AddressType`
    /// - [`name`](field@super::Address::name): `Option<String>`
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn listen(&self, arguments: Address) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Listen;
    impl ::qmp_types::Command for Listen {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("listen", "unions.json:9");
        type Arguments = super::Address;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Listen);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{Listen as listen};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::Listen {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "Address", "'data': 'Address'", "unions.json:9"),
        ], p::Parameter::new("", "()", "", "unions.json:9"));
        type Types = (Address, ());
        type Sole = p::Is<Address>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
};

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Unix {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Unix", all: &["path"], slots: b"", features: b"" },
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
    impl p::Generated for Unix {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { path: p::Field::blank() }
        }
    }
    p::debug!(Unix);
    p::eq!(Unix);

    impl p::Record for HostV4 {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "HostV4", all: &["host"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.host, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"host\": ", &self.host);
        }
    }
    impl p::Generated for HostV4 {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { host: p::Field::blank() }
        }
    }
    p::debug!(HostV4);
    p::eq!(HostV4);

    impl p::Record for Inet {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Inet", all: &["family", "port"], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.family, reader),
                _ => p::Field::read(&mut self.port, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"family\": ", &self.family);
            visitor.member(b"\"port\": ", &self.port);
            visitor.branch(&self.family);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.family)
        }
    }
    impl p::Generated for Inet {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { family: p::Field::blank(), port: p::Field::blank() }
        }
    }
    p::debug!(Inet);
    p::eq!(Inet);

    impl p::Enumeration for InetFamily {
        const NAMES: &'static p::Names = &p::Names { owner: "InetFamily", all: &[
            "v4", "v6",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::V4(_) => ::std::result::Result::Ok(0),
                Self::V6(_) => ::std::result::Result::Ok(1),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::V4(p::Field::blank()),
                _ => Self::V6(p::Field::blank()),
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for InetFamily {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::V4(branch) => ::std::option::Option::Some(branch),
                Self::V6(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::V4(branch) => p::Record::visit(branch, visitor),
                Self::V6(branch) => p::Record::visit(branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for InetFamily {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::V4(p::Field::blank())
        }
    }
    p::eq!(InetFamily);

    impl p::Record for Address {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Address", all: &["type", "name"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.type_, reader),
                _ => p::Field::read(&mut self.name, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"type\": ", &self.type_);
            visitor.member(b"\"name\": ", &self.name);
            visitor.branch(&self.type_);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.type_)
        }
    }
    impl p::Generated for Address {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { type_: p::Field::blank(), name: p::Field::blank() }
        }
    }
    p::debug!(Address);
    p::eq!(Address);

    impl p::Enumeration for AddressType {
        const NAMES: &'static p::Names = &p::Names { owner: "AddressType", all: &[
            "none", "unix", "inet", "again",
        ], slots: b"\x02\xff\xff\xff\x01\x00\x03\xff", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::None => ::std::result::Result::Ok(0),
                Self::Unix(_) => ::std::result::Result::Ok(1),
                Self::Inet(_) => ::std::result::Result::Ok(2),
                Self::Again(_) => ::std::result::Result::Ok(3),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::None,
                1 => Self::Unix(p::Field::blank()),
                2 => Self::Inet(p::Field::blank()),
                _ => Self::Again(p::Field::blank()),
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for AddressType {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::None => ::std::option::Option::None,
                Self::Unix(branch) => ::std::option::Option::Some(branch),
                Self::Inet(branch) => ::std::option::Option::Some(branch),
                Self::Again(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::None => {},
                Self::Unix(branch) => p::Record::visit(branch, visitor),
                Self::Inet(branch) => p::Record::visit(branch, visitor),
                Self::Again(branch) => p::Record::visit(branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for AddressType {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::None
        }
    }
    p::eq!(AddressType);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "listen", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "0", "meta-type": "object", "members": [{"name": "type", "type": "2"}, {"name": "name", "type": "str", "default": null}], "tag": "type", "variants": [{"case": "inet", "type": "3"}, {"case": "unix", "type": "4"}, {"case": "again", "type": "4"}, {"case": "none", "type": "1"}]}, {"name": "1", "meta-type": "object", "members": []}, {"name": "2", "meta-type": "enum", "members": [{"name": "none"}, {"name": "unix"}, {"name": "inet"}, {"name": "again"}], "values": ["none", "unix", "inet", "again"]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "3", "meta-type": "object", "members": [{"name": "family", "type": "5"}, {"name": "port", "type": "int"}], "tag": "family", "variants": [{"case": "v4", "type": "6"}, {"case": "v6", "type": "6"}]}, {"name": "4", "meta-type": "object", "members": [{"name": "path", "type": "str"}]}, {"name": "5", "meta-type": "enum", "members": [{"name": "v4"}, {"name": "v6"}], "values": ["v4", "v6"]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "6", "meta-type": "object", "members": [{"name": "host", "type": "str"}]}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `listen` (unions.json:9): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `listen`",
        note = "a handler is a function `listen` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Listen: ::qmp_types::Handle<super::commands::Listen> {}
    ::qmp_types::private::required! { Listen }
}

::qmp_types::private::in_band! { Listen }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "8", "ret-type": "9"}, {"name": "query-version", "meta-type": "command", "arg-type": "9", "ret-type": "11"}, {"name": "query-commands", "meta-type": "command", "arg-type": "9", "ret-type": "[12]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "9", "ret-type": "[26]"}, {"name": "7", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[7]", "meta-type": "array", "element-type": "7"}, {"name": "8", "meta-type": "object", "members": [{"name": "enable", "type": "[7]", "default": null}]}, {"name": "9", "meta-type": "object", "members": []}, {"name": "10", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "11", "meta-type": "object", "members": [{"name": "qemu", "type": "10"}, {"name": "package", "type": "str"}]}, {"name": "12", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[12]", "meta-type": "array", "element-type": "12"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "13", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "14", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "15", "meta-type": "object", "members": [{"name": "json-type", "type": "14"}]}, {"name": "16", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[16]", "meta-type": "array", "element-type": "16"}, {"name": "17", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[16]", "default": null}]}, {"name": "18", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "19", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[19]", "meta-type": "array", "element-type": "19"}, {"name": "20", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[20]", "meta-type": "array", "element-type": "20"}, {"name": "21", "meta-type": "object", "members": [{"name": "members", "type": "[19]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[20]", "default": null}]}, {"name": "22", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[22]", "meta-type": "array", "element-type": "22"}, {"name": "23", "meta-type": "object", "members": [{"name": "members", "type": "[22]"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "24", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "25", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "26", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "13"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "15"}, {"case": "enum", "type": "17"}, {"case": "array", "type": "18"}, {"case": "object", "type": "21"}, {"case": "alternate", "type": "23"}, {"case": "command", "type": "24"}, {"case": "event", "type": "25"}]}, {"name": "[26]", "meta-type": "array", "element-type": "26"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::Listen,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::Listen>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { Listen }

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {Unix, HostV4, Inet, Address}
