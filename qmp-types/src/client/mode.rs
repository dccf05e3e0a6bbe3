//! The two ways to wait for a reply.

#[cfg(feature = "tokio")]
use super::tokio::Call;
use crate::Result;
use crate::command::Command;

/// How a caller waits for a reply: [`Blocking`] or [`Async`].
///
/// Sealed: an [`Execute`](super::Execute) of your own has one of the two.
pub trait Mode: sealed::Sealed + 'static {
    /// The result of a call.
    type Reply<C: Command>;
}

/// The result of a command: `Result<C::Return>` if the mode `M` is [`Blocking`], a future of it if not.
pub type Reply<M, C> = <M as Mode>::Reply<C>;

/// The calling thread waits: a call returns a [`Result`].
#[derive(Debug, Clone, Copy)]
pub enum Blocking {}

/// The calling task waits: a call returns a future, [`Call`](crate::tokio::Call).
#[cfg(feature = "tokio")]
#[derive(Debug, Clone, Copy)]
pub enum Async {}

impl Mode for Blocking {
    type Reply<C: Command> = Result<C::Return>;
}

#[cfg(feature = "tokio")]
impl Mode for Async {
    type Reply<C: Command> = Call<C>;
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Blocking {}

    #[cfg(feature = "tokio")]
    impl Sealed for super::Async {}
}
