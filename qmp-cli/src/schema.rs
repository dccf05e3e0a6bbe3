//! `qmp schema`: what a server tells of itself, in the QAPI language.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::source::{Source, words};
use crate::{Verdict, output};

/// Write a running server's schema as a QAPI file
///
/// A server does not tell the names of its types, the width of its integers, documentation or conditions. Types are named by
/// where they are used: what `query-block` returns is a `BlockInfo`; comments tell the uses. `qmp check` accepts the file.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp schema /run/vm.sock -o vm.json
  qmp schema dump.json                 the same for what a server answered earlier")]
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
        let (name, answer) = Source::new(&self.source).dump()?;
        let text = qmp_schema::qapi_from_introspection(&name, &answer.schema)?;
        let origin = answer.version.map(|version| format!("# Server: version {}\n#\n", words(&version)));
        let text = origin.unwrap_or_default() + &text;
        output::print_to(self.output.as_deref(), &text)?;
        Ok(Verdict::Fine)
    }
}
