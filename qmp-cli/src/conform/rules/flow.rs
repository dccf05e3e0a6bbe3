//! Flow control: many requests at once, and the end of the input.

use serde_json::{Value, json};

use super::basics::{READY_WITH_IDS, SCHEMA};
use crate::conform::connection::Connection;
use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::message::Message;
use crate::conform::rule::{Class, Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Issuing Commands");

/// As many requests as a client may have in flight.
const QUEUE: usize = 8;
/// The requests of a client that leaves.
const IN_FLIGHT: usize = 3;
/// More requests than a server queues. It has to stop reading meanwhile.
const BACKLOG: usize = 40;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "flow/pipelined",
        duty: "answers eight requests that are in flight together, in order",
        reason: "Clients need not wait for a reply before the next request.",
        spec: SPEC,
        needs: &["framing/joined"],
        probe: |target| pipelined(target.ready()?, QUEUE),
        ..Rule::BOTH
    },
    Rule {
        id: "flow/half-close",
        duty: "answers the requests that precede the end of its input, then closes the connection",
        reason: "Scripts pipe requests into a socket and read the replies until the end.",
        spec: SPEC,
        class: Class::Compat,
        needs: &["framing/joined"],
        probe: half_close,
        ..Rule::BOTH
    },
    // A client that leaves like this ends QEMU's guest agent, so agents are not tried.
    Rule {
        id: "flow/leaves",
        duty: "serves other clients after one left without reading its replies",
        reason: "Clients crash, and the server has to go on.",
        spec: SPEC,
        needs: READY_WITH_IDS,
        probe: leaves,
        ..Rule::MONITOR
    },
    Rule {
        id: "flow/no-leak",
        duty: "sends no reply to a client that another client's request caused",
        reason: "A client takes the reply for its own. (QEMU does send a reply that is late to the next client.)",
        spec: SPEC,
        class: Class::Compat,
        needs: &["flow/leaves", SCHEMA],
        probe: no_leak,
        ..Rule::MONITOR
    },
    Rule {
        id: "flow/backlog",
        duty: "loses none of forty requests that arrive at once",
        reason: "A server whose queue is full stops reading; it does not drop requests.",
        spec: SPEC,
        is_invasive: true,
        needs: &["flow/pipelined"],
        probe: |target| pipelined(target.ready()?, BACKLOG),
        ..Rule::BOTH
    },
    Rule {
        id: "flow/oob-backlog",
        duty: "loses none of forty requests that arrive at once with `oob` enabled",
        reason: "A server whose queue is full stops reading; it does not drop requests.",
        spec: Spec::Qmp("Out-of-band execution"),
        is_invasive: true,
        needs: &["flow/pipelined", "oob/enables"],
        probe: |target| pipelined(target.ready_for_oob()?, BACKLOG),
        ..Rule::MONITOR
    },
    Rule {
        id: "flow/slow-reader",
        duty: "sends complete replies, in order, to a client that reads late",
        reason: "A reply that is cut short when the socket is full breaks the stream for good.",
        spec: SPEC,
        is_invasive: true,
        needs: &[SCHEMA, "flow/pipelined"],
        probe: slow_reader,
        ..Rule::MONITOR
    },
];

fn id(number: usize) -> Value {
    json!(format!("qmp-conform-request-{number}"))
}

fn pipelined(mut connection: Connection, count: usize) -> Probed {
    let requests: String = (0..count).map(|number| connection.ping(&id(number).to_string())).collect();
    connection.send_line(requests)?;
    replies_in_order(&mut connection, count)
}

fn replies_in_order(connection: &mut Connection, count: usize) -> Probed {
    for number in 0..count {
        let reply = connection.reply()?;
        reply.success()?;
        expect(reply.id() == Some(&id(number)), format!("the reply with the id {}", id(number)), &reply)?;
    }
    Ok(())
}

fn half_close(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let requests: String = (0..4).map(|number| connection.ping(&id(number).to_string())).collect();
    connection.send_line(requests)?;
    connection.finish();
    replies_in_order(&mut connection, 4)?;
    connection.wait_for_end()
}

fn leaves(target: &Target) -> Probed {
    let mut gone = target.ready()?;
    gone.send_line(gone.ping("1").repeat(IN_FLIGHT))?;
    drop(gone);
    after_another(target).map(drop)
}

/// Returns what the next client receives before the replies to its own commands.
fn after_another(target: &Target) -> Probed<Vec<Message>> {
    let mut next = target.connect()?;
    next.send_line(r#"{"execute": "qmp_capabilities", "id": "qmp-conform-negotiation"}"#)?;
    let before = next.until(&json!("qmp-conform-negotiation"))?;
    Ok([before, next.mark()?].concat())
}

fn no_leak(target: &Target) -> Probed {
    let mut gone = target.ready()?;
    // Of the harmless commands, this one takes the longest.
    gone.send_line(r#"{"execute": "query-qmp-schema", "id": "qmp-conform-gone"}"#.repeat(IN_FLIGHT))?;
    drop(gone);
    let leaked = after_another(target)?.into_iter().find(|reply| reply.id() == Some(&json!("qmp-conform-gone")));
    leaked.map_or(Ok(()), |reply| Err(Finding::broken("replies to its own requests alone", reply)))
}

fn slow_reader(target: &Target) -> Probed {
    const COUNT: usize = 24;
    let mut connection = target.ready()?;
    let request = |number| json!({"execute": "query-qmp-schema", "id": id(number)}).to_string();
    connection.send_line((0..COUNT).map(request).collect::<String>())?;
    // The replies fill the buffers of the socket meanwhile.
    std::thread::sleep(std::time::Duration::from_millis(300));
    replies_in_order(&mut connection, COUNT)
}
