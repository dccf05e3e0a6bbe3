//! States of all kinds can have the ready-made handlers.

use std::fs::File;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use qmp_types::server::{FdStore, Session};

mod qmp {
    qmp_types::schema!("schema/fds.json", side = server);
}

#[derive(Default)]
struct Shared {
    fds: FdStore,
}

qmp_types::fd_handlers!(crate::states::qmp, Shared, |state| &state.fds);

/// Stays on one thread.
#[derive(Default)]
struct Local {
    fds: Rc<FdStore>,
}

qmp_types::fd_handlers!(crate::states::qmp, Local, |state| &state.fds);

/// Receives requests with descriptors, of which the last lists the sets.
fn receive(session: &mut Session) {
    session.receive(br#"{"execute": "qmp_capabilities"}"#, vec![]);
    let fd = || vec![File::open("/dev/null").expect("a device").into()];
    session.receive(br#"{"execute": "add-fd", "arguments": {"fdset-id": 7, "opaque": "disk"}}"#, fd());
    session.receive(br#"{"execute": "query-fdsets"}"#, vec![]);
}

fn assert_has_set(mut session: Session) {
    let output = String::from_utf8(session.take_output()).expect("UTF-8");
    let (_, listed) = output.trim_end().rsplit_once("\r\n").expect("several lines");
    assert!(listed.starts_with(r#"{"return": [{"fdset-id": 7, "fds": [{"fd": "#), "{listed}");
    assert!(listed.ends_with(r#", "opaque": "disk"}]}]}"#), "{listed}");
}

#[test]
fn a_state_behind_a_lock() {
    let server = qmp::server(Arc::new(Mutex::new(Shared::default())));
    let mut session = server.session();
    receive(&mut session);
    while let Some(request) = session.next() {
        request.run(&server);
    }
    assert_has_set(session);
}

#[test]
fn a_state_that_stays_on_one_thread() {
    let server = qmp::local_server::<Local>();
    let mut state = Local::default();
    let mut session = server.session();
    receive(&mut session);
    while let Some(request) = session.next() {
        request.run(server.on(&mut state));
    }
    assert_has_set(session);
}
