//! `qmp check`: reports all errors in schemas.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use qmp_schema::diagnostic::Severity;
use qmp_schema::{Docs, LoadOptions, Report};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output};

/// Check schemas and the files that they include
///
/// Reports every error with its place and a suggestion, on standard error. JSON goes to standard output.
#[derive(Args)]
#[command(after_help = "\
Exit status: 0 no errors (warnings are allowed); 1 errors, including files that
cannot be read; 2 wrong usage, such as a dump or a socket instead of a schema.

Examples:
  qmp check qapi/vm.json
  qmp check --docs qemu-10.0 qapi/vm.json   apply QEMU 10.0's rules to comments
  qmp check --format json qapi/vm.json | jq '.[].message'")]
pub(crate) struct Check {
    /// The schemas; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The rules for documentation comments
    #[arg(long, value_name = "DIALECT", default_value = Docs::Lenient.name(), value_parser = dialects())]
    docs: Docs,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Check {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let options = LoadOptions::default().docs(self.docs);
        let mut found = Vec::new();
        for source in Source::several(&self.files)? {
            let report = match source.load(&options)? {
                Ok(loaded) => loaded.warnings,
                Err(report) => report,
            };
            if self.format == Format::Text && !report.is_empty() {
                if !found.is_empty() {
                    output::say("");
                }
                output::report(&report);
            }
            found.extend((!report.is_empty()).then(|| (source.name(), report)));
        }
        match self.format {
            Format::Json => output::print(&json(&found))?,
            Format::Text => print_totals(&found),
        }
        let has_errors = found.iter().any(|(_, report)| report.has_errors());
        Ok(if has_errors { Verdict::Found } else { Verdict::Fine })
    }
}

/// Collects the diagnostics of all files in one list. The diagnostic of an unreadable file has no place; it gets the file's name.
fn json(found: &[(String, Report)]) -> String {
    let mut objects = Vec::new();
    for (name, report) in found {
        for mut object in report.to_json().as_array().cloned().unwrap_or_default() {
            if object.get("file").is_none() {
                object["file"] = json!(name);
            }
            objects.push(object);
        }
    }
    format!("{:#}\n", Value::from(objects))
}

/// Prints the number of errors and warnings if there are several.
fn print_totals(found: &[(String, Report)]) {
    let all = || found.iter().flat_map(|(_, report)| report.diagnostics());
    let count = |severity| all().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let several = |count, noun| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        count => Some(format!("{count} {noun}s")),
    };
    if errors + warnings > 1 {
        let counts: Vec<String> =
            [several(errors, "error"), several(warnings, "warning")].into_iter().flatten().collect();
        output::say(&format!("\n{}", counts.join(", ")));
    }
}

fn dialects() -> impl TypedValueParser<Value = Docs> {
    let named = |name: String| Docs::ALL.into_iter().find(|docs| docs.name() == name).unwrap_or_default();
    PossibleValuesParser::new(Docs::ALL.map(Docs::name)).map(named)
}
