//! A machine that stays on one thread, in an event loop of its own. It need not be `Send`, its handlers take `&mut self`, and
//! no lock is taken: the loop lends the machine to one request after the other.
//!
//! A real loop polls sockets, and calls `on_ready` of a `Connection` for each. Here, the bytes come from a list.

use std::cell::RefCell;
use std::rc::Rc;

use qmp_types::server::UnknownCommand;
use qmp_types::{Error, Result, Value};

use crate::qmp::{self, RunState, StatusInfo};

struct Machine {
    status: RunState,
    /// A device that other parts of the program have, too.
    balloon: Rc<RefCell<Balloon>>,
    /// What is not a part of the schema.
    labels: Vec<String>,
}

#[derive(Default)]
struct Balloon {
    target: i64,
}

#[qmp_types::handlers(crate::qmp, local, refuse = [migrate_pause], otherwise = "{command}: there is no migration")]
impl Machine {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(self.status.clone())
    }

    #[qmp_command]
    fn stop(&mut self) {
        self.status = RunState::Paused;
    }

    #[qmp_command]
    fn eject(&mut self, device: String) -> Result<()> {
        Err(Error::device_not_found(device))
    }
}

#[qmp_types::handlers(crate::qmp, local, part_of = Machine.balloon)]
impl Balloon {
    #[qmp_command]
    fn balloon(&mut self, value: i64) {
        self.target = value;
    }
}

impl Machine {
    /// The handler of commands that the schema does not define.
    fn vendor_command(&mut self, command: &UnknownCommand<'_>) -> Option<Result<Value>> {
        let label = command.name().strip_prefix("x-label-")?;
        self.labels.push(label.to_owned());
        Some(Ok(self.labels.len().into()))
    }
}

/// Prints what a client receives.
pub(crate) fn show() {
    let server = qmp::local_server::<Machine>()
        .ignore_unknown_arguments::<qmp::commands::Stop>()
        .announce_commands(["x-label-blue"])
        .local_fallback(Machine::vendor_command);
    let mut machine = Machine { status: RunState::Running, balloon: Rc::default(), labels: Vec::new() };
    let mut session = server.session();
    println!("one thread");
    for request in [
        "{'execute': 'qmp_capabilities'}",
        "{'execute': 'stop', 'arguments': {'reason': 'maintenance'}}",
        "{'execute': 'query-status'}",
        "{'execute': 'balloon', 'arguments': {'value': 512}}",
        "{'execute': 'x-label-blue'}",
        "{'execute': 'x-beep'}",
        "{'execute': 'migrate-pause'}",
    ] {
        session.receive(request.as_bytes(), Vec::new());
        while let Some(request) = session.next() {
            request.run(server.on(&mut machine));
        }
        for line in String::from_utf8_lossy(&session.take_output()).lines().filter(|line| !line.contains("QMP")) {
            println!("  {request} -> {line}");
        }
    }
    println!("  the balloon's target is {}", machine.balloon.borrow().target);
}
