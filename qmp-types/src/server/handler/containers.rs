//! States behind locks, cells and reference counts: they have the handlers of what is in them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use super::{Handle, HandleMut, HandlerKind, InBand, Inner, Outcome, ReturnValue};
use crate::command::Command;
use crate::error::Error;
use crate::server::Context;
use crate::server::block_on::block_on;
use crate::sync::lock;

/// The lock is held until the command is done, also after a handler has panicked while it held the lock.
impl<C: InBand, S: HandleMut<C> + Send + ?Sized> Handle<C> for Mutex<S> {
    /// However short the handler is, another one may hold the lock.
    const KIND: HandlerKind = HandlerKind::Plain;

    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        lock(self).handle_mut(arguments, context).finish()
    }
}

/// The state is borrowed until the command is done. If it is borrowed already, the command fails.
impl<C: Command, S: HandleMut<C> + ?Sized> Handle<C> for RefCell<S> {
    const KIND: HandlerKind = HandlerKind::Plain;

    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        match self.try_borrow_mut() {
            Ok(mut state) => state.handle_mut(arguments, context).finish(),
            Err(_) => {
                Outcome::ready(Err(Error::generic(format!("The command {} finds its state in use", C::SPEC.name))))
            }
        }
    }
}

impl<C: Command, S: Handle<C> + ?Sized> Handle<C> for Arc<S> {
    const KIND: HandlerKind = S::KIND;

    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        (**self).handle(arguments, context)
    }
}

impl<C: Command, S: Handle<C> + ?Sized> Handle<C> for Box<S> {
    const KIND: HandlerKind = S::KIND;

    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        (**self).handle(arguments, context)
    }
}

impl<C: Command, S: Handle<C> + ?Sized> Handle<C> for Rc<S> {
    const KIND: HandlerKind = S::KIND;

    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        (**self).handle(arguments, context)
    }
}

impl<C: Command> Outcome<'_, C> {
    /// Executes the command to its end.
    fn finish<'b>(self) -> Outcome<'b, C> {
        match self.0 {
            Inner::Ready(result) => Outcome::ready(result),
            Inner::Future(future) => Outcome::finished(block_on(future)),
            Inner::Blocking(run) => Outcome::finished(run()),
        }
    }

    /// Creates the outcome of a command that is done, from the return value without its type.
    fn finished(value: Result<ReturnValue, Error>) -> Self {
        Self(Inner::Blocking(Box::new(|| value)))
    }
}
