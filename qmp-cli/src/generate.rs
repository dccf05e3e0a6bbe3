//! `qmp generate`: writes the Rust that a build script would generate.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use qmp_schema::{Config, LoadOptions};

use crate::conditions::ConditionOptions;
use crate::failure::Failure;
use crate::patterns::patterns;
use crate::source::Source;
use crate::{Verdict, output, progress};

/// Generate Rust bindings, as `qmp_schema::compile` does in a build script
///
/// Include the output with `include!` in a module of a crate that depends on `qmp-types`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp generate qapi/vm.json -o src/qmp.rs
  qmp generate dump.json --commands 'query-*' --commands stop --events ''
  qmp generate firmware.json --types 'Firmware*' -o src/firmware.rs
  qmp introspect /run/vm.sock | qmp generate - --side client -o src/qmp.rs")]
pub(crate) struct Generate {
    /// A schema, a dump, `-` for standard input, or the address of a running server
    #[arg(value_name = "FILE|ADDRESS")]
    source: PathBuf,
    /// The file to write. Default: standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The side of the connection to generate code for
    #[arg(long, value_enum, default_value_t = Side::Both)]
    side: Side,
    /// Generate only commands that match (`query-*`, `?`); repeatable; '' matches none
    #[arg(long, value_name = "PATTERN")]
    commands: Vec<String>,
    /// Generate only events that match; repeatable; '' matches none
    #[arg(long, value_name = "PATTERN")]
    events: Vec<String>,
    /// Generate also types that match, used or not; repeatable. Default: all if no command or event is selected
    #[arg(long, value_name = "PATTERN")]
    types: Vec<String>,
    #[command(flatten)]
    conditions: ConditionOptions,
    /// Leave out the documentation of the schema
    #[arg(long)]
    no_docs: bool,
    /// Omit the variants for unknown values from enums, unions and alternates
    #[arg(long)]
    closed: bool,
    /// Have servers check the arguments that the schema names of commands with `'gen': false`
    #[arg(long)]
    typed_gen_false: bool,
    /// Give the methods of commands that match a parameter for a file descriptor, as `getfd` needs one; repeatable
    #[arg(long, value_name = "PATTERN")]
    fd_commands: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Side {
    /// Types and the client
    Client,
    /// Types and the traits that a server implements
    Server,
    /// Everything
    Both,
}

impl Generate {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let source = Source::new(&self.source);
        let schema = source.open(&LoadOptions::default())?.schema;
        self.conditions.warn_of_unused(&[(&schema, source.name())]);
        let expansion = progress::during("generating", || self.config().expand_schema(schema))?;
        let files = expansion.files.iter().map(PathBuf::as_path);
        output::print_to(self.output.as_deref(), &expansion.source(), files.chain(source.path()))?;
        Ok(Verdict::Fine)
    }

    fn config(&self) -> Config {
        let side = match self.side {
            Side::Client => qmp_schema::Side::Client,
            Side::Server => qmp_schema::Side::Server,
            Side::Both => qmp_schema::Side::Both,
        };
        let mut config = Config::new()
            .side(side)
            .docs(!self.no_docs)
            .closed_enums(self.closed)
            .typed_gen_false(self.typed_gen_false)
            .fd_commands(patterns(&self.fd_commands));
        if !self.commands.is_empty() {
            config = config.commands(patterns(&self.commands));
        }
        if !self.events.is_empty() {
            config = config.events(patterns(&self.events));
        }
        if !self.types.is_empty() {
            config = config.types(patterns(&self.types));
        }
        match self.conditions.defined() {
            Some(names) => config.conditions(names),
            None => config,
        }
    }
}
