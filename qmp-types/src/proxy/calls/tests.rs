//! The requests of many clients at a server that is a queue.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::os::fd::OwnedFd;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// A number of a request, which says how the server executes it.
type Number = u64;

#[derive(Debug, Clone)]
enum Step {
    /// A client sends a request, unless it waits for the reply to another one. The server may answer it or not.
    InBand {
        client: u64,
        with_fd: bool,
        silent: bool,
    },
    OutOfBand {
        client: u64,
    },
    /// The server executes the oldest in-band request.
    Execute {
        fails: bool,
        without_id: bool,
    },
    /// The server executes one of the out-of-band requests.
    ExecuteOutOfBand(prop::sample::Index),
    Probe,
    Leave(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let client = || 0..6_u64;
    let step = prop_oneof![
        8 => (client(), prop::bool::weighted(0.2), prop::bool::weighted(0.2))
            .prop_map(|(client, with_fd, silent)| Step::InBand { client, with_fd, silent }),
        3 => client().prop_map(|client| Step::OutOfBand { client }),
        8 => (any::<bool>(), prop::bool::weighted(0.1))
            .prop_map(|(fails, without_id)| Step::Execute { fails, without_id }),
        3 => any::<prop::sample::Index>().prop_map(Step::ExecuteOutOfBand),
        1 => Just(Step::Probe),
        1 => client().prop_map(Step::Leave),
    ];
    vec(step, 1..300)
}

/// A server that has received requests: their id, and the request if it is no probe.
#[derive(Debug, Default)]
struct Model {
    in_band: VecDeque<(u64, Option<Number>)>,
    out_of_band: Vec<(u64, Number)>,
    silent: BTreeSet<Number>,
    with_fd: BTreeSet<Number>,
    /// The requests that were not answered, by client.
    open: BTreeMap<Number, u64>,
    /// The in-band requests that were not sent, in the order of arrival.
    arrived: VecDeque<Number>,
    last: Number,
}

impl Model {
    fn request(&mut self, client: u64) -> Number {
        self.last += 1;
        self.open.insert(self.last, client);
        self.last
    }

    /// Takes what is sent now.
    fn receive(&mut self, calls: &mut Calls<Number>) {
        while let Some(ToSend { id, request, fd }) = calls.send_next() {
            assert_eq!(Some(*request), self.arrived.pop_front(), "in the order of arrival");
            let has_fd = |request: &Option<Number>| request.is_some_and(|request| self.with_fd.contains(&request));
            let alone = self.in_band.is_empty() || fd.is_none() && !self.in_band.iter().any(|(_, sent)| has_fd(sent));
            assert!(alone, "a descriptor is alone with the server");
            assert_eq!(fd.is_some(), self.with_fd.contains(request));
            self.in_band.push_back((id, Some(*request)));
        }
        let ids = self.in_band.iter().map(|(id, _)| id).chain(self.out_of_band.iter().map(|(id, _)| id));
        assert_eq!(ids.collect::<BTreeSet<_>>().len(), self.in_band.len() + self.out_of_band.len(), "ids are unique");
        assert!(self.in_band.len() <= IN_BAND + 1, "the server always reads further requests");
    }

    /// Takes the ends of requests. Silent ones must have been executed.
    fn ended(&mut self, ended: Option<Ended<Number>>, executed: Option<Number>) {
        let Ended { silent, replied } = ended.expect("the id is known");
        for ClientRequest { client, request } in silent {
            assert!(self.silent.remove(&request), "{request} has ended without a reply");
            assert_eq!(self.open.remove(&request), Some(client));
        }
        let expected = executed.and_then(|number| Some((self.open.remove(&number)?, number)));
        assert_eq!(replied.map(|replied| (replied.client, replied.request)), expected);
    }

    fn leave(&mut self, client: u64) {
        let open = &mut self.open;
        open.retain(|_, owner| *owner != client);
        let sent: BTreeSet<_> = self.in_band.iter().filter_map(|(_, number)| *number).collect();
        self.arrived.retain(|number| open.contains_key(number) || sent.contains(number));
    }
}

fn run(steps: Vec<Step>) {
    let (mut calls, mut model) = (Calls::default(), Model::default());
    let waits = |model: &Model, client: u64, oob: &[(u64, Number)], is_oob: bool| {
        model
            .open
            .iter()
            .any(|(number, owner)| *owner == client && oob.iter().any(|(_, sent)| sent == number) == is_oob)
    };
    for step in steps {
        match step {
            Step::InBand { client, .. } if waits(&model, client, &model.out_of_band, false) => {}
            Step::InBand { client, with_fd, silent } => {
                let number = model.request(client);
                let fd: Option<OwnedFd> = with_fd.then(|| File::open("/dev/null").unwrap().into());
                if with_fd {
                    model.with_fd.insert(number);
                }
                if silent {
                    model.silent.insert(number);
                }
                model.arrived.push_back(number);
                calls.add(client, number, fd);
            }
            Step::OutOfBand { client } if waits(&model, client, &model.out_of_band, true) => {}
            Step::OutOfBand { client } => {
                let number = model.request(client);
                let id = calls.add_out_of_band(client, number).id;
                model.out_of_band.push((id, number));
            }
            Step::Execute { fails, without_id } => {
                if let Some((id, number)) = model.in_band.pop_front() {
                    let is_silent = number.is_some_and(|number| model.silent.contains(&number));
                    if is_silent && !fails {
                        continue;
                    }
                    number.inspect(|number| _ = model.silent.remove(number));
                    // A server that cannot read a request has answered all before it.
                    let is_oldest = calls.running() == Some(id);
                    let id = if fails && without_id && is_oldest { calls.without_id().unwrap() } else { id };
                    let ended = calls.replied(id, fails);
                    model.ended(ended, number);
                }
            }
            Step::ExecuteOutOfBand(index) => {
                if !model.out_of_band.is_empty() {
                    let (id, number) = model.out_of_band.remove(index.index(model.out_of_band.len()));
                    let ended = calls.replied(id, false);
                    model.ended(ended, Some(number));
                }
            }
            Step::Probe => model.in_band.extend(calls.add_probe().map(|id| (id, None))),
            Step::Leave(client) => {
                calls.forget(client);
                model.leave(client);
            }
        }
        model.receive(&mut calls);
    }
    let (sent, waiting) = calls.take_all();
    let left: BTreeMap<_, _> = sent.iter().chain(&waiting).map(|left| (left.request, left.client)).collect();
    assert_eq!(left, model.open, "each request ends once, and those of a client that has left do not");
    assert!(calls.replied(1, false).is_none() && calls.send_next().is_none());
}

proptest! {
    #[test]
    fn each_request_ends_once_and_in_order(steps in steps()) {
        run(steps);
    }
}

#[test]
fn descriptors_that_were_not_taken() {
    let mut calls = Calls::default();
    let null = || Some(File::open("/dev/null").unwrap().into());
    for (fd, fails, is_stray) in
        [(null(), true, true), (None, false, true), (null(), false, false), (None, true, false)]
    {
        calls.add(1, (), fd);
        let id = calls.send_next().unwrap().id;
        calls.replied(id, fails);
        assert_eq!(calls.has_stray_fd(), is_stray);
    }
}

#[test]
fn ids_are_short_and_return() {
    let mut calls = Calls::default();
    calls.add(1, 1, None);
    assert_eq!(calls.send_next().unwrap().id, 1);
    let ids: Vec<_> = (0..2 * LARGEST_ID)
        .map(|_| {
            let id = calls.add_out_of_band(2, 2).id;
            calls.replied(id, false).unwrap();
            id
        })
        .collect();
    assert!(ids.iter().all(|id| (2..=LARGEST_ID).contains(id)), "1 is in use");
}
