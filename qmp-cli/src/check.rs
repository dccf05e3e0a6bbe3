//! `qmp check`: everything that is wrong with schemas.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use qmp_schema::{Docs, LoadOptions, Report};

use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output};

/// Check schemas and all that they include
///
/// Reports every mistake with its place, the rule and the way out, on standard error; as JSON, on standard output.
#[derive(Args)]
#[command(after_help = "\
Exit status: 0 no errors (there may be warnings), 1 errors.

Examples:
  qmp check qapi/vm.json
  qmp check --docs qemu-10.0 qapi/*.json        hold comments to the rules of QEMU 10.0, too
  qmp check --format json qapi/vm.json | jq '.[].message'")]
pub(crate) struct Check {
    /// The schemas; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The rules that documentation comments must keep
    #[arg(long, value_name = "DIALECT", default_value = Docs::Lenient.name(), value_parser = dialects())]
    docs: Docs,
    /// How to report
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
        let mut verdict = Verdict::Fine;
        for file in &self.files {
            let report = match Source::new(file).load(&options)? {
                Ok(loaded) => loaded.warnings,
                Err(report) => report,
            };
            if report.has_errors() {
                verdict = Verdict::Found;
            }
            match self.format {
                Format::Text => output::report(&report),
                Format::Json => found.push(report),
            }
        }
        if self.format == Format::Json {
            output::print(&json(&found))?;
        }
        Ok(verdict)
    }
}

/// One list of what was found in all files.
fn json(reports: &[Report]) -> String {
    let found = reports.iter().flat_map(|report| report.to_json().as_array().cloned().unwrap_or_default());
    format!("{:#}\n", found.collect::<serde_json::Value>())
}

fn dialects() -> impl TypedValueParser<Value = Docs> {
    let named = |name: String| Docs::ALL.into_iter().find(|docs| docs.name() == name).unwrap_or_default();
    PossibleValuesParser::new(Docs::ALL.map(Docs::name)).map(named)
}
