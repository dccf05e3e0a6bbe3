//! The process of a server that a client has started.

mod stderr;

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

use self::stderr::StderrTail;
use crate::Error;
use crate::error::EndedProcess;
use crate::sync::lock;

/// The process of a server that a client has [spawned](super::Spawn).
///
/// It ends with the client, unless it is [detached](Self::detach). This handle does not keep it running.
///
/// ```no_run
/// use qmp_types::blocking::Client;
/// use qmp_types::client::Spawn;
///
/// let qemu = Spawn::new("qemu-system-x86_64").args(["-M", "none", "-nodefaults", "-display", "none", "-S"]);
/// let vm = Client::spawn(qemu.args(["-chardev", "socket,id=c,fd=0", "-mon", "chardev=c,mode=control"]))?;
/// let process = vm.process().expect("the client has spawned it");
/// vm.call_raw("quit", &serde_json::json!({}))?;
/// assert!(process.wait()?.success());
/// # Ok::<(), qmp_types::Error>(())
/// ```
#[derive(Clone)]
pub struct Process(Arc<Shared>);

struct Shared {
    program: String,
    id: u32,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    child: Child,
    end: Option<End>,
    stderr: StderrTail,
    /// Some process may still write to standard error.
    stderr_open: bool,
    detached: bool,
    wakers: Vec<Waker>,
}

/// How the process has ended: its status, unless another part of the program has taken that from the system.
type End = Result<ExitStatus, io::ErrorKind>;

/// How long to wait for the last output of a process that has ended. Its children may keep standard error open.
const LAST_OUTPUT: Duration = Duration::from_millis(200);

impl Process {
    /// Watches a child: reads its standard error, and waits for its end.
    pub(super) fn watch(
        mut child: Child,
        program: String,
        sink: Option<Box<dyn io::Write + Send>>,
    ) -> io::Result<Self> {
        let (id, stderr) = (child.id(), child.stderr.take());
        let state = State {
            child,
            end: None,
            stderr: StderrTail::default(),
            stderr_open: stderr.is_some(),
            detached: false,
            wakers: Vec::new(),
        };
        let process = Self(Arc::new(Shared { program, id, state: Mutex::new(state), changed: Condvar::new() }));
        process.start_threads(stderr, sink).inspect_err(|_| {
            let mut state = lock(&process.0.state);
            // It is killed and reaped, or has ended already.
            let _ = state.child.kill();
            state.end = Some(state.child.wait().map_err(|error| error.kind()));
        })?;
        Ok(process)
    }

    fn start_threads(
        &self,
        stderr: Option<std::process::ChildStderr>,
        sink: Option<Box<dyn io::Write + Send>>,
    ) -> io::Result<()> {
        if let Some(stderr) = stderr {
            let process = self.clone();
            thread::Builder::new().name("qmp-stderr".into()).spawn(move || {
                let read = stderr::read_all(stderr, sink, |bytes| process.change(|state| state.stderr.push(bytes)));
                read.inspect_err(|error| tracing::debug!(%error, "cannot read the server's standard error")).ok();
                process.change(|state| state.stderr_open = false);
            })?;
        }
        let process = self.clone();
        thread::Builder::new().name("qmp-process".into()).spawn(move || process.reap())?;
        Ok(())
    }

    /// Waits for the end of the process and takes its status. Its id is not reused before that, so that signals cannot
    /// reach another process.
    fn reap(&self) {
        let id = i32::try_from(self.0.id).ok().and_then(Pid::from_raw);
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        if let Some(id) = id
            && let Err(error) = rustix::io::retry_on_intr(|| rustix::process::waitid(WaitId::Pid(id), options))
        {
            tracing::debug!(%error, "another part of the program has waited for the server");
        }
        self.change(|state| {
            let end = state.child.wait();
            tracing::debug!(program = self.0.program, id = self.0.id, ?end, "the server has ended");
            state.end = Some(end.map_err(|error| error.kind()));
            state.wakers.drain(..).for_each(Waker::wake);
        });
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut lock(&self.0.state));
        self.0.changed.notify_all();
    }

    /// Returns the process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id
    }

    /// Returns whether the process has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        lock(&self.0.state).end.is_some()
    }

    /// Waits for the end of the process.
    ///
    /// # Errors
    /// If another part of the program has taken the status, for example by waiting for all children.
    pub fn wait(&self) -> io::Result<ExitStatus> {
        self.wait_until(None, |state| state.end).expect("there is no time limit").map_err(io::Error::from)
    }

    /// Waits for the end of the process, at most for `limit`. Returns `None` if it still runs.
    ///
    /// # Errors
    /// As for [`wait`](Self::wait).
    pub fn wait_timeout(&self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        self.wait_until(Some(limit), |state| state.end).transpose().map_err(io::Error::from)
    }

    /// Waits for the end of the process, in asynchronous code of any runtime.
    ///
    /// # Errors
    /// As for [`wait`](Self::wait).
    pub async fn ended(&self) -> io::Result<ExitStatus> {
        poll_fn(|cx| {
            let mut state = lock(&self.0.state);
            match state.end {
                Some(end) => Poll::Ready(end.map_err(io::Error::from)),
                None => {
                    state.wakers.retain(|waker| !waker.will_wake(cx.waker()));
                    state.wakers.push(cx.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// Returns the last lines that the process has written to standard error, at most 4 KiB.
    #[must_use]
    pub fn stderr(&self) -> String {
        lock(&self.0.state).stderr.text()
    }

    /// Asks the process to end (SIGTERM). Has no effect if it has ended.
    ///
    /// # Errors
    /// If the permission is missing, because the process has changed its user.
    pub fn terminate(&self) -> io::Result<()> {
        self.signal(Signal::TERM)
    }

    /// Ends the process at once (SIGKILL). Has no effect if it has ended.
    ///
    /// # Errors
    /// As for [`terminate`](Self::terminate).
    pub fn kill(&self) -> io::Result<()> {
        self.signal(Signal::KILL)
    }

    fn signal(&self, signal: Signal) -> io::Result<()> {
        let state = lock(&self.0.state);
        match i32::try_from(self.0.id).ok().and_then(Pid::from_raw) {
            Some(id) if state.end.is_none() => Ok(rustix::process::kill_process(id, signal)?),
            _ => Ok(()),
        }
    }

    /// Lets the process run on when the client is dropped. This program still reads its standard error, and takes its
    /// status when it ends.
    pub fn detach(&self) {
        self.change(|state| state.detached = true);
    }

    /// Returns the process if it has ended or ends within `limit`, with its last output.
    pub(super) fn ended_within(&self, limit: Duration) -> Option<EndedProcess> {
        let end = self.wait_until(Some(limit), |state| state.end)?;
        self.wait_until(Some(LAST_OUTPUT), |state| (!state.stderr_open).then_some(()));
        let status = end.ok();
        Some(EndedProcess { program: self.0.program.clone(), id: self.0.id, status, stderr: self.stderr() })
    }

    /// Adds to an error of connecting what the process has printed.
    pub(super) fn explain(&self, error: Error) -> Error {
        if error.exit_status().is_some() { error } else { error.with_output(self.stderr()) }
    }

    /// Waits until there is a value, or the time limit has passed.
    fn wait_until<T>(&self, limit: Option<Duration>, value: impl Fn(&State) -> Option<T>) -> Option<T> {
        let end = limit.and_then(|limit| Instant::now().checked_add(limit));
        let mut state = lock(&self.0.state);
        loop {
            let found = value(&state);
            let remaining = end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
            if found.is_some() || remaining.is_zero() {
                return found;
            }
            state = self.0.changed.wait_timeout(state, remaining).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl fmt::Debug for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = lock(&self.0.state).end;
        f.debug_struct("Process").field("program", &self.0.program).field("id", &self.0.id).field("end", &end).finish()
    }
}

/// The ownership of a process: it is ended when this is dropped.
#[derive(Debug)]
pub(super) struct OwnedProcess {
    pub(super) process: Process,
    /// The time between SIGTERM and SIGKILL.
    pub(super) grace: Duration,
    /// Whether dropping waits for the end of the process.
    pub(super) drop_waits: bool,
}

impl OwnedProcess {
    /// Waits for the end of a process that was sent SIGTERM, and after the grace ends it by SIGKILL.
    fn end(process: &Process, terminated: io::Result<()>, grace: Duration) {
        let ended = |limit| !matches!(process.wait_timeout(limit), Ok(None));
        let result = terminated.and_then(|()| if ended(grace) { Ok(()) } else { process.kill() });
        // Another thread takes the status if the process takes longer, as in an uninterruptible system call.
        if result.is_err() || !ended(LAST_OUTPUT) {
            tracing::warn!(?process, ?result, "the server has not ended");
        }
    }
}

impl Drop for OwnedProcess {
    fn drop(&mut self) {
        if self.process.has_ended() || lock(&self.process.0.state).detached {
            return;
        }
        let (process, grace) = (self.process.clone(), self.grace);
        // Not on the thread: this program may end before that runs.
        let terminated = process.terminate();
        if self.drop_waits {
            return Self::end(&process, terminated, grace);
        }
        let thread = thread::Builder::new().name("qmp-process-end".into());
        if let Err(error) = thread.spawn(move || Self::end(&process, terminated, grace)) {
            tracing::warn!(%error, "killing the server, as no thread can wait for its end");
            self.process.kill().inspect_err(|error| tracing::warn!(%error, "cannot kill the server")).ok();
        }
    }
}
