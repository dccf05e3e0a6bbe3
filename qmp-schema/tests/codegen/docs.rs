/// How it works.  See [`ModeInfo`], and [`Mode`]; a \<tag\>, \[brackets\] and <http://example.org/a_b>.
/// Values are `literal` or *emphasised*; `a label` too.
///
/// - a list
///   that goes on
///
///   - with another
///
/// - and an end:
///
///   ```text
///   let code = 1;
///       indented
///   ```
///
/// `Mode`, `docs.json:30`, since 1.0
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// `fast`: the one
    /// that is fast
    Fast,
    /// **Deprecated.** `slow`: the other
    ///
    /// **Deprecated**: use something else
    #[deprecated(note = "use something else")]
    Slow,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
#[allow(deprecated)]
impl Mode {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::Fast, Self::Slow];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// **Details**
///
/// **About `mode`:** Mind it.
///
/// What is *what*:
///
/// ```text
/// ==== =====
/// fast quick
/// slow other
/// ==== =====
/// ```
///
/// Example:
///
/// Ask:
///
/// ```text
/// -> { "execute": "query-mode" }
/// ```
///
/// `ModeInfo`, `docs.json:60`, since 1.1. Only if `CONFIG_MODE`.
#[derive(Clone, PartialEq)]
pub struct ModeInfo {
    /// `mode`: the mode
    pub mode: Mode,
    /// `undocumented`
    pub undocumented: ::std::option::Option<i64>,
}
impl ModeInfo {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(mode: Mode) -> Self {
        Self { mode, undocumented: ::std::option::Option::None }
    }
    /// Sets [`undocumented`](#structfield.undocumented).
    #[must_use]
    pub fn undocumented(
        mut self, undocumented: impl ::std::convert::Into<::std::option::Option<i64>>,
    ) -> Self {
        self.undocumented = undocumented.into();
        self
    }
}

/// The arguments of [`shake`](commands::Shake).
#[derive(Clone, PartialEq)]
pub struct ShakeArgs {
    /// `x`: see [the site](<https://example.org/a_b>), <https://example.org> and **[`Mode`] \[x\]**
    pub x: i64,
}
impl ShakeArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(x: i64) -> Self {
        Self { x }
    }
}

impl ::std::convert::From<i64> for ShakeArgs {
    #[inline]
    fn from(x: i64) -> Self {
        Self::new(x)
    }
}

/// The arguments of [`eject`](commands::Eject).
#[derive(Clone, PartialEq)]
pub struct EjectArgs {
    /// **Deprecated.** `device`: the drive
    ///
    /// **Deprecated**: Member `device`.  Use `id`, as in [`query-mode`](commands::QueryMode).
    #[deprecated(note = "Member `device`. Use `id`, as in `query-mode`.")]
    pub device: ::std::option::Option<::std::string::String>,
    /// `id`: a better name of the drive
    pub id: ::std::string::String,
    /// `force`: even if it is locked
    pub force: ::std::option::Option<bool>,
    /// `mode`
    pub mode: ::std::option::Option<Mode>,
}
#[allow(deprecated)]
impl EjectArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(id: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            device: ::std::option::Option::None, id: id.into(), force: ::std::option::Option::None,
            mode: ::std::option::Option::None,
         }
    }
    /// Sets [`device`](#structfield.device).
    #[deprecated(note = "Member `device`. Use `id`, as in `query-mode`.")]
    #[must_use]
    pub fn device<Via>(
        mut self, device: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.device = device.into_option();
        self
    }
    /// Sets [`force`](#structfield.force).
    #[must_use]
    pub fn force(mut self, force: impl ::std::convert::Into<::std::option::Option<bool>>) -> Self {
        self.force = force.into();
        self
    }
    /// Sets [`mode`](#structfield.mode).
    #[must_use]
    pub fn mode(mut self, mode: impl ::std::convert::Into<::std::option::Option<Mode>>) -> Self {
        self.mode = mode.into();
        self
    }
}

impl ::std::convert::From<::std::string::String> for EjectArgs {
    #[inline]
    fn from(id: ::std::string::String) -> Self {
        Self::new(id)
    }
}
impl ::std::convert::From<&str> for EjectArgs {
    #[inline]
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}
impl ::std::convert::From<&::std::string::String> for EjectArgs {
    #[inline]
    fn from(id: &::std::string::String) -> Self {
        Self::new(id)
    }
}

/// The commands, as marker types. Each has the documentation of its command.
///
/// The examples call the blocking client; calls of the asynchronous client need `.await`.
pub mod commands {
    /// Tells the mode.
    ///
    /// Not more.
    ///
    /// # Returns
    ///
    /// [`ModeInfo`](super::ModeInfo)
    ///
    /// **Note:** This is slow.
    ///
    /// # Example
    ///
    /// ```text
    /// -> { "execute": "query-mode" }
    /// <- { "return": { "mode": "fast" } }
    /// ```
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.query_mode()?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn query_mode(&self) -> Result<ModeInfo>
    /// ```
    ///
    /// `query-mode`, `docs.json:80`, since 1.1
    #[derive(Clone, Copy, Debug)]
    pub struct QueryMode;
    impl ::qmp_types::Command for QueryMode {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-mode", "docs.json:80");
        type Arguments = ();
        type Return = super::ModeInfo;
    }
    ::qmp_types::private::definition!(Command QueryMode);
    /// A feature's condition stands behind what its text ends with.
    ///
    /// # Arguments
    ///
    /// The fields of [`ShakeArgs`](super::ShakeArgs):
    ///
    /// - [`x`](field@super::ShakeArgs::x): `i64`
    ///
    /// **Unstable**: a sentence Only if `A`.
    ///
    /// Feature `fenced`: text
    /// goes on:
    ///
    /// ```text
    /// code
    /// ```
    ///
    /// Only if `B`.
    ///
    /// Feature `listed`: either
    ///
    /// - one
    /// - two
    ///
    /// Only if `C`.
    ///
    /// Feature `silent`. Only if `D`.
    ///
    /// # Call
    ///
    /// ```text
    /// use qmp::unstable::UnstableCommands;
    ///
    /// client.shake(x)?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn shake(&self, x: i64) -> Result<()>
    /// ```
    ///
    /// `shake`, `docs.json:103`
    #[derive(Clone, Copy, Debug)]
    pub struct Shake;
    impl ::qmp_types::Command for Shake {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("shake", "docs.json:103").unstable();
        type Arguments = super::ShakeArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Shake);
    /// Opens the tray.  A forced one sends TRAY_MOVED, see [`TRAY_MOVED`](super::events::TrayMoved) and [`query-mode`](super::commands::QueryMode).
    ///
    /// # Arguments
    ///
    /// The fields of [`EjectArgs`](super::EjectArgs):
    ///
    /// - [`device`](field@super::EjectArgs::device): `Option<String>`, deprecated
    /// - [`id`](field@super::EjectArgs::id): `String`
    /// - [`force`](field@super::EjectArgs::force): `Option<bool>`
    /// - [`mode`](field@super::EjectArgs::mode): `Option<Mode>`
    ///
    /// # Events
    ///
    /// Named above:
    ///
    /// - [`TRAY_MOVED`](super::events::TrayMoved)
    ///
    /// # Call
    ///
    /// ```text
    /// client.eject(EjectArgs::new(id).force(force).mode(mode))?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn eject(
    ///     &self,
    ///     device: Option<String>,
    ///     id: String,
    ///     force: Option<bool>,
    ///     mode: Option<Mode>,
    /// ) -> Result<()>
    /// ```
    ///
    /// `eject`, `docs.json:121`, since 1.2
    #[derive(Clone, Copy, Debug)]
    pub struct Eject;
    impl ::qmp_types::Command for Eject {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("eject", "docs.json:121");
        type Arguments = super::EjectArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Eject);
    /// **Deprecated.** Copies a disk.
    ///
    /// # Arguments
    ///
    /// The fields of [`ModeInfo`](super::ModeInfo):
    ///
    /// - [`mode`](field@super::ModeInfo::mode): `Mode`
    /// - [`undocumented`](field@super::ModeInfo::undocumented): `Option<i64>`
    ///
    /// # Returns
    ///
    /// A list of [`ModeInfo`](super::ModeInfo): a list of what was copied
    ///
    /// # Errors
    ///
    /// - if there is none
    ///
    /// **Deprecated**: Use `drive-backup` instead.
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.blockdev_backup(ModeInfo::new(mode).undocumented(undocumented))?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn blockdev_backup(&self, arguments: ModeInfo) -> Result<Vec<ModeInfo>>
    /// ```
    ///
    /// `blockdev-backup`, `docs.json:139`
    #[derive(Clone, Copy, Debug)]
    pub struct BlockdevBackup;
    impl ::qmp_types::Command for BlockdevBackup {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("blockdev-backup", "docs.json:139").no_success_response().deprecated();
        type Arguments = super::ModeInfo;
        type Return = ::std::vec::Vec<super::ModeInfo>;
    }
    ::qmp_types::private::definition!(Command BlockdevBackup);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{
        QueryMode as query_mode, Shake as shake, Eject as eject, BlockdevBackup as blockdev_backup,
    };
}

#[allow(deprecated)]
const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QueryMode {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "ModeInfo", "'returns': 'ModeInfo'", "docs.json:80"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::Shake {
        const SIGNATURE: p::Signature = p::Signature::inline("ShakeArgs", &[
            p::Parameter::new("x", "i64", "'x': 'int'", "docs.json:103"),
        ], p::Parameter::new("", "()", "", "docs.json:103"));
        type Types = (i64, ());
        type Sole = p::Is<i64>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments.x)
        }
    }
    impl p::Handled for commands::Eject {
        const SIGNATURE: p::Signature = p::Signature::inline("EjectArgs", &[
            p::Parameter::new("device", "Option<String>", "'*device': 'str'", "docs.json:122"),
            p::Parameter::new("id", "String", "'id': 'str'", "docs.json:122"),
            p::Parameter::new("force", "Option<bool>", "'*force': 'bool'", "docs.json:122"),
            p::Parameter::new("mode", "Option<Mode>", "'*mode': 'Mode'", "docs.json:122"),
        ], p::Parameter::new("", "()", "", "docs.json:121"));
        type Types = (::std::option::Option<::std::string::String>, (::std::string::String, (::std::option::Option<bool>, (::std::option::Option<Mode>, ()))));
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::BlockdevBackup {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "ModeInfo", "'data': 'ModeInfo'", "docs.json:139"),
        ], p::Parameter::new("", "Vec<ModeInfo>", "'returns': [ 'ModeInfo' ]", "docs.json:139"));
        type Types = (ModeInfo, ());
        type Sole = p::Is<ModeInfo>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
};

// How values are read and written.
#[allow(deprecated)]
const _: () = {
    use ::qmp_types::private as p;
    impl p::Enumeration for Mode {
        const NAMES: &'static p::Names = &p::Names { owner: "Mode", all: &[
            "fast", "slow",
        ], slots: b"", features: b"\x00\x01" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Fast => ::std::result::Result::Ok(0),
                Self::Slow => ::std::result::Result::Ok(1),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Fast,
                _ => Self::Slow,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for Mode {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Fast
        }
    }
    p::enumeration!(Mode);

    impl p::Record for ModeInfo {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "ModeInfo", all: &[
                "mode", "undocumented",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.mode, reader),
                _ => p::Field::read(&mut self.undocumented, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"mode\": ", &self.mode);
            visitor.member(b"\"undocumented\": ", &self.undocumented);
        }
    }
    impl p::Generated for ModeInfo {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { mode: p::Field::blank(), undocumented: p::Field::blank() }
        }
    }
    p::debug!(ModeInfo);
    p::eq!(ModeInfo);

    impl p::Record for ShakeArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_shake-arg", all: &["x"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.x, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"x\": ", &self.x);
        }
    }
    impl p::Generated for ShakeArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { x: p::Field::blank() }
        }
    }
    p::debug!(ShakeArgs);
    p::eq!(ShakeArgs);

    impl p::Record for EjectArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_eject-arg", all: &[
                "device", "id", "force", "mode",
            ], slots: b"\x00\x01\x02\x03\xff\xff\xff\xff", features: b"\x01\x00\x00\x00" },
            required: &[0b10],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.device, reader),
                1 => p::Field::read(&mut self.id, reader),
                2 => p::Field::read(&mut self.force, reader),
                _ => p::Field::read(&mut self.mode, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.special_member(p::Features(1), b"\"device\": ", &self.device);
            visitor.member(b"\"id\": ", &self.id);
            visitor.member(b"\"force\": ", &self.force);
            visitor.member(b"\"mode\": ", &self.mode);
        }
    }
    impl p::Generated for EjectArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {
                device: p::Field::blank(), id: p::Field::blank(), force: p::Field::blank(),
                mode: p::Field::blank(),
             }
        }
    }
    p::debug!(EjectArgs);
    p::eq!(EjectArgs);
};

/// The events. The type of an event is its data.
#[allow(deprecated)]
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[
        "TRAY_MOVED",
    ];

    /// **Deprecated.** A tray moves.
    ///
    /// **Deprecated**: use [`query-mode`](super::commands::QueryMode)
    ///
    /// `TRAY_MOVED`, `docs.json:150`
    #[deprecated(note = "use `query-mode`")]
    #[derive(Clone, PartialEq)]
    pub struct TrayMoved {
        /// `mode`
        pub mode: super::Mode,
    }
    impl TrayMoved {
        /// Creates a value from the required members.
        #[must_use]
        #[inline]
        pub fn new(mode: super::Mode) -> Self {
            Self { mode }
        }
    }

    impl TrayMoved {
        /// The name of the event.
        pub const NAME: &'static str = "TRAY_MOVED";
    }
    impl ::qmp_types::Event for TrayMoved {
        const NAME: &'static str = Self::NAME;
        const DEPRECATED: bool = true;
    }
    ::qmp_types::private::definition!(Event TrayMoved);

    // How values are read and written.
    #[allow(deprecated)]
    const _: () = {
        use ::qmp_types::private as p;
        impl p::Record for TrayMoved {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_obj_TRAY_MOVED-arg", all: &[
                    "mode",
                ], slots: b"", features: b"" },
                required: &[0b1],
                tag: ::std::option::Option::None,
            };
            #[inline]
            fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
                p::Field::read(&mut self.mode, reader)
            }
            fn visit<V: p::Visitor>(&self, visitor: &mut V) {
                visitor.member(b"\"mode\": ", &self.mode);
            }
        }
        impl p::Generated for TrayMoved {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self { mode: p::Field::blank() }
            }
        }
        p::debug!(TrayMoved);
        p::eq!(TrayMoved);
    };

}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-mode", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "shake", "meta-type": "command", "arg-type": "2", "ret-type": "0", "features": ["unstable", "fenced", "listed", "silent"]}, {"name": "eject", "meta-type": "command", "arg-type": "3", "ret-type": "0"}, {"name": "blockdev-backup", "meta-type": "command", "arg-type": "1", "ret-type": "[1]", "features": ["deprecated"]}, {"name": "TRAY_MOVED", "meta-type": "event", "arg-type": "4", "features": ["deprecated"]}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "mode", "type": "5"}, {"name": "undocumented", "type": "int", "default": null}]}, {"name": "2", "meta-type": "object", "members": [{"name": "x", "type": "int"}]}, {"name": "3", "meta-type": "object", "members": [{"name": "device", "type": "str", "default": null, "features": ["deprecated"]}, {"name": "id", "type": "str"}, {"name": "force", "type": "bool", "default": null}, {"name": "mode", "type": "5", "default": null}]}, {"name": "[1]", "meta-type": "array", "element-type": "1"}, {"name": "4", "meta-type": "object", "members": [{"name": "mode", "type": "5"}]}, {"name": "5", "meta-type": "enum", "members": [{"name": "fast"}, {"name": "slow", "features": ["deprecated"]}], "values": ["fast", "slow"]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}]"#;

/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.
#[doc(hidden)]
pub static CONDITIONS: &str = r#"{}"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `blockdev-backup` (docs.json:139): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `blockdev-backup`",
        note = "a handler is a function `blockdev_backup` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait BlockdevBackup: ::qmp_types::Handle<super::commands::BlockdevBackup> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `eject` (docs.json:121): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `eject`",
        note = "a handler is a function `eject` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Eject: ::qmp_types::Handle<super::commands::Eject> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-mode` (docs.json:80): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-mode`",
        note = "a handler is a function `query_mode` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait QueryMode: ::qmp_types::Handle<super::commands::QueryMode> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `shake` (docs.json:103): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `shake`",
        note = "a handler is a function `shake` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Shake: ::qmp_types::Handle<super::commands::Shake> {}
    ::qmp_types::private::required! { BlockdevBackup, Eject, QueryMode, Shake }
}

::qmp_types::private::in_band! { QueryMode, Shake, Eject, BlockdevBackup }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "7", "ret-type": "8"}, {"name": "query-version", "meta-type": "command", "arg-type": "8", "ret-type": "10"}, {"name": "query-commands", "meta-type": "command", "arg-type": "8", "ret-type": "[11]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "8", "ret-type": "[25]"}, {"name": "6", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[6]", "meta-type": "array", "element-type": "6"}, {"name": "7", "meta-type": "object", "members": [{"name": "enable", "type": "[6]", "default": null}]}, {"name": "8", "meta-type": "object", "members": []}, {"name": "9", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "10", "meta-type": "object", "members": [{"name": "qemu", "type": "9"}, {"name": "package", "type": "str"}]}, {"name": "11", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[11]", "meta-type": "array", "element-type": "11"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "12", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "13", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "14", "meta-type": "object", "members": [{"name": "json-type", "type": "13"}]}, {"name": "15", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[15]", "meta-type": "array", "element-type": "15"}, {"name": "16", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[15]", "default": null}]}, {"name": "17", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "18", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[18]", "meta-type": "array", "element-type": "18"}, {"name": "19", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[19]", "meta-type": "array", "element-type": "19"}, {"name": "20", "meta-type": "object", "members": [{"name": "members", "type": "[18]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[19]", "default": null}]}, {"name": "21", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[21]", "meta-type": "array", "element-type": "21"}, {"name": "22", "meta-type": "object", "members": [{"name": "members", "type": "[21]"}]}, {"name": "23", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "24", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "25", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "12"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "14"}, {"case": "enum", "type": "16"}, {"case": "array", "type": "17"}, {"case": "object", "type": "20"}, {"case": "alternate", "type": "22"}, {"case": "command", "type": "23"}, {"case": "event", "type": "24"}]}, {"name": "[25]", "meta-type": "array", "element-type": "25"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::BlockdevBackup,
    S: required::Eject,
    S: required::QueryMode,
    S: required::Shake,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::BlockdevBackup>(),
        ::qmp_types::private::Entry::of::<commands::Eject>(),
        ::qmp_types::private::Entry::of::<commands::QueryMode>(),
        ::qmp_types::private::Entry::of::<commands::Shake>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { BlockdevBackup, Eject, QueryMode, Shake }

/// An event of the schema, or one that the schema does not define.
#[allow(deprecated)]
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Event {
    /// `TRAY_MOVED`
    #[deprecated(note = "use `query-mode`")]
    TrayMoved(events::TrayMoved),
    /// An event that the schema does not define, as a newer server may send it.
    Other(::qmp_types::OtherEvent),
}
#[allow(deprecated)]
impl Event {
    /// Returns the name of the event, such as a log shows it.
    pub fn name(&self) -> &str {
        match self {
            Self::TrayMoved(_) => "TRAY_MOVED",
            Self::Other(event) => &event.name,
        }
    }
}

#[allow(deprecated)]
impl ::qmp_types::AnyEvent for Event {
    #[inline]
    fn read(name: &str, reader: &mut ::qmp_types::private::Reader<'_>) -> ::std::result::Result<Self, ::qmp_types::private::ReadError> {
        use ::qmp_types::private::read;
        ::std::result::Result::Ok(match name {
            "TRAY_MOVED" => Self::TrayMoved(read(reader)?),
            _ => Self::Other(::qmp_types::OtherEvent::read(name, reader)?),
        })
    }
}

/// A method per command, for everything that executes commands: clients, adapters around them, a server in the same process, and a mock of your own.
///
/// A function with a parameter `&impl Commands` can make single calls, and return their replies. A sequence of calls has to wait for replies: see `blocking::Commands` and `AsyncCommands`.
pub trait Commands: ::qmp_types::client::Adapt {
    /// Tells the mode.
    ///
    /// Sends [`query-mode`](commands::QueryMode). Returns [`ModeInfo`].
    #[inline]
    fn query_mode(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::QueryMode> {
        self.call::<commands::QueryMode>(())
    }
    /// Opens the tray.  A forced one sends TRAY_MOVED, see [`TRAY_MOVED`](events::TrayMoved) and [`query-mode`](commands::QueryMode).
    ///
    /// Sends [`eject`](commands::Eject) with `id`; optional: `device`, `force`, `mode`.
    #[inline]
    fn eject(&self, arguments: impl ::std::convert::Into<EjectArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Eject> {
        self.call::<commands::Eject>(arguments.into())
    }
    /// Copies a disk.
    ///
    /// Sends [`blockdev-backup`](commands::BlockdevBackup) with `mode`; optional: `undocumented`. Returns a list of [`ModeInfo`].
    #[deprecated(note = "Use `drive-backup` instead.")]
    #[inline]
    fn blockdev_backup(&self, arguments: impl ::std::convert::Into<ModeInfo>) -> ::qmp_types::client::Reply<Self::Mode, commands::BlockdevBackup> {
        self.call::<commands::BlockdevBackup>(arguments.into())
    }
}
impl<E: ::qmp_types::client::Adapt + ?::std::marker::Sized> Commands for E {}

/// The unstable commands, in a module that glob imports do not look into.
pub mod unstable {
    /// A method per unstable command. Import this trait to call them: they may change or disappear with the next release of the server.
    pub trait UnstableCommands: ::qmp_types::client::Execute {
        /// A feature's condition stands behind what its text ends with.
        ///
        /// Sends [`shake`](super::commands::Shake) with `x`.
        #[inline]
        fn shake(&self, arguments: impl ::std::convert::Into<super::ShakeArgs>) -> ::qmp_types::client::Reply<Self::Mode, super::commands::Shake> {
            self.call::<super::commands::Shake>(arguments.into())
        }
    }
    impl<E: ::qmp_types::client::Execute + ?::std::marker::Sized> UnstableCommands for E {}
}

::qmp_types::private::typed_client! {}
impl<E: ::qmp_types::client::Execute> TypedClient<E> {
    /// Tells the mode.
    ///
    /// Sends [`query-mode`](commands::QueryMode). Returns [`ModeInfo`].
    #[inline]
    pub fn query_mode(&self) -> ::qmp_types::client::Reply<E::Mode, commands::QueryMode> {
        self.call::<commands::QueryMode>(())
    }
    /// Opens the tray.  A forced one sends TRAY_MOVED, see [`TRAY_MOVED`](events::TrayMoved) and [`query-mode`](commands::QueryMode).
    ///
    /// Sends [`eject`](commands::Eject) with `id`; optional: `device`, `force`, `mode`.
    #[inline]
    pub fn eject(&self, arguments: impl ::std::convert::Into<EjectArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Eject> {
        self.call::<commands::Eject>(arguments.into())
    }
    /// Copies a disk.
    ///
    /// Sends [`blockdev-backup`](commands::BlockdevBackup) with `mode`; optional: `undocumented`. Returns a list of [`ModeInfo`].
    #[deprecated(note = "Use `drive-backup` instead.")]
    #[inline]
    pub fn blockdev_backup(&self, arguments: impl ::std::convert::Into<ModeInfo>) -> ::qmp_types::client::Reply<E::Mode, commands::BlockdevBackup> {
        self.call::<commands::BlockdevBackup>(arguments.into())
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

::qmp_types::private::serde_impls! {Mode, ModeInfo, ShakeArgs, EjectArgs}
