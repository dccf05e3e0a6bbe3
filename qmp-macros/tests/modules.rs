//! The files of this crate do not depend on each other in circles: what two files share belongs to the lower one.

use test_support::circles;

#[test]
fn no_circles() {
    assert_eq!(circles(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), Vec::<String>::new());
}
