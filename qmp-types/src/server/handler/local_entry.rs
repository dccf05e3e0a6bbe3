//! The command table of a state that stays on one thread.

use std::fmt;

use super::{HandleMut, StartedCommand, start};
use crate::command::{Command, CommandSpec};
use crate::record::{Reader, Writer};
use crate::server::Context;

/// A row of the command table of a state that stays on one thread.
pub struct LocalEntry<S> {
    pub(in crate::server) spec: &'static CommandSpec,
    pub(in crate::server) start: for<'a> fn(&'a mut S, &mut Reader<'_>, &'a Context, &mut Writer) -> StartedCommand<'a>,
}

impl<S> LocalEntry<S> {
    /// Creates the row of the command `C`.
    #[must_use]
    pub const fn of<C: Command>() -> Self
    where
        S: HandleMut<C>,
    {
        Self {
            spec: C::SPEC,
            start: |state, reader, context, out| {
                start(reader, out, |arguments| HandleMut::<C>::handle_mut(state, arguments, context))
            },
        }
    }
}

impl<S> fmt::Debug for LocalEntry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalEntry").field("spec", self.spec).finish_non_exhaustive()
    }
}
