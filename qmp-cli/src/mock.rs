//! `qmp mock`: serves random answers that are valid by a schema.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use qmp_schema::{LoadOptions, TypeNames, is_introspection};
use qmp_types::testing::MockServer;

use crate::conditions::ConditionOptions;
use crate::failure::Failure;
use crate::listening::{Listening, at_end_signals};
use crate::seconds::seconds;
use crate::source::{Source, reading, warn_if_empty};
use crate::{Verdict, output, progress};

/// Serve random answers that are valid by a schema
///
/// Every command of the schema is answered with a random value, which uses what the schema permits: optional members are there
/// or absent, unions have all branches, lists are empty or not, text has any characters. Arguments are checked as QEMU checks them.
/// The answers depend on the seed, the command, and how often it was executed before.
///
/// A dump or a server does not tell the width of integers: they are 0 to 127 then. With a schema, they use their whole ranges.
#[derive(Args)]
#[command(after_help = "\
Exit status:
  0  ended by SIGTERM or SIGINT; the client at `stdio` has left
  2  wrong usage, an invalid schema, or an address that cannot be listened on

Examples:
  qmp mock qapi/vm.json --listen /tmp/vm.sock
  qmp mock dump.json --listen tcp:localhost:4444 --seed 7 --events 0.5
  qmp mock /run/vm.sock --listen /tmp/mock.sock      the schema of that server
  qmp mock --agent qga.json --listen /tmp/qga.sock")]
pub(crate) struct Mock {
    /// A schema, a dump, `-` for standard input, or the address of a running server
    #[arg(value_name = "FILE|ADDRESS")]
    source: PathBuf,
    #[command(flatten)]
    listening: Listening,
    /// Give the same answers as another run with this seed. Default: a random one, which is printed
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Emit a random event at this interval. Default: none
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    events: Option<Duration>,
    /// The version in the greeting. Default: that of the server whose schema it is, or of this program
    #[arg(long, value_name = "X.Y.Z", value_parser = version)]
    qemu_version: Option<QemuVersion>,
    /// Speak as a guest agent does: no greeting, no introspection
    #[arg(long)]
    agent: bool,
    #[command(flatten)]
    conditions: ConditionOptions,
}

/// Major, minor, micro.
type QemuVersion = (u32, u32, u32);

impl Mock {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let (mut mock, version) = self.mock()?;
        if let Some(seed) = self.seed {
            mock = mock.seed(seed);
        }
        if let Some(interval) = self.events {
            mock = mock.event_interval(interval);
        }
        if self.agent {
            mock = mock.guest_agent();
        }
        let mut server = mock.into_server();
        if let Some((major, minor, micro)) = self.qemu_version.or(version) {
            server = server.version(major, minor, micro);
        }
        let listeners = self.listening.bind()?;
        output::say(&format!("answers of the seed {}", server.state().seed()));
        let handle = server.handle();
        at_end_signals(move || handle.stop())?;
        server.serve_all(listeners).map_err(|error| Failure::new(format!("cannot serve: {error}")))?;
        Ok(Verdict::Fine)
    }

    /// Creates the mock of the source, with the version of the server that the source may be.
    fn mock(&self) -> Result<(MockServer, Option<QemuVersion>), Failure> {
        let source = Source::new(&self.source);
        let (name, answer) = (source.name(), source.text()?);
        let version = answer.version.map(|version| version.qemu);
        let (list, published, unchecked) = if version.is_some() || is_introspection(&answer.schema) {
            let format = || qmp_schema::format_introspection(&name, &answer.schema);
            (progress::during(&reading(&name), format)?, None, Vec::new())
        } else {
            let open = || qmp_schema::open_text(&name, &answer.schema, &LoadOptions::default());
            let schema = progress::during(&reading(&name), open)?.schema;
            warn_if_empty(&schema, &name);
            self.conditions.warn_of_unused(&[(&schema, name.clone())]);
            let conditions = self.conditions.conditions();
            let introspect = |names| qmp_schema::introspect(&schema, &conditions, names);
            let unchecked = schema.commands.iter().filter(|command| !command.generate);
            let unchecked = unchecked.map(|command| command.def.name.clone()).collect();
            (introspect(TypeNames::IntegerWidths), Some(introspect(TypeNames::Masked)), unchecked)
        };
        let mut mock = MockServer::new(&list).map_err(|error| Failure::new(format!("`{name}`: {error}")))?;
        if let Some(published) = published {
            mock = mock.published(published);
        }
        for command in unchecked {
            mock = mock.ignore_unknown_arguments(&command);
        }
        Ok((mock, version))
    }
}

/// Parses a version on the command line.
fn version(text: &str) -> Result<QemuVersion, String> {
    let numbers: Option<Vec<u32>> = text.split('.').map(|number| number.parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[major, minor, micro]) => Ok((major, minor, micro)),
        _ => Err("expected three numbers, such as `10.0.2`".to_owned()),
    }
}
