//! Circles in a graph.

use std::collections::{BTreeMap, BTreeSet};

/// For each file, the files that it depends on.
pub(super) type Graph = BTreeMap<String, BTreeSet<String>>;

/// Returns the sets of files that can all reach each other, each as the files' names.
pub(super) fn circles(graph: &Graph) -> Vec<String> {
    let reachable: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|file| (&**file, reach(graph, file))).collect();
    let reaches = |from: &str, to: &str| reachable.get(from).is_some_and(|files| files.contains(to));
    let circle = |file: &str| -> Vec<&str> {
        graph.keys().map(|other| &**other).filter(|other| reaches(file, other) && reaches(other, file)).collect()
    };
    let circles: BTreeSet<_> = graph.keys().map(|file| circle(file)).filter(|circle| !circle.is_empty()).collect();
    circles.iter().map(|circle| circle.join(", ")).collect()
}

/// Returns all files that `file` depends on, directly or not.
fn reach<'g>(graph: &'g Graph, file: &str) -> BTreeSet<&'g str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = vec![file];
    while let Some(file) = open.pop() {
        for next in graph.get(file).into_iter().flatten() {
            if found.insert(&**next) {
                open.push(next);
            }
        }
    }
    found
}
