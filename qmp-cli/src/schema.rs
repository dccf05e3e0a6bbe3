//! `qmp schema`: what a server tells of itself, in the QAPI language.

use std::path::PathBuf;

use clap::Args;
use qmp_schema::is_introspection;

use crate::ask::words;
use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output};

/// Write a running server's schema as a QAPI file
///
/// A server does not tell the names of its types, the width of its integers, documentation or conditions. Types are named by
/// where they are used: what `query-block` returns is a `BlockInfo`; comments tell the uses. `qmp check` accepts the file.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp schema /run/vm.sock -o vm.json
  qmp schema dump.json                 the same for an earlier answer")]
pub(crate) struct Schema {
    /// The socket of a server, a dump, or `-` for a dump on standard input
    #[arg(value_name = "SOCKET|DUMP")]
    source: PathBuf,
    /// Where to write; standard output without
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Schema {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let source = Source::new(&self.source);
        let (name, answer) = (source.name(), source.text()?);
        if answer.schema.trim_start().starts_with(['#', '{']) && !is_introspection(&answer.schema) {
            let argument = source.argument();
            return Err(Failure::new(format!("`{name}` is not what `query-qmp-schema` returned")).help(format!(
                "if it is a schema in the QAPI language, `qmp check {argument}` checks it, \
                 and `qmp introspect {argument}` tells what a server of it answers"
            )));
        }
        let text = qmp_schema::qapi_from_introspection(&name, &answer.schema)?;
        let origin = answer.version.map(|version| format!("# Server: version {}\n#\n", words(&version)));
        let text = origin.unwrap_or_default() + &text;
        output::print_to(self.output.as_deref(), &text, [source.path()])?;
        Ok(Verdict::Fine)
    }
}
