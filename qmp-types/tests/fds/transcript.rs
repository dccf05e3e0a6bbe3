//! The cases, and what becomes of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

use serde_json::Value;

use crate::peer::{Peer, Session};

pub(crate) struct Case {
    pub(crate) title: String,
    /// The lines.
    steps: Vec<String>,
}

pub(crate) fn cases() -> Vec<Case> {
    let parse = |case: &str| {
        let mut lines = case.lines().map(str::to_owned);
        let title = lines.next().expect("a title").strip_prefix("# ").expect("a title").to_owned();
        Case { title, steps: lines.collect() }
    };
    include_str!("cases.txt").trim_end().split("\n\n").map(parse).collect()
}

/// Goes through a case, and returns its steps with the answers and the descriptors that the server has closed.
pub(crate) fn transcript(case: &Case, peer: &impl Peer) -> String {
    let mut run = Run { peer, sessions: BTreeMap::new(), open: BTreeMap::new(), numbers: Vec::new() };
    let mut text = format!("# {}\n", case.title);
    for step in &case.steps {
        writeln!(text, "{step}").unwrap();
        match run.step(step) {
            Some(answer) => writeln!(text, "    {answer}").unwrap(),
            None if step.ends_with("leaves") => {}
            // The server may not have looked at it yet.
            None => continue,
        }
        for closed in run.closed() {
            writeln!(text, "    closes {closed}").unwrap();
        }
    }
    run.clean_up();
    text + "\n"
}

struct Run<'p, P> {
    peer: &'p P,
    sessions: BTreeMap<usize, Session>,
    /// The far ends of the sockets that were sent, by name.
    open: BTreeMap<String, UnixStream>,
    /// The numbers of the descriptors in the replies to `add-fd`, in order.
    numbers: Vec<i64>,
}

impl<P: Peer> Run<'_, P> {
    fn step(&mut self, step: &str) -> Option<String> {
        let (monitor, mut rest) = step.split_once(' ').expect("a session and a step");
        let monitor = monitor.parse().expect("the session's number");
        if rest == "leaves" {
            self.sessions.remove(&monitor).expect("a session");
            self.peer.settle();
            return None;
        }
        let mut fds = Vec::new();
        while let Some((name, after)) = rest.strip_prefix('+').and_then(|rest| rest.split_once(' ')) {
            fds.push(self.descriptor(name));
            rest = after;
        }
        let session = self.sessions.entry(monitor).or_insert_with(|| Session::start(self.peer, monitor));
        if rest == "space" {
            session.send(" ", &fds);
            return None;
        }
        if let Some(text) = rest.strip_prefix("without waiting ") {
            session.send(text, &fds);
            return None;
        }
        if rest == "answer" {
            return Some(session.receive().to_string());
        }
        let text = self
            .numbers
            .iter()
            .zip(1..)
            .fold(rest.to_owned(), |text, (number, label)| text.replace(&format!("${label}"), &number.to_string()));
        session.send(&text, &fds);
        drop(fds);
        let answer = session.receive();
        if let Some(number) = answer["return"]["fd"].as_i64() {
            self.numbers.push(number);
        }
        Some(self.without_numbers(&answer))
    }

    /// Opens what a name stands for. Sockets can be seen to be closed.
    fn descriptor(&mut self, name: &str) -> OwnedFd {
        match name {
            "zero" => File::open("/dev/zero").expect("a device").into(),
            "image" => {
                let file = tempfile::tempfile().expect("a file");
                file.set_len(4096).expect("room");
                file.into()
            }
            socket => {
                let (sent, far_end) = UnixStream::pair().expect("a pair");
                far_end.set_nonblocking(true).expect("a socket");
                self.open.insert(socket.to_owned(), far_end);
                sent.into()
            }
        }
    }

    /// Writes the numbers of descriptors in an answer as those of the `add-fd` that returned them.
    fn without_numbers(&self, answer: &Value) -> String {
        let labelled = self.numbers.iter().enumerate().rev();
        labelled.fold(answer.to_string(), |text, (index, number)| {
            [("\"fd\":", ","), ("\"fd\":", "}"), ("fd:", "'")].iter().fold(text, |text, (before, after)| {
                text.replace(&format!("{before}{number}{after}"), &format!("{before}${}{after}", index + 1))
            })
        })
    }

    /// The descriptors that the server has closed since the last time.
    fn closed(&mut self) -> Vec<String> {
        let is_closed = |mut far_end: &UnixStream| match far_end.read(&mut [0]) {
            Ok(0) => true,
            Err(error) if error.kind() == ErrorKind::WouldBlock => false,
            other => panic!("{other:?}"),
        };
        let closed: Vec<String> =
            self.open.iter().filter(|(_, far_end)| is_closed(far_end)).map(|(name, _)| name.clone()).collect();
        self.open.retain(|name, _| !closed.contains(name));
        closed
    }

    /// Removes the sets that the case has left, so that the next case begins with none.
    fn clean_up(mut self) {
        let session = self.sessions.entry(1).or_insert_with(|| Session::start(self.peer, 1));
        for set in session.call(r#"{"execute": "query-fdsets"}"#)["return"].as_array().expect("a list") {
            let remove = format!(r#"{{"execute": "remove-fd", "arguments": {{"fdset-id": {}}}}}"#, set["fdset-id"]);
            assert!(session.call(&remove)["return"].is_object());
        }
    }
}
