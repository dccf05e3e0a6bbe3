/// `Info`, `commands.json:1`
#[derive(Clone, PartialEq)]
pub struct Info {
    /// `name`
    pub name: ::std::string::String,
}
impl Info {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(name: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { name: name.into() }
    }
}

/// The arguments of [`one`](commands::One).
#[derive(Clone, PartialEq)]
pub struct OneArgs {
    /// `device`
    pub device: ::std::string::String,
}
impl OneArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(device: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { device: device.into() }
    }
}

impl ::std::convert::From<::std::string::String> for OneArgs {
    #[inline]
    fn from(device: ::std::string::String) -> Self {
        Self::new(device)
    }
}
impl ::std::convert::From<&str> for OneArgs {
    #[inline]
    fn from(device: &str) -> Self {
        Self::new(device)
    }
}
impl ::std::convert::From<&::std::string::String> for OneArgs {
    #[inline]
    fn from(device: &::std::string::String) -> Self {
        Self::new(device)
    }
}

/// The arguments of [`several`](commands::Several).
#[derive(Clone, PartialEq)]
pub struct SeveralArgs {
    /// `type`
    pub type_: i64,
    /// `limit`
    pub limit: ::std::option::Option<u64>,
}
impl SeveralArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(type_: i64) -> Self {
        Self { type_, limit: ::std::option::Option::None }
    }
    /// Sets [`limit`](#structfield.limit).
    #[must_use]
    pub fn limit(mut self, limit: impl ::std::convert::Into<::std::option::Option<u64>>) -> Self {
        self.limit = limit.into();
        self
    }
}

impl ::std::convert::From<i64> for SeveralArgs {
    #[inline]
    fn from(type_: i64) -> Self {
        Self::new(type_)
    }
}

/// The arguments of [`half-free`](commands::HalfFree).
#[derive(Clone, PartialEq)]
pub struct HalfFreeArgs {
    /// `driver`
    pub driver: ::std::string::String,
    /// The arguments that the schema does not name.
    pub extra: ::qmp_types::Map<::std::string::String, ::qmp_types::Value>,
}
::qmp_types::private::properties!(HalfFreeArgs);
impl HalfFreeArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(driver: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { driver: driver.into(), extra: ::std::default::Default::default() }
    }
}

impl ::std::convert::From<::std::string::String> for HalfFreeArgs {
    #[inline]
    fn from(driver: ::std::string::String) -> Self {
        Self::new(driver)
    }
}
impl ::std::convert::From<&str> for HalfFreeArgs {
    #[inline]
    fn from(driver: &str) -> Self {
        Self::new(driver)
    }
}
impl ::std::convert::From<&::std::string::String> for HalfFreeArgs {
    #[inline]
    fn from(driver: &::std::string::String) -> Self {
        Self::new(driver)
    }
}

::qmp_types::private::raw_arguments!(HalfFreeArgs);

/// The arguments of [`named-free`](commands::NamedFree).
#[derive(Clone, PartialEq)]
pub struct NamedFreeArgs {
    /// `name`
    pub name: ::std::string::String,
    /// The arguments that the schema does not name.
    pub extra: ::qmp_types::Map<::std::string::String, ::qmp_types::Value>,
}
::qmp_types::private::properties!(NamedFreeArgs);
impl NamedFreeArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(name: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { name: name.into(), extra: ::std::default::Default::default() }
    }
}

impl ::std::convert::From<::std::string::String> for NamedFreeArgs {
    #[inline]
    fn from(name: ::std::string::String) -> Self {
        Self::new(name)
    }
}
impl ::std::convert::From<&str> for NamedFreeArgs {
    #[inline]
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}
impl ::std::convert::From<&::std::string::String> for NamedFreeArgs {
    #[inline]
    fn from(name: &::std::string::String) -> Self {
        Self::new(name)
    }
}

::qmp_types::private::raw_arguments!(NamedFreeArgs);

/// The commands, as marker types. Each has the documentation of its command.
///
/// The examples call the blocking client; calls of the asynchronous client need `.await`.
pub mod commands {
    /// `plain`, `commands.json:2`
    ///
    /// # Call
    ///
    /// ```text
    /// client.plain()?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn plain(&self) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Plain;
    impl ::qmp_types::Command for Plain {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("plain", "commands.json:2");
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Plain);
    /// `one`, `commands.json:3`
    ///
    /// # Arguments
    ///
    /// The fields of [`OneArgs`](super::OneArgs):
    ///
    /// - [`device`](field@super::OneArgs::device): `String`
    ///
    /// # Returns
    ///
    /// [`Info`](super::Info)
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.one(device)?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn one(&self, device: String) -> Result<Info>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct One;
    impl ::qmp_types::Command for One {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("one", "commands.json:3");
        type Arguments = super::OneArgs;
        type Return = super::Info;
    }
    ::qmp_types::private::definition!(Command One);
    /// `several`, `commands.json:4`
    ///
    /// # Arguments
    ///
    /// The fields of [`SeveralArgs`](super::SeveralArgs):
    ///
    /// - [`type`](field@super::SeveralArgs::type_): `i64`
    /// - [`limit`](field@super::SeveralArgs::limit): `Option<u64>`
    ///
    /// # Returns
    ///
    /// A list of [`Info`](super::Info)
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.several(SeveralArgs::new(type_).limit(limit))?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn several(&self, type_: i64, limit: Option<u64>) -> Result<Vec<Info>>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Several;
    impl ::qmp_types::Command for Several {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("several", "commands.json:4").allow_oob();
        type Arguments = super::SeveralArgs;
        type Return = ::std::vec::Vec<super::Info>;
    }
    ::qmp_types::private::definition!(Command Several);
    impl ::qmp_types::OobCommand for Several {}
    /// `named`, `commands.json:5`
    ///
    /// # Arguments
    ///
    /// The fields of [`Info`](super::Info):
    ///
    /// - [`name`](field@super::Info::name): `String`
    ///
    /// # Returns
    ///
    /// Nothing, and no reply on success
    ///
    /// # Call
    ///
    /// ```text
    /// client.named(Info::new(name))?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn named(&self, arguments: Info) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Named;
    impl ::qmp_types::Command for Named {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("named", "commands.json:5").allow_preconfig().no_success_response();
        type Arguments = super::Info;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Named);
    /// `free`, `commands.json:6`
    ///
    /// # Arguments
    ///
    /// Any members.
    ///
    /// # Call
    ///
    /// ```text
    /// client.free(arguments)?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn free(&self, arguments: Map<String, Value>) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Free;
    impl ::qmp_types::Command for Free {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("free", "commands.json:6");
        type Arguments = ::qmp_types::Map<::std::string::String, ::qmp_types::Value>;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Free);
    /// `half-free`, `commands.json:7`
    ///
    /// # Arguments
    ///
    /// The fields of [`HalfFreeArgs`](super::HalfFreeArgs):
    ///
    /// - [`driver`](field@super::HalfFreeArgs::driver): `String`
    ///
    /// The schema says `'gen': false`: a handler gets the arguments unchecked, as a map. `try_from` converts the map into the struct.
    ///
    /// # Call
    ///
    /// ```text
    /// client.half_free(driver)?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn half_free(&self, arguments: Map<String, Value>) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct HalfFree;
    impl ::qmp_types::Command for HalfFree {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("half-free", "commands.json:7");
        type Arguments = ::qmp_types::Map<::std::string::String, ::qmp_types::Value>;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command HalfFree);
    /// `named-free`, `commands.json:8`
    ///
    /// # Arguments
    ///
    /// The fields of [`NamedFreeArgs`](super::NamedFreeArgs):
    ///
    /// - [`name`](field@super::NamedFreeArgs::name): `String`
    ///
    /// The schema says `'gen': false`: a handler gets the arguments unchecked, as a map. `try_from` converts the map into the struct.
    ///
    /// # Call
    ///
    /// ```text
    /// client.named_free(name)?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn named_free(&self, arguments: Map<String, Value>) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct NamedFree;
    impl ::qmp_types::Command for NamedFree {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("named-free", "commands.json:8");
        type Arguments = ::qmp_types::Map<::std::string::String, ::qmp_types::Value>;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command NamedFree);
    /// **Deprecated.**
    ///
    /// **Unstable**.
    ///
    /// # Call
    ///
    /// ```text
    /// use qmp::unstable::UnstableCommands;
    ///
    /// client.old()?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn old(&self) -> Result<()>
    /// ```
    ///
    /// `old`, `commands.json:9`. Only if `(A && !B)`.
    #[derive(Clone, Copy, Debug)]
    pub struct Old;
    impl ::qmp_types::Command for Old {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("old", "commands.json:9").deprecated().unstable();
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Old);
    /// `timeout`, `commands.json:10`
    ///
    /// # Call
    ///
    /// ```text
    /// client.timeout_()?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn timeout_(&self) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Timeout;
    impl ::qmp_types::Command for Timeout {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("timeout", "commands.json:10");
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Timeout);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{
        Plain as plain, One as one, Several as several, Named as named, Free as free, HalfFree as half_free,
        NamedFree as named_free, Old as old, Timeout as timeout_,
    };
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::Plain {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "()", "", "commands.json:2"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::One {
        const SIGNATURE: p::Signature = p::Signature::inline("OneArgs", &[
            p::Parameter::new("device", "String", "'device': 'str'", "commands.json:3"),
        ], p::Parameter::new("", "Info", "'returns': 'Info'", "commands.json:3"));
        type Types = (::std::string::String, ());
        type Sole = p::Is<::std::string::String>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments.device)
        }
    }
    impl p::Handled for commands::Several {
        const SIGNATURE: p::Signature = p::Signature::inline("SeveralArgs", &[
            p::Parameter::new("type_", "i64", "'type': 'int'", "commands.json:4"),
            p::Parameter::new("limit", "Option<u64>", "'*limit': 'size'", "commands.json:4"),
        ], p::Parameter::new("", "Vec<Info>", "'returns': [ 'Info' ]", "commands.json:4"));
        type Types = (i64, (::std::option::Option<u64>, ()));
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::Named {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "Info", "'data': 'Info'", "commands.json:5"),
        ], p::Parameter::new("", "()", "", "commands.json:5"));
        type Types = (Info, ());
        type Sole = p::Is<Info>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
    impl p::Handled for commands::Free {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "Map<String, Value>", "'gen': false", "commands.json:6"),
        ], p::Parameter::new("", "()", "", "commands.json:6"));
        type Types = (::qmp_types::Map<::std::string::String, ::qmp_types::Value>, ());
        type Sole = p::Is<::qmp_types::Map<::std::string::String, ::qmp_types::Value>>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
    impl p::Handled for commands::HalfFree {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "Map<String, Value>", "'gen': false", "commands.json:7"),
        ], p::Parameter::new("", "()", "", "commands.json:7"));
        type Types = (::qmp_types::Map<::std::string::String, ::qmp_types::Value>, ());
        type Sole = p::Is<::qmp_types::Map<::std::string::String, ::qmp_types::Value>>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
    impl p::Handled for commands::NamedFree {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "Map<String, Value>", "'gen': false", "commands.json:8"),
        ], p::Parameter::new("", "()", "", "commands.json:8"));
        type Types = (::qmp_types::Map<::std::string::String, ::qmp_types::Value>, ());
        type Sole = p::Is<::qmp_types::Map<::std::string::String, ::qmp_types::Value>>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
    impl p::Handled for commands::Old {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "()", "", "commands.json:9"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::Timeout {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "()", "", "commands.json:10"));
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
    impl p::Record for Info {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Info", all: &["name"], slots: b"", features: b"" },
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
    impl p::Generated for Info {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { name: p::Field::blank() }
        }
    }
    p::debug!(Info);
    p::eq!(Info);

    impl p::Record for OneArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_one-arg", all: &["device"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.device, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"device\": ", &self.device);
        }
    }
    impl p::Generated for OneArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { device: p::Field::blank() }
        }
    }
    p::debug!(OneArgs);
    p::eq!(OneArgs);

    impl p::Record for SeveralArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_several-arg", all: &[
                "type", "limit",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.type_, reader),
                _ => p::Field::read(&mut self.limit, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"type\": ", &self.type_);
            visitor.member(b"\"limit\": ", &self.limit);
        }
    }
    impl p::Generated for SeveralArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { type_: p::Field::blank(), limit: p::Field::blank() }
        }
    }
    p::debug!(SeveralArgs);
    p::eq!(SeveralArgs);

    impl p::Record for HalfFreeArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_half-free-arg", all: &["driver"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.driver, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"driver\": ", &self.driver);
            visitor.extra(&self.extra);
        }
        #[inline]
        fn extra(&mut self) -> ::std::option::Option<&mut p::Map<::std::string::String, p::Value>> {
            ::std::option::Option::Some(&mut self.extra)
        }
    }
    impl p::Generated for HalfFreeArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { driver: p::Field::blank(), extra: p::Map::new() }
        }
    }
    p::debug!(HalfFreeArgs);
    p::eq!(HalfFreeArgs);

    impl p::Record for NamedFreeArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Info", all: &["name"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.name, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"name\": ", &self.name);
            visitor.extra(&self.extra);
        }
        #[inline]
        fn extra(&mut self) -> ::std::option::Option<&mut p::Map<::std::string::String, p::Value>> {
            ::std::option::Option::Some(&mut self.extra)
        }
    }
    impl p::Generated for NamedFreeArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { name: p::Field::blank(), extra: p::Map::new() }
        }
    }
    p::debug!(NamedFreeArgs);
    p::eq!(NamedFreeArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[
        "TIMEOUT",
        "OTHER",
        "NAMED",
    ];

    /// `TIMEOUT`, `commands.json:11`
    #[derive(Clone, PartialEq, Default)]
    pub struct Timeout {}

    impl Timeout {
        /// The name of the event.
        pub const NAME: &'static str = "TIMEOUT";
    }
    impl ::qmp_types::Event for Timeout {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event Timeout);

    /// `OTHER`, `commands.json:12`
    #[derive(Clone, PartialEq)]
    pub struct Other {
        /// `reason`
        pub reason: ::std::string::String,
    }
    impl Other {
        /// Creates a value from the required members.
        #[must_use]
        #[inline]
        pub fn new(reason: impl ::std::convert::Into<::std::string::String>) -> Self {
            Self { reason: reason.into() }
        }
    }

    impl Other {
        /// The name of the event.
        pub const NAME: &'static str = "OTHER";
    }
    impl ::qmp_types::Event for Other {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event Other);

    /// `NAMED`, `commands.json:13`
    #[derive(Clone, Debug, PartialEq)]
    pub struct Named(pub super::Info);
    ::qmp_types::private::newtype!(Named, super::Info);
    ::qmp_types::private::eq!(Named);
    impl Named {
        /// The name of the event.
        pub const NAME: &'static str = "NAMED";
    }
    impl ::qmp_types::Event for Named {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event Named);

    // How values are read and written.
    const _: () = {
        use ::qmp_types::private as p;
        impl p::Record for Timeout {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_empty", all: &[], slots: b"", features: b"" },
                required: &[],
                tag: ::std::option::Option::None,
            };
            fn visit<V: p::Visitor>(&self, _: &mut V) {}
        }
        impl p::Generated for Timeout {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self {  }
            }
        }
        p::debug!(Timeout);
        p::eq!(Timeout);

        impl p::Record for Other {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_obj_OTHER-arg", all: &["reason"], slots: b"", features: b"" },
                required: &[0b1],
                tag: ::std::option::Option::None,
            };
            #[inline]
            fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
                p::Field::read(&mut self.reason, reader)
            }
            fn visit<V: p::Visitor>(&self, visitor: &mut V) {
                visitor.member(b"\"reason\": ", &self.reason);
            }
        }
        impl p::Generated for Other {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self { reason: p::Field::blank() }
            }
        }
        p::debug!(Other);
        p::eq!(Other);
    };

}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "plain", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "one", "meta-type": "command", "arg-type": "1", "ret-type": "2"}, {"name": "several", "meta-type": "command", "arg-type": "3", "ret-type": "[2]", "allow-oob": true}, {"name": "named", "meta-type": "command", "arg-type": "2", "ret-type": "0"}, {"name": "free", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "half-free", "meta-type": "command", "arg-type": "4", "ret-type": "0"}, {"name": "named-free", "meta-type": "command", "arg-type": "2", "ret-type": "0"}, {"name": "old", "meta-type": "command", "arg-type": "0", "ret-type": "0", "features": ["deprecated", "unstable"]}, {"name": "timeout", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "TIMEOUT", "meta-type": "event", "arg-type": "0"}, {"name": "OTHER", "meta-type": "event", "arg-type": "5"}, {"name": "NAMED", "meta-type": "event", "arg-type": "2"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "device", "type": "str"}]}, {"name": "2", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "3", "meta-type": "object", "members": [{"name": "type", "type": "int"}, {"name": "limit", "type": "int", "default": null}]}, {"name": "[2]", "meta-type": "array", "element-type": "2"}, {"name": "4", "meta-type": "object", "members": [{"name": "driver", "type": "str"}]}, {"name": "5", "meta-type": "object", "members": [{"name": "reason", "type": "str"}]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "int", "meta-type": "builtin", "json-type": "int"}]"#;

/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.
#[doc(hidden)]
pub static CONDITIONS: &str = r#"{"old":{"":{"all":["A",{"not":"B"}]}}}"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `free` (commands.json:6): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `free`",
        note = "a handler is a function `free` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Free: ::qmp_types::Handle<super::commands::Free> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `half-free` (commands.json:7): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `half-free`",
        note = "a handler is a function `half_free` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait HalfFree: ::qmp_types::Handle<super::commands::HalfFree> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `named` (commands.json:5): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `named`",
        note = "a handler is a function `named` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Named: ::qmp_types::Handle<super::commands::Named> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `named-free` (commands.json:8): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `named-free`",
        note = "a handler is a function `named_free` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait NamedFree: ::qmp_types::Handle<super::commands::NamedFree> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `old` (commands.json:9): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `old`",
        note = "a handler is a function `old` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Old: ::qmp_types::Handle<super::commands::Old> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `one` (commands.json:3): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `one`",
        note = "a handler is a function `one` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait One: ::qmp_types::Handle<super::commands::One> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `plain` (commands.json:2): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `plain`",
        note = "a handler is a function `plain` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Plain: ::qmp_types::Handle<super::commands::Plain> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `several` (commands.json:4): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `several`",
        note = "a handler is a function `several` with `#[qmp_command]`",
        note = "the command allows out-of-band execution, so it cannot be handled behind the `Mutex` of the whole state: give it a part of the state of its own, with `&self` handlers"
    )]
    pub trait Several: ::qmp_types::Handle<super::commands::Several> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `timeout` (commands.json:10): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `timeout`",
        note = "a handler is a function `timeout_` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Timeout: ::qmp_types::Handle<super::commands::Timeout> {}
    ::qmp_types::private::required! { Free, HalfFree, Named, NamedFree, Old, One, Plain, Several, Timeout }
}

::qmp_types::private::in_band! { Plain, One, Named, Free, HalfFree, NamedFree, Old, Timeout }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "7", "ret-type": "8"}, {"name": "query-version", "meta-type": "command", "arg-type": "8", "ret-type": "10"}, {"name": "query-commands", "meta-type": "command", "arg-type": "8", "ret-type": "[11]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "8", "ret-type": "[25]"}, {"name": "6", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[6]", "meta-type": "array", "element-type": "6"}, {"name": "7", "meta-type": "object", "members": [{"name": "enable", "type": "[6]", "default": null}]}, {"name": "8", "meta-type": "object", "members": []}, {"name": "9", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "10", "meta-type": "object", "members": [{"name": "qemu", "type": "9"}, {"name": "package", "type": "str"}]}, {"name": "11", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[11]", "meta-type": "array", "element-type": "11"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "12", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "13", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "14", "meta-type": "object", "members": [{"name": "json-type", "type": "13"}]}, {"name": "15", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[15]", "meta-type": "array", "element-type": "15"}, {"name": "16", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[15]", "default": null}]}, {"name": "17", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "18", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[18]", "meta-type": "array", "element-type": "18"}, {"name": "19", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[19]", "meta-type": "array", "element-type": "19"}, {"name": "20", "meta-type": "object", "members": [{"name": "members", "type": "[18]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[19]", "default": null}]}, {"name": "21", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[21]", "meta-type": "array", "element-type": "21"}, {"name": "22", "meta-type": "object", "members": [{"name": "members", "type": "[21]"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "23", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "24", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "25", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "12"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "14"}, {"case": "enum", "type": "16"}, {"case": "array", "type": "17"}, {"case": "object", "type": "20"}, {"case": "alternate", "type": "22"}, {"case": "command", "type": "23"}, {"case": "event", "type": "24"}]}, {"name": "[25]", "meta-type": "array", "element-type": "25"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::Free,
    S: required::HalfFree,
    S: required::Named,
    S: required::NamedFree,
    S: required::Old,
    S: required::One,
    S: required::Plain,
    S: required::Several,
    S: required::Timeout,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::Free>(),
        ::qmp_types::private::Entry::of::<commands::HalfFree>(),
        ::qmp_types::private::Entry::of::<commands::Named>(),
        ::qmp_types::private::Entry::of::<commands::NamedFree>(),
        ::qmp_types::private::Entry::of::<commands::Old>(),
        ::qmp_types::private::Entry::of::<commands::One>(),
        ::qmp_types::private::Entry::of::<commands::Plain>(),
        ::qmp_types::private::Entry::of::<commands::Several>(),
        ::qmp_types::private::Entry::of::<commands::Timeout>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { Free, HalfFree, Named, NamedFree, Old, One, Plain, Several, Timeout }

/// An event of the schema, or one that the schema does not define.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Event {
    /// `TIMEOUT`
    Timeout(events::Timeout),
    /// `OTHER`
    Other_(events::Other),
    /// `NAMED`
    Named(events::Named),
    /// An event that the schema does not define, as a newer server may send it.
    Other(::qmp_types::OtherEvent),
}
impl Event {
    /// Returns the name of the event, such as a log shows it.
    pub fn name(&self) -> &str {
        match self {
            Self::Timeout(_) => "TIMEOUT",
            Self::Other_(_) => "OTHER",
            Self::Named(_) => "NAMED",
            Self::Other(event) => &event.name,
        }
    }
}

impl ::qmp_types::AnyEvent for Event {
    #[inline]
    fn read(name: &str, reader: &mut ::qmp_types::private::Reader<'_>) -> ::std::result::Result<Self, ::qmp_types::private::ReadError> {
        use ::qmp_types::private::read;
        ::std::result::Result::Ok(match name {
            "TIMEOUT" => Self::Timeout(read(reader)?),
            "OTHER" => Self::Other_(read(reader)?),
            "NAMED" => Self::Named(read(reader)?),
            _ => Self::Other(::qmp_types::OtherEvent::read(name, reader)?),
        })
    }
}

/// A method per command, for everything that executes commands: clients, adapters around them, a server in the same process, and a mock of your own.
///
/// A function with a parameter `&impl Commands` can make single calls, and return their replies. A sequence of calls has to wait for replies: see `blocking::Commands` and `AsyncCommands`.
pub trait Commands: ::qmp_types::client::Adapt {
    /// Sends [`plain`](commands::Plain).
    #[inline]
    fn plain(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::Plain> {
        self.call::<commands::Plain>(())
    }
    /// Sends [`one`](commands::One) with `device`. Returns [`Info`].
    #[inline]
    fn one(&self, arguments: impl ::std::convert::Into<OneArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::One> {
        self.call::<commands::One>(arguments.into())
    }
    /// Sends [`several`](commands::Several) with `type`; optional: `limit`. Returns a list of [`Info`].
    #[inline]
    fn several(&self, arguments: impl ::std::convert::Into<SeveralArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Several> {
        self.call::<commands::Several>(arguments.into())
    }
    /// Sends [`named`](commands::Named) with `name`.
    #[inline]
    fn named(&self, arguments: impl ::std::convert::Into<Info>) -> ::qmp_types::client::Reply<Self::Mode, commands::Named> {
        self.call::<commands::Named>(arguments.into())
    }
    /// Sends [`free`](commands::Free).
    #[inline]
    fn free(&self, arguments: impl ::std::convert::Into<::qmp_types::Map<::std::string::String, ::qmp_types::Value>>) -> ::qmp_types::client::Reply<Self::Mode, commands::Free> {
        self.call::<commands::Free>(arguments.into())
    }
    /// Sends [`half-free`](commands::HalfFree) with `driver`.
    #[inline]
    fn half_free(&self, arguments: impl ::std::convert::Into<HalfFreeArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::HalfFree> {
        self.call::<commands::HalfFree>(arguments.into().into())
    }
    /// Sends [`named-free`](commands::NamedFree) with `name`.
    #[inline]
    fn named_free(&self, arguments: impl ::std::convert::Into<NamedFreeArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::NamedFree> {
        self.call::<commands::NamedFree>(arguments.into().into())
    }
    /// Sends [`timeout`](commands::Timeout).
    #[inline]
    fn timeout_(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::Timeout> {
        self.call::<commands::Timeout>(())
    }
}
impl<E: ::qmp_types::client::Adapt + ?::std::marker::Sized> Commands for E {}

/// A method per command that may be executed out of band, for what `oob()` returns.
pub trait OobCommands: ::qmp_types::client::ExecuteOob {
    /// Sends [`several`](commands::Several) with `type`; optional: `limit`. Returns a list of [`Info`].
    #[inline]
    fn several(&self, arguments: impl ::std::convert::Into<SeveralArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Several> {
        self.call::<commands::Several>(arguments.into())
    }
}
impl<E: ::qmp_types::client::ExecuteOob + ?::std::marker::Sized> OobCommands for E {}

/// The unstable commands, in a module that glob imports do not look into.
pub mod unstable {
    /// A method per unstable command. Import this trait to call them: they may change or disappear with the next release of the server.
    pub trait UnstableCommands: ::qmp_types::client::Execute {
        /// Sends [`old`](super::commands::Old).
        #[deprecated]
        #[inline]
        fn old(&self) -> ::qmp_types::client::Reply<Self::Mode, super::commands::Old> {
            self.call::<super::commands::Old>(())
        }
    }
    impl<E: ::qmp_types::client::Execute + ?::std::marker::Sized> UnstableCommands for E {}
}

::qmp_types::private::typed_client! {}
impl<E: ::qmp_types::client::Execute> TypedClient<E> {
    /// Sends [`plain`](commands::Plain).
    #[inline]
    pub fn plain(&self) -> ::qmp_types::client::Reply<E::Mode, commands::Plain> {
        self.call::<commands::Plain>(())
    }
    /// Sends [`one`](commands::One) with `device`. Returns [`Info`].
    #[inline]
    pub fn one(&self, arguments: impl ::std::convert::Into<OneArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::One> {
        self.call::<commands::One>(arguments.into())
    }
    /// Sends [`several`](commands::Several) with `type`; optional: `limit`. Returns a list of [`Info`].
    #[inline]
    pub fn several(&self, arguments: impl ::std::convert::Into<SeveralArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Several> {
        self.call::<commands::Several>(arguments.into())
    }
    /// Sends [`named`](commands::Named) with `name`.
    #[inline]
    pub fn named(&self, arguments: impl ::std::convert::Into<Info>) -> ::qmp_types::client::Reply<E::Mode, commands::Named> {
        self.call::<commands::Named>(arguments.into())
    }
    /// Sends [`free`](commands::Free).
    #[inline]
    pub fn free(&self, arguments: impl ::std::convert::Into<::qmp_types::Map<::std::string::String, ::qmp_types::Value>>) -> ::qmp_types::client::Reply<E::Mode, commands::Free> {
        self.call::<commands::Free>(arguments.into())
    }
    /// Sends [`half-free`](commands::HalfFree) with `driver`.
    #[inline]
    pub fn half_free(&self, arguments: impl ::std::convert::Into<HalfFreeArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::HalfFree> {
        self.call::<commands::HalfFree>(arguments.into().into())
    }
    /// Sends [`named-free`](commands::NamedFree) with `name`.
    #[inline]
    pub fn named_free(&self, arguments: impl ::std::convert::Into<NamedFreeArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::NamedFree> {
        self.call::<commands::NamedFree>(arguments.into().into())
    }
    /// Sends [`timeout`](commands::Timeout).
    #[inline]
    pub fn timeout_(&self) -> ::qmp_types::client::Reply<E::Mode, commands::Timeout> {
        self.call::<commands::Timeout>(())
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

::qmp_types::private::serde_impls! {Info, OneArgs, SeveralArgs, HalfFreeArgs, NamedFreeArgs}
