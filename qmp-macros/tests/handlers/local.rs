//! Handlers of a state that stays on one thread.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use qmp_types::{Context, Error, Result, handlers};

mod qmp {
    qmp_types::schema!("tests/handlers/local.json", side = server);
}

/// A part that the program borrows, too.
#[derive(Default)]
struct Migration {
    paused: bool,
}

#[handlers(self::qmp, local, part_of = Vm.migration)]
impl Migration {
    /// A command that allows out-of-band execution.
    #[qmp_command]
    fn migrate_pause(&mut self) {
        self.paused = true;
    }
}

/// Is not `Send`.
struct Vm {
    migration: Rc<RefCell<Migration>>,
    vcpus: Rc<i64>,
    stopped: bool,
}

#[handlers(self::qmp, local)]
impl Vm {
    #[qmp_command]
    fn stop(&mut self, cx: &Context) -> Result<()> {
        match std::mem::replace(&mut self.stopped, true) {
            false => Ok(()),
            true => Err(Error::generic(format!("{}: it is stopped", cx.command().name))),
        }
    }

    #[qmp_command]
    fn query_vcpus(&self) -> Vec<qmp::Vcpu> {
        (0..*self.vcpus).map(qmp::Vcpu::new).collect()
    }

    #[qmp_command]
    fn crash(&mut self) {
        self.stopped = false;
        panic!("a panic of the test");
    }
}

#[test]
fn a_loop_lends_the_state_to_requests() {
    let server = qmp::local_server::<Vm>();
    let mut vm = Vm { migration: Rc::default(), vcpus: Rc::new(2), stopped: false };
    let mut session = server.session();
    session.receive(b"{'execute': 'qmp_capabilities'}{'execute': 'stop'}{'execute': 'stop'}", Vec::new());
    session
        .receive(b"{'execute': 'query-vcpus', 'id': 1}{'execute': 'migrate-pause', 'arguments': {'x': 1}}", Vec::new());
    session.receive(b"{'execute': 'crash'}{'execute': 'stop'}", Vec::new());
    while let Some(request) = session.next() {
        request.run(server.on(&mut vm));
    }
    let output = String::from_utf8(session.take_output()).unwrap();
    let replies: Vec<&str> = output.lines().skip(2).collect();
    let expected = [
        r#"{"return": {}}"#,
        r#"{"error": {"class": "GenericError", "desc": "stop: it is stopped"}}"#,
        r#"{"return": [{"index": 0}, {"index": 1}], "id": 1}"#,
        r#"{"error": {"class": "GenericError", "desc": "Parameter 'x' is unexpected"}}"#,
        r#"{"error": {"class": "GenericError", "desc": "The command crash failed: its handler panicked"}}"#,
        r#"{"return": {}}"#,
    ];
    assert_eq!(replies, expected);
    assert!(vm.stopped);
}

#[test]
fn a_connection_lends_the_state_to_requests() {
    let server = qmp::local_server::<Vm>();
    let mut vm = Vm { migration: Rc::default(), vcpus: Rc::new(1), stopped: false };
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let mut client = server.connection(theirs);
    ours.write_all(b"{'execute': 'qmp_capabilities'}{'execute': 'stop'}").unwrap();
    ours.shutdown(Shutdown::Write).unwrap();
    while !client.is_finished() {
        client.on_ready(server.on(&mut vm)).unwrap();
    }
    drop(client);
    let mut output = String::new();
    ours.read_to_string(&mut output).unwrap();
    assert_eq!(output.lines().count(), 3);
    assert!(vm.stopped);
}

#[test]
fn a_part_in_use_fails_its_command() {
    let server = qmp::local_server::<Vm>();
    let migration = Rc::new(RefCell::new(Migration::default()));
    let mut vm = Vm { migration: Rc::clone(&migration), vcpus: Rc::new(1), stopped: false };
    let mut session = server.session();
    session.receive(
        b"{'execute': 'qmp_capabilities'}{'execute': 'migrate-pause'}{'execute': 'migrate-pause'}",
        Vec::new(),
    );
    let borrowed = migration.borrow();
    session.next().unwrap().run(server.on(&mut vm));
    drop(borrowed);
    assert!(!migration.borrow().paused);
    session.next().unwrap().run(server.on(&mut vm));
    assert!(migration.borrow().paused);
    let output = String::from_utf8(session.take_output()).unwrap();
    let refused = r#"{"error": {"class": "GenericError", "desc": "The command migrate-pause finds its state in use"}}"#;
    assert_eq!(output.lines().skip(2).collect::<Vec<_>>(), [refused, r#"{"return": {}}"#]);
}
