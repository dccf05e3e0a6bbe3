//! The state of the server in the tests: a machine with commands of every kind.

use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use qmp_types::private::{Entry, ServerSchema};
use qmp_types::server::HandlerKind;
use qmp_types::{Command, CommandSpec, Context, Error, Handle, Outcome, Server};

use crate::sample::{self, RunState, StatusInfo, commands, events};

/// Counts how often each command was executed.
#[derive(Debug, Default)]
pub(crate) struct Machine {
    pub(crate) stops: AtomicU32,
    pub(crate) slept: AtomicU32,
    pub(crate) bigs: AtomicU32,
    pub(crate) cancelled: AtomicU32,
    /// The commands that sleep do not end while a test holds it.
    pub(crate) gate: Mutex<()>,
}

pub(crate) fn server() -> Server<Machine> {
    Server::new(Machine::default(), ENTRIES, &SCHEMA).version(9, 2, 1).package("test")
}

const ENTRIES: &[Entry<Machine>] = &[
    Entry::of::<commands::QueryStatus>(),
    Entry::of::<commands::Stop>(),
    Entry::of::<commands::BlockResize>(),
    Entry::of::<commands::DeviceDel>(),
    Entry::of::<commands::BlockdevAdd>(),
    Entry::of::<Echo>(),
    Entry::of::<Panic>(),
    Entry::of::<Yield>(),
    Entry::of::<YieldPanic>(),
    Entry::of::<Sleep>(),
    Entry::of::<Silent>(),
    Entry::of::<TakeFd>(),
    Entry::of::<TakeFds>(),
    Entry::of::<Ping>(),
    Entry::of::<Big>(),
    Entry::of::<Quit>(),
    Entry::of::<Nap>(),
    Entry::of::<CheckCancelled>(),
    Entry::of::<WaitCancelled>(),
    Entry::of::<AwaitCancelled>(),
    Entry::of::<TokioSleep>(),
];

static SCHEMA: ServerSchema =
    ServerSchema { introspection: r#"[{"name": "stop", "meta-type": "command"}]"#, builtins: "" };

/// Defines commands that the sample's schema does not have.
macro_rules! commands {
    ($($type:ident = $spec:expr, ($arguments:ty) -> $return:ty;)*) => {$(
        pub(crate) struct $type;
        impl Command for $type {
            const SPEC: &'static CommandSpec = &$spec;
            type Arguments = $arguments;
            type Return = $return;
        }
    )*};
}

commands! {
    Echo = CommandSpec::new("echo", ""), (qmp_types::Value) -> qmp_types::Value;
    Panic = CommandSpec::new("panic", ""), (()) -> ();
    Yield = CommandSpec::new("yield", ""), (()) -> i64;
    YieldPanic = CommandSpec::new("yield-panic", ""), (()) -> ();
    Sleep = CommandSpec::new("sleep", ""), (()) -> ();
    Silent = CommandSpec::new("silent", "").no_success_response(), (qmp_types::Value) -> ();
    TakeFd = CommandSpec::new("take-fd", "").allow_oob(), (()) -> i64;
    TakeFds = CommandSpec::new("take-fds", ""), (()) -> Vec<i64>;
    Ping = CommandSpec::new("ping", "").allow_oob(), (()) -> bool;
    Big = CommandSpec::new("big", ""), (()) -> String;
    Quit = CommandSpec::new("quit", ""), (()) -> ();
    Nap = CommandSpec::new("nap", ""), (()) -> ();
    CheckCancelled = CommandSpec::new("check-cancelled", ""), (()) -> ();
    WaitCancelled = CommandSpec::new("wait-cancelled", ""), (()) -> ();
    AwaitCancelled = CommandSpec::new("await-cancelled", ""), (()) -> ();
    TokioSleep = CommandSpec::new("tokio-sleep", ""), (()) -> ();
}

/// How long the command `sleep` takes.
pub(crate) const NAP: Duration = Duration::from_millis(200);

impl Handle<commands::QueryStatus> for Machine {
    const KIND: HandlerKind = HandlerKind::Short;

    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, commands::QueryStatus> {
        Outcome::ready(Ok(StatusInfo::new(true, RunState::Running)))
    }
}

impl Handle<commands::Stop> for Machine {
    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, commands::Stop> {
        self.stops.fetch_add(1, Ordering::SeqCst);
        cx.emit(events::Stop {});
        Outcome::ready(Ok(()))
    }
}

impl Handle<commands::BlockResize> for Machine {
    fn handle<'a>(&'a self, _: sample::BlockResizeArgs, _: &'a Context) -> Outcome<'a, commands::BlockResize> {
        Outcome::ready(Err(Error::generic("too \"large\"\u{7f}\u{1F600}\r\n")))
    }
}

impl Handle<commands::DeviceDel> for Machine {
    fn handle<'a>(&'a self, args: sample::DeviceDelArgs, cx: &'a Context) -> Outcome<'a, commands::DeviceDel> {
        if args.id != "nic0" {
            return Outcome::ready(Err(Error::device_not_found(args.id)));
        }
        cx.emit(events::DeviceDeleted { device: Some(args.id), path: "/nic0".into() });
        Outcome::ready(Ok(()))
    }
}

impl Handle<commands::BlockdevAdd> for Machine {
    fn handle<'a>(&'a self, _: sample::BlockdevOptions, _: &'a Context) -> Outcome<'a, commands::BlockdevAdd> {
        Outcome::ready(Ok(()))
    }
}

impl Handle<Echo> for Machine {
    fn handle<'a>(&'a self, arguments: qmp_types::Value, _: &'a Context) -> Outcome<'a, Echo> {
        Outcome::ready(Ok(arguments))
    }
}

impl Handle<Panic> for Machine {
    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, Panic> {
        panic!("on purpose")
    }
}

impl Handle<Yield> for Machine {
    const KIND: HandlerKind = HandlerKind::Async;

    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, Yield> {
        Outcome::future(async {
            let mut polls = 0;
            std::future::poll_fn(|cx| {
                polls += 1;
                cx.waker().wake_by_ref();
                if polls < 3 { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
            })
            .await;
            Ok(polls)
        })
    }
}

impl Handle<YieldPanic> for Machine {
    const KIND: HandlerKind = HandlerKind::Async;

    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, YieldPanic> {
        Outcome::future(async { panic!("on purpose") })
    }
}

impl Handle<Sleep> for Machine {
    const KIND: HandlerKind = HandlerKind::Blocking;

    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, Sleep> {
        Outcome::blocking(|| {
            std::thread::sleep(NAP);
            drop(self.gate.lock());
            self.slept.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
    }
}

impl Handle<Silent> for Machine {
    fn handle<'a>(&'a self, arguments: qmp_types::Value, _: &'a Context) -> Outcome<'a, Silent> {
        Outcome::ready(if arguments["fail"] == true { Err(Error::generic("loud")) } else { Ok(()) })
    }
}

impl Handle<TakeFd> for Machine {
    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, TakeFd> {
        let fd = cx.take_fd().ok_or_else(|| Error::generic("No file descriptor supplied via SCM_RIGHTS"));
        Outcome::ready(fd.map(|fd| content(&fd)))
    }
}

impl Handle<TakeFds> for Machine {
    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, TakeFds> {
        Outcome::ready(Ok(cx.take_fds().iter().map(content).collect()))
    }
}

/// Returns the byte that a pipe contains.
fn content(fd: &OwnedFd) -> i64 {
    let mut byte = [0];
    rustix::io::read(fd, &mut byte).expect("a pipe with a byte in it");
    assert!(fd.as_raw_fd() > 2);
    byte[0].into()
}

impl Handle<Ping> for Machine {
    const KIND: HandlerKind = HandlerKind::Short;

    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, Ping> {
        Outcome::ready(Ok(cx.is_oob()))
    }
}

impl Handle<Big> for Machine {
    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, Big> {
        self.bigs.fetch_add(1, Ordering::SeqCst);
        Outcome::ready(Ok("x".repeat(1 << 20)))
    }
}

impl Handle<Quit> for Machine {
    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, Quit> {
        cx.emit(events::Stop {});
        cx.shutdown();
        Outcome::ready(Ok(()))
    }
}

/// A handler that takes long, without saying so.
impl Handle<Nap> for Machine {
    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, Nap> {
        std::thread::sleep(NAP);
        drop(self.gate.lock());
        self.slept.fetch_add(1, Ordering::SeqCst);
        Outcome::ready(Ok(()))
    }
}

impl Machine {
    fn count_cancelled(&self, cancelled: bool) -> Result<(), Error> {
        self.cancelled.fetch_add(cancelled.into(), Ordering::SeqCst);
        if cancelled { Ok(()) } else { Err(Error::generic("not cancelled in time")) }
    }
}

impl Handle<CheckCancelled> for Machine {
    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, CheckCancelled> {
        let began = std::time::Instant::now();
        while !cx.is_cancelled() && began.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(1));
        }
        Outcome::ready(self.count_cancelled(cx.is_cancelled()))
    }
}

impl Handle<WaitCancelled> for Machine {
    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, WaitCancelled> {
        Outcome::ready(self.count_cancelled(cx.wait_cancelled(Duration::from_secs(10))))
    }
}

impl Handle<AwaitCancelled> for Machine {
    const KIND: HandlerKind = HandlerKind::Async;

    fn handle<'a>(&'a self, (): (), cx: &'a Context) -> Outcome<'a, AwaitCancelled> {
        Outcome::future(async {
            cx.cancelled().await;
            self.count_cancelled(true)
        })
    }
}

impl Handle<TokioSleep> for Machine {
    const KIND: HandlerKind = HandlerKind::Async;

    fn handle<'a>(&'a self, (): (), _: &'a Context) -> Outcome<'a, TokioSleep> {
        Outcome::future(async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(())
        })
    }
}
