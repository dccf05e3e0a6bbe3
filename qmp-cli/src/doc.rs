//! `qmp doc`: writes a reference manual, a directory of self-contained HTML files.

mod definition;
mod documentation;
mod example_request;
mod features;
mod free_form;
mod highlight;
mod html;
mod index_page;
mod inline;
mod links;
mod location;
mod manual;
mod marker;
mod markup;
mod members;
mod minimal_value;
mod origin;
mod outline;
mod output_dir;
mod page;
mod parts;
mod search_index;

use std::path::PathBuf;

use clap::Args;
use qmp_schema::{LoadOptions, Loaded};

use crate::conditions::ConditionOptions;
use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output, progress};
use manual::Manual;

/// Write a reference manual as HTML
///
/// The manual has a start page, an index and one page for each schema file. It has a search and needs no web server.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp doc qapi/vm.json -o manual           then open manual/index.html
  qmp doc --cfg CONFIG_LINUX --cfg CONFIG_TPM qapi/vm.json -o manual
  qmp doc --title 'Our VM' /run/vm.sock -o manual")]
pub(crate) struct Doc {
    /// A schema, a dump, `-` for standard input, or the address of a running server
    #[arg(value_name = "FILE|ADDRESS")]
    source: PathBuf,
    /// The directory to write; created if missing. Only files of an earlier manual are replaced
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The title of the manual
    #[arg(long, default_value = "QMP reference", value_parser = title)]
    title: String,
    #[command(flatten)]
    conditions: ConditionOptions,
}

impl Doc {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let source = Source::new(&self.source);
        let (Loaded { mut schema, .. }, version) = source.open_with_version(&LoadOptions::default())?;
        self.conditions.warn_of_unused(&[(&schema, source.name())]);
        let conditions = self.conditions.conditions();
        schema.configure(&conditions);
        let origin = origin::origin(&schema, &conditions, &self.source, version.as_ref());
        let manual = Manual { schema: &schema, conditions: &conditions, title: &self.title, origin: &origin };
        progress::during("writing the manual", || output_dir::write(&self.output, &manual.files()))?;
        output::inform(&format!("wrote {}", self.output.join("index.html").display()));
        Ok(Verdict::Fine)
    }
}

fn title(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("expected at least one visible character"),
        title => Ok(title.to_owned()),
    }
}
