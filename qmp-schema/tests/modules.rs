//! The files of this crate do not depend on each other in circles, except where the data is recursive: what two files share
//! belongs to the lower one.

use test_support::circles;

/// Documentation is recursive: a block may be a directive, whose body is blocks.
const RECURSION: &str = "markup/block.rs, markup/directive.rs";

#[test]
fn no_circles() {
    assert_eq!(circles(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), [RECURSION]);
}
