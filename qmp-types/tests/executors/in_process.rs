//! A server in the same process is one session, without a socket.

use std::thread;

use crate::machine::Machine;
use crate::qmp::{TypedClient, commands, server};
use qmp_types::blocking::InProcess;
use qmp_types::client::Invocation;
use qmp_types::server::AccessControl;
use qmp_types::{Command, CommandSpec, Error, Execute};

#[test]
fn threads_share_the_session() {
    let server = server(Machine::default());
    let vm = TypedClient::from(InProcess::new(&server).unwrap());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100 {
                    vm.query_status().unwrap();
                    crate::qmp::OobCommands::query_yank(&vm.oob()).unwrap();
                }
            });
        }
    });
    let counters = server.handle().counters();
    assert_eq!(counters.sessions, 1);
    assert_eq!(counters.commands, 801, "negotiation is one of them");
}

/// `device_del` without its argument.
struct Misspelt;

impl Command for Misspelt {
    const SPEC: &'static CommandSpec = &CommandSpec::new("device_del", "");
    type Arguments = ();
    type Return = ();
}

#[test]
fn access_control_and_arguments_are_checked() {
    let refusing =
        server(Machine::default()).access(AccessControl::new().authorize(|request| match request.command() {
            "stop" => Err(Error::generic("read only")),
            _ => Ok(()),
        }));
    let vm = TypedClient::from(InProcess::new(&refusing).unwrap());
    assert_eq!(vm.stop().unwrap_err().desc(), Some("read only"));
    let error = vm.call::<Misspelt>(()).unwrap_err();
    assert_eq!(error.desc(), Some("Parameter 'id' is missing"));
}

#[test]
fn a_stopped_server_refuses_sessions_and_commands() {
    let server = server(Machine::default());
    let vm = TypedClient::from(InProcess::new(&server).unwrap());
    server.handle().stop();
    assert!(vm.stop().unwrap_err().is_closed());
}

#[test]
fn descriptors_are_passed() {
    let vm = InProcess::new(&server(Machine::default())).unwrap();
    let null = std::fs::File::open("/dev/null").unwrap();
    let passed = vm.execute(Invocation::<commands::XQueryIrq>::new(()).with_fd(null)).unwrap();
    assert_eq!(passed.human_readable_text, "a descriptor");
    let none = vm.execute(Invocation::<commands::XQueryIrq>::new(())).unwrap();
    assert_eq!(none.human_readable_text, "no interrupts");
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn calls_that_are_given_up_leave_the_session_usable() {
    use std::time::Duration;

    use test_support::TIME_LIMIT;

    use crate::qmp::prelude::*;

    let server = server(Machine::default());
    let vm = qmp_types::tokio::InProcess::new(&server).unwrap();
    for _ in 0..3 {
        let limited = vm.timeout(Duration::from_millis(10));
        let error = limited.device_del("never").await.unwrap_err();
        assert!(error.is_timeout() && error.command() == Some("device_del"), "{error}");
        assert!(!vm.query_status().await.unwrap().running);
    }
    // Out of band overtakes a command that runs, and one that waits for it.
    let (blocked, waiting) = (tokio::spawn(vm.device_del("never")), tokio::spawn(vm.stop()));
    tokio::task::yield_now().await;
    tokio::time::timeout(TIME_LIMIT, vm.oob().query_yank()).await.unwrap().unwrap();
    assert!(!waiting.is_finished());
    blocked.abort();
    waiting.await.unwrap().unwrap();
}
