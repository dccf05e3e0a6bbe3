//! `qmp doc`: a schema as a reference manual, a folder of HTML files that need nothing else.

mod definition;
mod example;
mod html;
mod inline;
mod links;
mod markup;
mod members;
mod page;
mod site;

use std::fs;
use std::path::PathBuf;

use clap::Args;
use qmp_schema::LoadOptions;
use qmp_schema::model::Schema;

use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output, progress};

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
    /// The folder to write to; it is made if need be
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
    /// What the manual is called
    #[arg(long, default_value = "QMP reference")]
    title: String,
}

impl Doc {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let schema = Source::new(&self.source).open(&LoadOptions::default())?.schema;
        progress::during("writing the manual", || self.write(&schema))?;
        output::tell(&format!("wrote {}", self.output.join("index.html").display()));
        Ok(Verdict::Fine)
    }

    fn write(&self, schema: &Schema) -> Result<(), Failure> {
        fs::create_dir_all(&self.output).map_err(|error| Failure::cannot("make", &self.output, error))?;
        for (name, text) in site::files(schema, &self.title) {
            let path = self.output.join(name);
            fs::write(&path, text).map_err(|error| Failure::cannot("write", &path, error))?;
        }
        Ok(())
    }
}
