//! The recorded sessions, with a server of ours whose commands have the same shapes.

use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use qmp_types::private::{Field, Mode, Reader};
use qmp_types::server::Policy;
use qmp_types::{Command, Context, Error, Handle, Outcome, ServerHandle};
use serde_json::Value;

use crate::recordings::{Client, recorded};

mod qemu {
    qmp_types::schema!("tests/policy/qemu.json", side = server);
}

/// A state that executes every command: it does what QEMU did without a policy.
struct Replay {
    reply: Mutex<Value>,
    handle: OnceLock<ServerHandle>,
}

impl<C: Command> Handle<C> for Replay {
    fn handle<'a>(&'a self, _: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
        let reply = self.reply.lock().expect("not poisoned");
        if let Some(error) = reply.get("error") {
            let text = |key: &str| error[key].as_str().expect("a string").to_owned();
            return Outcome::ready(Err(Error::new(text("class").as_str(), text("desc"))));
        }
        if context.command().name == "x-exit-preconfig" {
            self.handle.get().expect("it was set").end_preconfig();
        }
        let mut value = C::Return::blank();
        let result = Reader::new(&reply["return"].to_string(), Mode::Lenient).value(&mut value);
        Outcome::ready(result.map(|()| value).map_err(Error::from))
    }
}

/// Runs a session with a server of ours. Returns its replies, and its description of the commands.
fn replay(policy: &str, preconfig: bool, oob: bool, steps: &[Value], described: &Value) -> (Vec<Value>, Value) {
    let state = Replay { reply: Mutex::default(), handle: OnceLock::new() };
    let mut server = qemu::server(state).policy(policy.parse::<Policy>().expect("a policy"));
    if preconfig {
        server = server.preconfig();
    }
    let state = Arc::clone(server.state());
    state.handle.set(server.handle()).expect("it is set once");
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    thread::spawn(move || server.serve_stream(theirs));
    let mut client = Client::new(ours, oob);
    let mut ask = |step: &Value| {
        *state.reply.lock().expect("not poisoned") = step[1].clone();
        client.ask(&step[0])
    };
    let replies = steps.iter().map(&mut ask).collect();
    (replies, client.description(described))
}

#[test]
fn a_server_of_ours_answers_like_qemu() {
    for (version, sessions) in recorded() {
        for session in sessions {
            let (head, steps) = (&session[0], session[1].as_array().expect("steps"));
            let policy = head[0].as_str().expect("a policy");
            let (replies, described) = replay(policy, head[1] == true, head[2] == true, steps, &head[3]);
            for (step, reply) in steps.iter().zip(&replies) {
                assert_eq!(*reply, step[2], "{version} {policy:?}: {}", step[0]);
            }
            assert_eq!(described, head[5], "{version} {policy:?}: query-qmp-schema");
            let (_, all) = replay("", false, false, &[], &head[3]);
            assert_eq!(all, head[4], "{version}: query-qmp-schema without a policy");
        }
    }
}
