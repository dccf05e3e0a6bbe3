//! Reading and writing of values: against serde derive, and against `qapi`'s types. What a client reads is a message with
//! the value in it; `client.rs` has that.

use qapi::qmp as peer;
use qmp_types::private::{Field, Mode, Reader, Writer};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::counts::Entity;
use crate::generated::{derived, ours};
use crate::measure::{in_turns, nanoseconds};
use crate::report::{Report, Row, Target, Unit};
use crate::samples;

const QAPI: &str = "qapi 0.15's types";

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    both_ways::<ours::StatusInfo, derived::StatusInfo>(report, "query-status", samples::STATUS, 0.85);
    both_ways::<Vec<ours::BlockInfo>, Vec<derived::BlockInfo>>(report, "query-block", &samples::block(), 0.6);
    let (schema, nodes) = (samples::qmp_schema(), samples::named_block_nodes());
    let decode_schema = || nanoseconds(|| read::<Vec<ours::SchemaInfo>>(&schema));
    let mut against = |peer: &str, theirs: fn(&str) -> f64, target| {
        let figures = in_turns(decode_schema, || theirs(&schema));
        decoding(report, "query-qmp-schema", schema.len(), figures, peer, target);
    };
    against(QAPI, |text| nanoseconds(|| derive_read::<Vec<peer::SchemaInfo>>(text)), Target::None);
    let borrowed =
        |text: &str| nanoseconds(|| serde_json::from_str::<Vec<Entity<&str>>>(text).expect("it is a schema"));
    against("hand-written flat struct, strings borrowed", borrowed, Target::AtLeast(0.7));
    let owned = |text: &str| nanoseconds(|| derive_read::<Vec<Entity<String>>>(text));
    against("hand-written flat struct, strings owned", owned, Target::AtLeast(0.95));

    let figures = in_turns(
        || nanoseconds(|| read::<Vec<ours::BlockDeviceInfo>>(&nodes)),
        || nanoseconds(|| derive_read::<Vec<peer::BlockDeviceInfo>>(&nodes)),
    );
    decoding(report, "query-named-block-nodes", nodes.len(), figures, QAPI, Target::None);
}

/// Decodes and encodes again.
fn both_ways<O: Field, D: Serialize + DeserializeOwned>(report: &mut Report, command: &str, reply: &str, bound: f64) {
    let (ours, theirs) = in_turns(
        || nanoseconds(|| write(&read::<O>(reply))),
        || nanoseconds(|| serde_json::to_vec(&derive_read::<D>(reply))),
    );
    let what = format!("{command} reply, {} B: decode and encode", reply.len());
    let (against, target) = ("serde derive".to_owned(), Target::AtMost(bound));
    report.row(&Row { what, unit: Unit::Nanoseconds, ours, against, theirs, target });
}

/// A row of the speeds that come of these times.
fn decoding(
    report: &mut Report,
    command: &str,
    length: usize,
    (ours, theirs): (f64, f64),
    against: &str,
    target: Target,
) {
    let speed = |nanoseconds: f64| length as f64 * 1e3 / nanoseconds;
    let what = format!("{command} reply, {} kB: decode the value", length / 1000);
    let (ours, against, theirs) = (speed(ours), against.to_owned(), speed(theirs));
    report.row(&Row { what, unit: Unit::MegabytesPerSecond, ours, against, theirs, target });
}

/// As a client reads a reply.
pub fn read<T: Field>(text: &str) -> T {
    let mut value = T::blank();
    Reader::new(text, Mode::Lenient).value(&mut value).expect("QEMU's reply is as its schema says");
    value
}

/// With the room at the start that `serde_json` takes.
pub fn write(value: &dyn Field) -> Vec<u8> {
    let mut writer = Writer::append_to(Vec::with_capacity(128));
    value.write(&mut writer);
    writer.into_bytes()
}

pub fn derive_read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("QEMU's reply is as its schema says")
}
