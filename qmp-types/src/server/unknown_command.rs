//! Commands that the schema does not define, and the handler of all of them.

use std::fmt;
use std::sync::Arc;

use super::Context;
use super::handler::{HandlerKind, StartedCommand};
use super::service::Service;
use super::session::{UNKNOWN_COMMAND, not_found};
use crate::record::{Field, Reader, Writer};
use crate::{Map, Result, Value};

/// A command that the schema does not define, for the handler of [`Server::fallback`](crate::Server::fallback).
pub struct UnknownCommand<'a> {
    arguments: Map<String, Value>,
    context: &'a Context,
}

/// The service of a server with a handler for unknown commands. All others it passes on.
pub(super) struct WithFallback<S, F> {
    pub(super) known: Arc<dyn Service>,
    pub(super) state: Arc<S>,
    pub(super) fallback: F,
}

impl UnknownCommand<'_> {
    /// Returns the name, as the client has sent it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.context.command_name()
    }

    /// Returns the arguments.
    #[must_use]
    pub fn arguments(&self) -> &Map<String, Value> {
        &self.arguments
    }

    /// Returns the context that a handler would receive.
    #[must_use]
    pub fn context(&self) -> &Context {
        self.context
    }
}

impl<S, F> Service for WithFallback<S, F>
where
    S: Send + Sync,
    F: Fn(&S, &UnknownCommand<'_>) -> Option<Result<Value>> + Send + Sync,
{
    fn start<'a>(
        &'a self,
        index: usize,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> StartedCommand<'a> {
        match index {
            UNKNOWN_COMMAND => start(arguments, context, out, |command| (self.fallback)(&self.state, command)),
            _ => self.known.start(index, arguments, context, out),
        }
    }

    fn kind(&self, index: usize) -> HandlerKind {
        if index == UNKNOWN_COMMAND { HandlerKind::Plain } else { self.known.kind(index) }
    }
}

/// Reads the arguments, calls the handler of unknown commands, and appends its return value.
pub(super) fn start<'a>(
    arguments: &mut Reader<'_>,
    context: &'a Context,
    out: &mut Writer,
    handle: impl FnOnce(&UnknownCommand<'_>) -> Option<Result<Value>>,
) -> StartedCommand<'a> {
    let mut read = Value::Null;
    if let Err(error) = arguments.value(&mut read) {
        return StartedCommand::Refused(error.into());
    }
    let arguments = if let Value::Object(arguments) = read { arguments } else { Map::new() };
    StartedCommand::Done(match handle(&UnknownCommand { arguments, context }) {
        Some(Ok(value)) => {
            value.write(out);
            Ok(())
        }
        Some(Err(error)) => Err(error),
        None => Err(not_found(context.command_name())),
    })
}

impl fmt::Debug for UnknownCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownCommand").field("name", &self.name()).field("arguments", &self.arguments).finish()
    }
}
