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
    /// `slow`: the other
    ///
    /// **Deprecated**: use something else
    Slow,
    /// A value that the schema does not have.
    Unknown(::std::string::String),
}
impl Mode {
    /// Every value of the schema.
    pub const ALL: &'static [Self] = &[Self::Fast, Self::Slow];
    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Fast => "fast",
            Self::Slow => "slow",
            Self::Unknown(text) => text,
        }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    static NAMES: p::Names = p::Names { name: "Mode", values: &[
        p::Name::new("fast"), p::Name::new("slow").deprecated(),
    ] };
    impl p::Enumeration for Mode {
        fn names(&self) -> &'static p::Names {
            &NAMES
        }
        fn text(&self) -> &str {
            self.as_str()
        }
        fn select(&mut self, index: usize) {
            *self = Self::ALL[index].clone();
        }
        fn unknown(&mut self, text: &str) -> bool {
            *self = Self::Unknown(text.into());
            true
        }
    }
    p::enumeration!(Mode, &NAMES, Mode::Fast);
};

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
    /// With all that is required.
    pub fn new(mode: Mode) -> Self {
        Self { mode, undocumented: ::std::option::Option::None }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for ModeInfo {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "ModeInfo", members: &[
                p::Member::required(", \"mode\": "), p::Member::optional(", \"undocumented\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn p::Field {
            match index {
                0 => &self.mode,
                _ => &self.undocumented,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn p::Field {
            match index {
                0 => &mut self.mode,
                _ => &mut self.undocumented,
            }
        }
    }
    impl p::Blank for ModeInfo {
        fn blank() -> Self {
            Self { mode: p::Blank::blank(), undocumented: p::Blank::blank() }
        }
    }
    p::record!(ModeInfo);
    p::debug!(ModeInfo);
};

/// Arguments of [`shake`](commands::Shake).
#[derive(Clone, PartialEq)]
pub struct ShakeArgs {
    /// `x`: see [the site](<https://example.org/a_b>), <https://example.org> and **[`Mode`] \[x\]**
    pub x: i64,
}
impl ShakeArgs {
    /// With all that is required.
    pub fn new(x: i64) -> Self {
        Self { x }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for ShakeArgs {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "q_obj_shake-arg", members: &[
                p::Member::required(", \"x\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn p::Field {
            &self.x
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn p::Field {
            &mut self.x
        }
    }
    impl p::Blank for ShakeArgs {
        fn blank() -> Self {
            Self { x: p::Blank::blank() }
        }
    }
    p::record!(ShakeArgs);
    p::debug!(ShakeArgs);
};

impl ::std::convert::From<i64> for ShakeArgs {
    fn from(x: i64) -> Self {
        Self::new(x)
    }
}

/// The commands, as marker types.
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
    /// `query-mode`, `docs.json:80`, since 1.1
    #[derive(Clone, Copy, Debug)]
    pub struct QueryMode;
    impl ::qmp_types::Command for QueryMode {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-mode", "docs.json:80");
        type Arguments = ();
        type Return = super::ModeInfo;
    }
    /// A feature's condition stands behind what its text ends with.
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
    /// `shake`, `docs.json:103`
    #[derive(Clone, Copy, Debug)]
    pub struct Shake;
    impl ::qmp_types::Command for Shake {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("shake", "docs.json:103").unstable();
        type Arguments = super::ShakeArgs;
        type Return = ();
    }
    // By the name of the handler function, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{QueryMode as query_mode, Shake as shake};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QueryMode {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "ModeInfo", "'returns': 'ModeInfo'", "docs.json:80"));
        type Types = ();
        type Sole = p::NotOne;
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
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments.x)
        }
    }
};

/// The events. An event's type is its data.
pub mod events {}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-mode", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "shake", "meta-type": "command", "arg-type": "2", "ret-type": "0", "features": ["unstable", "fenced", "listed", "silent"]}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "mode", "type": "3"}, {"name": "undocumented", "type": "int", "default": null}]}, {"name": "2", "meta-type": "object", "members": [{"name": "x", "type": "int"}]}, {"name": "3", "meta-type": "enum", "members": [{"name": "fast"}, {"name": "slow", "features": ["deprecated"]}], "values": ["fast", "slow"]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-mode` (docs.json:80): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-mode`",
        note = "a handler is a function `query_mode` with `#[qmp_command]`"
    )]
    pub trait QueryMode: ::qmp_types::Handle<super::commands::QueryMode> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::QueryMode>> QueryMode for S {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `shake` (docs.json:103): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `shake`",
        note = "a handler is a function `shake` with `#[qmp_command]`"
    )]
    pub trait Shake: ::qmp_types::Handle<super::commands::Shake> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::Shake>> Shake for S {}
}

/// Creates a server for this schema. The state has a handler for each command.
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryMode,
    S: required::Shake,
{
    static SCHEMA: ::qmp_types::private::ServerSchema =
        ::qmp_types::private::ServerSchema { introspection: INTROSPECTION };
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryMode>(),
        ::qmp_types::private::Entry::of::<commands::Shake>(),
    ] }, &SCHEMA)
}

::qmp_types::private::serde_impls! {Mode, ModeInfo, ShakeArgs}
