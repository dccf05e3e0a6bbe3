//! A server's dialogue without IO, for fuzz targets and tests.

use super::session::{Frame, Protocol, RequestDecoder, ServerSchema, Session};
use crate::record::Writer;
use crate::server::Limits;

/// Returns the messages in a client's byte stream, which arrives in pieces, and the errors between them.
#[must_use]
pub fn decode_requests<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<Result<Vec<u8>, String>> {
    let mut decoded = Vec::new();
    for_each_frame(pieces, |frame| decoded.push(frame.message.map(|message| message.text.trim_ascii_start().to_vec())));
    decoded
}

/// Returns the replies of a server that has the built-in commands only.
#[must_use]
pub fn reply_to<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<u8> {
    let protocol = Protocol::new(std::iter::empty(), &ServerSchema { introspection: "[]", builtins: "" });
    let (mut session, mut out) = (Session::default(), Writer::new());
    for_each_frame(pieces, |frame| _ = session.handle_frame(&protocol, frame, &mut out));
    out.into_bytes()
}

fn for_each_frame<'p>(pieces: impl IntoIterator<Item = &'p [u8]>, mut handle: impl FnMut(Frame<'_>)) {
    let mut decoder = RequestDecoder::new(Limits::default().messages);
    for mut piece in pieces {
        while !piece.is_empty() {
            let space = decoder.space();
            let (now, later) = piece.split_at(piece.len().min(space.len()));
            space[..now.len()].copy_from_slice(now);
            decoder.received(now.len());
            while let Some(frame) = decoder.next() {
                handle(frame);
            }
            piece = later;
        }
    }
    if let Some(frame) = decoder.finish() {
        handle(frame);
    }
}
