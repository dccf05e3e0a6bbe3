//! What the start page says about where the schema is from.

use std::path::Path;

use qmp_schema::model::Schema;
use qmp_types::Version;

use super::html::{code, escape};
use crate::server::version_text;

/// Which server it was, and what servers do not tell; nothing for a schema that somebody wrote.
pub(super) fn origin(schema: &Schema, path: &Path, version: Option<&Version>) -> String {
    if !schema.is_introspected() {
        return String::new();
    }
    let server = version.map(|version| {
        let path = code(&path.display().to_string());
        format!("<p>This is what the server at {path} offers, version {}.</p>\n", escape(&version_text(version)))
    });
    format!(
        "{}<p>A server tells neither documentation, nor conditions, nor how wide integers are, nor, as a rule, what types are \
         called: those are named by where they are first used. What <code>query-block</code> returns is a \
         <code>BlockInfo</code>.</p>\n",
        server.unwrap_or_default()
    )
}
