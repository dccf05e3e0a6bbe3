//! The files of a crate that depend on each other in circles.
//!
//! A file depends on another if it names an item that the other one defines. Re-exports are followed to the definition.
//! A file may also name items of its own ancestors in the folder tree, which is how a module and its parts recurse.

mod graph;
mod names;

use std::path::Path;

use names::Crate;

/// Returns the sets of files under a crate's `src` folder that depend on each other: each as the files' names in the order
/// of the alphabet, separated by `, `.
///
/// # Panics
///
/// If the folder cannot be read, contains a file that is not Rust, or contains no file that depends on another.
pub fn circles(src: impl AsRef<Path>) -> Vec<String> {
    let src = src.as_ref();
    let dependencies = Crate::read(src).dependencies();
    assert!(dependencies.values().any(|files| !files.is_empty()), "no file of {} depends on another", src.display());
    graph::circles(&dependencies)
}

#[cfg(test)]
mod tests {
    use super::graph::circles;
    use super::names::Crate;

    /// A crate in which `b` and `c` depend on each other through a re-export.
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
}
