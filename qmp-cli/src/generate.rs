//! `qmp generate`: writes the Rust that a build script would generate.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use qmp_schema::{Config, LabelledSchema, LoadOptions, OtherVersion};

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
  qmp generate qemu-10.0.json --also 7.2=old.json --also /run/vm.sock
  qmp introspect /run/vm.sock | qmp generate - --side client -o src/qmp.rs")]
pub(crate) struct Generate {
    /// A schema, a dump, `-` for standard input, or the address of a running server
    #[arg(value_name = "FILE|ADDRESS")]
    source: PathBuf,
    /// The file to write. Default: standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A further version of the schema, to generate clients for all versions; repeatable. Default for NAME: a number with a
    /// dot in the path, as 7.2 in qemu-7.2/qapi/qapi-schema.json, or the server's version
    #[arg(long, value_name = "[NAME=]FILE|ADDRESS")]
    also: Vec<String>,
    /// The name of the main version, if there are further ones. Default: as for those
    #[arg(long, value_name = "NAME", requires = "also")]
    version_name: Option<String>,
    /// The side of the connection to generate code for. Default: both; with --also, client
    #[arg(long, value_enum)]
    side: Option<Side>,
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
        let also: Vec<(Option<&str>, PathBuf)> = self.also.iter().map(|also| split_name(also)).collect();
        let sources = Source::several([&self.source].into_iter().chain(also.iter().map(|(_, path)| path)))?;
        let labels = [self.version_name.as_deref()].into_iter().chain(also.iter().map(|(name, _)| *name));
        let mut versions =
            labels.zip(&sources).map(|(name, source)| version(name, source)).collect::<Result<Vec<_>, _>>()?;
        let opened: Vec<_> =
            versions.iter().zip(&sources).map(|(version, source)| (&version.schema, source.name())).collect();
        self.conditions.warn_of_unused(&opened);
        let main = versions.remove(0);
        let expansion = progress::during("generating", || match versions.is_empty() {
            true => self.config().expand_schema(main.schema),
            false => self.config().expand_versions(main, versions),
        })?;
        let files = expansion.files.iter().map(PathBuf::as_path);
        output::print_to(
            self.output.as_deref(),
            &expansion.source(),
            files.chain(sources.iter().filter_map(Source::path)),
        )?;
        Ok(Verdict::Fine)
    }

    fn config(&self) -> Config {
        let mut config = Config::new()
            .docs(!self.no_docs)
            .closed_enums(self.closed)
            .typed_gen_false(self.typed_gen_false)
            .fd_commands(patterns(&self.fd_commands));
        if let Some(side) = self.side {
            config = config.side(match side {
                Side::Client => qmp_schema::Side::Client,
                Side::Server => qmp_schema::Side::Server,
                Side::Both => qmp_schema::Side::Both,
            });
        }
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

/// Splits `NAME=PATH`. A path that has a `=` needs a name, or a `/` in front of the `=`.
fn split_name(also: &str) -> (Option<&str>, PathBuf) {
    match also.split_once('=') {
        Some((name, path)) if !name.contains(['/', ':']) => (Some(name), path.into()),
        _ => (None, also.into()),
    }
}

/// Opens a version of the schema.
fn version(name: Option<&str>, source: &Source) -> Result<LabelledSchema, Failure> {
    let (loaded, version) = source.open_with_version(&LoadOptions::default())?;
    let label = match (name, version) {
        (Some(name), _) => name.to_owned(),
        (None, Some(version)) => version.to_string(),
        (None, None) => OtherVersion::from(source.name()).label().to_owned(),
    };
    Ok(LabelledSchema::new(label, loaded.schema))
}
