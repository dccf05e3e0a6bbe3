//! `qmp diff`: what changed between two schemas, and what it breaks.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use qmp_schema::compat::{Change, Impact, compare};
use qmp_schema::{LoadOptions, Selection};
use serde_json::Value;

use crate::check::Format;
use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output, progress};

/// Tell what changed between two schemas, and what that breaks
///
/// Each is a schema, a dump, or a running server. What breaks comes first, then what is worth a note, then the rest. Types are
/// compared by their values, not by their names; a change in a type is told once for arguments and once for what servers
/// send, with the other commands and events that it concerns.
#[derive(Args)]
#[command(after_help = "\
Sides:
  client   a client built for OLD talks to a server of NEW
  server   a server built for OLD talks to a client of NEW

Exit status: 0 nothing breaks, 1 something does, 2 a schema cannot be had.

Examples:
  qmp diff qemu-7.2/qapi/qapi-schema.json qemu-10.0/qapi/qapi-schema.json
  qmp diff --breaking vm.json /run/vm.sock  would a client of this break?
  qmp diff --commands 'query-*' --events 'BLOCK_*' old.json new.json
  qmp diff --format json --side server old.json new.json |
      jq -r '.[] | select(.server == \"breaking\") | .entity, .also[]'")]
pub(crate) struct Diff {
    /// The schema that clients or servers were built for
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The schema that they meet
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Whose view decides what breaks
    #[arg(long, value_enum, default_value_t = Side::Client)]
    side: Side,
    /// Show only what breaks
    #[arg(long)]
    breaking: bool,
    /// Compare only commands that this pattern (`query-*`, `?`) matches in OLD, and the --events; may be given again
    #[arg(long, value_name = "PATTERN")]
    commands: Vec<String>,
    /// Compare only events that this pattern matches in OLD, and the --commands; may be given again
    #[arg(long, value_name = "PATTERN")]
    events: Vec<String>,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Side {
    /// A client built for OLD
    Client,
    /// A server built for OLD
    Server,
    /// Either
    Both,
}

impl Diff {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let mut changes = self.changes()?;
        if self.breaking {
            changes.retain(|change| self.impact(change) == Impact::Breaking);
        }
        // The sort is stable: within an impact the order of the schema stays.
        changes.sort_by_key(|change| std::cmp::Reverse(self.impact(change)));
        output::print(&match self.format {
            Format::Text => self.text(&changes),
            Format::Json => format!("{:#}\n", changes.iter().map(Change::to_json).collect::<Value>()),
        })?;
        let breaks = changes.iter().any(|change| self.impact(change) == Impact::Breaking);
        Ok(if breaks { Verdict::Found } else { Verdict::Fine })
    }

    fn changes(&self) -> Result<Vec<Change>, Failure> {
        let sources = Source::several([&self.old, &self.new])?;
        let open = |source: &Source| source.open(&LoadOptions::default()).map(|loaded| loaded.schema);
        let (mut old, new) = (open(&sources[0])?, open(&sources[1])?);
        let is_whole = self.commands.is_empty() && self.events.is_empty();
        if !is_whole {
            let selection = Selection { commands: Some(self.commands.clone()), events: Some(self.events.clone()) };
            selection.apply(&mut old)?;
        }
        let mut changes = progress::during("comparing", || compare(&old, &new));
        if !is_whole {
            let (commands, events) = (old.commands.iter().map(|c| &c.def), old.events.iter().map(|e| &e.def));
            let selected: HashSet<&str> = commands.chain(events).map(|def| def.name.as_str()).collect();
            changes.retain(|change| selected.contains(change.entity.as_str()));
        }
        Ok(changes)
    }

    fn impact(&self, change: &Change) -> Impact {
        match self.side {
            Side::Client => change.client,
            Side::Server => change.server,
            Side::Both => change.client.max(change.server),
        }
    }

    /// A line for each change, and one that counts them.
    fn text(&self, changes: &[Change]) -> String {
        let head =
            if matches!(self.side, Side::Both) && !changes.is_empty() { "client    server    change\n" } else { "" };
        let lines: String = changes.iter().map(|change| self.line(change)).collect();
        let count = |impact| changes.iter().filter(|change| self.impact(change) == impact).count();
        let [breaking, note, fine] = [Impact::Breaking, Impact::Note, Impact::Fine].map(count);
        match self.breaking {
            true => format!("{head}{lines}{breaking} breaking\n"),
            false => format!("{head}{lines}{breaking} breaking, {note} to note, {fine} fine\n"),
        }
    }

    fn line(&self, change: &Change) -> String {
        let sides = match self.side {
            Side::Client => column(change.client),
            Side::Server => column(change.server),
            Side::Both => column(change.client) + &column(change.server),
        };
        format!("{sides}{change}\n")
    }
}

/// The word for an impact, in its colour and as wide as the longest.
fn column(impact: Impact) -> String {
    let colour = match impact {
        Impact::Breaking => "1;31",
        Impact::Note => "33",
        Impact::Fine => "32",
    };
    let word = impact.id();
    output::painted(word, colour, &io::stdout()) + &" ".repeat(10 - word.len())
}
