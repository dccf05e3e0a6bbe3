// Generated from `schema.json`.

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-status", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "stop", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "STOP", "meta-type": "event", "arg-type": "0"}, {"name": "DEVICE_DELETED", "meta-type": "event", "arg-type": "2"}, {"name": "STATUS_CHANGED", "meta-type": "event", "arg-type": "1"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "running", "type": "bool"}, {"name": "singlestep", "type": "bool", "default": null, "features": ["deprecated"]}, {"name": "status", "type": "3"}]}, {"name": "2", "meta-type": "object", "members": [{"name": "device", "type": "str", "default": null}, {"name": "path", "type": "str"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "3", "meta-type": "enum", "members": [{"name": "paused"}, {"name": "running"}, {"name": "post-migrate"}], "values": ["paused", "running", "post-migrate"]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-status` (schema.json:26): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-status`",
        note = "a handler is a function `query_status` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait QueryStatus: ::qmp_types::Handle<super::commands::QueryStatus> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::QueryStatus>> QueryStatus for S {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `stop` (schema.json:27): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `stop`",
        note = "a handler is a function `stop` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Stop: ::qmp_types::Handle<super::commands::Stop> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::Stop>> Stop for S {}
}

::qmp_types::private::in_band! { QueryStatus, Stop }

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryStatus,
    S: required::Stop,
{
    static SCHEMA: ::qmp_types::private::ServerSchema =
        ::qmp_types::private::ServerSchema { introspection: INTROSPECTION };
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryStatus>(),
        ::qmp_types::private::Entry::of::<commands::Stop>(),
    ] }, &SCHEMA)
}

