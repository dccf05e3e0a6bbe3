// Generated from `schema.json`.

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-status", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "stop", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "STOP", "meta-type": "event", "arg-type": "0"}, {"name": "DEVICE_DELETED", "meta-type": "event", "arg-type": "2"}, {"name": "STATUS_CHANGED", "meta-type": "event", "arg-type": "1"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "running", "type": "bool"}, {"name": "singlestep", "type": "bool", "default": null, "features": ["deprecated"]}, {"name": "status", "type": "3"}]}, {"name": "2", "meta-type": "object", "members": [{"name": "device", "type": "str", "default": null}, {"name": "path", "type": "str"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "3", "meta-type": "enum", "members": [{"name": "paused"}, {"name": "running"}, {"name": "post-migrate"}], "values": ["paused", "running", "post-migrate"]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}]"#;

/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.
#[doc(hidden)]
pub static CONDITIONS: &str = r#"{}"#;

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
    #[diagnostic::on_unimplemented(
        message = "no handler for command `stop` (schema.json:27): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `stop`",
        note = "a handler is a function `stop` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Stop: ::qmp_types::Handle<super::commands::Stop> {}
    ::qmp_types::private::required! { QueryStatus, Stop }
}

::qmp_types::private::in_band! { QueryStatus, Stop }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "5", "ret-type": "6"}, {"name": "query-version", "meta-type": "command", "arg-type": "6", "ret-type": "8"}, {"name": "query-commands", "meta-type": "command", "arg-type": "6", "ret-type": "[9]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "6", "ret-type": "[23]"}, {"name": "4", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[4]", "meta-type": "array", "element-type": "4"}, {"name": "5", "meta-type": "object", "members": [{"name": "enable", "type": "[4]", "default": null}]}, {"name": "6", "meta-type": "object", "members": []}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "7", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "8", "meta-type": "object", "members": [{"name": "qemu", "type": "7"}, {"name": "package", "type": "str"}]}, {"name": "9", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[9]", "meta-type": "array", "element-type": "9"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "10", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "11", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "12", "meta-type": "object", "members": [{"name": "json-type", "type": "11"}]}, {"name": "13", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[13]", "meta-type": "array", "element-type": "13"}, {"name": "14", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[13]", "default": null}]}, {"name": "15", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "16", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[16]", "meta-type": "array", "element-type": "16"}, {"name": "17", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[17]", "meta-type": "array", "element-type": "17"}, {"name": "18", "meta-type": "object", "members": [{"name": "members", "type": "[16]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[17]", "default": null}]}, {"name": "19", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[19]", "meta-type": "array", "element-type": "19"}, {"name": "20", "meta-type": "object", "members": [{"name": "members", "type": "[19]"}]}, {"name": "21", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "22", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "23", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "10"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "12"}, {"case": "enum", "type": "14"}, {"case": "array", "type": "15"}, {"case": "object", "type": "18"}, {"case": "alternate", "type": "20"}, {"case": "command", "type": "21"}, {"case": "event", "type": "22"}]}, {"name": "[23]", "meta-type": "array", "element-type": "23"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryStatus,
    S: required::Stop,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::QueryStatus>(),
        ::qmp_types::private::Entry::of::<commands::Stop>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { QueryStatus, Stop }

