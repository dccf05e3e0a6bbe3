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
    /// Synchronises with the client, as guest agents do.
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
            Self::None => None,
            Self::Qmp { .. } => Some("qmp_capabilities, which ends the negotiation"),
            Self::GuestAgent => Some("guest-sync-delimited or guest-sync"),
        }
    }

    /// Returns the reply to the first command, unless it is another one.
    pub(super) fn reply(&self, request: &Request) -> Option<Vec<u8>> {
        let id = request.id.as_ref();
        match (self, request.command.as_str()) {
            (Self::Qmp { .. }, "qmp_capabilities") => Some(Request::success(id, "{}")),
            (Self::GuestAgent, "guest-sync") => Some(Request::success(id, &json_text(request.arguments.get("id")?))),
            (Self::GuestAgent, "guest-sync-delimited") => {
                let reply = Request::success(id, &json_text(request.arguments.get("id")?));
                Some([&[RESYNC], reply.as_slice()].concat())
            }
            _ => None,
        }
    }
}
