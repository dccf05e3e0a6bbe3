//! One stream in all its splits: where a write ends must not matter.

use crate::case::Case;

/// The case that is split: a pipeline with errors, of strings with escapes, and a number at the end of a value.
const SPLIT: &str = "framing: a pipeline to be split";

/// The case at each place split in two, and byte by byte.
pub(crate) fn of(cases: &[Case]) -> Vec<Case> {
    let whole = cases.iter().find(|case| case.name == SPLIT).expect("the case to be split");
    let bytes = whole.writes.concat();
    let named = |name: String, writes| Case { name, writes, ..whole.clone() };
    let halves =
        (1..bytes.len()).map(|at| named(format!("{SPLIT}, at {at}"), vec![bytes[..at].to_vec(), bytes[at..].to_vec()]));
    let pieces =
        |size: usize| named(format!("{SPLIT}, in pieces of {size}"), bytes.chunks(size).map(<[u8]>::to_vec).collect());
    halves.chain([1, 2, 3, 7].map(pieces)).collect()
}
