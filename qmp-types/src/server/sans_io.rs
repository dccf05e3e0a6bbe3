//! A server's dialogue without IO, for fuzz targets and tests.

use std::sync::Arc;

use super::connections::Connections;
use super::session::{Protocol, RequestDecoder, Session};
use super::waker_link::WakerLink;
use crate::server::Limits;

/// Returns the messages in a client's byte stream, which arrives in pieces, and the errors between them.
#[must_use]
pub fn decode_requests<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<Result<Vec<u8>, String>> {
    let mut decoder = RequestDecoder::new(Limits::default().messages);
    let mut decoded = Vec::new();
    for mut piece in pieces {
        while !piece.is_empty() {
            let space = decoder.space();
            let (now, later) = piece.split_at(piece.len().min(space.len()));
            space[..now.len()].copy_from_slice(now);
            decoder.received(now.len());
            while let Some(frame) = decoder.next() {
                decoded.push(frame.found.map(|()| decoder.message().text.trim_ascii_start().to_vec()));
            }
            piece = later;
        }
    }
    if let Some(frame) = decoder.finish() {
        decoded.push(frame.found.map(|()| decoder.message().text.trim_ascii_start().to_vec()));
    }
    decoded
}

/// Returns the output of a server that has the built-in commands only.
#[must_use]
pub fn reply_to<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<u8> {
    let protocol = Arc::new(Protocol::new(std::iter::empty(), "[]"));
    let mut session = Session::new(&protocol, &Arc::new(Connections::default()), Arc::new(WakerLink::default()));
    let mut output = Vec::new();
    for piece in pieces {
        session.receive(piece, Vec::new());
        assert!(session.next().is_none(), "there are no handlers");
        output.extend(session.take_output());
    }
    session.finish();
    assert!(session.next().is_none(), "there are no handlers");
    output.extend(session.take_output());
    output
}
