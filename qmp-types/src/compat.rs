//! The differences between two schemas, and which of them break clients or servers (feature `compat`).
//!
//! [`compare`] takes the replies to `query-qmp-schema` of two servers. A generated client compares its own schema with
//! the server's: `vm.schema_changes()`. On the command line, `qmp diff` does the same.
//!
//! ```
//! use qmp_types::compat::{Impact, compare};
//!
//! // Replies to `query-qmp-schema`. The generated `qmp::INTROSPECTION` is that of the schema's own server.
//! let stop = |argument: &str| {
//!     let command = r#"{"name": "stop", "meta-type": "command", "arg-type": "0", "ret-type": "1"}"#;
//!     let none = r#"{"name": "1", "meta-type": "object", "members": []}"#;
//!     let int = r#"{"name": "int", "meta-type": "builtin", "json-type": "int"}"#;
//!     format!(r#"[{command}, {{"name": "0", "meta-type": "object", "members": [{argument}]}}, {none}, {int}]"#)
//! };
//! let (old, new) = (stop(""), stop(r#"{"name": "delay", "type": "int"}"#));
//! let changes = compare(&old, &new)?;
//! assert_eq!(changes[0].to_string(), "stop arguments: required member `delay` added");
//! assert_eq!(changes[0].client, Impact::Breaking);
//! # Ok::<(), qmp_types::Error>(())
//! ```

use qmp_schema::Report;
use qmp_schema::model::Schema;

pub use qmp_schema::compat::{Change, ChangeKind, Impact};

use crate::{Error, Result, Value};

/// Returns all changes from an old to a new schema, each given as the reply to `query-qmp-schema`.
///
/// Types are compared by their values, because servers do not report the names of types, nor the width of integers. A
/// change of a type is reported once for arguments and once for what servers send, with the
/// [other commands and events](Change::also) that it affects.
///
/// # Errors
/// If a text is not a reply to `query-qmp-schema`. The error lists all mistakes with their positions.
pub fn compare(old: &str, new: &str) -> Result<Vec<Change>> {
    Ok(qmp_schema::compat::compare(&read("the old schema", old)?, &read("the new schema", new)?))
}

/// Returns the changes from the schema of a client, with its conditions, to that of its server, except for new commands and
/// events. For generated code.
#[doc(hidden)]
pub fn changes_for_client(own: &str, conditions: &str, servers: &Value) -> Result<Vec<Change>> {
    let own = qmp_schema::import_with_conditions("the client's schema", own, conditions).map_err(to_error)?.schema;
    let servers = read("the server's schema", &servers.to_string())?;
    let mut changes = qmp_schema::compat::compare(&own, &servers);
    changes.retain(|change| !matches!(change.kind, ChangeKind::CommandAdded | ChangeKind::EventAdded));
    Ok(changes)
}

fn read(name: &str, introspection: &str) -> Result<Schema> {
    Ok(qmp_schema::import(name, introspection).map_err(to_error)?.schema)
}

fn to_error(report: Report) -> Error {
    Error::protocol(report.to_string())
}
