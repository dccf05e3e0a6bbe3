//! The way of a request: from a client to the server, and of its reply back.

use super::calls::{Calls, ClientRequest, Ended, ToSend};
use super::server_link::{Request, ServerLink};
use super::server_side::{GUEST_SYNC, ServerSide};
use super::settings::Settings;
use crate::client::{Id, RawError, RawMessage};
use crate::server::PendingRequest;
use crate::{Error, Server};

/// Admits a request of a client. Returns whether it will be answered later.
pub(super) fn admit(
    calls: &mut Calls<PendingRequest>,
    server: &mut ServerSide,
    settings: &Settings,
    client: u64,
    request: PendingRequest,
) -> bool {
    let offers_oob = server.offers_oob();
    let Some(link) = server.link() else {
        let reason = not_connected(&request);
        request.fail(&Error::generic(reason));
        return false;
    };
    if request.is_oob() {
        if offers_oob {
            push(link, calls.add_out_of_band(client, request));
        } else {
            request.fail(&Error::generic("The server does not offer out-of-band execution any more"));
        }
        return offers_oob;
    }
    let takes_fd = settings.fd_commands.iter().any(|name| name == request.name());
    let fd = if takes_fd { request.context().take_fd() } else { None };
    if takes_fd && fd.is_none() && calls.has_stray_fd() {
        // The server would take the descriptor of another client.
        request.fail(&Error::generic("No file descriptor supplied via SCM_RIGHTS"));
        return false;
    }
    calls.add(client, request, fd);
    true
}

pub(super) fn not_connected(request: &PendingRequest) -> String {
    format!("The command {} was not executed: the proxy is not connected to the server", request.name())
}

/// Adds a client's request to the bytes for the server.
pub(super) fn push(link: &mut ServerLink, to_send: ToSend<'_, PendingRequest>) {
    let ToSend { id, request, fd } = to_send;
    let (name, arguments, oob) = (request.name(), request.arguments(), request.is_oob());
    link.push(Request { id, name, arguments: &arguments, oob }, fd);
}

/// Passes on a message of the server. `answered` receives the clients whose requests it has ended, and whether those were
/// executed out of band.
pub(super) fn pass_on(
    message: RawMessage<'_>,
    calls: &mut Calls<PendingRequest>,
    protocol: &Server<()>,
    answered: &mut Vec<(u64, bool)>,
) {
    let (id, reply) = match message {
        RawMessage::Event(text) => return protocol.broadcast_text(text),
        RawMessage::Greeting(_) => return tracing::warn!("the server has sent a second greeting"),
        RawMessage::Return(id, value) => (id, Ok(value)),
        RawMessage::Error(id, error) => (id, Err(error)),
    };
    let id = match id {
        Id::Call(id) => Some(id),
        Id::Missing => calls.without_id(),
        Id::Foreign => None,
    };
    let Some(Ended { silent, replied }) = id.and_then(|id| calls.replied(id, reply.is_err())) else {
        return tracing::debug!(?reply, "the server has sent a reply without a request");
    };
    let requests = silent.iter().chain(&replied);
    answered.extend(requests.map(|ended| (ended.client, ended.request.is_oob())));
    silent.into_iter().for_each(|ended| ended.request.end_silently());
    if let Some(ClientRequest { request, .. }) = replied {
        answer(request, reply);
    }
}

fn answer(request: PendingRequest, reply: std::result::Result<&[u8], RawError<'_>>) {
    match reply {
        Ok(value) => {
            let is_delimited = request.name() == GUEST_SYNC;
            request.succeed_with_text(value, is_delimited);
        }
        Err(error) => request.fail_with_text(&error.decode(), error.text),
    }
}
