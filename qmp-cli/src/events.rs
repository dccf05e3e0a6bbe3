//! `qmp events`: prints the events of a server as they arrive.

use std::time::{Duration, Instant};

use clap::Args;
use qmp_schema::matches_pattern;
use qmp_types::transport::Address;
use qmp_types::{Error, OtherEvent, Timestamped};

use crate::event_line::{json_line, text_line};
use crate::failure::{Failure, NO_ANSWER};
use crate::seconds::seconds;
use crate::server::{self, Peer, address};
use crate::{Verdict, output};

/// Print the events of a server as they arrive
///
/// Each event is a line: its time (seconds since 1970, by the server's clock), its name and its data. The program ends when the
/// server closes the connection, a limit is reached, or the reader of its output has gone.
#[derive(Args)]
#[command(after_help = "\
Exit status:
  0  success
  2  wrong usage
  3  no connection, or it ended or the time was up before there were COUNT
     events

Examples:
  qmp events /run/vm.sock
  qmp events /run/vm.sock --filter 'JOB_*' --filter BLOCK_JOB_ERROR
  qmp events /run/vm.sock --filter SHUTDOWN --count 1 --timeout 60
  qmp events /run/vm.sock --json | jq .data")]
pub(crate) struct Events {
    /// The server: the path of its Unix socket, or another address (see `qmp --help`)
    #[arg(value_name = "ADDRESS", value_parser = address())]
    address: Address,
    /// Print only events of this name, or whose name matches the pattern (`JOB_*`, `?`); repeatable
    #[arg(long = "filter", value_name = "PATTERN")]
    filters: Vec<String>,
    /// End after this many events
    #[arg(long, value_name = "COUNT")]
    count: Option<u64>,
    /// End after this time. Default: without limit
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// Print each event as it was sent: a JSON object in one line
    #[arg(long)]
    json: bool,
}

impl Events {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let deadline = self.timeout.map(|limit| Instant::now() + limit);
        let client = server::connect(&self.address, Peer::Server);
        let client = client.map_err(|failure| failure.with_status(NO_ANSWER))?;
        let mut count = 0;
        while self.count.is_none_or(|most| count < most) {
            let client = match deadline {
                Some(deadline) => client.timeout(deadline.saturating_duration_since(Instant::now())),
                None => client.clone(),
            };
            match client.next_event::<OtherEvent>() {
                Ok(event) if !self.is_wanted(&event) => {}
                Ok(event) => {
                    count += 1;
                    let line = if self.json { json_line(&event) } else { text_line(&event) };
                    if !output::print_part(&(line + "\n"))? {
                        break;
                    }
                }
                Err(error) if error.lost_events().is_some() => output::warn(&error.to_string()),
                Err(error) => return self.end(&error, count),
            }
        }
        Ok(Verdict::Fine)
    }

    fn is_wanted(&self, event: &Timestamped<OtherEvent>) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| matches_pattern(filter, &event.name))
    }

    /// Judges the end of the events. It is a failure only if more of them were expected.
    fn end(&self, error: &Error, count: u64) -> Result<Verdict, Failure> {
        let reason = match (error.is_timeout(), error.is_closed()) {
            (true, _) => "the time was up".to_owned(),
            (_, true) => "the server closed the connection".to_owned(),
            _ => return Err(Failure::new(format!("no more events: {error}")).with_status(NO_ANSWER)),
        };
        match self.count {
            None => Ok(Verdict::Fine),
            Some(most) => {
                let reason = format!("expected {most} events, found {count} when {reason}");
                Err(Failure::new(reason).with_status(NO_ANSWER))
            }
        }
    }
}
