//! A session of a server and the client's dialogue with it, without a socket between them.

use std::fmt;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::core::{Core, NEGOTIATION, ReplyWaiter, Request, SentCall, Waiter, negotiation_arguments};
use super::{ClientOptions, Greeting};
use crate::record::Field;
use crate::server::{Service, Session, SharedExecutor, Task};
use crate::sync::lock;
use crate::{Error, Result, Server};

/// A negotiated session of a server in the same process.
pub(super) struct LocalSession {
    service: Arc<dyn Service>,
    dialogue: Mutex<LocalDialogue>,
}

/// Both ends of the dialogue. Bytes of one are passed to the other at once.
struct LocalDialogue {
    core: Core,
    session: Session,
}

/// A command that the session has received. It is given up if this is dropped.
pub(super) struct LocalCall<'s> {
    local: &'s LocalSession,
    name: &'static str,
    sent: SentCall,
    is_over: bool,
}

impl LocalSession {
    /// Begins a session and negotiates: out-of-band execution is enabled if the server offers it.
    pub(super) fn open<S: Send + Sync + 'static>(server: &Server<S>) -> Result<Self> {
        let mut session = server.session();
        let greeting = session.take_output();
        let mut core = Core::new(&ClientOptions::new());
        core.receive(&greeting);
        let mut options = ClientOptions::new();
        if core.greeting().is_some_and(Greeting::offers_oob) {
            options = options.enable_oob();
            core = Core::new(&options);
            core.receive(&greeting);
        }
        core.check_open(&"the greeting")?;
        // A guest agent does not negotiate.
        let negotiation = core.greeting().map(|greeting| negotiation_arguments(&options, greeting)).transpose()?;
        let dialogue = Mutex::new(LocalDialogue { core, session });
        let this = Self { service: Arc::clone(server.service()), dialogue };
        if let Some(arguments) = negotiation {
            let (call, _) = this.begin(Request::named(NEGOTIATION), &arguments, None)?;
            call.finish(&mut Value::Null)?;
        }
        Ok(this)
    }

    /// Passes a command to the session, with a descriptor if there is one. Returns the task that executes it, unless the session has answered it already.
    ///
    /// No other in-band command may be running.
    pub(super) fn begin(
        &self,
        request: Request<'static>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
    ) -> Result<(LocalCall<'_>, Option<Task>)> {
        let mut dialogue = lock(&self.dialogue);
        let sent = dialogue.core.begin(request, arguments, fd)?;
        dialogue.pass_requests()?;
        let task = dialogue.session.next().and_then(|request| request.detach(&self.service));
        let call = LocalCall { local: self, name: request.name, sent, is_over: false };
        Ok((call, task))
    }
}

impl LocalCall<'_> {
    /// Fills `value` with the return value. The command must have been executed.
    pub(super) fn finish(mut self, value: &mut dyn Field) -> Result<()> {
        let mut dialogue = lock(&self.local.dialogue);
        dialogue.pass_replies();
        let result = ReplyWaiter::new(self.sent, self.name, value).poll(&mut dialogue.core);
        drop(dialogue);
        self.is_over = result.is_some();
        result.unwrap_or_else(|| Err(Error::closed().in_call(self.name, None)))
    }
}

impl Drop for LocalCall<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            lock(&self.local.dialogue).core.abandon(self.sent);
        }
    }
}

impl LocalDialogue {
    fn pass_requests(&mut self) -> Result<()> {
        while let Some(piece) = self.core.outgoing.next() {
            let count = piece.bytes.len();
            let fd = piece.fd.map(|fd| fd.try_clone()).transpose()?;
            self.session.receive(piece.bytes, fd.into_iter().collect());
            self.core.sent(count);
        }
        Ok(())
    }

    fn pass_replies(&mut self) {
        // What follows the command, such as the probe for a command without a success reply, is answered without a handler.
        let _ = self.session.next();
        let output = self.session.take_output();
        self.core.receive(&output);
    }
}

impl fmt::Debug for LocalSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalSession").field("session", &lock(&self.dialogue).session).finish_non_exhaustive()
    }
}
