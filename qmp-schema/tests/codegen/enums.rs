/// `Speed`, `enums.json:2`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Speed {
    /// `unknown`
    Unknown_,
    /// `Unknown`
    Unknown2,
    /// `2_5`
    _2_5,
    /// `x86_64`
    X86_64,
    /// `self`
    Self_,
    /// `Self`
    Self2,
    /// `a-b`
    AB,
    /// `aB`
    AB2,
    /// **Deprecated.** `old`
    Old,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl Speed {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[
        Self::Unknown_, Self::Unknown2, Self::_2_5, Self::X86_64, Self::Self_, Self::Self2, Self::AB,
        Self::AB2, Self::Old,
    ];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `Empty`, `enums.json:3`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Empty {
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl Empty {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `Values`, `enums.json:4`
#[derive(Clone, PartialEq)]
pub struct Values {
    /// `speed`
    pub speed: Speed,
    /// `empty`
    pub empty: ::std::option::Option<Empty>,
}
impl Values {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(speed: Speed) -> Self {
        Self { speed, empty: ::std::option::Option::None }
    }
    /// Sets [`empty`](#structfield.empty).
    #[must_use]
    pub fn empty(mut self, empty: impl ::std::convert::Into<::std::option::Option<Empty>>) -> Self {
        self.empty = empty.into();
        self
    }
}

/// The commands, as marker types. Each has the documentation of its command.
pub mod commands {
    /// `query-values`, `enums.json:5`
    ///
    /// # Returns
    ///
    /// [`Values`](super::Values)
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn query_values(&self) -> Result<Values>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryValues;
    impl ::qmp_types::Command for QueryValues {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-values", "enums.json:5");
        type Arguments = ();
        type Return = super::Values;
    }
    ::qmp_types::private::definition!(Command QueryValues);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{QueryValues as query_values};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QueryValues {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "Values", "'returns': 'Values'", "enums.json:5"));
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
    impl p::Enumeration for Speed {
        const NAMES: &'static p::Names = &p::Names { owner: "Speed", all: &[
            "unknown", "Unknown", "2_5", "x86_64", "self", "Self", "a-b", "aB", "old",
        ], slots: b"\x05\xff\x08\xff\x00\x01\xff\x06\xff\xff\xff\x02\xff\x03\x07\x04", features: b"\x00\x00\x00\x00\x00\x00\x00\x00\x01" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Unknown_ => ::std::result::Result::Ok(0),
                Self::Unknown2 => ::std::result::Result::Ok(1),
                Self::_2_5 => ::std::result::Result::Ok(2),
                Self::X86_64 => ::std::result::Result::Ok(3),
                Self::Self_ => ::std::result::Result::Ok(4),
                Self::Self2 => ::std::result::Result::Ok(5),
                Self::AB => ::std::result::Result::Ok(6),
                Self::AB2 => ::std::result::Result::Ok(7),
                Self::Old => ::std::result::Result::Ok(8),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Unknown_,
                1 => Self::Unknown2,
                2 => Self::_2_5,
                3 => Self::X86_64,
                4 => Self::Self_,
                5 => Self::Self2,
                6 => Self::AB,
                7 => Self::AB2,
                _ => Self::Old,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for Speed {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Unknown_
        }
    }
    p::enumeration!(Speed);

    impl p::Enumeration for Empty {
        const NAMES: &'static p::Names = &p::Names { owner: "Empty", all: &[], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(_: usize) -> Self {
            p::Generated::blank()
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for Empty {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Unknown(::std::string::String::new())
        }
    }
    p::enumeration!(Empty);

    impl p::Record for Values {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Values", all: &["speed", "empty"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.speed, reader),
                _ => p::Field::read(&mut self.empty, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"speed\": ", &self.speed);
            visitor.member(b"\"empty\": ", &self.empty);
        }
    }
    impl p::Generated for Values {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { speed: p::Field::blank(), empty: p::Field::blank() }
        }
    }
    p::debug!(Values);
    p::eq!(Values);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-values", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "speed", "type": "2"}, {"name": "empty", "type": "3", "default": null}]}, {"name": "2", "meta-type": "enum", "members": [{"name": "unknown"}, {"name": "Unknown"}, {"name": "2_5"}, {"name": "x86_64"}, {"name": "self"}, {"name": "Self"}, {"name": "a-b"}, {"name": "aB"}, {"name": "old", "features": ["deprecated"]}], "values": ["unknown", "Unknown", "2_5", "x86_64", "self", "Self", "a-b", "aB", "old"]}, {"name": "3", "meta-type": "enum", "members": [], "values": []}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-values` (enums.json:5): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-values`",
        note = "a handler is a function `query_values` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait QueryValues: ::qmp_types::Handle<super::commands::QueryValues> {}
    ::qmp_types::private::required! { QueryValues }
}

::qmp_types::private::in_band! { QueryValues }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "5", "ret-type": "6"}, {"name": "query-version", "meta-type": "command", "arg-type": "6", "ret-type": "8"}, {"name": "query-commands", "meta-type": "command", "arg-type": "6", "ret-type": "[9]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "6", "ret-type": "[23]"}, {"name": "4", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[4]", "meta-type": "array", "element-type": "4"}, {"name": "5", "meta-type": "object", "members": [{"name": "enable", "type": "[4]", "default": null}]}, {"name": "6", "meta-type": "object", "members": []}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "7", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "8", "meta-type": "object", "members": [{"name": "qemu", "type": "7"}, {"name": "package", "type": "str"}]}, {"name": "9", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[9]", "meta-type": "array", "element-type": "9"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "10", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "11", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "12", "meta-type": "object", "members": [{"name": "json-type", "type": "11"}]}, {"name": "13", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[13]", "meta-type": "array", "element-type": "13"}, {"name": "14", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[13]", "default": null}]}, {"name": "15", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "16", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[16]", "meta-type": "array", "element-type": "16"}, {"name": "17", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[17]", "meta-type": "array", "element-type": "17"}, {"name": "18", "meta-type": "object", "members": [{"name": "members", "type": "[16]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[17]", "default": null}]}, {"name": "19", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[19]", "meta-type": "array", "element-type": "19"}, {"name": "20", "meta-type": "object", "members": [{"name": "members", "type": "[19]"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "21", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "22", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "23", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "10"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "12"}, {"case": "enum", "type": "14"}, {"case": "array", "type": "15"}, {"case": "object", "type": "18"}, {"case": "alternate", "type": "20"}, {"case": "command", "type": "21"}, {"case": "event", "type": "22"}]}, {"name": "[23]", "meta-type": "array", "element-type": "23"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryValues,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryValues>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { QueryValues }

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {Speed, Empty, Values}
