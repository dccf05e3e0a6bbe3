use std::collections::BTreeSet;
use std::marker::PhantomData;

use qmp_types::private::{ClientDialogue, Entry, ServerSchema};
use qmp_types::server::{Session, Task};
use qmp_types::{Command, CommandSpec, Context, Handle, Outcome, Server, Value};

use crate::bindings::commands;
use crate::pieces;

/// A request that a server answers whatever came before it: the byte 0xFF ends that.
const ALIVE: &[u8] = b"\xFF\n{\"execute\": \"query-version\", \"id\": \"alive\"}";

/// Sends any bytes to a server.
///
/// - The replies do not depend on how the bytes are split.
/// - Each is a line of JSON with either a return value or an error, and a client accepts it.
/// - If the bytes are JSON objects by serde_json's measure, each has its reply, with its id.
/// - After garbage the server still answers.
pub fn server(input: &[u8]) {
    let whole = converse(std::iter::once(input));
    assert_eq!(converse(pieces(input)), whole, "the replies depend on how the bytes are split");
    let Some(replies) = lines(&whole) else { return };
    let requests = serde_json::Deserializer::from_slice(input).into_iter::<Value>().collect::<Result<Vec<_>, _>>();
    if let Some(requests) = requests.ok().filter(|requests| requests.iter().all(Value::is_object)) {
        check_replies(&requests, &replies);
    }
    let alive = lines(&converse([input, ALIVE].into_iter())).expect("the same ids");
    assert_eq!(alive.last().map(|reply| &reply["id"]), Some(&"alive".into()), "the server answers no more");
    check_client(&whole, replies.len());
}

/// The state of the server.
struct Echo;

/// The command `C`, which returns its arguments.
struct Echoed<C>(PhantomData<C>);

impl<C: Command> Command for Echoed<C> {
    const SPEC: &'static CommandSpec = C::SPEC;
    type Arguments = C::Arguments;
    type Return = C::Arguments;
}

impl<C: Command> Handle<Echoed<C>> for Echo {
    fn handle<'a>(&'a self, arguments: C::Arguments, _: &'a Context) -> Outcome<'a, Echoed<C>> {
        Outcome::ready(Ok(arguments))
    }
}

const ENTRIES: &[Entry<Echo>] = &[
    Entry::of::<Echoed<commands::Scalars>>(),
    Entry::of::<Echoed<commands::Chain>>(),
    Entry::of::<Echoed<commands::Shape>>(),
    Entry::of::<Echoed<commands::Choices>>(),
    Entry::of::<Echoed<commands::Wide>>(),
    Entry::of::<Echoed<commands::Free>>(),
    Entry::of::<Echoed<commands::Quiet>>(),
];

/// Returns the output of a session, which is sent the input in these pieces. It runs every other request on the spot, and
/// every other as a task.
fn converse<'a>(input: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let server = Server::new(Echo, ENTRIES, &ServerSchema { introspection: "[]", builtins: "" });
    let mut session = server.session();
    let mut output = session.take_output();
    let mut count = 0;
    for piece in input {
        session.receive(piece, Vec::new());
        execute(&mut session, &server, &mut count);
        output.extend(session.take_output());
    }
    session.finish();
    execute(&mut session, &server, &mut count);
    assert!(session.is_finished(), "something is left to do");
    output.extend(session.take_output());
    output
}

fn execute(session: &mut Session, server: &Server<Echo>, count: &mut usize) {
    while let Some(request) = session.next() {
        *count += 1;
        match *count % 2 {
            0 => request.run(server),
            _ => _ = request.detach(server).map(Task::run),
        }
    }
}

/// Returns the replies after the greeting, unless serde_json cannot represent an id, which is echoed as it was sent.
fn lines(output: &[u8]) -> Option<Vec<Value>> {
    let text = std::str::from_utf8(output).expect("a server sends ASCII");
    assert!(text.is_ascii() && text.ends_with("\r\n"), "{text:?}");
    let mut replies = Vec::new();
    for line in text.split_terminator("\r\n") {
        match serde_json::from_str::<Value>(line) {
            Ok(reply) => replies.push(reply),
            Err(error) if error.to_string().starts_with("number out of range") => return None,
            Err(error) => panic!("{error}: {line}"),
        }
    }
    let greeting = replies.remove(0);
    assert!(greeting["QMP"].is_object(), "{greeting}");
    for reply in &replies {
        assert!(reply.get("return").is_some() != reply.get("error").is_some(), "{reply}");
    }
    Some(replies)
}

/// Checks that each request has its reply, in order. Only the command `quiet` may have none.
fn check_replies(requests: &[Value], replies: &[Value]) {
    // The numbers of replies that the requests so far may have had.
    let mut counts = BTreeSet::from([0]);
    for request in requests {
        let answered = counts.iter().filter(|count| replies.get(**count).is_some_and(|reply| answers(reply, request)));
        let mut next: BTreeSet<usize> = answered.map(|count| count + 1).collect();
        if is_quiet(request) {
            next.extend(&counts);
        }
        assert!(!next.is_empty(), "no reply to {request}: {replies:?}");
        counts = next;
    }
    assert!(counts.contains(&replies.len()), "a reply without a request: {replies:?}");
}

/// Returns whether a reply has the request's id. A server answers without an id what it cannot parse: it rejects some
/// characters, and duplicate names.
fn answers(reply: &Value, request: &Value) -> bool {
    reply.get("id") == request.get("id") || reply.get("id").is_none() && is_syntax_error(reply)
}

fn is_quiet(request: &Value) -> bool {
    let is_named = |key| request.get(key).is_some_and(|name| name == "quiet");
    is_named("execute") || is_named("exec-oob")
}

fn is_syntax_error(reply: &Value) -> bool {
    reply["error"]["desc"]
        .as_str()
        .is_some_and(|text| text.starts_with("JSON parse error") || text.starts_with("duplicate"))
}

/// Checks that a client with this many calls accepts what the server has sent.
fn check_client(output: &[u8], calls: usize) {
    let mut client = ClientDialogue::new(calls.min(16));
    pieces(output).for_each(|piece| client.receive(piece));
    let received = client.received();
    assert!(!received.failed && received.greeting.is_some(), "a client rejects {:?}", String::from_utf8_lossy(output));
}
