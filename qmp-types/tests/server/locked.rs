//! A state behind a lock, in the asynchronous server.

use std::os::unix::net::UnixStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use qmp_types::private::{Entry, ServerSchema};
use qmp_types::server::InBand;
use qmp_types::{Command, CommandSpec, Context, HandleMut, Outcome, Server};
use serde_json::json;

use crate::test_client::Client;

struct Add;

impl Command for Add {
    const SPEC: &'static CommandSpec = &CommandSpec::new("add", "");
    type Arguments = ();
    type Return = i64;
}

impl InBand for Add {}

#[derive(Default)]
struct Counter {
    count: i64,
}

/// Changes the count in two steps, between which it waits for a timer of the runtime.
impl HandleMut<Add> for Counter {
    fn handle_mut<'a>(&'a mut self, (): (), _: &'a Context) -> Outcome<'a, Add> {
        Outcome::future(async {
            let count = self.count;
            tokio::time::sleep(Duration::from_millis(50)).await;
            self.count = count + 1;
            Ok(self.count)
        })
    }
}

/// An asynchronous handler keeps the lock while it waits, and other connections wait for it; the runtime, which has one
/// thread, does not.
#[test]
fn a_command_keeps_the_lock_and_not_the_runtime() {
    static SCHEMA: ServerSchema = ServerSchema { introspection: "[]", builtins: "" };
    static ENTRIES: &[Entry<Mutex<Counter>>] = &[Entry::of::<Add>()];
    static TICKS: AtomicU32 = AtomicU32::new(0);
    let (ours, theirs): (Vec<_>, Vec<_>) = (0..2).map(|_| UnixStream::pair().unwrap()).unzip();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let server = Server::new(Mutex::new(Counter::default()), ENTRIES, &SCHEMA).tokio();
        runtime.block_on(async {
            tokio::spawn(async {
                loop {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    TICKS.fetch_add(1, SeqCst);
                }
            });
            let [one, other] = <[UnixStream; 2]>::try_from(theirs).unwrap();
            _ = tokio::join!(server.serve_stream(one), server.serve_stream(other));
        });
    });
    let mut clients: Vec<Client> = ours.into_iter().map(Client::new).collect();
    clients.iter_mut().for_each(Client::negotiate);
    let before = TICKS.load(SeqCst);
    clients.iter_mut().for_each(|client| client.send("{'execute': 'add'}"));
    let mut replies: Vec<_> = clients.iter_mut().map(Client::receive).collect();
    replies.sort_by_key(ToString::to_string);
    assert_eq!(replies, [json!({"return": 1}), json!({"return": 2})]);
    assert!(TICKS.load(SeqCst) - before >= 4, "the runtime goes on while commands wait");
}
