//! `qmp schema`: converts introspection data to a schema in the QAPI language.

use std::path::PathBuf;

use clap::Args;
use qmp_schema::is_introspection;

use crate::failure::Failure;
use crate::server::version_text;
use crate::source::Source;
use crate::{Verdict, output};

/// Write the schema of a running server as a QAPI file
///
/// Servers hide the names of types and show neither the width of integers nor documentation nor conditions. Types are named
/// after their first use: `query-block` returns a `BlockInfo`. Comments list the uses. `qmp check` accepts the file.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp schema /run/vm.sock -o vm.json
  qmp schema dump.json                 the same for a saved reply")]
pub(crate) struct Schema {
    /// The address of a server, a dump, or `-` for a dump on standard input
    #[arg(value_name = "ADDRESS|DUMP")]
    source: PathBuf,
    /// The file to write. Default: standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Schema {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let source = Source::new(&self.source);
        let (name, answer) = (source.name(), source.text()?);
        let text = answer.schema.trim();
        if text.is_empty() {
            return Err(Failure::new(format!("expected a reply to `query-qmp-schema`, found nothing in `{name}`")));
        }
        if !text.starts_with('[') && !is_introspection(text) && !matches!(source, Source::Server(_)) {
            let argument = source.argument();
            let reason = format!("expected a reply to `query-qmp-schema`, found other text in `{name}`");
            return Err(Failure::new(reason).help(format!(
                "if it is a schema in the QAPI language, `qmp check {argument}` checks it, \
                 and `qmp introspect {argument}` prints its introspection data"
            )));
        }
        let text = qmp_schema::qapi_from_introspection(&name, &answer.schema)?;
        let origin = answer.version.map(|version| format!("# Server: version {}\n#\n", version_text(&version)));
        let text = origin.unwrap_or_default() + &text;
        output::print_to(self.output.as_deref(), &text, source.path())?;
        Ok(Verdict::Fine)
    }
}
