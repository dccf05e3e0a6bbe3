//! A command that takes a descriptor back when its owner is dropped.

use serde_json::Value;

use crate::Result;

/// A client that sends a command without waiting for the reply.
pub trait Post {
    /// Sends a command whose reply is dropped.
    fn post(&self, name: &str, arguments: &Value) -> Result<()>;
}

/// A command that is sent on drop, if that is enabled.
pub(super) struct Cleanup<C: Post> {
    pub(super) vm: C,
    pub(super) command: &'static str,
    pub(super) arguments: Value,
    enabled: bool,
}

impl<C: Post> Cleanup<C> {
    pub(super) fn new(vm: C, command: &'static str, arguments: Value) -> Self {
        Self { vm, command, arguments, enabled: false }
    }

    pub(super) fn enable(&mut self) {
        self.enabled = true;
    }

    /// Returns the command to execute now, instead of on drop.
    pub(super) fn now(&mut self) -> (&C, &'static str, &Value) {
        self.enabled = false;
        (&self.vm, self.command, &self.arguments)
    }
}

impl<C: Post> Drop for Cleanup<C> {
    fn drop(&mut self) {
        if self.enabled
            && let Err(error) = self.vm.post(self.command, &self.arguments)
        {
            tracing::debug!(command = self.command, %error, "a descriptor was not taken back");
        }
    }
}
