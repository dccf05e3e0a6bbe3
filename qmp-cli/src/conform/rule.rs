//! A rule of the protocol: data that the report shows, and the probe that tries it.

use std::fmt;

use super::finding::Probed;
use super::flavour::Flavour;
use super::target::Target;

/// A rule that a server has to keep.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    /// The name, `group/rule`.
    pub(crate) id: &'static str,
    /// What a server does that keeps the rule, as a sentence without its subject: "greets each client".
    pub(crate) duty: &'static str,
    /// Why the rule exists: one sentence.
    pub(crate) reason: &'static str,
    pub(crate) spec: Spec,
    pub(crate) class: Class,
    pub(crate) flavour: Option<Flavour>,
    /// Whether the probe could disturb a server in use: it floods the server or fills its queue.
    pub(crate) is_invasive: bool,
    /// The rules without which a failure of this one would say nothing.
    pub(crate) needs: &'static [&'static str],
    pub(crate) probe: fn(&Target) -> Probed,
}

/// The place of a rule in QEMU's published documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spec {
    /// A section of the QMP specification.
    Qmp(&'static str),
    /// A section of the documentation of QAPI.
    Qapi(&'static str),
}

/// The weight of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// All servers owe it to their clients. A server that breaks it fails.
    Protocol,
    /// QEMU does so, and some clients rely on it. A server that does not gets a warning.
    Compat,
}

impl Rule {
    /// The defaults of a rule of both flavours, which most rules have.
    pub(super) const BOTH: Self = Self {
        id: "",
        duty: "",
        reason: "",
        spec: Spec::Qmp(""),
        class: Class::Protocol,
        flavour: None,
        is_invasive: false,
        needs: &[],
        probe: |_| Ok(()),
    };

    /// The defaults of a rule of servers that negotiate.
    pub(super) const MONITOR: Self = Self { flavour: Some(Flavour::Monitor), ..Self::BOTH };

    /// The defaults of a rule of guest agents.
    pub(super) const AGENT: Self = Self { flavour: Some(Flavour::Agent), ..Self::BOTH };

    /// The first part of the id.
    pub(crate) fn group(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(group, _)| group)
    }

    pub(crate) fn applies_to(&self, flavour: Flavour) -> bool {
        self.flavour.is_none_or(|only| only == flavour)
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Qmp(section) => write!(f, "QMP specification, \"{section}\""),
            Self::Qapi(section) => write!(f, "QAPI documentation, \"{section}\""),
        }
    }
}

impl Class {
    /// The name in the report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Protocol => "protocol",
            Self::Compat => "compat",
        }
    }
}
