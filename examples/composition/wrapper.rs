//! A wrapper of any machine. It has a handler for every command that the machine handles.

use qmp_types::server::HandlerKind;
use qmp_types::{Command, Context, Error, Handle, Outcome};

/// A machine that only answers queries.
pub(crate) struct ReadOnly<M>(pub(crate) M);

impl<C: Command, M: Handle<C>> Handle<C> for ReadOnly<M> {
    const KIND: HandlerKind = M::KIND;

    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        if !C::SPEC.name.starts_with("query-") {
            return Outcome::ready(Err(Error::generic(format!("{} would change the machine", C::SPEC.name))));
        }
        self.0.handle(arguments, context)
    }
}
