//! `qmp generate`: the Rust that a build script writes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use qmp_schema::{Config, LoadOptions};

use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output, progress};

/// Generate Rust, as `qmp_schema::compile` does in a build script
///
/// The text is for `include!` in a module of a crate that depends on `qmp-types`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp generate qapi/vm.json -o src/qmp.rs
  qmp generate dump.json --commands 'query-*' --commands stop --events ''
  qmp introspect /run/vm.sock | qmp generate - --side client -o src/qmp.rs")]
pub(crate) struct Generate {
    /// A schema, a dump, `-` for standard input, or the socket of a server
    #[arg(value_name = "FILE|SOCKET")]
    source: PathBuf,
    /// Where to write; standard output without
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which end of a connection
    #[arg(long, value_enum, default_value_t = Side::Both)]
    side: Side,
    /// Only commands that this pattern (`query-*`, `?`) matches; may be given again, '' is none
    #[arg(long, value_name = "PATTERN")]
    commands: Vec<String>,
    /// Only events that this pattern matches; may be given again, '' is none
    #[arg(long, value_name = "PATTERN")]
    events: Vec<String>,
    #[command(flatten)]
    configuration: Configuration,
    /// Leave out the documentation of the schema
    #[arg(long)]
    no_docs: bool,
    /// Enums, unions and alternates without a variant for what a newer peer may send
    #[arg(long)]
    closed: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Side {
    /// Types and clients
    Client,
    /// Types and what a server has to handle
    Server,
    /// All of it
    Both,
}

impl Generate {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let source = Source::new(&self.source);
        let schema = source.open(&LoadOptions::default())?.schema;
        self.configuration.warn_of_unused(&schema.condition_names(), &source);
        let expansion = progress::during("generating", || self.config().expand_schema(schema))?;
        let files = expansion.files.iter().map(PathBuf::as_path);
        output::print_to(self.output.as_deref(), &expansion.source(), files.chain([source.path()]))?;
        Ok(Verdict::Fine)
    }

    fn config(&self) -> Config {
        let side = match self.side {
            Side::Client => qmp_schema::Side::Client,
            Side::Server => qmp_schema::Side::Server,
            Side::Both => qmp_schema::Side::Both,
        };
        let mut config = Config::new().side(side).docs(!self.no_docs).closed_enums(self.closed);
        if !self.commands.is_empty() {
            config = config.commands(patterns(&self.commands));
        }
        if !self.events.is_empty() {
            config = config.events(patterns(&self.events));
        }
        match self.configuration.defined() {
            Some(names) => config.conditions(names),
            None => config,
        }
    }
}

/// The empty pattern selects nothing, and says so on purpose.
fn patterns(given: &[String]) -> impl Iterator<Item = &String> {
    given.iter().filter(|pattern| !pattern.is_empty())
}
