//! The arguments of a command, joined by their paths.

use super::mistake::Mistake;
use super::syntax::{Argument, Given};

/// Members that were given, in the order of their first mention.
#[derive(Debug, Default)]
pub(super) struct Tree(pub(super) Vec<Entry>);

/// A member.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    /// The index of the first argument that mentions it.
    pub(super) argument: usize,
    pub(super) node: Node,
}

/// The value of a member.
#[derive(Debug)]
pub(super) enum Node {
    Given(Given),
    /// `key.NAME=`: an object, or a list with indices as names.
    Members(Tree),
}

impl Tree {
    /// Adds an argument.
    pub(super) fn add(&mut self, index: usize, argument: Argument) -> Result<(), Mistake> {
        let mut tree = self;
        let (last, parents) = argument.path.split_last().expect("a path has a name");
        for (depth, name) in parents.iter().enumerate() {
            let position = tree.position_or_insert(index, name);
            tree = match &mut tree.0[position].node {
                Node::Members(members) => members,
                Node::Given(_) => {
                    let path = argument.path[..=depth].join(".");
                    let reason = format!("`{path}` has a value already, so it has no members");
                    return Err(Mistake::new(reason).at(index));
                }
            };
        }
        if tree.get(last).is_some() {
            return Err(Mistake::new(format!("`{}` is given twice", argument.path.join("."))).at(index));
        }
        tree.0.push(Entry { name: last.clone(), argument: index, node: Node::Given(argument.value) });
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.0.iter().find(|entry| entry.name == name).map(|entry| &entry.node)
    }

    fn position_or_insert(&mut self, argument: usize, name: &str) -> usize {
        self.0.iter().position(|entry| entry.name == name).unwrap_or_else(|| {
            self.0.push(Entry { name: name.to_owned(), argument, node: Node::Members(Self::default()) });
            self.0.len() - 1
        })
    }
}
