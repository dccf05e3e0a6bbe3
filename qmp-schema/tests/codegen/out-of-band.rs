/// The commands, as marker types. Each has the documentation of its command.
pub mod commands {
    /// `stop`, `out-of-band.json:1`
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn stop(&self) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Stop;
    impl ::qmp_types::Command for Stop {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("stop", "out-of-band.json:1");
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Stop);
    /// `migrate-pause`, `out-of-band.json:2`
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn migrate_pause(&self) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct MigratePause;
    impl ::qmp_types::Command for MigratePause {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("migrate-pause", "out-of-band.json:2").allow_oob();
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command MigratePause);
    impl ::qmp_types::OobCommand for MigratePause {}
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{Stop as stop, MigratePause as migrate_pause};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::Stop {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "()", "", "out-of-band.json:1"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::MigratePause {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "()", "", "out-of-band.json:2"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "stop", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "migrate-pause", "meta-type": "command", "arg-type": "0", "ret-type": "0", "allow-oob": true}, {"name": "0", "meta-type": "object", "members": []}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `migrate-pause` (out-of-band.json:2): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `migrate-pause`",
        note = "a handler is a function `migrate_pause` with `#[qmp_command]`",
        note = "the command allows out-of-band execution, so it cannot be handled behind the `Mutex` of the whole state: give it a part of the state of its own, with `&self` handlers"
    )]
    pub trait MigratePause: ::qmp_types::Handle<super::commands::MigratePause> {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `stop` (out-of-band.json:1): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `stop`",
        note = "a handler is a function `stop` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Stop: ::qmp_types::Handle<super::commands::Stop> {}
    ::qmp_types::private::required! { MigratePause, Stop }
}

::qmp_types::private::in_band! { Stop }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "2", "ret-type": "3"}, {"name": "query-version", "meta-type": "command", "arg-type": "3", "ret-type": "5"}, {"name": "query-commands", "meta-type": "command", "arg-type": "3", "ret-type": "[6]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "3", "ret-type": "[20]"}, {"name": "1", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[1]", "meta-type": "array", "element-type": "1"}, {"name": "2", "meta-type": "object", "members": [{"name": "enable", "type": "[1]", "default": null}]}, {"name": "3", "meta-type": "object", "members": []}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "4", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "5", "meta-type": "object", "members": [{"name": "qemu", "type": "4"}, {"name": "package", "type": "str"}]}, {"name": "6", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[6]", "meta-type": "array", "element-type": "6"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "7", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "8", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "9", "meta-type": "object", "members": [{"name": "json-type", "type": "8"}]}, {"name": "10", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[10]", "meta-type": "array", "element-type": "10"}, {"name": "11", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[10]", "default": null}]}, {"name": "12", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "13", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[13]", "meta-type": "array", "element-type": "13"}, {"name": "14", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[14]", "meta-type": "array", "element-type": "14"}, {"name": "15", "meta-type": "object", "members": [{"name": "members", "type": "[13]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[14]", "default": null}]}, {"name": "16", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[16]", "meta-type": "array", "element-type": "16"}, {"name": "17", "meta-type": "object", "members": [{"name": "members", "type": "[16]"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "18", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "19", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "20", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "7"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "9"}, {"case": "enum", "type": "11"}, {"case": "array", "type": "12"}, {"case": "object", "type": "15"}, {"case": "alternate", "type": "17"}, {"case": "command", "type": "18"}, {"case": "event", "type": "19"}]}, {"name": "[20]", "meta-type": "array", "element-type": "20"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::MigratePause,
    S: required::Stop,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::MigratePause>(),
        ::qmp_types::private::Entry::of::<commands::Stop>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { MigratePause, Stop }

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {}
