//! The process at the other end of a connection.

/// The process at the other end of a Unix socket, as the kernel recorded it when the connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peer {
    /// The process id. The process may have ended since, and its id may have been reused.
    pub pid: i32,
    /// The effective user id.
    pub uid: u32,
    /// The effective group id.
    pub gid: u32,
}
