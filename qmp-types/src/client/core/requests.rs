//! The requests of a client: they are queued, sent, and given up.

use std::os::fd::OwnedFd;

use super::calls::Calls;
use super::guest_agent::{self, Matching};
use super::{Core, NEGOTIATION, Request, SentCall};
use crate::record::Field;
use crate::{Error, Result};

impl Core {
    /// Adds a command to the bytes to send, with a descriptor that no other command can take.
    ///
    /// A command without a success reply is followed by one that is always answered, so that its success is noticed.
    pub(in crate::client) fn begin(
        &mut self,
        request: Request<'_>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
    ) -> Result<SentCall> {
        self.check_open(&format_args!("`{}` was sent", request.name))
            .map_err(|error| error.in_call(request.name, None))?;
        if request.oob && !self.oob {
            let error = Error::protocol(format!(
                "`{}` cannot be executed out of band; help: connect with `ClientOptions::enable_oob`",
                request.name
            ));
            return Err(error.in_call(request.name, None));
        }
        if request.takes_fd && fd.is_none() {
            let error = Error::protocol(format!(
                "`{0}` takes a file descriptor, found none; help: pass one to the method, or with `call_with_fd`",
                request.name
            ));
            return Err(error.in_call(request.name, None));
        }
        let matching = self.guest_agent.as_ref().map_or(Matching::ById, |agent| agent.matching);
        if matching != Matching::ById && self.calls.needs_marker() {
            let marker = self.push_probe(None, matching);
            self.calls.abandon(marker);
        }
        let id = self.calls.begin(request.oob);
        tracing::trace!(id, command = request.name, oob = request.oob, "request");
        self.outgoing.push_request(request, arguments, id, matching.sends_ids(), fd);
        if request.oob {
            self.outgoing.overtake();
            self.calls.release(id);
        }
        let probe = request.silent.then(|| self.push_probe(Some(id), matching));
        self.release();
        Ok(SentCall { id, probe, missing_members: self.missing_members })
    }

    /// Adds a command without effect, to which the peer always replies, and returns its id. The reply shows that the call
    /// `of` was executed.
    fn push_probe(&mut self, of: Option<u64>, matching: Matching) -> u64 {
        if matching == Matching::ById {
            let id = self.calls.begin_probe(of, None);
            // A server refuses to negotiate twice, and a guest agent does not know the command.
            self.outgoing.push_request(Request::named(NEGOTIATION), &(), id, true, None);
            return id;
        }
        let token = guest_agent::random();
        let id = self.calls.begin_probe(of, Some(token));
        let (request, argument) = (Request::named("guest-sync"), guest_agent::token_argument(token));
        self.outgoing.push_request(request, &argument, id, matching.sends_ids(), None);
        id
    }

    /// Adds a command whose reply is dropped.
    #[cfg(feature = "qemu")]
    pub(in crate::client) fn post(&mut self, request: Request<'_>, arguments: &dyn Field) -> Result<()> {
        let call = self.begin(request, arguments, None)?;
        self.disown(call);
        Ok(())
    }

    /// Adds a descriptor to the bytes to send. The next command that takes a descriptor gets it.
    pub(in crate::client) fn push_fd(&mut self, fd: OwnedFd) {
        self.outgoing.push_fd(fd);
        self.release();
    }

    /// Takes as many commands out of the queue as the server may have. Returns whether there were any.
    pub(super) fn release(&mut self) -> bool {
        let mut any = false;
        while let Some(request) = self.outgoing.queued().filter(|id| id.is_none() || self.calls.may_release()) {
            self.outgoing.release();
            request.inspect(|id| self.calls.release(*id));
            any = true;
        }
        any
    }

    /// Begins to synchronise with the guest agent, which drops the incomplete request of an earlier client. The replies to
    /// that client are dropped. Calls in flight end with an error that says `why`.
    ///
    /// # Errors
    /// If the connection has ended, or its peer is not a guest agent.
    pub(in crate::client) fn begin_sync(&mut self, why: &str) -> Result<()> {
        self.check_open(&"the guest agent was synchronised")?;
        let Some(agent) = &mut self.guest_agent else {
            return Err(Error::protocol("expected a guest agent, found a QMP server, which needs no synchronisation"));
        };
        self.calls.fail_all(|| Error::protocol(why));
        agent.begin_sync(self.calls.next_id(), &mut self.outgoing);
        self.resync = true;
        self.release();
        Ok(())
    }

    /// Sends a request to a peer that does not greet. A guest agent answers it, and the connection ends with an error
    /// that says so.
    ///
    /// A QMP server that greets after all rejects the request. That reply has an id that no call has.
    pub(in crate::client) fn probe(&mut self) {
        self.probed = true;
        let argument = guest_agent::token_argument(guest_agent::random());
        self.outgoing.push_request(Request::named(guest_agent::SYNC), &argument, Calls::NO_ID, true, None);
        self.outgoing.release();
    }

    /// Gives up a call: a command that has not been sent is not sent any more, else its reply is dropped when it arrives.
    /// Returns whether another command is to be sent in its place.
    pub(in crate::client) fn abandon(&mut self, call: SentCall) -> bool {
        // A probe whose command has been sent is still needed: it shows when the server has executed the command.
        if self.unsend(call.id) {
            call.probe.filter(|probe| !self.unsend(*probe)).inspect(|probe| self.calls.abandon(*probe));
            self.release()
        } else {
            self.disown(call);
            false
        }
    }

    /// Removes a request that has not been sent. Returns whether it had not.
    fn unsend(&mut self, id: u64) -> bool {
        let unsent = self.outgoing.cancel(id);
        if unsent {
            tracing::trace!(id, "the request is not sent: its caller has given up");
            self.calls.remove(id);
        }
        unsent
    }

    /// Drops the reply to a call when it arrives.
    pub(super) fn disown(&mut self, call: SentCall) {
        self.calls.abandon(call.id);
        call.probe.inspect(|probe| self.calls.abandon(*probe));
    }

    /// Forgets a call that has been answered, or whose success is known.
    pub(in crate::client) fn finish(&mut self, call: SentCall) {
        call.probe.inspect(|probe| self.calls.remove(*probe));
        self.calls.remove(call.id);
    }
}
