//! A server in the same process is one session, without a socket.

use std::thread;

use qmp_types::blocking::InProcess;
use qmp_types::server::AccessControl;
use qmp_types::{Command, CommandSpec, Error};

use crate::machine::Machine;
use crate::qmp::{TypedClient, server};

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
