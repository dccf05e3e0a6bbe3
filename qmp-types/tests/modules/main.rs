//! The files of this crate do not depend on each other in circles: what two files share belongs to the lower one.
//!
//! A file depends on another if it names an item that the other one defines. Re-exports are followed to the definition.
//! A file may also name items of its own ancestors in the folder tree, which is how a module and its parts recurse.

mod graph;
mod names;

use std::path::Path;

use graph::circles;
use names::Crate;

/// A circle that is about to go: `record` names functions of `private`, which names those of `record`.
const KNOWN: &str = "private/record.rs, record.rs, record/reader.rs, record/unknown.rs";

#[test]
fn no_circles() {
    let krate = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let dependencies = krate.dependencies();
    assert!(dependencies.len() > 50, "expected most files to depend on others, found {}", dependencies.len());
    let mut circles = circles(&dependencies);
    circles.retain(|circle| circle != KNOWN);
    assert!(circles.is_empty(), "files that depend on each other:\n{}", circles.join("\n"));
}

/// A crate of three files, in which `b` and `c` depend on each other through a re-export.
#[test]
fn a_circle_is_found() {
    let krate = Crate::of(&[
        ("lib.rs", "mod a; pub use a::Shared;"),
        ("a.rs", "mod b; mod c; pub use b::Shared; pub struct Parent;"),
        ("a/b.rs", "use super::Parent; pub struct Shared(crate::a::c::C);"),
        ("a/c.rs", "pub struct C; fn f(_: crate::Shared) {}"),
        ("d.rs", "use crate::Shared;"),
    ]);
    assert_eq!(circles(&krate.dependencies()), ["a/b.rs, a/c.rs"]);
}
