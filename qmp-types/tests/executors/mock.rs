//! An executor of a user's own.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use qmp_types::client::{Blocking, Invocation, Mode, Reply};
use qmp_types::{Command, Error, Execute};

/// What a mock was asked to execute.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// A machine that answers from memory, in either mode.
#[derive(Debug)]
pub(crate) struct Mock<M> {
    running: Arc<AtomicBool>,
    log: Log,
    mode: PhantomData<fn() -> M>,
}

impl Mock<Blocking> {
    pub(crate) fn blocking(log: &Log) -> Self {
        Self::new(log)
    }
}

#[cfg(feature = "tokio")]
impl Mock<qmp_types::client::Async> {
    pub(crate) fn asynchronous(log: &Log) -> Self {
        Self::new(log)
    }
}

impl<M> Mock<M> {
    fn new(log: &Log) -> Self {
        Self { running: Arc::default(), log: log.clone(), mode: PhantomData }
    }

    fn answer<C: Command>(&self, invocation: &Invocation<C>) -> qmp_types::Result<C::Return> {
        let oob = if invocation.is_out_of_band() { " oob" } else { "" };
        let line = format!("{} {}{oob}", C::SPEC.name, invocation.arguments_json());
        self.log.0.lock().unwrap().push(line);
        let running = self.running.load(Relaxed);
        let json = match C::SPEC.name {
            "query-status" if running => r#"{"running": true, "status": "running"}"#,
            "query-status" => r#"{"running": false, "status": "paused", "later": 1}"#,
            "query-yank" => "[]",
            "cont" | "stop" => {
                self.running.store(C::SPEC.name == "cont", Relaxed);
                "{}"
            }
            other => return Err(Error::device_not_found(other)),
        };
        invocation.decode_return(json)
    }
}

impl<M> Clone for Mock<M> {
    fn clone(&self) -> Self {
        Self { running: self.running.clone(), ..Self::new(&self.log) }
    }
}

impl<M: Mode> Execute for Mock<M> {
    type Mode = M;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<M, C> {
        M::ready::<C>(self.answer(&invocation))
    }
}
