//! Replies as they are sent.

use crate::json::canonical;
use crate::record::Writer;
use crate::{CommandSpec, Error, ErrorClass};

/// Begins a success reply, to which the caller appends the return value. Returns the position that [`conclude`] takes.
pub(in crate::server) fn begin(out: &mut Writer) -> usize {
    let start = out.bytes_mut().len();
    out.literal("{\"return\": ");
    start
}

/// Ends a success reply after its return value.
pub(in crate::server) fn finish(out: &mut Writer, id: Option<&[u8]>) {
    if let Some(id) = id {
        out.literal(", \"id\": ");
        canonical(id, out);
    }
    out.literal("}\r\n");
}

/// Ends the reply begun at `start`: after the return value, or as an error reply in its place.
pub(in crate::server) fn conclude(
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

/// Appends an error reply. An error without a QMP class, such as an IO error of a handler, becomes a `GenericError`.
pub(in crate::server) fn error(out: &mut Writer, id: Option<&[u8]>, error: &Error) {
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
