//! `qmp diff`: what changed between two schemas, and what it breaks.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use qmp_schema::compat::{Change, Impact, compare};
use qmp_schema::{LoadOptions, Selection};
use serde_json::Value;

use crate::check::Format;
use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output};

/// Tell what changed between two schemas, and what that breaks
///
/// Each is a schema, a dump, or a running server. What breaks comes first, then what is worth a note, then the rest. Types are
/// compared by their values, not by their names; a change in a type that several commands use is told once.
#[derive(Args)]
#[command(after_help = "\
Sides:
  client   a client built for OLD talks to a server of NEW
  server   a server built for OLD talks to a client of NEW

Exit status: 0 nothing breaks, 1 something does, 2 a schema cannot be had.

Examples:
  qmp diff qemu-7.2/qapi/qapi-schema.json qemu-10.0/qapi/qapi-schema.json
  qmp diff --breaking qapi/vm.json /run/vm.sock     will a client of this schema get along with that server?
  qmp diff --format json old.json new.json | jq '.[] | select(.server == \"breaking\") | .entity'")]
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
    /// Compare only commands that this pattern (`query-*`, `?`) matches in OLD; may be given again
    #[arg(long, value_name = "PATTERN")]
    commands: Vec<String>,
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
        let open = |path: &PathBuf| Source::new(path).open(&LoadOptions::default());
        let (mut old, new) = (open(&self.old)?.schema, open(&self.new)?.schema);
        if self.commands.is_empty() {
            return Ok(compare(&old, &new));
        }
        let selection = Selection { commands: Some(self.commands.clone()), events: Some(Vec::new()) };
        selection.apply(&mut old)?;
        let mut changes = compare(&old, &new);
        changes.retain(|change| old.commands.iter().any(|command| command.def.name == change.entity));
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
        let count = |impact| changes.iter().filter(|change| self.impact(change) == impact).count();
        let line = |change: &Change| format!("{:<9} {change}\n", self.impact(change).id());
        let lines: String = changes.iter().map(line).collect();
        let [breaking, note, fine] = [Impact::Breaking, Impact::Note, Impact::Fine].map(count);
        match self.breaking {
            true => format!("{lines}{breaking} breaking\n"),
            false => format!("{lines}{breaking} breaking, {note} to note, {fine} fine\n"),
        }
    }
}
