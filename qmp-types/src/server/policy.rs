//! The policy of a server on the deprecated and unstable parts of its schema, and the commands that it executes now.
//!
//! [`Policy`] is the user's choice. [`Permissions`] holds it together with the disabled commands and the state before machine
//! initialisation, for all sessions of a server. It is read once for each command, from one atomic.

mod introspection;
mod parse;
mod permissions;

pub(super) use introspection::without_deprecated;
pub use parse::InvalidPolicy;
pub(super) use permissions::{Permissions, Snapshot};

use crate::record::Features;

/// What a server does with the parts of its schema that have the features `deprecated` and `unstable`.
///
/// It is what QEMU's option `-compat` sets, and is meant for tests: of clients that must not use what is deprecated, or that
/// must not depend on what is unstable. Default: everything is accepted and shown.
///
/// A policy is set at the start with [`Server::policy`](crate::Server::policy), and while the server runs with
/// [`ServerHandle::set_policy`](crate::ServerHandle::set_policy). It can be written like QEMU's option, too:
///
/// ```
/// use qmp_types::server::{InputPolicy, OutputPolicy, Policy};
///
/// let policy = Policy::default().deprecated_input(InputPolicy::Reject).unstable_output(OutputPolicy::Hide);
/// assert_eq!("deprecated-input=reject,unstable-output=hide".parse(), Ok(policy));
/// assert_eq!(policy.to_string(), "deprecated-input=reject,unstable-output=hide");
/// ```
///
/// # Input
///
/// With [`InputPolicy::Reject`], the server answers a command that has the feature with `CommandNotFound`, and arguments that
/// contain a member or an enumeration's value that has it, at any depth, with an error that names it. A required member that
/// has the feature cannot be satisfied. While a policy rejects anything, arguments are read twice.
///
/// # Output
///
/// With [`OutputPolicy::Hide`], members that have the feature are left out of return values and events, required ones too.
/// Events that have it are not sent. Values of enumerations are never hidden. If deprecated output is hidden, so is what is
/// deprecated in the reply to `query-qmp-schema`: commands, events and members. Like QEMU, the server shows there what is
/// unstable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// The features of commands, members and values that are rejected.
    rejected: Features,
    /// The features of members and events that are hidden.
    hidden: Features,
}

/// The policy on commands, arguments and values that clients send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputPolicy {
    /// Accept them.
    #[default]
    Accept,
    /// Reject them with an error.
    Reject,
}

/// The policy on events and on members of return values and events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutputPolicy {
    /// Send them.
    #[default]
    Accept,
    /// Leave them out.
    Hide,
}

impl Policy {
    /// Sets the policy on what is deprecated and comes from clients.
    #[must_use]
    pub const fn deprecated_input(self, policy: InputPolicy) -> Self {
        self.input(Features::DEPRECATED, policy)
    }

    /// Sets the policy on what is deprecated and goes to clients.
    #[must_use]
    pub const fn deprecated_output(self, policy: OutputPolicy) -> Self {
        self.output(Features::DEPRECATED, policy)
    }

    /// Sets the policy on what is unstable and comes from clients.
    #[must_use]
    pub const fn unstable_input(self, policy: InputPolicy) -> Self {
        self.input(Features::UNSTABLE, policy)
    }

    /// Sets the policy on what is unstable and goes to clients.
    #[must_use]
    pub const fn unstable_output(self, policy: OutputPolicy) -> Self {
        self.output(Features::UNSTABLE, policy)
    }

    const fn input(self, features: Features, policy: InputPolicy) -> Self {
        Self { rejected: self.rejected.set(features, matches!(policy, InputPolicy::Reject)), ..self }
    }

    const fn output(self, features: Features, policy: OutputPolicy) -> Self {
        Self { hidden: self.hidden.set(features, matches!(policy, OutputPolicy::Hide)), ..self }
    }
}
