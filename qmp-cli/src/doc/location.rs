//! The place of a definition in the schema.

use std::path::Path;

use qmp_schema::model::{Definition, Schema};

use super::html::code;

/// Returns a sentence with the file and line of a definition; empty for a schema that was made from introspection data. The path is
/// relative to the root file, because the manual may be published.
pub(super) fn location(schema: &Schema, def: &Definition) -> String {
    if schema.is_introspected() {
        return String::new();
    }
    let Some(location) = schema.sources.locate(def.span) else { return String::new() };
    let root = schema.sources.files().first().and_then(|file| file.path.parent()).unwrap_or(Path::new(""));
    let path = location.path.strip_prefix(root).unwrap_or(location.path);
    format!("<p class=\"facts\">Defined in {}</p>\n", code(&format!("{}:{}", path.display(), location.line)))
}
