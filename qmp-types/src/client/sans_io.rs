//! A client's dialogue without IO, for fuzz targets and tests.

use super::ClientOptions;
use super::core::{Core, EventWaiter, ReplyWaiter, Request, Subscriptions, Waiter};
use crate::Value;

/// Returns what a client with three calls in flight receives from a server's byte stream, which arrives in pieces: one text
/// for the greeting, for each reply and each event, and for the end of the connection, as far as they come.
#[must_use]
pub fn receive<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<String> {
    let mut core = Core::new(&ClientOptions::new());
    let calls = ["first", "second", "third"].map(|name| (name, core.begin(Request::named(name), &(), None)));
    pieces.into_iter().for_each(|piece| core.receive(piece));
    let mut received: Vec<_> = core.greeting().map(|greeting| format!("{greeting:?}")).into_iter().collect();
    for (name, call) in calls {
        let Ok(call) = call else { continue };
        let mut value = Value::Null;
        if let Some(result) = ReplyWaiter::new(call, name, &mut value).poll(&mut core) {
            received.push(format!("{name}: {:?}", result.map(|()| value)));
        }
    }
    loop {
        let mut waiter = EventWaiter::of(Subscriptions::OWN, None);
        match waiter.poll(&mut core) {
            Some(Ok(())) => received.push(format!("{:?}", waiter.into_event())),
            end => {
                received.extend(end.map(|end| format!("{end:?}")));
                return received;
            }
        }
    }
}
