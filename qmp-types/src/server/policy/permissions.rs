//! What all sessions of a server permit now.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{PoisonError, RwLock};

use super::Policy;
use crate::record::{Features, Writer};
use crate::{CommandSpec, Error, Event};

/// The policy of a server, its disabled commands, and whether its machine is not initialised yet. It can change while the
/// server runs.
#[derive(Debug, Default)]
pub(in crate::server) struct Permissions {
    /// A [`Snapshot`].
    state: AtomicU8,
    /// The disabled commands, each with the reason.
    disabled: RwLock<HashMap<String, Cow<'static, str>>>,
}

/// What a server permits at one moment, for one command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::server) struct Snapshot(u8);

/// The bits of a snapshot: two for rejected features, two for hidden ones, and these.
const HIDDEN: u32 = 2;
const PRECONFIG: u8 = 1 << 4;
const SOME_DISABLED: u8 = 1 << 5;

impl Permissions {
    /// Returns what is permitted now.
    #[inline]
    pub(in crate::server) fn snapshot(&self) -> Snapshot {
        Snapshot(self.state.load(Ordering::Acquire))
    }

    pub(in crate::server) fn policy(&self) -> Policy {
        let now = self.snapshot();
        Policy { rejected: now.rejected(), hidden: now.hidden() }
    }

    pub(in crate::server) fn set_policy(&self, policy: Policy) {
        let bits = policy.rejected.0 | policy.hidden.0 << HIDDEN;
        self.update(|state| state & (PRECONFIG | SOME_DISABLED) | bits);
    }

    /// Sets whether the machine is not initialised yet. Returns whether that changed anything.
    pub(in crate::server) fn set_preconfig(&self, preconfig: bool) -> bool {
        let before = self.update(|state| if preconfig { state | PRECONFIG } else { state & !PRECONFIG });
        Snapshot(before).is_preconfig() != preconfig
    }

    /// Disables a command for a reason, which may be empty.
    pub(in crate::server) fn disable(&self, command: &str, reason: Cow<'static, str>) {
        let mut disabled = self.disabled.write().unwrap_or_else(PoisonError::into_inner);
        disabled.insert(command.to_owned(), reason);
        self.update(|state| state | SOME_DISABLED);
    }

    /// Enables a command that was disabled. Returns whether it was.
    pub(in crate::server) fn enable(&self, command: &str) -> bool {
        let mut disabled = self.disabled.write().unwrap_or_else(PoisonError::into_inner);
        let removed = disabled.remove(command);
        if disabled.is_empty() {
            self.update(|state| state & !SOME_DISABLED);
        }
        removed.is_some()
    }

    /// Returns whether the command of this name is disabled.
    pub(in crate::server) fn is_disabled(&self, command: &str) -> bool {
        self.snapshot().has_disabled()
            && self.disabled.read().unwrap_or_else(PoisonError::into_inner).contains_key(command)
    }

    /// Fails if the policy of a snapshot rejects a command, or if it is disabled. A command that is built in has no properties.
    #[cold]
    pub(in crate::server) fn check_command(
        &self,
        now: Snapshot,
        name: &str,
        command: Option<&CommandSpec>,
    ) -> Result<(), Error> {
        if let Some(command) = command {
            now.check_policy(command)?;
        }
        self.check_enabled(name)
    }

    /// Fails if a command is disabled.
    fn check_enabled(&self, command: &str) -> Result<(), Error> {
        let disabled = self.disabled.read().unwrap_or_else(PoisonError::into_inner);
        match disabled.get(command).map(|reason| &**reason) {
            None => Ok(()),
            Some("") => Err(Error::command_not_found(format!("Command {command} has been disabled"))),
            Some(reason) => Err(Error::command_not_found(format!("Command {command} has been disabled: {reason}"))),
        }
    }

    /// Returns the data of an event, or `None` if it is not to be sent: because the policy hides it, or because it does not
    /// fit the schema, which is logged.
    pub(in crate::server) fn event_data<E: Event>(&self, event: &E) -> Option<Vec<u8>> {
        let hidden = self.snapshot().hidden();
        if !hidden.and(const { Features::new(E::DEPRECATED, E::UNSTABLE) }).is_empty() {
            return None;
        }
        let mut data = Writer::new().hide(hidden);
        event.write(&mut data);
        match data.take_invalid() {
            None => Some(data.into_bytes()),
            Some(invalid) => {
                tracing::error!(
                    event = E::NAME,
                    invalid,
                    "the data of an event does not fit the schema: it is not sent"
                );
                None
            }
        }
    }

    fn update(&self, change: impl Fn(u8) -> u8) -> u8 {
        let update = self.state.fetch_update(Ordering::AcqRel, Ordering::Acquire, |state| Some(change(state)));
        update.unwrap_or_else(|state| state)
    }
}

impl Snapshot {
    /// Returns whether every command and everything in it is permitted.
    #[inline]
    pub(in crate::server) fn is_unrestricted(self) -> bool {
        self.0 == 0
    }

    /// Returns the features of commands, members and values that are rejected.
    #[inline]
    pub(in crate::server) fn rejected(self) -> Features {
        Features(self.0).and(Features::BOTH)
    }

    /// Returns the features of members and events that are hidden.
    #[inline]
    pub(in crate::server) fn hidden(self) -> Features {
        Features(self.0 >> HIDDEN).and(Features::BOTH)
    }

    /// Returns whether the machine is not initialised yet.
    #[inline]
    pub(in crate::server) fn is_preconfig(self) -> bool {
        self.0 & PRECONFIG != 0
    }

    /// Returns whether any command is disabled.
    #[inline]
    fn has_disabled(self) -> bool {
        self.0 & SOME_DISABLED != 0
    }

    /// Fails if the policy rejects the command.
    fn check_policy(self, command: &CommandSpec) -> Result<(), Error> {
        match Features::new(command.deprecated, command.unstable).and(self.rejected()) {
            Features::NONE => Ok(()),
            features => {
                let description = format!("{} command {} disabled by policy", features.word(), command.name);
                Err(Error::command_not_found(description))
            }
        }
    }

    /// Fails if the machine is not initialised yet and the command needs it. Those that are built in do not.
    #[cold]
    pub(in crate::server) fn check_phase(self, command: Option<&CommandSpec>) -> Result<(), Error> {
        let Some(command) = command.filter(|command| !command.allow_preconfig && self.is_preconfig()) else {
            return Ok(());
        };
        let name = command.name;
        let description = format!("The command '{name}' is permitted only after machine initialization has completed");
        Err(Error::generic(description))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{InputPolicy, OutputPolicy};
    use super::*;

    fn text(result: Result<(), Error>) -> String {
        result.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_parts_of_the_state_do_not_disturb_each_other() {
        let permissions = Permissions::default();
        assert!(permissions.snapshot().is_unrestricted());
        let policy = Policy::default().unstable_input(InputPolicy::Reject).deprecated_output(OutputPolicy::Hide);
        permissions.set_policy(policy);
        assert_eq!(permissions.policy(), policy);
        permissions.disable("stop", "".into());
        assert!(permissions.set_preconfig(true) && !permissions.set_preconfig(true));
        assert_eq!(permissions.policy(), policy);
        permissions.set_policy(Policy::default());
        let now = permissions.snapshot();
        assert!(now.is_preconfig() && now.has_disabled() && !now.is_unrestricted());
        assert!(permissions.enable("stop") && !permissions.enable("stop"));
        assert!(permissions.set_preconfig(false) && !permissions.set_preconfig(false));
        assert!(permissions.snapshot().is_unrestricted());
    }

    #[test]
    fn disabled_commands_have_a_reason() {
        let permissions = Permissions::default();
        permissions.disable("stop", "".into());
        permissions.disable("cont", "the agent is frozen".into());
        assert_eq!(text(permissions.check_enabled("stop")), "CommandNotFound: Command stop has been disabled");
        let frozen = "CommandNotFound: Command cont has been disabled: the agent is frozen";
        assert_eq!(text(permissions.check_enabled("cont")), frozen);
        assert_eq!(text(permissions.check_enabled("quit")), "");
        permissions.enable("stop");
        assert!(permissions.snapshot().has_disabled());
    }

    #[test]
    fn commands_are_rejected_by_their_features() {
        let both = CommandSpec::new("a", "").deprecated().unstable();
        let rejects = |policy| {
            let permissions = Permissions::default();
            permissions.set_policy(policy);
            text(permissions.snapshot().check_policy(&both))
        };
        let policy = Policy::default();
        assert_eq!(rejects(policy.deprecated_output(OutputPolicy::Hide).unstable_output(OutputPolicy::Hide)), "");
        let unstable = policy.unstable_input(InputPolicy::Reject);
        assert_eq!(rejects(unstable), "CommandNotFound: Unstable command a disabled by policy");
        let deprecated = unstable.deprecated_input(InputPolicy::Reject);
        assert_eq!(rejects(deprecated), "CommandNotFound: Deprecated command a disabled by policy");
    }
}
