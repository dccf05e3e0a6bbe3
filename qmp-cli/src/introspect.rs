//! `qmp introspect`: what `query-qmp-schema` answers.

use std::path::PathBuf;

use clap::Args;
use qmp_schema::model::Conditions;
use qmp_schema::{LoadOptions, TypeNames, is_introspection};

use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::pretty::pretty;
use crate::source::{Source, reading};
use crate::{Verdict, output, progress};

/// Print what `query-qmp-schema` answers for a schema, or what a server answers
///
/// The list is JSON on standard output. Whatever has an `if` is there, unless --cfg or --no-cfg say what is defined. What a
/// server answers, now or earlier (a dump), is checked and printed as it is, in the same style.
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
    #[command(flatten)]
    configuration: Configuration,
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
        let list = self.list(&source)?;
        let list = if self.pretty { pretty(&list) } else { list };
        output::print(&(list + "\n"))?;
        Ok(Verdict::Fine)
    }

    fn list(&self, source: &Source) -> Result<String, Failure> {
        let is_server = matches!(source, Source::Socket(_));
        if is_server {
            // Before it is asked.
            self.refuse_choices(source)?;
        }
        let (name, text) = (source.name(), source.text()?.schema);
        if is_server || is_introspection(&text) {
            self.refuse_choices(source)?;
            return Ok(progress::during(&reading(&name), || qmp_schema::tidy_introspection(&name, &text))?);
        }
        let open = || qmp_schema::open_text(&name, &text, &LoadOptions::default());
        let schema = progress::during(&reading(&name), open)?.schema;
        self.configuration.warn_of_unused(&schema.condition_names(), source);
        let conditions = self.configuration.defined().map_or(Conditions::Everything, Conditions::defined);
        let names = if self.unmasked { TypeNames::Plain } else { TypeNames::Masked };
        Ok(qmp_schema::introspect(&schema, &conditions, names))
    }

    /// What a server told cannot be told otherwise.
    fn refuse_choices(&self, source: &Source) -> Result<(), Failure> {
        if !self.unmasked && self.configuration.defined().is_none() {
            return Ok(());
        }
        let name = source.name();
        let reason = "a server tells neither names of types nor conditions";
        Err(Failure::new(format!("cannot unmask or configure `{name}`: {reason}"))
            .help(format!("`qmp schema {}` makes up names", source.argument())))
    }
}
