//! A descriptor belongs to the byte that it was sent with, however many sends one receive returns: the same scripts
//! against our server and against QEMU, which receives byte by byte.

use std::io::{BufRead, BufReader, IoSlice, PipeReader, PipeWriter, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use proptest::{collection, sample};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags};
use serde_json::{Value, json};
use test_support::{Generation, Server};

use crate::echo::Echo;
use crate::qmp;

/// What is sent, one `sendmsg` each: the text and the numbers of its descriptors. `<a>` stands for the command `getfd`
/// with the name and the id `a`.
type Script = [(&'static str, &'static [usize])];

/// The descriptor that each name gets.
type Names = [(&'static str, Option<usize>)];

/// A script, and the descriptor that each name gets.
#[derive(Debug, Clone)]
struct Case {
    sends: Vec<(String, Vec<usize>)>,
    names: Vec<(String, Option<usize>)>,
}

const CASES: &[(&Script, &Names)] = &[
    // Descriptors with a space before the command.
    (&[(" ", &[1]), ("<a>", &[]), (" ", &[2]), ("<b>", &[])], &[("a", Some(1)), ("b", Some(2))]),
    (&[("<a>", &[]), (" ", &[1]), ("<b>", &[])], &[("a", None), ("b", Some(1))]),
    (&[("<a>\n", &[]), ("\n<b>", &[1])], &[("a", None), ("b", Some(1))]),
    (&[("<a>", &[]), ("\n", &[1]), ("<b>", &[])], &[("a", None), ("b", Some(1))]),
    // Descriptors with the command.
    (&[("<a>", &[1]), ("<b>", &[2]), ("<c>", &[])], &[("a", Some(1)), ("b", Some(2)), ("c", None)]),
    (&[("<a><b>", &[1])], &[("a", Some(1)), ("b", None)]),
    (&[("<a>", &[]), ("<b><c>", &[1])], &[("a", None), ("b", Some(1)), ("c", None)]),
    // In the middle of a command.
    (&[("{\"id\": \"}]\", ", &[]), ("\"execute\": \"stop\"}", &[1]), ("<a>", &[])], &[("a", Some(1))]),
    (&[("{", &[1]), ("}", &[2]), ("<a>", &[])], &[("a", Some(2))]),
    (&[("[1, 2", &[1]), ("]", &[]), ("<a>", &[])], &[("a", Some(1))]),
    // The first of a batch is taken and the others are closed; a later batch replaces one that waits.
    (&[("<a>", &[3, 2, 1]), ("<b>", &[])], &[("a", Some(3)), ("b", None)]),
    (&[(" ", &[1]), (" ", &[2]), (" ", &[3]), ("<a>", &[]), ("<b>", &[])], &[("a", Some(3)), ("b", None)]),
];

fn cases() -> impl Iterator<Item = Case> {
    CASES.iter().map(|(script, names)| {
        let texts = script.iter().map(|(text, numbers)| (with_commands(text, names), numbers.to_vec()));
        let names = names.iter().map(|(name, number)| ((*name).to_owned(), *number));
        Case { sends: texts.collect(), names: names.collect() }
    })
}

fn with_commands(text: &str, names: &Names) -> String {
    names.iter().fold(text.to_owned(), |text, (name, _)| text.replace(&format!("<{name}>"), &getfd(name)))
}

fn getfd(name: &str) -> String {
    json!({ "execute": "getfd", "arguments": { "fdname": name }, "id": name }).to_string()
}

/// Any text of commands and white space, cut anywhere into sends, some of which carry descriptors. What each command gets
/// is found by looking at one byte after the other.
fn any_case() -> impl Strategy<Value = Case> {
    let part = prop_oneof![3 => Just("<>"), 2 => Just(" "), 1 => Just("\n"), 1 => Just("{}"), 1 => Just("{'a': '}]'}")];
    let cuts = collection::vec((any::<sample::Index>(), 0..=3usize), 0..6);
    (collection::vec(part, 1..8), cuts).prop_map(|(parts, cuts)| {
        let (mut text, mut commands) = (String::new(), Vec::new());
        for part in parts {
            match part {
                "<>" => {
                    let name = format!("fd-{}", commands.len());
                    text += &getfd(&name);
                    commands.push((text.len(), name));
                }
                other => text += other,
            }
        }
        let mut cuts: Vec<(usize, usize)> = cuts.iter().map(|(at, count)| (at.index(text.len()), *count)).collect();
        cuts.push((0, 0));
        cuts.sort_unstable();
        cuts.dedup_by_key(|(at, _)| *at);
        let ends = cuts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
        let mut next = 0;
        let sends: Vec<(usize, String, Vec<usize>)> = cuts
            .iter()
            .zip(ends)
            .map(|((at, count), end)| {
                next += count;
                (*at, text[*at..end].to_owned(), (next - count..next).collect())
            })
            .collect();
        let mut names = Vec::new();
        let mut taken_before = 0;
        for (end, name) in commands {
            let last = sends.iter().rfind(|(at, _, numbers)| (taken_before..end).contains(at) && !numbers.is_empty());
            names.push((name, last.map(|(_, _, numbers)| numbers[0])));
            taken_before = end;
        }
        Case { sends: sends.into_iter().map(|(_, text, numbers)| (text, numbers)).collect(), names }
    })
}

/// The pipes whose writing ends are sent. The reading ends tell where these are.
struct Pipes(Vec<(PipeReader, Option<PipeWriter>)>);

impl Pipes {
    fn new() -> Self {
        let pipe = |_| {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            rustix::io::ioctl_fionbio(&reader, true).expect("a pipe");
            (reader, Some(writer))
        };
        Self((0..20).map(pipe).collect())
    }

    fn send(&self, socket: &UnixStream, text: &str, numbers: &[usize]) {
        let fds: Vec<_> = numbers.iter().map(|&number| self.0[number].1.as_ref().expect("open").as_fd()).collect();
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(20))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        assert!(fds.is_empty() || control.push(SendAncillaryMessage::ScmRights(&fds)));
        let sent = rustix::net::sendmsg(socket, &[IoSlice::new(text.as_bytes())], &mut control, SendFlags::empty());
        assert_eq!(sent, Ok(text.len()));
    }

    /// Closes the ends that were sent.
    fn close(&mut self) {
        self.0.iter_mut().for_each(|(_, writer)| *writer = None);
    }

    /// Returns the numbers of the pipes whose writing ends are open in the server.
    fn open(&mut self) -> Vec<usize> {
        let is_open = |(reader, _): &mut (PipeReader, _)| reader.read(&mut [0]).is_err();
        self.0.iter_mut().enumerate().filter_map(|(number, pipe)| is_open(pipe).then_some(number)).collect()
    }
}

/// A client of our server or of QEMU.
struct Client {
    socket: UnixStream,
    reader: BufReader<UnixStream>,
}

impl Client {
    fn new(socket: UnixStream, negotiation: &Value) -> Self {
        socket.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket");
        let reader = BufReader::new(socket.try_clone().expect("a descriptor"));
        let mut client = Self { socket, reader };
        client.receive();
        client.call(&json!({ "execute": "qmp_capabilities", "arguments": negotiation, "id": 0 }));
        client
    }

    fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"))
    }

    fn call(&mut self, command: &Value) -> Value {
        self.socket.write_all(command.to_string().as_bytes()).expect("a connection");
        self.reply_to(&command["id"])
    }

    /// Receives until the reply with this id.
    fn reply_to(&mut self, id: &Value) -> Value {
        std::iter::repeat_with(|| self.receive()).find(|reply| reply["id"] == *id).expect("a reply")
    }

    /// Sends a script, and waits for the replies to its commands.
    fn play(&mut self, pipes: &mut Pipes, case: &Case) {
        for (text, numbers) in &case.sends {
            pipes.send(&self.socket, text, numbers);
        }
        pipes.close();
        for (name, number) in &case.names {
            let reply = self.reply_to(&json!(name));
            assert_eq!(reply["return"].is_object(), number.is_some(), "{case:?}: {reply}");
        }
    }
}

/// Starts our server, with one client.
fn our_server(negotiation: &Value) -> (Client, JoinHandle<qmp_types::Result<()>>) {
    let (socket, theirs) = UnixStream::pair().expect("a pair");
    let server = thread::spawn(move || qmp::server(Echo::default()).serve_stream(theirs));
    (Client::new(socket, negotiation), server)
}

/// Plays a case to our server while it is busy, so that everything has arrived when it continues to read, or waits in its
/// queue if out-of-band execution is enabled.
fn check_ours(case: &Case, negotiation: &Value) {
    let ((mut client, server), mut pipes) = (our_server(negotiation), Pipes::new());
    client.socket.write_all(b"{'execute': 'wait', 'arguments': {'milliseconds': 20}}").expect("a connection");
    client.play(&mut pipes, case);
    // A reply to what is no command may still be on its way.
    client.call(&json!({ "execute": "query-version", "id": "last" }));
    check_names(&mut client, &mut pipes, case);
    drop(client);
    server.join().expect("no panic").expect("no error");
    assert_eq!(pipes.open(), [0; 0], "{case:?}: a descriptor is still open");
}

#[test]
fn ours() {
    for case in cases() {
        check_ours(&case, &json!({}));
        check_ours(&case, &json!({ "enable": ["oob"] }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn ours_with_any_case(case in any_case()) {
        check_ours(&case, &json!({}));
        check_ours(&case, &json!({ "enable": ["oob"] }));
    }
}

/// Checks that 16 of 19 descriptors wait for a command.
fn check_limit(client: &mut Client) {
    let mut pipes = Pipes::new();
    pipes.send(&client.socket, " ", &(0..19).collect::<Vec<_>>());
    pipes.close();
    client.call(&json!({ "execute": "query-commands", "id": 1 }));
    assert_eq!(pipes.open(), (0..16).collect::<Vec<_>>());
}

#[test]
fn sixteen_of_a_batch_wait_with_us() {
    let (mut client, server) = our_server(&json!({}));
    check_limit(&mut client);
    drop(client);
    server.join().expect("no panic").expect("no error");
}

/// Checks which descriptor each name holds, by closing one after the other.
fn check_names(client: &mut Client, pipes: &mut Pipes, case: &Case) {
    for (name, number) in &case.names {
        let before = pipes.open();
        let reply = client.call(&json!({ "execute": "closefd", "arguments": { "fdname": name }, "id": 2 }));
        let closed: Vec<usize> = before.into_iter().filter(|number| !pipes.open().contains(number)).collect();
        assert_eq!(closed, number.iter().copied().collect::<Vec<_>>(), "{case:?}: {name}: {reply}");
    }
}

#[test]
fn of_qemu() {
    for generation in Generation::ALL {
        let Some(server) = Server::bare_emulator(generation) else { continue };
        let connect = || Client::new(UnixStream::connect(server.socket()).expect("QEMU"), &json!({}));
        check_limit(&mut connect());
        let check = |case: &Case| {
            let (mut client, mut pipes) = (connect(), Pipes::new());
            client.play(&mut pipes, case);
            client.call(&json!({ "execute": "query-version", "id": "last" }));
            check_names(&mut client, &mut pipes, case);
        };
        cases().for_each(|case| check(&case));
        let mut runner = TestRunner::new(ProptestConfig::with_cases(48));
        let checked = runner.run(&any_case(), |case| {
            check(&case);
            Ok(())
        });
        checked.expect("the model is right");
    }
}
