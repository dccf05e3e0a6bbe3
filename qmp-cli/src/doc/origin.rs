//! The introduction to the schema on the start page: its server or its configuration.

use std::path::Path;

use qmp_schema::model::{Conditions, Schema};
use qmp_types::Version;

use super::html::{code, escape};
use crate::server::version_text;

/// Describes the configuration of the schema, or the server that it comes from. Empty for a schema with all its conditions.
pub(super) fn origin(schema: &Schema, conditions: &Conditions, path: &Path, version: Option<&Version>) -> String {
    match conditions {
        _ if schema.is_introspected() => introspected(path, version),
        Conditions::Everything => String::new(),
        Conditions::Defined(names) => configured(names.iter().map(String::as_str)),
    }
}

fn introspected(path: &Path, version: Option<&Version>) -> String {
    let server = version.map(|version| {
        let path = code(&path.display().to_string());
        format!("<p>This manual describes the server at {path}, version {}.</p>\n", escape(&version_text(version)))
    });
    format!(
        "{}<p>Servers show neither documentation nor conditions nor the width of integers, and they hide the names of types. Types \
         are named after their first use: <code>query-block</code> returns a <code>BlockInfo</code>.</p>\n",
        server.unwrap_or_default()
    )
}

fn configured<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(code).collect();
    let defined = match &*names {
        [] => "no condition".to_owned(),
        names => names.join(", "),
    };
    format!("<p>This manual describes the schema with {defined} defined.</p>\n")
}
