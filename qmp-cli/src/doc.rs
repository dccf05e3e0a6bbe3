//! `qmp doc`: a schema as a reference manual, a folder of HTML files that need nothing else.

mod book;
mod definition;
mod example;
mod features;
mod folder;
mod free_form;
mod html;
mod index;
mod inline;
mod links;
mod mark;
mod markup;
mod members;
mod origin;
mod page;
mod parts;
mod prose;
mod site;
mod smallest;

use std::path::PathBuf;

use clap::Args;
use qmp_schema::LoadOptions;

use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output, progress};
use site::Manual;

/// Write a reference manual as HTML
///
/// One page for each file of the schema, and a start page: searchable, linked, readable on a phone, without a server.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp doc qapi/vm.json -o manual           then open manual/index.html
  qmp doc --title 'Our VM' /run/vm.sock -o manual")]
pub(crate) struct Doc {
    /// A schema, a dump, `-` for standard input, or the socket of a server
    #[arg(value_name = "FILE|SOCKET")]
    source: PathBuf,
    /// The folder to write to; it is made if need be; an earlier manual in it is replaced, and no other file
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
    /// What the manual is called
    #[arg(long, default_value = "QMP reference", value_parser = title)]
    title: String,
}

impl Doc {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let (loaded, version) = Source::new(&self.source).open_with_version(&LoadOptions::default())?;
        let origin = origin::origin(&loaded.schema, &self.source, version.as_ref());
        let manual = Manual { schema: &loaded.schema, title: &self.title, origin: &origin };
        progress::during("writing the manual", || folder::write(&self.output, &manual.files()))?;
        output::inform(&format!("wrote {}", self.output.join("index.html").display()));
        Ok(Verdict::Fine)
    }
}

/// A title that can be seen.
fn title(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("a title has at least a letter"),
        title => Ok(title.to_owned()),
    }
}
