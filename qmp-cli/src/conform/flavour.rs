//! The flavours of the protocol.

/// The two flavours of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// A server that greets and negotiates capabilities: QEMU, its storage daemon.
    Monitor,
    /// A guest agent, which does neither.
    Agent,
}
