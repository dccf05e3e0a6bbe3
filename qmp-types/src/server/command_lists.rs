//! Lists of commands that are disabled together.

use std::fmt;
use std::sync::{Arc, Weak};

use super::connections::Connections;
use super::{Context, Server};

/// The reason that clients are given for a blocked command.
const NOT_ALLOWED: &str = "the command is not allowed";

/// Commands that [`Context::disable_commands_except`] has disabled. When dropped, it enables them.
#[must_use = "the commands are enabled when this is dropped"]
pub struct DisabledCommands {
    server: Weak<Connections>,
    names: Vec<&'static str>,
}

impl<S> Server<S> {
    /// Disables commands from the start, as the option `--block-rpcs` of QEMU's guest agent does. Clients are told that
    /// they are not allowed. Names that no command has are ignored.
    #[must_use]
    pub fn block_commands<N: AsRef<str>>(self, names: impl IntoIterator<Item = N>) -> Self {
        names.into_iter().fold(self, |server, name| server.disable(name.as_ref(), NOT_ALLOWED))
    }

    /// Disables all commands from the start but these, as the option `--allow-rpcs` of QEMU's guest agent does. Clients
    /// are told that the others are not allowed. Built-in commands stay enabled. Names that no command has are ignored.
    ///
    /// ```
    /// # fn example(agent: qmp_types::Server<()>) -> qmp_types::Server<()> {
    /// agent.guest_agent().allow_commands(["guest-ping", "guest-info", "guest-get-time"])
    /// # }
    /// ```
    #[must_use]
    pub fn allow_commands<N: AsRef<str>>(self, names: impl IntoIterator<Item = N>) -> Self {
        let allowed: Vec<N> = names.into_iter().collect();
        let all = self.handled_commands().into_iter().map(|command| command.name);
        let others: Vec<&str> = all.filter(|name| !allowed.iter().any(|allowed| allowed.as_ref() == *name)).collect();
        self.block_commands(others)
    }
}

impl Context {
    /// Disables all commands that have a handler but these, until the returned value is dropped. Clients are told the
    /// reason. It skips commands that are disabled already, so that they stay so afterwards.
    ///
    /// A guest agent does so while file systems are frozen:
    ///
    /// ```
    /// use std::sync::Mutex;
    ///
    /// use qmp_types::Context;
    /// use qmp_types::server::DisabledCommands;
    ///
    /// struct Agent {
    ///     frozen: Mutex<Option<DisabledCommands>>,
    /// }
    ///
    /// impl Agent {
    ///     fn freeze(&self, cx: &Context) {
    ///         let safe = ["guest-ping", "guest-fsfreeze-status", "guest-fsfreeze-thaw"];
    ///         let disabled = cx.disable_commands_except(safe, "the agent is in frozen state");
    ///         *self.frozen.lock().unwrap() = Some(disabled);
    ///     }
    ///
    ///     fn thaw(&self) {
    ///         *self.frozen.lock().unwrap() = None;
    ///     }
    /// }
    /// ```
    pub fn disable_commands_except<N: AsRef<str>>(
        &self,
        names: impl IntoIterator<Item = N>,
        reason: &str,
    ) -> DisabledCommands {
        let kept: Vec<N> = names.into_iter().collect();
        let is_kept = |name: &str| kept.iter().any(|kept| kept.as_ref() == name);
        let others = self.commands().into_iter().filter(|command| command.is_enabled && !is_kept(command.spec.name));
        let names: Vec<_> = others.map(|command| command.spec.name).collect();
        for name in &names {
            self.server().permissions.disable(name, reason.to_owned().into());
        }
        DisabledCommands { server: Arc::downgrade(self.server()), names }
    }
}

impl Drop for DisabledCommands {
    fn drop(&mut self) {
        if let Some(server) = self.server.upgrade() {
            for name in &self.names {
                server.permissions.enable(name);
            }
        }
    }
}

impl fmt::Debug for DisabledCommands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DisabledCommands").field("names", &self.names).finish_non_exhaustive()
    }
}
