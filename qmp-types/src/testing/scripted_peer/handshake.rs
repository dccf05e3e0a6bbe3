//! What a scripted peer does when a client connects.

use crate::testing::message_splitter::RESYNC;
use crate::testing::request::{Request, json_text};

/// What a scripted peer does when a client connects.
#[derive(Debug, Clone)]
pub(super) enum Handshake {
    /// Nothing: the script begins with the first byte.
    None,
    /// Sends this greeting, and negotiates.
    Qmp { greeting: String },
    /// Nothing. The client synchronises, then or later.
    GuestAgent,
}

impl Handshake {
    /// Returns the handshake of a QMP server of this version, with these capabilities.
    pub(super) fn qmp((major, minor, micro): (u32, u32, u32), capabilities: &[String]) -> Self {
        let version = format!("{{\"micro\": {micro}, \"minor\": {minor}, \"major\": {major}}}");
        let capabilities = crate::Value::from(capabilities);
        let capabilities = json_text(&capabilities);
        let greeting = format!(
            "{{\"QMP\": {{\"version\": {{\"qemu\": {version}, \"package\": \"\"}}, \"capabilities\": {capabilities}}}}}\r\n"
        );
        Self::Qmp { greeting }
    }

    /// Returns what is sent first.
    pub(super) fn greeting(&self) -> String {
        match self {
            Self::Qmp { greeting } => greeting.clone(),
            Self::None | Self::GuestAgent => String::new(),
        }
    }

    /// Returns the first command of the client, in words.
    pub(super) fn expected(&self) -> Option<&'static str> {
        match self {
            Self::None | Self::GuestAgent => None,
            Self::Qmp { .. } => Some("qmp_capabilities, which ends the negotiation"),
        }
    }

    /// Returns the reply to the first command, unless it is another one.
    pub(super) fn reply(&self, request: &Request) -> Option<Vec<u8>> {
        let is_negotiation = matches!(self, Self::Qmp { .. }) && request.command == "qmp_capabilities";
        is_negotiation.then(|| Request::success(request.id.as_ref(), "{}"))
    }

    /// Returns the reply to a command that the peer answers itself at any time: one by which a client synchronises with a
    /// guest agent.
    pub(super) fn synchronisation(&self, request: &Request) -> Option<Vec<u8>> {
        let id = request.id.as_ref();
        match (self, request.command.as_str()) {
            (Self::GuestAgent, "guest-sync") => Some(Request::success(id, &json_text(request.arguments.get("id")?))),
            (Self::GuestAgent, "guest-sync-delimited") => {
                let reply = Request::success(id, &json_text(request.arguments.get("id")?));
                Some([&[RESYNC], reply.as_slice()].concat())
            }
            _ => None,
        }
    }
}
