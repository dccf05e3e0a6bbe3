/// `Mode`, `docs-off.json:30`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// `fast`
    Fast,
    /// `slow`
    ///
    /// **Deprecated**.
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

/// `ModeInfo`, `docs-off.json:39`. Only if `CONFIG_MODE`.
#[derive(Clone, PartialEq)]
pub struct ModeInfo {
    /// `mode`
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

/// The commands, as marker types.
pub mod commands {
    /// `query-mode`, `docs-off.json:59`
    #[derive(Clone, Copy, Debug)]
    pub struct QueryMode;
    impl ::qmp_types::Command for QueryMode {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-mode", "docs-off.json:59");
        type Arguments = ();
        type Return = super::ModeInfo;
    }
    // By the name of the handler function, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{QueryMode as query_mode};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QueryMode {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "ModeInfo", "'returns': 'ModeInfo'", "docs-off.json:59"));
        type Types = ();
        type Sole = p::NotOne;
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
};

/// The events. An event's type is its data.
pub mod events {}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-mode", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "mode", "type": "2"}, {"name": "undocumented", "type": "int", "default": null}]}, {"name": "2", "meta-type": "enum", "members": [{"name": "fast"}, {"name": "slow", "features": ["deprecated"]}], "values": ["fast", "slow"]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-mode` (docs-off.json:59): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-mode`",
        note = "a handler is a function `query_mode` with `#[qmp_command]`"
    )]
    pub trait QueryMode: ::qmp_types::Handle<super::commands::QueryMode> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::QueryMode>> QueryMode for S {}
}

/// Creates a server for this schema. The state has a handler for each command.
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryMode,
{
    static SCHEMA: ::qmp_types::private::ServerSchema =
        ::qmp_types::private::ServerSchema { introspection: INTROSPECTION };
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryMode>(),
    ] }, &SCHEMA)
}

::qmp_types::private::serde_impls! {Mode, ModeInfo}
