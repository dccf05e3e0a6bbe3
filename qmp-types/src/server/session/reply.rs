//! Formats replies.

use super::canonical::canonical;
use crate::record::Writer;
use crate::server::service::Ended;
use crate::{CommandSpec, Error, ErrorClass};

/// Begins a success reply, to which the caller appends the return value. Returns the position of the reply's first byte.
pub(super) fn begin(out: &mut Writer) -> usize {
    let start = out.bytes_mut().len();
    out.literal("{\"return\": ");
    start
}

/// Ends a success reply after its return value.
pub(super) fn finish(out: &mut Writer, id: Option<&[u8]>) {
    if let Some(id) = id {
        out.literal(", \"id\": ");
        canonical(id, out);
    }
    out.literal("}\r\n");
}

/// Ends the reply begun at `start`: after the return value, or as an error reply in its place. A command without
/// success response has no reply if it succeeds.
pub(super) fn conclude(out: &mut Writer, start: usize, id: Option<&[u8]>, spec: &CommandSpec, ended: &Ended) {
    match ended {
        Ended::Returned if spec.success_response => finish(out, id),
        Ended::Returned => out.bytes_mut().truncate(start),
        Ended::Failed(failed) | Ended::Refused(failed) => {
            out.bytes_mut().truncate(start);
            error(out, id, failed);
        }
    }
}

/// Puts the byte 0xFF in front of the reply begun at `start`, if it is a success reply.
pub(super) fn delimit(out: &mut Writer, start: usize, ended: &Ended) {
    let out = out.bytes_mut();
    if matches!(ended, Ended::Returned) && out.len() > start {
        out.insert(start, 0xFF);
    }
}

/// Appends an error reply. An error without a QMP class, such as an IO error of a handler, becomes a `GenericError`.
pub(super) fn error(out: &mut Writer, id: Option<&[u8]>, error: &Error) {
    error_text(out, id, |out| {
        out.literal("{\"class\": ");
        out.string(error.class().unwrap_or(&ErrorClass::GenericError).as_str());
        out.literal(", \"desc\": ");
        match error.desc() {
            Some(desc) => out.string(desc),
            None => out.string(&error.to_string()),
        }
        out.literal("}");
    });
}

/// Appends an error reply, with the error as `text` writes it.
pub(super) fn error_text(out: &mut Writer, id: Option<&[u8]>, text: impl FnOnce(&mut Writer)) {
    out.literal("{");
    if let Some(id) = id {
        out.literal("\"id\": ");
        canonical(id, out);
        out.literal(", ");
    }
    out.literal("\"error\": ");
    text(out);
    out.literal("}\r\n");
}
