//! `qmp introspect`: prints the reply to `query-qmp-schema`.

use std::path::PathBuf;

use clap::Args;
use qmp_schema::{LoadOptions, TypeNames, is_introspection};

use crate::conditions::ConditionOptions;
use crate::failure::Failure;
use crate::pretty::pretty;
use crate::source::{Source, reading, warn_if_empty};
use crate::{Verdict, output, progress};

/// Print the introspection data of a schema or a running server
///
/// The output is the list that `query-qmp-schema` returns, as JSON. Items with an `if` are included, unless --cfg or --no-cfg
/// say which names are defined. The list of a server or a dump is validated and printed in the same format.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp introspect qapi/vm.json
  qmp introspect --cfg CONFIG_LINUX --cfg CONFIG_TPM qapi/vm.json
  qmp introspect --unmasked --pretty qapi/vm.json
  qmp introspect /run/vm.sock > dump.json")]
pub(crate) struct Introspect {
    /// A schema, a dump, `-` for standard input, or the address of a running server
    #[arg(value_name = "FILE|ADDRESS")]
    source: PathBuf,
    #[command(flatten)]
    conditions: ConditionOptions,
    /// Keep the names of types, which servers hide
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
        let is_server = matches!(source, Source::Server(_));
        if is_server {
            // Before the query, which may take seconds.
            self.reject_options(source)?;
        }
        let (name, text) = (source.name(), source.text()?.schema);
        if is_server || is_introspection(&text) {
            self.reject_options(source)?;
            return Ok(progress::during(&reading(&name), || qmp_schema::format_introspection(&name, &text))?);
        }
        let open = || qmp_schema::open_text(&name, &text, &LoadOptions::default());
        let schema = progress::during(&reading(&name), open)?.schema;
        warn_if_empty(&schema, &name);
        self.conditions.warn_of_unused(&[(&schema, name)]);
        let names = if self.unmasked { TypeNames::Plain } else { TypeNames::Masked };
        Ok(qmp_schema::introspect(&schema, &self.conditions.conditions(), names))
    }

    /// Rejects the options that introspection data cannot honour.
    fn reject_options(&self, source: &Source) -> Result<(), Failure> {
        let option = match self.conditions.defined() {
            Some([]) => "--no-cfg",
            Some(_) => "--cfg",
            None if self.unmasked => "--unmasked",
            None => return Ok(()),
        };
        let reason = format!("`{option}` needs a schema, but `{}` is introspection data", source.name());
        let failure = Failure::new(reason);
        Err(match option {
            "--unmasked" => failure
                .help(format!("servers hide the names of types; `qmp schema {}` generates names", source.argument())),
            _ => failure.help("servers do not show conditions, only what was built in"),
        })
    }
}
