//! `qmp introspect`: what `query-qmp-schema` answers.

use std::path::PathBuf;

use clap::Args;
use qmp_schema::model::Conditions;
use qmp_schema::{LoadOptions, TypeNames};

use crate::failure::Failure;
use crate::pretty::pretty;
use crate::source::{Source, ask};
use crate::{Verdict, output};

/// Print what `query-qmp-schema` answers for a schema, or what a server answers
///
/// The list is JSON on standard output. Whatever has an `if` is there, unless --cfg or --no-cfg say what is defined.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp introspect qapi/vm.json
  qmp introspect --cfg CONFIG_LINUX --cfg CONFIG_TPM qapi/vm.json
  qmp introspect --unmasked --pretty qapi/vm.json
  qmp introspect /run/vm.sock > dump.json")]
pub(crate) struct Introspect {
    /// A schema, a dump, `-` for standard input, or the socket of a server
    #[arg(value_name = "FILE|SOCKET")]
    source: PathBuf,
    /// Evaluate conditions, with this name defined; may be given again
    #[arg(long, value_name = "NAME")]
    cfg: Vec<String>,
    /// Evaluate conditions, with no name defined
    #[arg(long, conflicts_with = "cfg")]
    no_cfg: bool,
    /// Show the names of types, which a server hides
    #[arg(long)]
    unmasked: bool,
    /// Indent the JSON
    #[arg(long)]
    pretty: bool,
}

impl Introspect {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let source = Source::new(&self.source);
        let list = match &source {
            Source::Socket(path) if self.unmasked || self.conditions() != Conditions::Everything => {
                return Err(Failure::cannot("unmask or configure", path, "a server tells what it tells"));
            }
            Source::Socket(path) => ask(path)?.schema,
            Source::File(_) | Source::Stdin => {
                let schema = source.open(&LoadOptions::default())?.schema;
                let names = if self.unmasked { TypeNames::Plain } else { TypeNames::Masked };
                qmp_schema::introspect(&schema, &self.conditions(), names)
            }
        };
        let list = if self.pretty { pretty(&list) } else { list };
        output::print(&(list + "\n"))?;
        Ok(Verdict::Fine)
    }

    fn conditions(&self) -> Conditions {
        match self.no_cfg || !self.cfg.is_empty() {
            true => Conditions::defined(&self.cfg),
            false => Conditions::Everything,
        }
    }
}
