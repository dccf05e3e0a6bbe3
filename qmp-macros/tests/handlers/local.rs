//! Handlers of a state that stays on one thread.

use std::rc::Rc;

use qmp_types::{Context, Error, Result, handlers};

mod qmp {
    qmp_types::schema!("tests/handlers/local.json", side = server);
}

/// Is not `Send`.
struct Vm {
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

    /// A command that allows out-of-band execution.
    #[qmp_command]
    fn migrate_pause(&mut self) {
        self.stopped = false;
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
    let mut vm = Vm { vcpus: Rc::new(2), stopped: false };
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
