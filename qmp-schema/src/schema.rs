//! Runs the passes in their order: from files to a checked schema.

use std::path::Path;
use std::sync::Arc;

use crate::check::{check_model, check_syntax};
use crate::diagnostic::{Diagnostics, Report};
use crate::load::{self, Files};
use crate::lower::{Lowered, lower};
use crate::model::Schema;
use crate::options::LoadOptions;

/// A schema that has passed all checks.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Loaded {
    /// The schema.
    pub schema: Schema,
    /// Problems that do not make the schema unusable.
    pub warnings: Report,
}

/// Loads and checks the schema file `path` and the files that it includes.
///
/// # Errors
///
/// If a file cannot be read or the schema is invalid: all errors, each with its place.
pub fn load(path: impl AsRef<Path>, options: &LoadOptions) -> Result<Loaded, Report> {
    let mut diagnostics = Diagnostics::default();
    let files = load::read(path.as_ref(), options, &mut diagnostics);
    check(files, options, diagnostics)
}

/// Loads and checks a schema from its text. Messages call it `name`. A file of that name need not exist; an `include` in the
/// text is relative to it.
///
/// ```
/// let options = qmp_schema::LoadOptions::default();
/// let report = qmp_schema::load_text("vm.json", "{ 'command': 'stop', 'returns': 'Nothing' }", &options).unwrap_err();
/// assert!(report.to_string().starts_with("vm.json:1:33: error: unknown type `Nothing`"));
/// ```
///
/// # Errors
///
/// The same as [`load`].
pub fn load_text(name: &str, text: &str, options: &LoadOptions) -> Result<Loaded, Report> {
    let mut diagnostics = Diagnostics::default();
    let files = load::read_from(name, text, options, &mut diagnostics);
    check(files, options, diagnostics)
}

fn check(files: Files, options: &LoadOptions, diagnostics: Diagnostics) -> Result<Loaded, Report> {
    let (lowered, report) = lower_and_check(files, options, diagnostics);
    match report.has_errors() {
        true => Err(report),
        false => Ok(Loaded { schema: lowered.into_schema(), warnings: report }),
    }
}

/// Runs the passes on definitions. The model is valid only if the report has no errors.
pub(crate) fn lower_and_check(files: Files, options: &LoadOptions, mut diagnostics: Diagnostics) -> (Lowered, Report) {
    let Files { mut syntax, sources, missing } = files;
    check_syntax(&syntax, options, &mut diagnostics);
    let docs = std::mem::take(&mut syntax.docs);
    let lowered = lower(&syntax, docs, sources.clone(), &mut diagnostics);
    check_model(&syntax, &lowered, &mut diagnostics);
    (lowered, Report::new(diagnostics, Arc::new(sources), missing))
}
