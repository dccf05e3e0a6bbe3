//! A machine in an event loop of its own, here with `mio`: one thread runs the machine, accepts clients and executes their
//! commands. No runtime, no other thread, and a state that only this thread has. It ends at `quit`:
//!
//!     cargo run --example own_loop [ADDRESS]

use std::collections::HashMap;
use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Wake;
use std::time::{Duration, Instant};

use mio::unix::SourceFd;
use mio::{Events, Interest, Poll, Token, Waker};
use qmp::{RunState, StatusInfo, events};
use qmp_types::server::{Connection, Local};
use qmp_types::transport::Listener;
use qmp_types::{Context, EventEmitter, Result, Server};

/// The schema in Rust.
mod qmp {
    qmp_types::schema!("schema/own_loop.json");
}

/// How often the guest does something.
const TICK: Duration = Duration::from_millis(100);

const LISTENER: Token = Token(0);
const WAKER: Token = Token(1);
const FIRST_CLIENT: usize = 2;

/// The virtual machine. It is not `Send`, and needs no lock.
struct Vm {
    name: Rc<str>,
    running: bool,
    ticks: i64,
}

#[qmp_types::handlers(crate::qmp, local)]
impl Vm {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(self.running, if self.running { RunState::Running } else { RunState::Paused })
    }

    #[qmp_command]
    fn query_ticks(&self) -> qmp::Ticks {
        qmp::Ticks::new(&*self.name, self.ticks)
    }

    #[qmp_command]
    fn stop(&mut self, cx: &Context) {
        self.running = false;
        cx.emit(events::Stop {});
    }

    #[qmp_command]
    fn cont(&mut self, cx: &Context) {
        self.running = true;
        cx.emit(events::Resume {});
    }

    #[qmp_command]
    fn quit(&self, cx: &Context) {
        cx.shutdown();
    }
}

impl Vm {
    /// Runs the guest.
    fn tick(&mut self, emitter: &EventEmitter) {
        if self.running {
            self.ticks += 1;
            if self.ticks % 10 == 0 {
                emitter.emit(events::Tick::new(self.ticks));
            }
        }
    }
}

/// The loop: the clients, and what polls for them.
struct Loop {
    server: Server<Local<Vm>>,
    vm: Vm,
    poll: Poll,
    clients: HashMap<Token, Connection>,
    next_client: usize,
    /// Wakes the loop when another thread has emitted an event that a client's socket does not accept at once.
    waker: std::task::Waker,
}

/// A waker of this loop as the standard library has it.
struct LoopWaker(Waker);

impl Wake for LoopWaker {
    fn wake(self: Arc<Self>) {
        if let Err(error) = self.0.wake() {
            eprintln!("cannot wake the event loop: {error}");
        }
    }
}

fn main() -> Result<()> {
    let listener = Listener::bind(examples::address())?;
    eprintln!("listening on {}", listener.local_address());
    let poll = Poll::new()?;
    let socket = listener.socket().expect("a listener with a path has a socket").as_raw_fd();
    poll.registry().register(&mut SourceFd(&socket), LISTENER, Interest::READABLE)?;
    let waker = Arc::new(LoopWaker(Waker::new(poll.registry(), WAKER)?)).into();
    let vm = Vm { name: "vm".into(), running: true, ticks: 0 };
    let server = qmp::local_server::<Vm>();
    Loop { server, vm, poll, clients: HashMap::new(), next_client: FIRST_CLIENT, waker }.run(&listener)
}

impl Loop {
    fn run(mut self, listener: &Listener) -> Result<()> {
        let (handle, emitter) = (self.server.handle(), self.server.events());
        let mut events = Events::with_capacity(64);
        let mut next_tick = Instant::now() + TICK;
        while !handle.is_stopped() || !self.clients.is_empty() {
            let deadline = self.clients.values_mut().filter_map(Connection::deadline).fold(next_tick, Instant::min);
            self.poll.poll(&mut events, Some(deadline.saturating_duration_since(Instant::now())))?;
            for event in &events {
                match event.token() {
                    LISTENER => self.accept(listener)?,
                    WAKER => self.serve_all(),
                    client => self.serve(client),
                }
            }
            if next_tick <= Instant::now() {
                next_tick += TICK;
                self.vm.tick(&emitter);
            }
            self.serve_due();
            self.clients.retain(|_, client| !client.is_finished());
        }
        Ok(())
    }

    /// Accepts the clients that have arrived.
    fn accept(&mut self, listener: &Listener) -> Result<()> {
        loop {
            match listener.try_accept() {
                Ok(Some(stream)) => {
                    let mut client = self.server.connection(stream);
                    client.set_waker(&self.waker);
                    let token = Token(self.next_client);
                    self.next_client += 1;
                    // mio tells of each change once, so it need not know what the client wants at the moment.
                    let interest = Interest::READABLE | Interest::WRITABLE;
                    self.poll.registry().register(&mut SourceFd(&client.as_fd().as_raw_fd()), token, interest)?;
                    self.clients.insert(token, client);
                    self.serve(token);
                }
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Err(error.into()),
                _ => return Ok(()),
            }
        }
    }

    /// Does what there is to do for a client. Its commands are executed on the machine, one after the other.
    fn serve(&mut self, token: Token) {
        let Some(client) = self.clients.get_mut(&token) else { return };
        if let Err(error) = client.on_ready(self.server.on(&mut self.vm)) {
            eprintln!("a client's connection failed: {error}");
        }
    }

    fn serve_all(&mut self) {
        let tokens: Vec<Token> = self.clients.keys().copied().collect();
        tokens.into_iter().for_each(|token| self.serve(token));
    }

    /// Serves the clients of which something is due.
    fn serve_due(&mut self) {
        let now = Instant::now();
        let is_due = |client: &mut Connection| client.deadline().is_some_and(|deadline| deadline <= now);
        let due = self.clients.iter_mut().filter_map(|(token, client)| is_due(client).then_some(*token));
        due.collect::<Vec<_>>().into_iter().for_each(|token| self.serve(token));
    }
}
