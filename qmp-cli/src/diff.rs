//! `qmp diff`: lists the changes between two schemas and what they break.

mod report;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use qmp_schema::compat::{Change, ChangeKind, Impact, compare_configured};
use qmp_schema::{LoadOptions, Selection};
use serde_json::Value;

use crate::check::Format;
use crate::conditions::ConditionOptions;
use crate::failure::Failure;
use crate::patterns::patterns;
use crate::source::Source;
use crate::{Verdict, output, progress};

/// Compare two schemas and report what breaks
///
/// Each schema is a file, a dump or a running server. Changes are grouped by command and event; groups with breaking changes
/// come first. Types are compared by their values, not by their names. A change in a type is listed once for arguments and
/// once for data that servers send, with the other commands and events that it affects. Where the documentation says why
/// something is deprecated or unstable, the report quotes it.
///
/// Without --cfg and --no-cfg, items with an `if` count as present in a file. The conditions of a server or a dump (NEW) are
/// deduced: a name is not defined if everything that needs only this name is absent. Each condition that is disabled is one
/// line, and breaks nothing. If nothing shows whether a condition holds, a change is a note with the condition.
#[derive(Args)]
#[command(after_help = "\
Sides:
  client   a client built for OLD talks to a server of NEW
  server   a server built for OLD talks to a client of NEW

Exit status: 0 nothing breaks, 1 something breaks, 2 a schema cannot be read.

Examples:
  qmp diff qemu-7.2/qapi/qapi-schema.json qemu-10.0/qapi/qapi-schema.json
  qmp diff --breaking vm.json /run/vm.sock  would a client of this break?
  qmp diff --cfg CONFIG_TPM vm.json /run/vm.sock
  qmp diff --commands 'query-*' --events 'BLOCK_*' old.json new.json
  qmp diff --format json --side server old.json new.json |
      jq -r '.[] | select(.server == \"breaking\") | .entity, .also[]'")]
pub(crate) struct Diff {
    /// The schema that the client or server was built for
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The schema of its peer
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The side whose view decides what breaks
    #[arg(long, value_enum, default_value_t = Side::Client)]
    side: Side,
    /// List only breaking changes
    #[arg(long)]
    breaking: bool,
    /// Compare only commands of OLD that match (`query-*`, `?`), and the --events; repeatable; '' matches none
    #[arg(long, value_name = "PATTERN")]
    commands: Vec<String>,
    /// Compare only events of OLD that match, and the --commands; repeatable; '' matches none
    #[arg(long, value_name = "PATTERN")]
    events: Vec<String>,
    #[command(flatten)]
    conditions: ConditionOptions,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
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
            changes.retain(|change| self.side.impact(change) == Impact::Breaking);
        }
        // The sort is stable: changes of the same impact stay in the order of the schema.
        changes.sort_by_key(|change| Reverse(self.side.impact(change)));
        output::print(&match self.format {
            Format::Text => report::text(&changes, self.side, self.breaking),
            Format::Json => format!("{:#}\n", changes.iter().map(Change::to_json).collect::<Value>()),
        })?;
        let conditional = changes.iter().filter(|change| change.condition.is_some()).count();
        if self.format == Format::Text && conditional > 0 {
            output::say(&report::conditional_help(conditional));
        }
        let breaks = changes.iter().any(|change| self.side.impact(change) == Impact::Breaking);
        Ok(if breaks { Verdict::Found } else { Verdict::Fine })
    }

    fn changes(&self) -> Result<Vec<Change>, Failure> {
        let sources = Source::several([&self.old, &self.new])?;
        let open = |source: &Source| source.open(&LoadOptions::default()).map(|loaded| loaded.schema);
        let (mut old, new) = (open(&sources[0])?, open(&sources[1])?);
        self.conditions.warn_of_unused(&[(&old, sources[0].name()), (&new, sources[1].name())]);
        let is_complete = self.commands.is_empty() && self.events.is_empty();
        if !is_complete {
            let selection = Selection {
                commands: Some(patterns(&self.commands)),
                events: Some(patterns(&self.events)),
                types: None,
            };
            selection.apply(&mut old)?;
        }
        let conditions = self.conditions.conditions();
        let mut changes = progress::during("comparing", || compare_configured(&old, &new, &conditions));
        if !is_complete {
            let (commands, events) = (old.commands.iter().map(|c| &c.def), old.events.iter().map(|e| &e.def));
            let selected: HashSet<&str> = commands.chain(events).map(|def| def.name.as_str()).collect();
            let is_condition = |change: &Change| matches!(change.kind, ChangeKind::ConditionDisabled { .. });
            changes.retain(|change| is_condition(change) || selected.contains(change.entity.as_str()));
        }
        Ok(changes)
    }
}

impl Side {
    /// The impact on each side that the report shows.
    fn impacts(self, change: &Change) -> Vec<Impact> {
        match self {
            Self::Client => vec![change.client],
            Self::Server => vec![change.server],
            Self::Both => vec![change.client, change.server],
        }
    }

    /// The greatest impact on the sides that the report shows.
    fn impact(self, change: &Change) -> Impact {
        self.impacts(change).into_iter().max().unwrap_or(Impact::Fine)
    }
}
