//! What the core keeps, which no client can see.

use super::*;

/// Receives bytes that a waiter for the greeting has read.
fn receive(core: &mut Core, bytes: &[u8]) {
    core.incoming.space()[..bytes.len()].copy_from_slice(bytes);
    core.received(Ok(bytes.len()), &mut GreetingWaiter);
}

#[test]
fn the_reply_to_an_abandoned_call_is_dropped() {
    let mut core = Core::new(&ClientOptions::default());
    let [abandoned, kept] = ["stop", "cont"].map(|name| core.begin(Request::named(name), &(), None).unwrap());
    let id = abandoned.id;
    core.abandon(abandoned);
    receive(&mut core, b"{\"return\": {}, \"id\": 1}\r\n{\"return\": {}, \"id\": 2}\r\n");
    assert!(core.take_reply(id).is_none());
    assert!(core.take_reply(kept.id).is_some());
}
