//! `qmp replay`: answers as a server did when a session was recorded.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use clap::{Args, ValueEnum};
use qmp_types::testing::{Recording, Replay as Running, ReplayOrder};

use crate::failure::Failure;
use crate::listening::{Listening, at_end_signals};
use crate::{Verdict, output};

/// Answer as a server did when a session was recorded
///
/// Each command is answered with the recorded reply to the same command with the same arguments, and the events around it. A
/// command that was not recorded is an error, which names the closest recorded one. The first client gets the first session of
/// the recording, the next one the next session, and after the last one the first again.
///
/// FILE is a recording of `qmp record`, or the log of `qmp proxy --log`.
#[derive(Args)]
#[command(after_help = "\
Exit status:
  0  ended by SIGTERM or SIGINT, or the client at `stdio` has left
  1  the same, and a command was not in the recording
  2  wrong usage, or a file or an address that cannot be used

Examples:
  qmp replay session.jsonl --listen /tmp/vm.sock
  qmp replay session.jsonl --listen /tmp/vm.sock --order strict")]
pub(crate) struct Replay {
    /// The recording
    #[arg(value_name = "FILE")]
    recording: PathBuf,
    #[command(flatten)]
    listening: Listening,
    /// In which order commands are answered
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    order: Order,
}

/// In which order commands are answered.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Order {
    /// Commands come in any order; each recorded reply is given once
    #[default]
    Any,
    /// Like `any`, and the last reply to a command is repeated
    Repeated,
    /// Commands come in the recorded order
    Strict,
}

impl Replay {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let recording = Recording::open(&self.recording).map_err(|error| Failure::new(error.to_string()))?;
        if recording.sessions().is_empty() {
            return Err(Failure::new(format!("`{}` contains no session", self.recording.display())));
        }
        let replay = Running::new(&recording).order(self.order.into());
        let replay = Arc::new(replay.on_refusal(output::warn));
        let listeners = self.listening.bind()?;
        let stopped = Arc::clone(&replay);
        at_end_signals(move || stopped.stop())?;
        thread::scope(|scope| {
            let served: Vec<_> = listeners.into_iter().map(|listener| scope.spawn(|| replay.serve(listener))).collect();
            served.into_iter().try_for_each(|thread| match thread.join() {
                Ok(Err(error)) => Err(Failure::new(format!("cannot serve: {error}"))),
                // A panic was reported by the thread itself.
                Ok(Ok(())) | Err(_) => Ok(()),
            })
        })?;
        Ok(if replay.refusals().is_empty() { Verdict::Fine } else { Verdict::Found })
    }
}

impl From<Order> for ReplayOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Any => Self::Any,
            Order::Repeated => Self::Repeated,
            Order::Strict => Self::Strict,
        }
    }
}
