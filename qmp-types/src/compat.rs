//! What a client meets in a server of another schema (feature `compat`).
//!
//! A generated client asks with `schema_changes`; here are two introspections compared, wherever they come from. `qmp diff` at the
//! command line tells the same.
//!
//! ```
//! use qmp_types::compat::{Impact, compare};
//!
//! // What a server says about itself: `qmp::INTROSPECTION` is what generated code has for its own schema.
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

/// Everything that changed between two schemas, each as `query-qmp-schema` returns it.
///
/// Types are compared by what their values look like: servers hide the names. Integers all look alike. What changed in a type
/// is told once for arguments and once for what servers send, with the [other commands and events](Change::also) that it
/// concerns.
///
/// # Errors
/// If one of them is not what a server returns: each mistake, with its place.
pub fn compare(old: &str, new: &str) -> Result<Vec<Change>> {
    Ok(qmp_schema::compat::compare(&read("the old schema", old)?, &read("the new schema", new)?))
}

/// What a client generated from `own` meets in a server that returned `servers`; for generated code.
#[doc(hidden)]
pub fn met_by_client(own: &str, servers: &Value) -> Result<Vec<Change>> {
    let (own, servers) = (read("the client's schema", own)?, read("the server's schema", &servers.to_string())?);
    let mut changes = qmp_schema::compat::compare(&own, &servers);
    changes.retain(|change| !matches!(change.kind, ChangeKind::CommandAdded | ChangeKind::EventAdded));
    Ok(changes)
}

fn read(name: &str, introspection: &str) -> Result<Schema> {
    let refused = |report: Report| Error::protocol(report.to_string());
    Ok(qmp_schema::import(name, introspection).map_err(refused)?.schema)
}
