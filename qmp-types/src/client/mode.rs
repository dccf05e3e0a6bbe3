//! The two ways to wait for a reply.

#[cfg(feature = "tokio")]
use super::call::Call;
use crate::Result;
use crate::command::Command;

/// How a caller waits for a reply: [`Blocking`] or `Async` (feature `tokio`).
///
/// Sealed: an [`Execute`](super::Execute) of your own has one of the two.
pub trait Mode: sealed::Sealed + 'static {
    /// The result of a call.
    type Reply<C: Command>;

    /// Returns a reply that is there already.
    fn ready<C: Command>(result: Result<C::Return>) -> Self::Reply<C>;

    /// Passes a reply to a function once it is there, and returns the function's result in its place.
    fn map<C: Command>(
        reply: Self::Reply<C>,
        change: impl FnOnce(Result<C::Return>) -> Result<C::Return> + Send + 'static,
    ) -> Self::Reply<C>;
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

    fn ready<C: Command>(result: Result<C::Return>) -> Result<C::Return> {
        result
    }

    fn map<C: Command>(
        reply: Result<C::Return>,
        change: impl FnOnce(Result<C::Return>) -> Result<C::Return> + Send + 'static,
    ) -> Result<C::Return> {
        change(reply)
    }
}

#[cfg(feature = "tokio")]
impl Mode for Async {
    type Reply<C: Command> = Call<C>;

    fn ready<C: Command>(result: Result<C::Return>) -> Call<C> {
        Call::new(std::future::ready(result))
    }

    fn map<C: Command>(
        reply: Call<C>,
        change: impl FnOnce(Result<C::Return>) -> Result<C::Return> + Send + 'static,
    ) -> Call<C> {
        Call::new(async move { change(reply.await) })
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Blocking {}

    #[cfg(feature = "tokio")]
    impl Sealed for super::Async {}
}
