//! A descriptor belongs to the byte that it was sent with, however many sends one receive returns: the same scripts
//! against our server and against QEMU, which receives byte by byte.

use std::io::{BufRead, BufReader, IoSlice, PipeReader, PipeWriter, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags};
use serde_json::{Value, json};
use test_support::{Generation, Server};

use crate::echo::Echo;
use crate::qmp;

/// What is sent, one `sendmsg` each: the text and the numbers of its descriptors. `<a>` stands for the command `getfd`
/// with the name and the id `a`.
type Script = [(&'static str, &'static [usize])];

/// A script, and the descriptor that each name gets.
type Case = (&'static Script, &'static [(&'static str, Option<usize>)]);

const CASES: &[Case] = &[
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
    fn new(socket: UnixStream) -> Self {
        socket.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket");
        let reader = BufReader::new(socket.try_clone().expect("a descriptor"));
        let mut client = Self { socket, reader };
        client.receive();
        client.call(&json!({ "execute": "qmp_capabilities" }));
        client
    }

    fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"))
    }

    fn call(&mut self, command: &Value) -> Value {
        self.socket.write_all(command.to_string().as_bytes()).expect("a connection");
        self.receive()
    }

    /// Sends a script, and waits for the replies to its commands.
    fn play(&mut self, pipes: &mut Pipes, (script, names): &Case) {
        for (text, numbers) in *script {
            let mut text = (*text).to_owned();
            for (name, _) in *names {
                let command = json!({ "execute": "getfd", "arguments": { "fdname": name }, "id": name });
                text = text.replace(&format!("<{name}>"), &command.to_string());
            }
            pipes.send(&self.socket, &text, numbers);
        }
        pipes.close();
        for (name, number) in *names {
            let reply = std::iter::repeat_with(|| self.receive()).find(|reply| reply["id"] == *name).expect("a reply");
            assert_eq!(reply["return"].is_object(), number.is_some(), "{script:?}: {reply}");
        }
    }
}

/// Starts our server, with one client.
fn our_server() -> (Client, JoinHandle<qmp_types::Result<()>>) {
    let (socket, theirs) = UnixStream::pair().expect("a pair");
    let server = thread::spawn(move || qmp::server(Echo::default()).serve_stream(theirs));
    (Client::new(socket), server)
}

#[test]
fn ours() {
    for case in CASES {
        let ((mut client, server), mut pipes) = (our_server(), Pipes::new());
        // All that follows has arrived when the server continues to read.
        client.socket.write_all(b"{'execute': 'wait', 'arguments': {'milliseconds': 30}}").expect("a connection");
        client.play(&mut pipes, case);
        check_names(&mut client, &mut pipes, case);
        drop(client);
        server.join().expect("no panic").expect("no error");
        assert_eq!(pipes.open(), [0; 0], "{case:?}: a descriptor is still open");
    }
}

/// Checks that 16 of 19 descriptors wait for a command.
fn check_limit(client: &mut Client) {
    let mut pipes = Pipes::new();
    pipes.send(&client.socket, " ", &(0..19).collect::<Vec<_>>());
    pipes.close();
    client.call(&json!({ "execute": "query-commands" }));
    assert_eq!(pipes.open(), (0..16).collect::<Vec<_>>());
}

#[test]
fn sixteen_of_a_batch_wait_with_us() {
    let (mut client, server) = our_server();
    check_limit(&mut client);
    drop(client);
    server.join().expect("no panic").expect("no error");
}

/// Checks which descriptor each name holds, by closing one after the other.
fn check_names(client: &mut Client, pipes: &mut Pipes, case: &Case) {
    for (name, number) in case.1 {
        let before = pipes.open();
        let reply = client.call(&json!({ "execute": "closefd", "arguments": { "fdname": name } }));
        let closed: Vec<usize> = before.into_iter().filter(|number| !pipes.open().contains(number)).collect();
        assert_eq!(closed, number.iter().copied().collect::<Vec<_>>(), "{case:?}: {name}: {reply}");
    }
}

#[test]
fn of_qemu() {
    for generation in Generation::ALL {
        let Some(server) = Server::bare_emulator(generation) else { continue };
        let connect = || Client::new(UnixStream::connect(server.socket()).expect("QEMU"));
        check_limit(&mut connect());
        for case in CASES {
            let mut client = connect();
            let mut pipes = Pipes::new();
            client.play(&mut pipes, case);
            check_names(&mut client, &mut pipes, case);
        }
    }
}
