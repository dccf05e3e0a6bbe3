//! The clients and the servers of this crate, with the same schema at both ends of a connection.

use std::thread;

use qmp_types::transport::Stream;
use qmp_types::{Context, EventEmitter, Handle, Outcome};

use crate::sample::{Event, RunState, StatusInfo, blocking, commands, events, server};

struct Machine {
    events: std::sync::OnceLock<EventEmitter>,
}

impl Machine {
    fn new() -> Self {
        Self { events: std::sync::OnceLock::new() }
    }
}

impl Handle<commands::QueryStatus> for Machine {
    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, commands::QueryStatus> {
        Outcome::ready(Ok(StatusInfo::new(true, RunState::Running)))
    }
}

impl Handle<commands::Stop> for Machine {
    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, commands::Stop> {
        self.events.get().unwrap().emit(events::Stop {});
        Outcome::ready(Ok(()))
    }
}

#[test]
fn blocking_client_and_server() {
    let (ours, theirs) = Stream::pair().unwrap();
    let server = server(Machine::new());
    server.state().events.get_or_init(|| server.events());
    thread::scope(|scope| {
        let serving = scope.spawn(|| server.serve_stream(theirs));
        let vm = blocking::Client::from_stream(ours).unwrap();
        thread::scope(|scope| {
            for _ in 0..4 {
                let vm = vm.clone();
                scope.spawn(move || (0..200).for_each(|_| assert!(vm.query_status().unwrap().running)));
            }
        });
        let stopped = vm.expect::<events::Stop>(|_| true);
        vm.stop().unwrap();
        stopped.wait().unwrap();
        assert!(matches!(vm.next_event().unwrap().event, Event::Stop(_)));
        assert!(vm.device_del("nic0").unwrap_err().is_command_not_found());
        drop(vm);
        serving.join().unwrap().unwrap();
    });
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn asynchronous_client_and_server() -> qmp_types::Result<()> {
    let (ours, theirs) = Stream::pair()?;
    let server = server(Machine::new());
    server.state().events.get_or_init(|| server.events());
    let serving = tokio::spawn(server.tokio().serve_stream(theirs));
    let vm = crate::sample::Client::from_stream(ours).await?;
    let stopped = vm.expect::<events::Stop>(|_| true);
    let (status, stop) = tokio::join!(vm.query_status(), vm.stop());
    assert!(status?.running);
    stop?;
    stopped.await?;
    drop(vm);
    serving.await.unwrap()
}
