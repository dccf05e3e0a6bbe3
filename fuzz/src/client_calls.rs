use std::collections::VecDeque;

use qmp_types::Value;
use qmp_types::private::ClientDialogue;

/// The number of commands that a server may have queued while out-of-band execution is enabled.
const LIMIT: usize = 8;

/// Makes a client call, give up, send and receive in any order, and compares it with a simple model.
///
/// Each byte is an action; the first one says whether out-of-band execution is enabled.
///
/// - Commands are sent in the order of the calls, except that those out of band overtake the queue.
/// - At most eight commands in band are without a reply while out-of-band execution is enabled.
/// - A command that was given up before it was offered to the socket is not sent.
/// - Each call receives its own reply, once, and no reply to a command that was not sent.
pub fn client_calls(input: &[u8]) {
    let Some((first, actions)) = input.split_first() else { return };
    let mut test = Test::new(first % 2 == 1);
    for action in actions {
        test.act(action % 8, usize::from(action / 8));
    }
    test.drain();
}

struct Test {
    client: ClientDialogue,
    oob: bool,
    calls: Vec<Call>,
    /// The calls whose requests wait for their turn, and those that may be sent.
    queued: VecDeque<usize>,
    sendable: VecDeque<usize>,
    /// The bytes of an incomplete request.
    wire: Vec<u8>,
    errors: usize,
}

#[derive(Default)]
struct Call {
    oob: bool,
    given_up: bool,
    /// The request may be on its way: it was sendable when bytes were offered.
    offered: bool,
    /// The request may have been sent.
    released: bool,
    /// A reply was received.
    answered: bool,
    /// The reply that the caller has not taken.
    reply: Option<Result<Value, String>>,
}

impl Test {
    fn new(oob: bool) -> Self {
        let mut client = ClientDialogue::with_oob(oob);
        client.receive(b"{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n");
        let (calls, queued, sendable, wire) = (Vec::new(), VecDeque::new(), VecDeque::new(), Vec::new());
        Self { client, oob, calls, queued, sendable, wire, errors: 0 }
    }

    fn act(&mut self, action: u8, number: usize) {
        match action {
            0 | 1 => self.begin(self.oob && action == 1),
            2 => self.give_up(number),
            3 | 4 => self.send(1 + 3 * number),
            5 => self.answer(number),
            6 if number.is_multiple_of(2) => self.error_without_id(),
            6 => self.client.receive(b"{\"event\": \"STOP\"} {\"return\": {}, \"id\": \"foreign\"}\n"),
            _ => self.take(number),
        }
    }

    fn begin(&mut self, oob: bool) {
        self.client.begin(oob);
        let call = self.calls.len();
        self.calls.push(Call { oob, ..Call::default() });
        if oob {
            self.calls[call].released = true;
            self.sendable.push_back(call);
        } else {
            self.queued.push_back(call);
        }
        self.release();
    }

    /// Lets the server have as many commands as it may.
    fn release(&mut self) {
        while !self.oob || self.outstanding() < LIMIT {
            let Some(call) = self.queued.pop_front() else { return };
            self.calls[call].released = true;
            self.sendable.push_back(call);
        }
    }

    fn outstanding(&self) -> usize {
        self.calls.iter().filter(|call| call.released && !call.answered && !call.oob).count()
    }

    fn give_up(&mut self, number: usize) {
        let Some(at) = number.checked_rem(self.calls.len()) else { return };
        if std::mem::replace(&mut self.calls[at].given_up, true) {
            return;
        }
        self.client.abandon(at);
        self.calls[at].reply = None;
        if !self.calls[at].offered {
            self.queued.retain(|call| *call != at);
            self.sendable.retain(|call| *call != at);
            // It takes no place, and no reply.
            self.calls[at].answered = true;
            self.release();
        }
    }

    fn send(&mut self, limit: usize) {
        for call in &self.sendable {
            self.calls[*call].offered = true;
        }
        let sent = self.client.send(limit);
        assert!(!sent.is_empty() || self.sendable.is_empty(), "{:?} are not sent", self.sendable);
        self.wire.extend(sent);
        while let Some(end) = self.wire.iter().position(|byte| *byte == b'\n') {
            let request: Vec<u8> = self.wire.drain(..=end).collect();
            let call = self.sendable.pop_front().expect("the request was sent too early");
            let oob = if self.calls[call].oob { "exec-oob" } else { "execute" };
            let expected = format!("{{\"{oob}\": \"stop\", \"id\": {}}}\n", call + 1);
            assert_eq!(String::from_utf8_lossy(&request), expected);
        }
    }

    /// The server answers a call, whether or not it was sent.
    fn answer(&mut self, number: usize) {
        let Some(at) = number.checked_rem(self.calls.len() + 1) else { return };
        self.client.receive(format!("{{\"return\": {at}, \"id\": {}}}\r\n", at + 1).as_bytes());
        self.answered(at, Ok(at.into()));
    }

    fn answered(&mut self, at: usize, reply: Result<Value, String>) {
        if let Some(call) = self.calls.get_mut(at).filter(|call| call.released && !call.answered) {
            call.answered = true;
            call.reply = Some(reply).filter(|_| !call.given_up);
            self.release();
        }
    }

    fn error_without_id(&mut self) {
        self.client.receive(b"{\"error\": {\"class\": \"GenericError\", \"desc\": \"unreadable\"}}\r\n");
        let oldest = self.calls.iter().position(|call| call.released && !call.answered);
        match oldest.filter(|_| !self.oob) {
            Some(oldest) => self.answered(oldest, Err("`stop`: unreadable".into())),
            None => self.errors += 1,
        }
    }

    fn take(&mut self, number: usize) {
        if let Some(at) = number.checked_rem(self.calls.len()).filter(|at| !self.calls[*at].given_up) {
            assert_eq!(self.client.reply(at), self.calls[at].reply.take(), "the reply to call {at}");
        }
    }

    /// Sends and answers everything.
    fn drain(mut self) {
        // Each round lets the server have at least one more command.
        for _ in 0..=self.calls.len() {
            self.send(usize::MAX);
            if self.queued.is_empty() && self.sendable.is_empty() && self.outstanding() == 0 {
                break;
            }
            let unanswered = (0..self.calls.len()).filter(|at| !self.calls[*at].answered);
            unanswered.collect::<Vec<_>>().into_iter().for_each(|at| self.answer(at));
        }
        assert!(self.queued.is_empty() && self.sendable.is_empty() && self.wire.is_empty());
        (0..self.calls.len()).for_each(|at| self.take(at));
        let errors = std::iter::from_fn(|| self.client.error()).count();
        assert_eq!(errors, self.errors.min(64));
    }
}
