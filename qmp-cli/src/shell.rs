//! `qmp shell`: commands at a prompt, or from standard input.

mod completion;
mod editor;
mod help;
mod line;
mod screen;
mod session;
mod words;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::rc::Rc;
use std::thread;

use clap::Args;
use qmp_schema::LoadOptions;
use qmp_types::OtherEvent;
use qmp_types::blocking::Client;
use qmp_types::transport::Address;

use crate::event_line::text_line;
use crate::failure::{Failure, NO_ANSWER};
use crate::server::{self, Peer, address, version_text};
use crate::source::Source;
use crate::{Verdict, output};
use editor::Editor;
use screen::Screen;
use session::{Next, Session};

/// Execute commands at a prompt
///
/// A line is a command and its arguments, as for `qmp call`: `device_del id=net0`. A request in JSON, which may have several
/// lines, is accepted too. Tab completes commands, arguments and values by the schema of the server. Events are printed
/// as they arrive. `help` explains more, and `exit` or Ctrl-D ends the shell.
///
/// The history is in `$XDG_STATE_HOME/qmp/history` (default: `~/.local/state`). A line that begins with a blank is not kept.
///
/// If standard input or output is not a terminal, the shell reads commands from standard input without a prompt, prints return
/// values in one line, and ignores empty lines and lines that begin with `#`.
#[derive(Args)]
#[command(after_help = "\
Exit status:
  0  success
  1  standard input is not a terminal, and a command failed
  2  wrong usage
  3  no connection, or it ended

Examples:
  qmp shell /run/vm.sock
  qmp shell --schema qapi/qapi-schema.json /run/vm.sock     with its texts as help
  qmp shell --agent --schema qga/qapi-schema.json /run/qga.sock
  qmp shell /run/vm.sock --log session.txt < commands.txt")]
pub(crate) struct Shell {
    /// The server: the path of its Unix socket, or another address (see `qmp --help`)
    #[arg(value_name = "ADDRESS", value_parser = address())]
    address: Address,
    /// The server is a guest agent: no greeting, no introspection
    #[arg(long)]
    agent: bool,
    /// A schema whose documentation `help COMMAND` shows; for guest agents, it also types arguments
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// Append what is typed and printed to this file
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

impl Shell {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let documentation = match &self.schema {
            Some(path) => Some(Rc::new(Source::new(path).open(&LoadOptions::default())?.schema)),
            None => None,
        };
        let screen = Screen::new(self.log.as_deref())?;
        let peer = if self.agent { Peer::GuestAgent } else { Peer::Server };
        let client = server::connect(&self.address, peer).map_err(|failure| failure.with_status(NO_ANSWER))?;
        let types = match peer {
            Peer::Server => {
                let schema = server::live_schema(&client, &self.address);
                schema.map_err(|failure| failure.with_status(NO_ANSWER))?.map(Rc::new)
            }
            Peer::GuestAgent => None,
        };
        let types = types.or_else(|| documentation.clone());
        let is_pretty = io::stdin().is_terminal() && output::is_capable(&io::stdout());
        let session = Session { client, types, documentation, screen, is_pretty, has_failed: false };
        match is_pretty {
            true => self.at_a_prompt(session),
            false => from_standard_input(session),
        }
    }

    fn at_a_prompt(&self, mut session: Session) -> Result<Verdict, Failure> {
        let mut editor = Editor::new(session.types.clone())?;
        let (mut print, screen) = (editor.printer()?, session.screen.clone());
        let greeting = session.client.greeting();
        let version =
            greeting.map_or(String::new(), |greeting| format!(", version {}", version_text(&greeting.version)));
        session.screen.show(&format!("Connected to `{}`{version}.\n`help` explains the syntax.", self.address))?;
        watch(session.client.clone(), move |line| {
            if let Err(failure) = screen.record(&line) {
                output::fail(&failure);
            }
            print(line);
        });
        while let Some(line) = editor.read()? {
            session.screen.record(&format!("qmp> {line}"))?;
            if session.execute(&line)? == Next::End {
                break;
            }
        }
        Ok(Verdict::Fine)
    }
}

/// Executes the lines of standard input.
fn from_standard_input(mut session: Session) -> Result<Verdict, Failure> {
    let screen = session.screen.clone();
    watch(session.client.clone(), move |line| {
        if let Err(failure) = screen.show(&line) {
            output::fail(&failure);
        }
    });
    let mut text = String::new();
    for line in io::stdin().lines() {
        text += &line.map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
        if line::is_unfinished(&text) {
            text.push('\n');
            continue;
        }
        session.screen.record(&format!("qmp> {text}"))?;
        if session.execute(&std::mem::take(&mut text))? == Next::End {
            return Ok(verdict(&session));
        }
    }
    // An unfinished line is a mistake.
    session.execute(&text)?;
    Ok(verdict(&session))
}

fn verdict(session: &Session) -> Verdict {
    if session.has_failed { Verdict::Found } else { Verdict::Fine }
}

/// Prints events in a thread of their own, until the connection or the program ends.
fn watch(client: Client, mut print: impl FnMut(String) + Send + 'static) {
    thread::spawn(move || {
        loop {
            match client.next_event::<OtherEvent>() {
                Ok(event) => print(text_line(&event)),
                Err(error) if error.lost_events().is_some() => print(format!("warning: {error}")),
                Err(error) => return print(format!("no more events: {error}")),
            }
        }
    });
}
