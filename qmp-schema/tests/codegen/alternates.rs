/// `Definition`, `alternates.json:1`
#[derive(Clone, PartialEq)]
pub struct Definition {
    /// `file`
    pub file: Reference,
}
impl Definition {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(file: impl ::std::convert::Into<Reference>) -> Self {
        Self { file: file.into() }
    }
}

/// `Reference`, `alternates.json:2`
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Reference {
    /// `definition`
    Definition(::std::boxed::Box<Definition>),
    /// `name`
    Name(::std::string::String),
    /// `list`
    List(::std::vec::Vec<::std::string::String>),
    /// `none`
    None(::qmp_types::Null),
    /// A value of a JSON type that the schema does not define, as a newer peer may send it.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<Definition> for Reference {
    #[inline]
    fn from(value: Definition) -> Self {
        Self::Definition(::std::boxed::Box::new(value))
    }
}
impl ::std::convert::From<::std::string::String> for Reference {
    #[inline]
    fn from(value: ::std::string::String) -> Self {
        Self::Name(value)
    }
}
impl ::std::convert::From<&str> for Reference {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Name(value.into())
    }
}
impl ::std::convert::From<::std::vec::Vec<::std::string::String>> for Reference {
    #[inline]
    fn from(value: ::std::vec::Vec<::std::string::String>) -> Self {
        Self::List(value)
    }
}
impl ::std::convert::From<::qmp_types::Null> for Reference {
    #[inline]
    fn from(value: ::qmp_types::Null) -> Self {
        Self::None(value)
    }
}

/// `OnOff`, `alternates.json:3`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnOff {
    /// `on`
    On,
    /// `off`
    Off,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl OnOff {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::On, Self::Off];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `Amount`, `alternates.json:4`
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Amount {
    /// `number`
    Number(u32),
    /// `flag`
    Flag(bool),
    /// A value of a JSON type that the schema does not define, as a newer peer may send it.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<u32> for Amount {
    #[inline]
    fn from(value: u32) -> Self {
        Self::Number(value)
    }
}
impl ::std::convert::From<bool> for Amount {
    #[inline]
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

/// The arguments of [`query-reference`](commands::QueryReference).
#[derive(Clone, PartialEq)]
pub struct QueryReferenceArgs {
    /// `amount`
    pub amount: Amount,
    /// `state`
    pub state: OnOff,
}
impl QueryReferenceArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(amount: impl ::std::convert::Into<Amount>, state: OnOff) -> Self {
        Self { amount: amount.into(), state }
    }
}

/// The commands, as marker types. Each has the documentation of its command.
pub mod commands {
    /// `query-reference`, `alternates.json:5`
    ///
    /// # Arguments
    ///
    /// The fields of [`QueryReferenceArgs`](super::QueryReferenceArgs):
    ///
    /// - [`amount`](field@super::QueryReferenceArgs::amount): `Amount`
    /// - [`state`](field@super::QueryReferenceArgs::state): `OnOff`
    ///
    /// # Returns
    ///
    /// [`Definition`](super::Definition)
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn query_reference(&self, amount: Amount, state: OnOff) -> Result<Definition>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryReference;
    impl ::qmp_types::Command for QueryReference {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-reference", "alternates.json:5");
        type Arguments = super::QueryReferenceArgs;
        type Return = super::Definition;
    }
    ::qmp_types::private::definition!(Command QueryReference);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{QueryReference as query_reference};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QueryReference {
        const SIGNATURE: p::Signature = p::Signature::inline("QueryReferenceArgs", &[
            p::Parameter::new("amount", "Amount", "'amount': 'Amount'", "alternates.json:5"),
            p::Parameter::new("state", "OnOff", "'state': 'OnOff'", "alternates.json:5"),
        ], p::Parameter::new("", "Definition", "'returns': 'Definition'", "alternates.json:5"));
        type Types = (Amount, (OnOff, ()));
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
    impl p::Record for Definition {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Definition", all: &["file"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.file, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"file\": ", &self.file);
        }
    }
    impl p::Generated for Definition {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { file: p::Field::blank() }
        }
    }
    p::debug!(Definition);
    p::eq!(Definition);

    impl p::Alternate for Reference {
        const NAME: &'static str = "Reference";
        #[inline]
        fn read_branch(&mut self, kind: p::Kind, reader: &mut p::Reader<'_>) -> ::std::option::Option<p::Result> {
            *self = match kind {
                p::Kind::Object => Self::Definition(p::Field::blank()),
                p::Kind::String => Self::Name(p::Field::blank()),
                p::Kind::Array => Self::List(p::Field::blank()),
                p::Kind::Null => Self::None(p::Field::blank()),
                _ => return ::std::option::Option::None,
            };
            ::std::option::Option::Some(match self {
                Self::Definition(value) => p::Field::read(value, reader),
                Self::Name(value) => p::Field::read(value, reader),
                Self::List(value) => p::Field::read(value, reader),
                Self::None(value) => p::Field::read(value, reader),
                Self::Unknown(_) => return ::std::option::Option::None,
            })
        }
        #[inline]
        fn unknown(value: p::Value) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(value))
        }
    }
    impl p::Field for Reference {
        #[inline]
        fn blank() -> Self {
            Self::Name(p::Field::blank())
        }
        #[inline]
        fn read(&mut self, reader: &mut p::Reader<'_>) -> p::Result {
            reader.alternate(self)
        }
        #[inline]
        fn write(&self, writer: &mut p::Writer) {
            match self {
                Self::Definition(value) => p::Field::write(value, writer),
                Self::Name(value) => p::Field::write(value, writer),
                Self::List(value) => p::Field::write(value, writer),
                Self::None(value) => p::Field::write(value, writer),
                Self::Unknown(value) => writer.unknown_branch::<Self>(value),
            }
        }
        #[inline]
        fn feed(&self, hasher: &mut dyn p::Hasher) {
            match self {
                Self::Definition(value) => p::Field::feed(value, hasher),
                Self::Name(value) => p::Field::feed(value, hasher),
                Self::List(value) => p::Field::feed(value, hasher),
                Self::None(value) => p::Field::feed(value, hasher),
                Self::Unknown(value) => p::Field::feed(value, hasher),
            }
        }
    }
    p::eq!(Reference);

    impl p::Enumeration for OnOff {
        const NAMES: &'static p::Names = &p::Names { owner: "OnOff", all: &[
            "on", "off",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::On => ::std::result::Result::Ok(0),
                Self::Off => ::std::result::Result::Ok(1),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::On,
                _ => Self::Off,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for OnOff {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::On
        }
    }
    p::enumeration!(OnOff);

    impl p::Alternate for Amount {
        const NAME: &'static str = "Amount";
        #[inline]
        fn read_branch(&mut self, kind: p::Kind, reader: &mut p::Reader<'_>) -> ::std::option::Option<p::Result> {
            *self = match kind {
                p::Kind::Number => Self::Number(p::Field::blank()),
                p::Kind::Bool => Self::Flag(p::Field::blank()),
                _ => return ::std::option::Option::None,
            };
            ::std::option::Option::Some(match self {
                Self::Number(value) => p::Field::read(value, reader),
                Self::Flag(value) => p::Field::read(value, reader),
                Self::Unknown(_) => return ::std::option::Option::None,
            })
        }
        #[inline]
        fn unknown(value: p::Value) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(value))
        }
    }
    impl p::Field for Amount {
        #[inline]
        fn blank() -> Self {
            Self::Number(p::Field::blank())
        }
        #[inline]
        fn read(&mut self, reader: &mut p::Reader<'_>) -> p::Result {
            reader.alternate(self)
        }
        #[inline]
        fn write(&self, writer: &mut p::Writer) {
            match self {
                Self::Number(value) => p::Field::write(value, writer),
                Self::Flag(value) => p::Field::write(value, writer),
                Self::Unknown(value) => writer.unknown_branch::<Self>(value),
            }
        }
        #[inline]
        fn feed(&self, hasher: &mut dyn p::Hasher) {
            match self {
                Self::Number(value) => p::Field::feed(value, hasher),
                Self::Flag(value) => p::Field::feed(value, hasher),
                Self::Unknown(value) => p::Field::feed(value, hasher),
            }
        }
    }
    p::eq!(Amount);

    impl p::Record for QueryReferenceArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_query-reference-arg", all: &[
                "amount", "state",
            ], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.amount, reader),
                _ => p::Field::read(&mut self.state, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"amount\": ", &self.amount);
            visitor.member(b"\"state\": ", &self.state);
        }
    }
    impl p::Generated for QueryReferenceArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { amount: p::Field::blank(), state: p::Field::blank() }
        }
    }
    p::debug!(QueryReferenceArgs);
    p::eq!(QueryReferenceArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-reference", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "0", "meta-type": "object", "members": [{"name": "amount", "type": "2"}, {"name": "state", "type": "3"}]}, {"name": "1", "meta-type": "object", "members": [{"name": "file", "type": "4"}]}, {"name": "2", "meta-type": "alternate", "members": [{"type": "int"}, {"type": "bool"}]}, {"name": "3", "meta-type": "enum", "members": [{"name": "on"}, {"name": "off"}], "values": ["on", "off"]}, {"name": "4", "meta-type": "alternate", "members": [{"type": "1"}, {"type": "str"}, {"type": "[str]"}, {"type": "null"}]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "null", "meta-type": "builtin", "json-type": "null"}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-reference` (alternates.json:5): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-reference`",
        note = "a handler is a function `query_reference` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait QueryReference: ::qmp_types::Handle<super::commands::QueryReference> {}
    ::qmp_types::private::required! { QueryReference }
}

::qmp_types::private::in_band! { QueryReference }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "6", "ret-type": "7"}, {"name": "query-version", "meta-type": "command", "arg-type": "7", "ret-type": "9"}, {"name": "query-commands", "meta-type": "command", "arg-type": "7", "ret-type": "[10]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "7", "ret-type": "[24]"}, {"name": "5", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[5]", "meta-type": "array", "element-type": "5"}, {"name": "6", "meta-type": "object", "members": [{"name": "enable", "type": "[5]", "default": null}]}, {"name": "7", "meta-type": "object", "members": []}, {"name": "8", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "9", "meta-type": "object", "members": [{"name": "qemu", "type": "8"}, {"name": "package", "type": "str"}]}, {"name": "10", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[10]", "meta-type": "array", "element-type": "10"}, {"name": "11", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "12", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "13", "meta-type": "object", "members": [{"name": "json-type", "type": "12"}]}, {"name": "14", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[14]", "meta-type": "array", "element-type": "14"}, {"name": "15", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[14]", "default": null}]}, {"name": "16", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "17", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[17]", "meta-type": "array", "element-type": "17"}, {"name": "18", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[18]", "meta-type": "array", "element-type": "18"}, {"name": "19", "meta-type": "object", "members": [{"name": "members", "type": "[17]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[18]", "default": null}]}, {"name": "20", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[20]", "meta-type": "array", "element-type": "20"}, {"name": "21", "meta-type": "object", "members": [{"name": "members", "type": "[20]"}]}, {"name": "22", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "23", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "24", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "11"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "13"}, {"case": "enum", "type": "15"}, {"case": "array", "type": "16"}, {"case": "object", "type": "19"}, {"case": "alternate", "type": "21"}, {"case": "command", "type": "22"}, {"case": "event", "type": "23"}]}, {"name": "[24]", "meta-type": "array", "element-type": "24"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryReference,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryReference>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { QueryReference }

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {Definition, Reference, OnOff, Amount, QueryReferenceArgs}
