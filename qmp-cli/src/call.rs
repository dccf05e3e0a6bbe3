//! `qmp call`: executes one command, for scripts.

use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use qmp_schema::LoadOptions;
use qmp_schema::diagnostic::closest;
use qmp_types::blocking::Client;
use qmp_types::transport::Address;
use qmp_types::{Error, Map, OtherEvent, Value};

use crate::arguments::Mistake;
use crate::event_line::json_line;
use crate::failure::{Failure, NO_ANSWER};
use crate::pretty::pretty;
use crate::seconds::seconds;
use crate::server::{self, Peer, address};
use crate::source::Source;
use crate::{Verdict, arguments, output};

/// The server answered with an error.
const COMMAND_FAILED: u8 = 1;

/// Execute one command and print what it returns
///
/// ARGUMENT is one of
///   KEY=VALUE   the type of the argument decides what VALUE is: `id=5` is a string
///               where the schema says `str`, and a number where it says `int`
///   KEY:=JSON   VALUE is JSON, whatever the schema says: `id:=5`, `id:="5"`
///   {JSON}      an object with several arguments
///
/// KEY may lead into objects and lists: `file.driver=qcow2`, `servers.0.port=80`.
/// The server is asked for its schema if an argument needs it. Where no type is
/// known (a guest agent without `--schema`, properties of devices), VALUE is JSON
/// if it is valid JSON, as numbers, `true` and `null` are, and else a string.
///
/// The return value is printed indented on a terminal, else in one line.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Exit status:
  0  success
  1  the server answered with an error
  2  wrong usage: an argument that does not match the schema, for example
  3  no connection, or no answer in time

Examples:
  qmp call /run/vm.sock query-status
  qmp call /run/vm.sock device_del id=net0 --wait DEVICE_DELETED --timeout 30
  qmp call /run/vm.sock blockdev-add driver=qcow2 node-name=disk0 \\
      file.driver=file file.filename=/tmp/disk.qcow2
  qmp call /run/vm.sock qom-set path=/machine property=p value:=7
  qmp call --agent /run/qga.sock guest-exec path=/bin/true
  generate | qmp call /run/vm.sock blockdev-add --json -"
)]
pub(crate) struct Call {
    /// The server: the path of its Unix socket, or another address (see `qmp --help`)
    #[arg(value_name = "ADDRESS", value_parser = address())]
    address: Address,
    /// The name of the command
    #[arg(value_name = "COMMAND")]
    command: String,
    /// Arguments of the command: KEY=VALUE, KEY:=JSON or a JSON object
    #[arg(value_name = "ARGUMENT")]
    arguments: Vec<String>,
    /// All other arguments as a JSON object; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    json: Option<String>,
    /// Wait for an event of this name, or a pattern such as `JOB_*`, after the command, and print it
    #[arg(long, value_name = "EVENT")]
    wait: Option<String>,
    /// How long to wait for the reply and the event together. Default: without limit
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// The server is a guest agent: no greeting, no introspection
    #[arg(long)]
    agent: bool,
    /// Take the types of the arguments from this schema, instead of asking the server
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
}

impl Call {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let arguments = self.texts()?;
        let file = match &self.schema {
            Some(path) => Some(Source::new(path).open(&LoadOptions::default())?.schema),
            None => None,
        };
        let peer = if self.agent { Peer::GuestAgent } else { Peer::Server };
        let client = server::connect(&self.address, peer).map_err(|failure| failure.with_status(NO_ANSWER))?;
        let schema = match file {
            None if peer == Peer::Server && arguments::need_types(&arguments) => {
                server::live_schema(&client, &self.address).map_err(|failure| failure.with_status(NO_ANSWER))?
            }
            given => given,
        };
        let json = arguments::to_json(schema.as_ref(), &self.command, &arguments);
        let json = json.map_err(|mistake| invalid(&arguments, &mistake))?;
        self.execute(&client, json, &arguments)?;
        Ok(Verdict::Fine)
    }

    /// Returns the arguments, with that of `--json`.
    fn texts(&self) -> Result<Vec<String>, Failure> {
        let mut texts = self.arguments.clone();
        match self.json.as_deref() {
            None => {}
            Some("-") => {
                let mut text = String::new();
                let read = io::stdin().lock().read_to_string(&mut text);
                read.map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
                texts.push(text.trim().to_owned());
            }
            Some(text) => texts.push(text.to_owned()),
        }
        // Mistakes in the syntax need no server.
        arguments::to_json(None, &self.command, &texts).map_err(|mistake| invalid(&texts, &mistake))?;
        Ok(texts)
    }

    fn execute(&self, client: &Client, json: Map<String, Value>, arguments: &[String]) -> Result<(), Failure> {
        let deadline = self.timeout.map(|limit| Instant::now() + limit);
        let events = self.wait.as_ref().map(|pattern| (pattern, client.events::<OtherEvent>().named([pattern])));
        let client = self.timeout.map_or_else(|| client.clone(), |limit| client.timeout(limit));
        let value = client.call_raw(&self.command, &Value::Object(json));
        let value = value.map_err(|error| self.failure(&client, &error, arguments))?;
        print(&value)?;
        let Some((pattern, mut events)) = events else { return Ok(()) };
        if let Some(deadline) = deadline {
            events = events.timeout(deadline.saturating_duration_since(Instant::now()));
        }
        let event = events.next_event().map_err(|error| {
            let reason = if error.is_timeout() { "in time".to_owned() } else { format!("before the end: {error}") };
            Failure::new(format!("`{}` succeeded, but no event `{pattern}` arrived {reason}", self.command))
                .with_status(NO_ANSWER)
        })?;
        output::print(&(json_line(&event) + "\n"))
    }

    /// Explains why there is no return value.
    fn failure(&self, client: &Client, error: &Error, arguments: &[String]) -> Failure {
        let Some((class, desc)) = error.class().zip(error.desc()) else {
            return Failure::new(format!("no reply to `{}`: {error}", self.command)).with_status(NO_ANSWER);
        };
        let failure = Failure::new(format!("{class}: {desc}")).with_status(COMMAND_FAILED);
        if error.is_command_not_found() {
            let known = client.introspection().ok();
            let similar = known.as_ref().and_then(|known| closest(&self.command, known.commands()));
            return match similar {
                Some(name) => failure.help(format!("did you mean `{name}`?")),
                None => failure,
            };
        }
        match arguments::named_in(desc, arguments) {
            Some(index) => failure.help(format!("the argument is `{}`", arguments[index])),
            None => failure,
        }
    }
}

/// Prints a return value: indented on a terminal, else in one line.
fn print(value: &Value) -> Result<(), Failure> {
    let json = value.to_string();
    output::print(&((if io::stdout().is_terminal() { pretty(&json) } else { json }) + "\n"))
}

fn invalid(arguments: &[String], mistake: &Mistake) -> Failure {
    let argument = &arguments[mistake.argument];
    Failure::new(format!("invalid argument `{argument}`: {}", mistake.reason))
}
