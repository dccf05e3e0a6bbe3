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
    pub fn new(
        a: impl ::std::convert::Into<::std::string::String>, b: f64, c: i64, d: u8, e: u64, f: bool,
        g: ::qmp_types::Value, h: ::qmp_types::Null,
    ) -> Self {
        Self { a: a.into(), b, c, d, e, f, g, h }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Scalars {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "Scalars", members: &[
                p::Member::required(", \"a\": "), p::Member::required(", \"b\": "),
                p::Member::required(", \"c\": "), p::Member::required(", \"d\": "),
                p::Member::required(", \"e\": "), p::Member::required(", \"f\": "),
                p::Member::required(", \"g\": "), p::Member::required(", \"h\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn p::Field {
            match index {
                0 => &self.a,
                1 => &self.b,
                2 => &self.c,
                3 => &self.d,
                4 => &self.e,
                5 => &self.f,
                6 => &self.g,
                _ => &self.h,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn p::Field {
            match index {
                0 => &mut self.a,
                1 => &mut self.b,
                2 => &mut self.c,
                3 => &mut self.d,
                4 => &mut self.e,
                5 => &mut self.f,
                6 => &mut self.g,
                _ => &mut self.h,
            }
        }
    }
    impl p::Blank for Scalars {
        fn blank() -> Self {
            Self { 
                a: p::Blank::blank(), b: p::Blank::blank(), c: p::Blank::blank(), d: p::Blank::blank(),
                e: p::Blank::blank(), f: p::Blank::blank(), g: p::Blank::blank(), h: p::Blank::blank(),
             }
        }
    }
    p::record!(Scalars);
    p::debug!(Scalars);
};

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
    pub fn new(
        type_: impl ::std::convert::Into<::std::string::String>, list: ::std::vec::Vec<Scalars>,
    ) -> Self {
        Self { 
            type_: type_.into(), node_name: ::std::option::Option::None, list,
            old: ::std::option::Option::None,
         }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Derived {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "Derived", members: &[
                p::Member::required(", \"type\": "), p::Member::optional(", \"node-name\": "),
                p::Member::required(", \"list\": "), p::Member::optional(", \"old\": ").deprecated(),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn p::Field {
            match index {
                0 => &self.type_,
                1 => &self.node_name,
                2 => &self.list,
                _ => &self.old,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn p::Field {
            match index {
                0 => &mut self.type_,
                1 => &mut self.node_name,
                2 => &mut self.list,
                _ => &mut self.old,
            }
        }
    }
    impl p::Blank for Derived {
        fn blank() -> Self {
            Self { 
                type_: p::Blank::blank(), node_name: p::Blank::blank(), list: p::Blank::blank(),
                old: p::Blank::blank(),
             }
        }
    }
    p::record!(Derived);
    p::debug!(Derived);
};

/// `Options`, `structs.json:6`
#[derive(Clone, PartialEq, Default)]
pub struct Options {
    /// `on`
    pub on: ::std::option::Option<bool>,
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Options {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "Options", members: &[
                p::Member::optional(", \"on\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn p::Field {
            &self.on
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn p::Field {
            &mut self.on
        }
    }
    impl p::Blank for Options {
        fn blank() -> Self {
            Self { on: p::Blank::blank() }
        }
    }
    p::record!(Options);
    p::debug!(Options);
};

/// `Nothing`, `structs.json:7`
#[derive(Clone, PartialEq, Default)]
pub struct Nothing {}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Nothing {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "Nothing", members: &[
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn p::Field {
            &()
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn p::Field {
            p::no_member()
        }
    }
    impl p::Blank for Nothing {
        fn blank() -> Self {
            Self {  }
        }
    }
    p::record!(Nothing);
    p::debug!(Nothing);
};

/// `String`, `structs.json:8`
#[derive(Clone, PartialEq)]
pub struct String {
    /// `text`
    pub text: ::std::string::String,
}
impl String {
    /// Creates a value from the required members.
    #[must_use]
    pub fn new(text: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { text: text.into() }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for String {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "String", members: &[
                p::Member::required(", \"text\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn p::Field {
            &self.text
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn p::Field {
            &mut self.text
        }
    }
    impl p::Blank for String {
        fn blank() -> Self {
            Self { text: p::Blank::blank() }
        }
    }
    p::record!(String);
    p::debug!(String);
};

/// The arguments of [`set-string`](commands::SetString).
#[derive(Clone, PartialEq)]
pub struct SetStringArgs {
    /// `string`
    pub string: String,
}
impl SetStringArgs {
    /// Creates a value from the required members.
    #[must_use]
    pub fn new(string: String) -> Self {
        Self { string }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for SetStringArgs {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "q_obj_set-string-arg", members: &[
                p::Member::required(", \"string\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn p::Field {
            &self.string
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn p::Field {
            &mut self.string
        }
    }
    impl p::Blank for SetStringArgs {
        fn blank() -> Self {
            Self { string: p::Blank::blank() }
        }
    }
    p::record!(SetStringArgs);
    p::debug!(SetStringArgs);
};

impl ::std::convert::From<String> for SetStringArgs {
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
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments.string)
        }
    }
};

/// The events. The type of an event is its data.
pub mod events {}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-structs", "meta-type": "command", "arg-type": "0", "ret-type": "[1]"}, {"name": "set-options", "meta-type": "command", "arg-type": "2", "ret-type": "3"}, {"name": "set-string", "meta-type": "command", "arg-type": "4", "ret-type": "0"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "[1]", "meta-type": "array", "element-type": "1"}, {"name": "1", "meta-type": "object", "members": [{"name": "type", "type": "str"}, {"name": "node-name", "type": "str", "default": null}, {"name": "list", "type": "[5]"}, {"name": "old", "type": "int", "default": null, "features": ["deprecated"]}]}, {"name": "2", "meta-type": "object", "members": [{"name": "on", "type": "bool", "default": null}]}, {"name": "3", "meta-type": "object", "members": []}, {"name": "4", "meta-type": "object", "members": [{"name": "string", "type": "6"}]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "[5]", "meta-type": "array", "element-type": "5"}, {"name": "5", "meta-type": "object", "members": [{"name": "a", "type": "str"}, {"name": "b", "type": "number"}, {"name": "c", "type": "int"}, {"name": "d", "type": "int"}, {"name": "e", "type": "int"}, {"name": "f", "type": "bool"}, {"name": "g", "type": "any"}, {"name": "h", "type": "null"}]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "6", "meta-type": "object", "members": [{"name": "text", "type": "str"}]}, {"name": "number", "meta-type": "builtin", "json-type": "number"}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "null", "meta-type": "builtin", "json-type": "null"}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-structs` (structs.json:10): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-structs`",
        note = "a handler is a function `query_structs` with `#[qmp_command]`"
    )]
    pub trait QueryStructs: ::qmp_types::Handle<super::commands::QueryStructs> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::QueryStructs>> QueryStructs for S {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `set-options` (structs.json:11): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `set-options`",
        note = "a handler is a function `set_options` with `#[qmp_command]`"
    )]
    pub trait SetOptions: ::qmp_types::Handle<super::commands::SetOptions> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::SetOptions>> SetOptions for S {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `set-string` (structs.json:12): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `set-string`",
        note = "a handler is a function `set_string` with `#[qmp_command]`"
    )]
    pub trait SetString: ::qmp_types::Handle<super::commands::SetString> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::SetString>> SetString for S {}
}

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryStructs,
    S: required::SetOptions,
    S: required::SetString,
{
    static SCHEMA: ::qmp_types::private::ServerSchema =
        ::qmp_types::private::ServerSchema { introspection: INTROSPECTION };
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryStructs>(),
        ::qmp_types::private::Entry::of::<commands::SetOptions>(),
        ::qmp_types::private::Entry::of::<commands::SetString>(),
    ] }, &SCHEMA)
}

::qmp_types::private::serde_impls! {Scalars, Derived, Options, Nothing, String, SetStringArgs}
