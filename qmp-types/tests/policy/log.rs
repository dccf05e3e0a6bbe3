//! What is logged of values that do not fit the schema.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Collects errors, with their fields.
#[derive(Clone, Default)]
struct Errors(Arc<Mutex<String>>);

impl Subscriber for Errors {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::ERROR
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = String::new();
        event.record(&mut Fields(&mut fields));
        *self.0.lock().expect("not poisoned") += &format!("{fields}\n");
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}: {value:?}; ", field.name()).expect("a string takes everything");
    }
}

/// Returns the errors that are logged meanwhile by this thread.
pub(crate) fn errors_of(run: impl FnOnce()) -> String {
    let errors = Errors::default();
    tracing::subscriber::with_default(errors.clone(), run);
    let text = errors.0.lock().expect("not poisoned");
    text.clone()
}
