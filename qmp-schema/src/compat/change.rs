//! A difference between two schemas, and its impact on clients and servers.

use std::fmt;

use serde_json::{Value, json};

use super::change_kind::ChangeKind;
use super::impact::{Impact, Role};

/// One difference between two schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The command or event that changed; the first one if several share the type that changed. `conditions` for a
    /// [disabled condition](ChangeKind::ConditionDisabled).
    pub entity: String,
    /// The place within the command or event: `arguments.size`, `return[].inserted`, `data`,
    /// `arguments[driver=qcow2|qed]` (a branch that two cases share). Empty for the command or event itself. The condition that
    /// is disabled: `CONFIG_TPM`.
    pub place: String,
    /// The other commands and events that the change affects, because they reach the same type in the same role (as
    /// arguments, or as data that servers send). At most 100.
    pub also: Vec<String>,
    /// Whether the change affects more commands and events than `also` lists.
    pub also_more: bool,
    /// The difference.
    pub kind: ChangeKind,
    /// The features of the removed item that announced the removal: `deprecated`, `unstable`.
    pub before: Vec<String>,
    /// The `if` of the item that one schema lacks, if it is unknown whether the server of that schema was built with the
    /// item: `CONFIG_TPM`, `CONFIG_A and not CONFIG_B`. The impact of such a change is at most [`Impact::Note`].
    pub condition: Option<String>,
    /// The documentation's explanation of a `deprecated` or `unstable` feature that was added, or that the removed item had.
    /// It is in the markup of [`Doc`](crate::model::Doc).
    pub reason: Option<String>,
    /// The impact on a client that was built for the old schema and talks to a server of the new one.
    pub client: Impact,
    /// The impact on a server that was built for the old schema and talks to a client of the new one.
    pub server: Impact,
}

impl Change {
    pub(super) fn new(entity: String, place: String, role: Role, kind: ChangeKind) -> Self {
        let (client, server) = kind.impacts(role);
        Self {
            entity,
            place,
            also: Vec::new(),
            also_more: false,
            kind,
            before: Vec::new(),
            condition: None,
            reason: None,
            client,
            server,
        }
    }

    /// Marks the change as one that the configuration of a server may explain.
    pub(super) fn depends_on(&mut self, condition: String) {
        self.condition = Some(condition);
        self.client = self.client.min(Impact::Note);
        self.server = self.server.min(Impact::Note);
    }

    /// Describes the difference in a few words.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.kind.to_string();
        if let Some(condition) = &self.condition {
            let or_absent = if self.kind.is_removal() { " or not built in" } else { "" };
            text += &format!("{or_absent} (if {condition})");
        }
        if !self.before.is_empty() {
            text += &format!(", was {}", self.before.join(" and "));
        }
        text
    }

    /// Lists the other commands and events that the change affects: `also in a, b and 5 more`. Empty if there are none.
    #[must_use]
    pub fn also_text(&self) -> String {
        let also = if matches!(self.kind, ChangeKind::ConditionDisabled { .. }) { "in" } else { "also in" };
        match &*self.also {
            [] => String::new(),
            [one] => format!("{also} {one}"),
            [one, two] => format!("{also} {one} and {two}"),
            [one, two, three] => format!("{also} {one}, {two} and {three}"),
            [one, two, rest @ ..] => {
                let over = if self.also_more { "over " } else { "" };
                format!("{also} {one}, {two} and {over}{} more", rest.len())
            }
        }
    }

    /// Returns the change as a JSON object for programs.
    ///
    /// It always has `entity`, `place`, `also` and `before` (lists), `change`, `text`, `client` and `server` (`fine`, `note`
    /// or `breaking`). Where they apply, it also has `also-more` (true: `also` is not complete), `condition`, `reason`, `name`
    /// (of the member, value or feature), `optional` (whether the member is or was), `old` and `new` (types), `items` (what a
    /// server with a disabled condition lacks).
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = json!({
            "entity": self.entity,
            "place": self.place,
            "also": self.also,
            "change": self.kind.id(),
            "text": self.text(),
            "before": self.before,
            "client": self.client.id(),
            "server": self.server.id(),
        });
        if self.also_more {
            object["also-more"] = json!(true);
        }
        for (key, text) in [("condition", &self.condition), ("reason", &self.reason)] {
            if let Some(text) = text {
                object[key] = json!(text);
            }
        }
        for (key, value) in self.kind.details() {
            object[key] = value;
        }
        object
    }
}

/// Writes `ENTITY PLACE: TEXT (also in OTHER and OTHER)`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.place.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}: {}", self.entity, self.place, self.text())?;
        match &*self.also_text() {
            "" => Ok(()),
            also => write!(f, " ({also})"),
        }
    }
}
