/// `Scalars`, `structs.json:1`
#[derive(Clone, PartialEq)]
pub struct Scalars {
    /// `a`
    pub a: ::std::string::String,
    /// `b`
    pub b: f64,
    /// `c`
    pub c: i64,
    /// `d`
    pub d: u8,
    /// `e`
    pub e: u64,
    /// `f`
    pub f: bool,
    /// `g`
    pub g: ::qmp_types::Value,
    /// `h`
    pub h: ::qmp_types::Null,
}
impl Scalars {
    /// Creates a value from the required members.
    #[must_use]
    #[allow(clippy::too_many_arguments)]
    #[inline]
    pub fn new(
        a: impl ::std::convert::Into<::std::string::String>, b: f64, c: i64, d: u8, e: u64, f: bool,
        g: impl ::std::convert::Into<::qmp_types::Value>, h: ::qmp_types::Null,
    ) -> Self {
        Self { a: a.into(), b, c, d, e, f, g: g.into(), h }
    }
}

/// `Derived`, `structs.json:4`
#[derive(Clone, PartialEq)]
pub struct Derived {
    /// `type`
    pub type_: ::std::string::String,
    /// `node-name`
    pub node_name: ::std::option::Option<::std::string::String>,
    /// `list`
    pub list: ::std::vec::Vec<Scalars>,
    /// **Deprecated.** `old`
    pub old: ::std::option::Option<i64>,
}
impl Derived {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(
        type_: impl ::std::convert::Into<::std::string::String>,
        list: impl ::std::iter::IntoIterator<Item = Scalars>,
    ) -> Self {
        Self {
            type_: type_.into(), node_name: ::std::option::Option::None, list: list.into_iter().collect(),
            old: ::std::option::Option::None,
         }
    }
    /// Sets [`node-name`](#structfield.node_name).
    #[must_use]
    pub fn node_name<Via>(
        mut self, node_name: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.node_name = node_name.into_option();
        self
    }
    /// Sets [`old`](#structfield.old).
    #[must_use]
    pub fn old(mut self, old: impl ::std::convert::Into<::std::option::Option<i64>>) -> Self {
        self.old = old.into();
        self
    }
}

/// `Options`, `structs.json:6`
#[derive(Clone, PartialEq, Default)]
pub struct Options {
    /// `on`
    pub on: ::std::option::Option<bool>,
}

impl ::std::convert::From<()> for Options {
    #[inline]
    fn from((): ()) -> Self {
        ::std::default::Default::default()
    }
}

/// `Nothing`, `structs.json:7`
#[derive(Clone, PartialEq, Default)]
pub struct Nothing {}

/// `String`, `structs.json:8`
#[derive(Clone, PartialEq)]
pub struct String {
    /// `text`
    pub text: ::std::string::String,
}
impl String {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(text: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { text: text.into() }
    }
}

/// The arguments of [`set-string`](commands::SetString).
#[derive(Clone, PartialEq)]
pub struct SetStringArgs {
    /// `string`
    pub string: String,
}
impl SetStringArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(string: String) -> Self {
        Self { string }
    }
}

impl ::std::convert::From<String> for SetStringArgs {
    #[inline]
    fn from(string: String) -> Self {
        Self::new(string)
    }
}

/// The commands, as marker types. Each has the documentation of its command.
pub mod commands {
    /// `query-structs`, `structs.json:10`
    ///
    /// # Returns
    ///
    /// A list of [`Derived`](super::Derived)
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn query_structs(&self) -> Result<Vec<Derived>>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryStructs;
    impl ::qmp_types::Command for QueryStructs {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-structs", "structs.json:10");
        type Arguments = ();
        type Return = ::std::vec::Vec<super::Derived>;
    }
    ::qmp_types::private::definition!(Command QueryStructs);
    /// `set-options`, `structs.json:11`
    ///
    /// # Arguments
    ///
    /// The fields of [`Options`](super::Options):
    ///
    /// - [`on`](field@super::Options::on): `Option<bool>`
    ///
    /// # Returns
    ///
    /// [`Nothing`](super::Nothing)
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn set_options(&self, arguments: Options) -> Result<Nothing>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct SetOptions;
    impl ::qmp_types::Command for SetOptions {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("set-options", "structs.json:11");
        type Arguments = super::Options;
        type Return = super::Nothing;
    }
    ::qmp_types::private::definition!(Command SetOptions);
    /// `set-string`, `structs.json:12`
    ///
    /// # Arguments
    ///
    /// The fields of [`SetStringArgs`](super::SetStringArgs):
    ///
    /// - [`string`](field@super::SetStringArgs::string): `String`
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn set_string(&self, string: String) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct SetString;
    impl ::qmp_types::Command for SetString {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("set-string", "structs.json:12");
        type Arguments = super::SetStringArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command SetString);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{QueryStructs as query_structs, SetOptions as set_options, SetString as set_string};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QueryStructs {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "Vec<Derived>", "'returns': [ 'Derived' ]", "structs.json:10"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::SetOptions {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "Options", "'data': 'Options'", "structs.json:11"),
        ], p::Parameter::new("", "Nothing", "'returns': 'Nothing'", "structs.json:11"));
        type Types = (Options, ());
        type Sole = p::Is<Options>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
    impl p::Handled for commands::SetString {
        const SIGNATURE: p::Signature = p::Signature::inline("SetStringArgs", &[
            p::Parameter::new("string", "String", "'string': 'String'", "structs.json:12"),
        ], p::Parameter::new("", "()", "", "structs.json:12"));
        type Types = (String, ());
        type Sole = p::Is<String>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments.string)
        }
    }
};

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Scalars {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Scalars", all: &[
                "a", "b", "c", "d", "e", "f", "g", "h",
            ], slots: b"\xff\xff\xff\xff\xff\xff\xff\xff\x00\x01\x02\x03\x04\x05\x06\x07", features: b"" },
            required: &[0b11111111],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.a, reader),
                1 => p::Field::read(&mut self.b, reader),
                2 => p::Field::read(&mut self.c, reader),
                3 => p::Field::read(&mut self.d, reader),
                4 => p::Field::read(&mut self.e, reader),
                5 => p::Field::read(&mut self.f, reader),
                6 => p::Field::read(&mut self.g, reader),
                _ => p::Field::read(&mut self.h, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"a\": ", &self.a);
            visitor.member(b"\"b\": ", &self.b);
            visitor.member(b"\"c\": ", &self.c);
            visitor.member(b"\"d\": ", &self.d);
            visitor.member(b"\"e\": ", &self.e);
            visitor.member(b"\"f\": ", &self.f);
            visitor.member(b"\"g\": ", &self.g);
            visitor.member(b"\"h\": ", &self.h);
        }
    }
    impl p::Generated for Scalars {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {
                a: p::Field::blank(), b: p::Field::blank(), c: p::Field::blank(), d: p::Field::blank(),
                e: p::Field::blank(), f: p::Field::blank(), g: p::Field::blank(), h: p::Field::blank(),
             }
        }
    }
    p::debug!(Scalars);

    impl p::Record for Derived {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Derived", all: &[
                "type", "node-name", "list", "old",
            ], slots: b"\x02\x00\x03\xff\xff\xff\xff\x01", features: b"\x00\x00\x00\x01" },
            required: &[0b101],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.type_, reader),
                1 => p::Field::read(&mut self.node_name, reader),
                2 => p::Field::read(&mut self.list, reader),
                _ => p::Field::read(&mut self.old, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"type\": ", &self.type_);
            visitor.member(b"\"node-name\": ", &self.node_name);
            visitor.member(b"\"list\": ", &self.list);
            visitor.special_member(p::Features(1), b"\"old\": ", &self.old);
        }
    }
    impl p::Generated for Derived {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {
                type_: p::Field::blank(), node_name: p::Field::blank(), list: p::Field::blank(),
                old: p::Field::blank(),
             }
        }
    }
    p::debug!(Derived);

    impl p::Record for Options {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Options", all: &["on"], slots: b"", features: b"" },
            required: &[0b0],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.on, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"on\": ", &self.on);
        }
    }
    impl p::Generated for Options {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { on: p::Field::blank() }
        }
    }
    p::debug!(Options);
    p::eq!(Options);

    impl p::Record for Nothing {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Nothing", all: &[], slots: b"", features: b"" },
            required: &[],
            tag: ::std::option::Option::None,
        };
        fn visit<V: p::Visitor>(&self, _: &mut V) {}
    }
    impl p::Generated for Nothing {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {  }
        }
    }
    p::debug!(Nothing);
    p::eq!(Nothing);

    impl p::Record for String {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "String", all: &["text"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.text, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"text\": ", &self.text);
        }
    }
    impl p::Generated for String {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { text: p::Field::blank() }
        }
    }
    p::debug!(String);
    p::eq!(String);

    impl p::Record for SetStringArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_set-string-arg", all: &[
                "string",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.string, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"string\": ", &self.string);
        }
    }
    impl p::Generated for SetStringArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { string: p::Field::blank() }
        }
    }
    p::debug!(SetStringArgs);
    p::eq!(SetStringArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-structs", "meta-type": "command", "arg-type": "0", "ret-type": "[1]"}, {"name": "set-options", "meta-type": "command", "arg-type": "2", "ret-type": "3"}, {"name": "set-string", "meta-type": "command", "arg-type": "4", "ret-type": "0"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "[1]", "meta-type": "array", "element-type": "1"}, {"name": "1", "meta-type": "object", "members": [{"name": "type", "type": "str"}, {"name": "node-name", "type": "str", "default": null}, {"name": "list", "type": "[5]"}, {"name": "old", "type": "int", "default": null, "features": ["deprecated"]}]}, {"name": "2", "meta-type": "object", "members": [{"name": "on", "type": "bool", "default": null}]}, {"name": "3", "meta-type": "object", "members": []}, {"name": "4", "meta-type": "object", "members": [{"name": "string", "type": "6"}]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "[5]", "meta-type": "array", "element-type": "5"}, {"name": "5", "meta-type": "object", "members": [{"name": "a", "type": "str"}, {"name": "b", "type": "number"}, {"name": "c", "type": "int"}, {"name": "d", "type": "int"}, {"name": "e", "type": "int"}, {"name": "f", "type": "bool"}, {"name": "g", "type": "any"}, {"name": "h", "type": "null"}]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "6", "meta-type": "object", "members": [{"name": "text", "type": "str"}]}, {"name": "number", "meta-type": "builtin", "json-type": "number"}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "null", "meta-type": "builtin", "json-type": "null"}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-structs` (structs.json:10): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-structs`",
        note = "a handler is a function `query_structs` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait QueryStructs: ::qmp_types::Handle<super::commands::QueryStructs> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `set-options` (structs.json:11): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `set-options`",
        note = "a handler is a function `set_options` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait SetOptions: ::qmp_types::Handle<super::commands::SetOptions> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `set-string` (structs.json:12): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `set-string`",
        note = "a handler is a function `set_string` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait SetString: ::qmp_types::Handle<super::commands::SetString> {}
    ::qmp_types::private::required! { QueryStructs, SetOptions, SetString }
}

::qmp_types::private::in_band! { QueryStructs, SetOptions, SetString }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "8", "ret-type": "9"}, {"name": "query-version", "meta-type": "command", "arg-type": "9", "ret-type": "11"}, {"name": "query-commands", "meta-type": "command", "arg-type": "9", "ret-type": "[12]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "9", "ret-type": "[26]"}, {"name": "7", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[7]", "meta-type": "array", "element-type": "7"}, {"name": "8", "meta-type": "object", "members": [{"name": "enable", "type": "[7]", "default": null}]}, {"name": "9", "meta-type": "object", "members": []}, {"name": "10", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "11", "meta-type": "object", "members": [{"name": "qemu", "type": "10"}, {"name": "package", "type": "str"}]}, {"name": "12", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[12]", "meta-type": "array", "element-type": "12"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "13", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "14", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "15", "meta-type": "object", "members": [{"name": "json-type", "type": "14"}]}, {"name": "16", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[16]", "meta-type": "array", "element-type": "16"}, {"name": "17", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[16]", "default": null}]}, {"name": "18", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "19", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[19]", "meta-type": "array", "element-type": "19"}, {"name": "20", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[20]", "meta-type": "array", "element-type": "20"}, {"name": "21", "meta-type": "object", "members": [{"name": "members", "type": "[19]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[20]", "default": null}]}, {"name": "22", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[22]", "meta-type": "array", "element-type": "22"}, {"name": "23", "meta-type": "object", "members": [{"name": "members", "type": "[22]"}]}, {"name": "24", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "25", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "26", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "13"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "15"}, {"case": "enum", "type": "17"}, {"case": "array", "type": "18"}, {"case": "object", "type": "21"}, {"case": "alternate", "type": "23"}, {"case": "command", "type": "24"}, {"case": "event", "type": "25"}]}, {"name": "[26]", "meta-type": "array", "element-type": "26"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryStructs,
    S: required::SetOptions,
    S: required::SetString,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryStructs>(),
        ::qmp_types::private::Entry::of::<commands::SetOptions>(),
        ::qmp_types::private::Entry::of::<commands::SetString>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { QueryStructs, SetOptions, SetString }

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
    // An explicit import takes precedence over the schema's type.
    pub use ::std::prelude::rust_2024::{String};
}

::qmp_types::private::serde_impls! {Scalars, Derived, Options, Nothing, String, SetStringArgs}
