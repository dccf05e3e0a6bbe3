//! The commands and events that use a type: a change of the type affects all of them.

use std::collections::HashMap;

use super::types::TypePair;

/// The number of other users that a change lists. Bounded, because every command of a large schema may reach the same type.
pub(super) const MOST_OTHERS: usize = 100;

/// Records which pairs of types each command, each event and each other pair refers to.
#[derive(Default)]
pub(super) struct Usage {
    /// The commands and events, with the pairs that they name.
    entities: Vec<(String, Vec<usize>)>,
    /// The number of each pair.
    numbers: HashMap<TypePair, usize>,
    /// By number: the pairs that a pair refers to.
    references: Vec<Vec<usize>>,
}

impl Usage {
    /// Starts the next command or event: pairs without a parent belong to it.
    pub(super) fn begin(&mut self, entity: &str) {
        self.entities.push((entity.to_owned(), Vec::new()));
    }

    /// Records that `parent` refers to `pair`; without a parent, the current command or event does. Returns the number of
    /// the pair if it is new.
    pub(super) fn add(&mut self, parent: Option<usize>, pair: TypePair) -> Option<usize> {
        let next = self.references.len();
        let number = *self.numbers.entry(pair).or_insert(next);
        match parent {
            Some(parent) => self.references[parent].push(number),
            None => self.entities.last_mut().into_iter().for_each(|(_, named)| named.push(number)),
        }
        (number == next).then(|| {
            self.references.push(Vec::new());
            number
        })
    }

    /// Returns the names of all users but the first, and whether the list is incomplete.
    pub(super) fn others(&self, users: &[usize]) -> (Vec<String>, bool) {
        let names = users.iter().skip(1).take(MOST_OTHERS).map(|&entity| self.entities[entity].0.clone());
        (names.collect(), users.len() > 1 + MOST_OTHERS)
    }

    /// Returns the users of each pair in their order: the first, [`MOST_OTHERS`] others, and one more. The bound also limits
    /// how often a pair is visited: once a pair has all its users, the pairs that it refers to have theirs.
    pub(super) fn users(&self) -> Vec<Vec<usize>> {
        let mut users_by_pair = vec![Vec::new(); self.references.len()];
        for (entity, (_, named)) in self.entities.iter().enumerate() {
            let mut stack = named.clone();
            while let Some(pair) = stack.pop() {
                let users: &mut Vec<usize> = &mut users_by_pair[pair];
                if users.len() < MOST_OTHERS + 2 && users.last() != Some(&entity) {
                    users.push(entity);
                    stack.extend(&self.references[pair]);
                }
            }
        }
        users_by_pair
    }
}
