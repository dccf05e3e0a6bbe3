//! Replies as they stand on the wire.

use crate::codec::canonical;
use crate::record::Writer;
use crate::{CommandSpec, Error, ErrorClass};

/// Begins a reply; the value is to be appended. Gives what [`conclude`] needs.
pub(crate) fn begin(out: &mut Writer) -> usize {
    let start = out.bytes_mut().len();
    out.literal("{\"return\": ");
    start
}

/// Ends the reply begun.
pub(crate) fn finish(out: &mut Writer, id: Option<&[u8]>) {
    if let Some(id) = id {
        out.literal(", \"id\": ");
        canonical(id, out);
    }
    out.literal("}\r\n");
}

/// Ends the reply begun at `start` as the command ended: its value has been appended, or takes the error's place.
pub(crate) fn conclude(
    out: &mut Writer,
    start: usize,
    spec: &CommandSpec,
    id: Option<&[u8]>,
    result: Result<(), Error>,
) {
    match result {
        Ok(()) if spec.success_response => finish(out, id),
        Ok(()) => out.bytes_mut().truncate(start),
        Err(failure) => {
            out.bytes_mut().truncate(start);
            error(out, id, &failure);
        }
    }
}

/// Appends a reply with an error. What a handler failed with that is no QMP error is a `GenericError`.
pub(crate) fn error(out: &mut Writer, id: Option<&[u8]>, error: &Error) {
    out.literal("{");
    if let Some(id) = id {
        out.literal("\"id\": ");
        canonical(id, out);
        out.literal(", ");
    }
    out.literal("\"error\": {\"class\": ");
    out.string(error.class().unwrap_or(&ErrorClass::GenericError).as_str());
    out.literal(", \"desc\": ");
    match error.desc() {
        Some(desc) => out.string(desc),
        None => out.string(&error.to_string()),
    }
    out.literal("}}\r\n");
}
