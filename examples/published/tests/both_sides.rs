//! Both sides of the bindings in one program.

#![cfg(all(feature = "client", feature = "server"))]

use qmp_published_bindings::{EjectArgs, RunState, StatusInfo, blocking, commands, server};
use qmp_types::transport::Stream;
use qmp_types::{Context, Handle, Outcome};

struct Vm;

impl Handle<commands::QueryStatus> for Vm {
    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, commands::QueryStatus> {
        Outcome::ready(Ok(StatusInfo::new(true, RunState::Running)))
    }
}

impl Handle<commands::Stop> for Vm {
    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, commands::Stop> {
        Outcome::ready(Ok(()))
    }
}

impl Handle<commands::Eject> for Vm {
    fn handle<'a>(&'a self, arguments: EjectArgs, _: &'a Context) -> Outcome<'a, commands::Eject> {
        Outcome::ready(Err(qmp_types::Error::device_not_found(arguments.device)))
    }
}

#[test]
fn a_client_calls_a_server() {
    let (ours, theirs) = Stream::pair().unwrap();
    let serving = std::thread::spawn(move || server(Vm).serve_stream(theirs));
    let vm = blocking::Client::from_stream(ours).unwrap();
    assert_eq!(vm.query_status().unwrap().status, RunState::Running);
    assert!(vm.eject(EjectArgs::new("cd0").force(true)).unwrap_err().is_device_not_found());
    drop(vm);
    serving.join().unwrap().unwrap();
}
