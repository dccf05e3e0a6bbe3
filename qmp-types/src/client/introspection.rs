//! What a server supports, by its own introspection.

mod index;

use std::fmt;

use serde_json::Value;

use self::index::{Definitions, Index};
use crate::command::{Command, Definition, MetaType};
use crate::{Error, Result};

/// What a server supports: the commands, events and arguments that it reports itself.
///
/// A client asks once per connection, when one of its methods needs it: `supports`, `supports_argument`, `is_deprecated`
/// or `introspection`.
///
/// ```no_run
/// # fn example(vm: qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// let server = vm.introspection()?;
/// if !server.has_command("announce-self") {
///     println!("a server of {} commands", server.commands().count());
/// }
/// if server.has_argument("blockdev-add", "discard") { /* ... */ }
/// # Ok(())
/// # }
/// ```
///
/// A guest agent reports the names of its commands, and which are enabled. It reports neither arguments nor events nor what
/// is deprecated.
pub struct Introspection {
    definitions: Definitions,
}

impl Introspection {
    /// The command that a server is asked with.
    pub(super) fn query(is_guest_agent: bool) -> &'static str {
        if is_guest_agent { "guest-info" } else { "query-qmp-schema" }
    }

    /// Reads the answer to [`query`](Self::query).
    ///
    /// # Errors
    /// If it is not what the query returns.
    pub(super) fn read(is_guest_agent: bool, answer: &Value) -> Result<Self> {
        let definitions = match is_guest_agent {
            true => Definitions::of_guest_info(answer),
            false => Index::of_introspection(answer).map(Definitions::Introspected),
        };
        let query = Self::query(is_guest_agent);
        let unreadable = || Error::protocol(format!("the reply to `{query}` does not list what the server supports"));
        Ok(Self { definitions: definitions.ok_or_else(unreadable)? })
    }

    /// Returns whether the server has a command or an event, given by its generated type.
    #[must_use]
    pub fn supports<D: Definition>(&self) -> bool {
        match D::META_TYPE {
            MetaType::Command => self.has_command(D::NAME),
            MetaType::Event => self.has_event(D::NAME),
        }
    }

    /// Returns whether the server has an argument of a command: see [`has_argument`](Self::has_argument).
    #[must_use]
    pub fn supports_argument<C: Command>(&self, path: &str) -> bool {
        self.has_argument(C::SPEC.name, path)
    }

    /// Returns whether a command or an event is deprecated on this server.
    #[must_use]
    pub fn is_deprecated<D: Definition>(&self) -> bool {
        self.has_feature::<D>("deprecated")
    }

    /// Returns whether a command or an event has a special feature on this server, such as `unstable` or
    /// `allow-write-only-overlay`.
    #[must_use]
    pub fn has_feature<D: Definition>(&self, feature: &str) -> bool {
        self.definitions.introspected().is_some_and(|index| index.has_feature(D::META_TYPE, D::NAME, feature))
    }

    /// Returns whether the server has a command of this name. A command that a guest agent has disabled does not count.
    #[must_use]
    pub fn has_command(&self, name: &str) -> bool {
        match &self.definitions {
            Definitions::Introspected(index) => index.has(MetaType::Command, name),
            Definitions::GuestAgent(names) => names.contains(name),
        }
    }

    /// Returns whether the server has an event of this name. A guest agent has none.
    #[must_use]
    pub fn has_event(&self, name: &str) -> bool {
        self.definitions.introspected().is_some_and(|index| index.has(MetaType::Event, name))
    }

    /// Returns whether a command has an argument of this name, in any branch of a union. A path with dots, such as
    /// `file.locking`, names a member of a nested object or of the items of a list. `false` for a guest agent, which
    /// [does not report](Self::reports_arguments) that.
    #[must_use]
    pub fn has_argument(&self, command: &str, path: &str) -> bool {
        self.definitions.introspected().is_some_and(|index| index.find_argument(command, path).is_some())
    }

    /// Returns whether an argument is deprecated on this server. For the path see [`has_argument`](Self::has_argument).
    #[must_use]
    pub fn is_argument_deprecated<C: Command>(&self, path: &str) -> bool {
        let found = self.definitions.introspected().and_then(|index| index.find_argument(C::SPEC.name, path));
        found.is_some_and(|member| member.has_feature("deprecated"))
    }

    /// Returns whether the server reports arguments, events and features. A guest agent does not.
    #[must_use]
    pub fn reports_arguments(&self) -> bool {
        self.definitions.introspected().is_some()
    }

    /// Returns the names of the commands, in no certain order.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        let introspected = self.definitions.introspected().into_iter().flat_map(|index| index.names(MetaType::Command));
        let reported = match &self.definitions {
            Definitions::GuestAgent(names) => Some(names.iter().map(|name| &**name)),
            Definitions::Introspected(_) => None,
        };
        introspected.chain(reported.into_iter().flatten())
    }

    /// Returns the names of the events, in no certain order.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.definitions.introspected().into_iter().flat_map(|index| index.names(MetaType::Event))
    }

    /// [`supports_argument`](Self::supports_argument), for a client.
    ///
    /// # Errors
    /// If the server does not report arguments.
    pub(super) fn check_argument<C: Command>(&self, path: &str) -> Result<bool> {
        if self.reports_arguments() {
            return Ok(self.supports_argument::<C>(path));
        }
        let text = format!(
            "whether `{}` has the argument `{path}` is unknown: a guest agent reports only the names of its commands",
            C::SPEC.name
        );
        Err(Error::protocol(text).in_call(C::SPEC.name, None))
    }
}

impl fmt::Debug for Introspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introspection")
            .field("commands", &self.commands().count())
            .field("events", &self.events().count())
            .finish_non_exhaustive()
    }
}
