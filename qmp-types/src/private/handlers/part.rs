//! Makes the handlers of a part those of the state that has it.

use crate::Command;
use crate::server::{Context, Handle, HandlerKind, Outcome};

/// A part of a state, with its handler of the command `C`.
///
/// What it needs of the handler it keeps in its fields, so that a part without a handler is one error, of [`part_of`].
#[derive(Debug)]
pub struct PartOf<C: Command, Owner, Part> {
    find: fn(&Owner) -> &Part,
    handle: for<'a> fn(&'a Part, C::Arguments, &'a Context) -> Outcome<'a, C>,
    /// How the handler runs. If the part is a lock, its handlers run in another way than those of what it locks.
    pub kind: HandlerKind,
}

/// Creates the part that `find` returns of its owner.
#[must_use]
pub const fn part_of<C: Command, Owner, Part: Handle<C>>(find: fn(&Owner) -> &Part) -> PartOf<C, Owner, Part> {
    PartOf { find, handle: Handle::<C>::handle, kind: Part::KIND }
}

impl<C: Command, Owner, Part> PartOf<C, Owner, Part> {
    /// Calls the handler.
    pub fn handle<'a>(&self, owner: &'a Owner, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C>
    where
        Part: 'a,
    {
        (self.handle)((self.find)(owner), arguments, context)
    }
}
