//! The properties that all sessions of a server share: its version, its commands and its limits.

use std::sync::{Arc, OnceLock};

use super::builtin::Builtin;
use super::commands::Commands;
use crate::json::MessageLimits;
use crate::record::{Features, Writer};
use crate::server::access::AccessControl;
use crate::server::events::EventQueueLimits;
use crate::server::limits::Limits;
use crate::server::observe::Observers;
use crate::server::output_style::OutputStyle;
use crate::server::policy::{Permissions, without_deprecated};
use crate::server::timeouts::Timeouts;
use crate::{CommandSpec, Version};

/// The server's schema. Generated code provides it.
#[derive(Debug)]
pub struct ServerSchema {
    /// The introspection data of the schema: a list, as JSON text.
    pub introspection: &'static str,
    /// The introspection data of the built-in commands that the schema does not define: the items of a list.
    pub builtins: &'static str,
}

impl ServerSchema {
    /// Returns the list of all entries.
    pub(in crate::server) fn all_entries(&self) -> String {
        let own = self.introspection.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or_default();
        let separator = if own.is_empty() || self.builtins.is_empty() { "" } else { ", " };
        format!("[{own}{separator}{}]", self.builtins)
    }
}

/// How the arguments of a command are read.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Reading {
    /// The maximum nesting.
    pub(in crate::server) depth: usize,
    /// Whether unknown arguments are skipped.
    pub(in crate::server) skip_unknown: bool,
}

/// What a server does with commands that the schema does not define.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum UnknownCommands {
    Refused,
    /// They have a handler, unless they are to be executed out of band.
    Handled,
    /// The session's driver takes them, and another program executes them.
    #[cfg(feature = "proxy")]
    PassedOn,
}

/// The properties that all sessions of a server share.
#[derive(Debug, Clone)]
pub(in crate::server) struct Protocol {
    pub(in crate::server) version: Version,
    pub(in crate::server) limits: Limits,
    pub(in crate::server) timeouts: Timeouts,
    pub(in crate::server) event_limits: EventQueueLimits,
    pub(in crate::server) access: AccessControl,
    pub(in crate::server) observers: Observers,
    /// Whether the server offers out-of-band execution. It then reads requests while a command runs.
    pub(in crate::server) offers_oob: bool,
    pub(in crate::server) style: OutputStyle,
    /// Whether there is a greeting and capabilities negotiation.
    pub(super) negotiates: bool,
    /// The reply to `query-qmp-schema`.
    introspection: Arc<str>,
    /// The same without what is deprecated, once it is needed.
    without_deprecated: OnceLock<Arc<str>>,
    pub(super) commands: Commands,
    pub(in crate::server) unknown_commands: UnknownCommands,
    /// The version in the greeting as JSON text, in place of [`version`](Self::version).
    pub(in crate::server) version_text: Option<Arc<[u8]>>,
    /// The names of the commands that ignore unknown arguments.
    pub(in crate::server) ignore_unknown: Vec<&'static str>,
}

impl Protocol {
    /// Creates the protocol of a server with these handlers. A handler of a built-in query replaces it.
    pub(in crate::server) fn new(
        handlers: impl Iterator<Item = &'static CommandSpec>,
        introspection: impl Into<Arc<str>>,
    ) -> Self {
        let number = |text: &str| text.parse().unwrap_or_default();
        let qemu = (
            number(env!("CARGO_PKG_VERSION_MAJOR")),
            number(env!("CARGO_PKG_VERSION_MINOR")),
            number(env!("CARGO_PKG_VERSION_PATCH")),
        );
        Self {
            version: Version { qemu, package: String::new() },
            limits: Limits::default(),
            timeouts: Timeouts::default(),
            event_limits: EventQueueLimits::default(),
            access: AccessControl::default(),
            observers: Observers::default(),
            offers_oob: true,
            style: OutputStyle::default(),
            negotiates: true,
            introspection: introspection.into(),
            without_deprecated: OnceLock::new(),
            commands: Commands::new(handlers),
            unknown_commands: UnknownCommands::Refused,
            version_text: None,
            ignore_unknown: Vec::new(),
        }
    }

    /// Announces commands that the schema does not define.
    pub(in crate::server) fn announce(&mut self, names: impl IntoIterator<Item = String>) {
        self.commands.announce(names);
    }

    /// Returns how the arguments of a command are read.
    pub(super) fn reading(&self, spec: &CommandSpec) -> Reading {
        Reading { depth: self.limits.messages.depth, skip_unknown: self.ignore_unknown.contains(&spec.name) }
    }

    /// Makes it the protocol of guest agents: without greeting, negotiation and built-in commands, in lines that end in LF.
    pub(in crate::server) fn become_guest_agent(&mut self) {
        self.negotiates = false;
        self.style.lf = true;
        self.commands.remove_builtins();
    }

    /// Leaves all commands to the driver of the session, except for the negotiation. They are unknown, and neither their
    /// arguments nor whether they allow out-of-band execution is checked.
    #[cfg(feature = "proxy")]
    pub(in crate::server) fn pass_on_commands(&mut self) {
        self.commands.remove_queries();
        self.unknown_commands = UnknownCommands::PassedOn;
    }

    /// Returns the commands that have a handler, sorted by name.
    pub(in crate::server) fn handled_commands(&self) -> Vec<&'static CommandSpec> {
        self.commands.handled()
    }

    /// Executes a built-in query: appends its return value.
    pub(super) fn query(&self, query: Builtin, permissions: &Permissions, out: &mut Writer) {
        match query {
            Builtin::Version => self.version.write(out),
            Builtin::QmpSchema => out.literal(self.introspection(permissions.snapshot().hidden())),
            Builtin::Commands => {
                out.literal("[");
                let names = self.commands.names().into_iter().filter(|name| !permissions.is_disabled(name));
                for (position, name) in names.enumerate() {
                    out.literal(if position == 0 { "{\"name\": " } else { ", {\"name\": " });
                    out.string(name);
                    out.literal("}");
                }
                out.literal("]");
            }
        }
    }

    /// Returns the reply to `query-qmp-schema`.
    fn introspection(&self, hidden: Features) -> &str {
        match hidden.and(Features::DEPRECATED) {
            Features::NONE => &self.introspection,
            _ => self.without_deprecated.get_or_init(|| without_deprecated(&self.introspection).into()),
        }
    }

    /// Returns the limits of messages before negotiation.
    pub(in crate::server) fn first_limits(&self) -> MessageLimits {
        let Limits { messages, unnegotiated, .. } = self.limits;
        if self.negotiates { MessageLimits { bytes: messages.bytes.min(unnegotiated), ..messages } } else { messages }
    }

    /// Appends the greeting, if there is one.
    pub(in crate::server) fn greet(&self, out: &mut Writer) {
        if !self.negotiates {
            return;
        }
        out.literal("{\"QMP\": {\"version\": ");
        match &self.version_text {
            Some(text) => out.bytes_mut().extend_from_slice(text),
            None => self.version.write(out),
        }
        out.literal(if self.offers_oob {
            ", \"capabilities\": [\"oob\"]}}\r\n"
        } else {
            ", \"capabilities\": []}}\r\n"
        });
    }
}
