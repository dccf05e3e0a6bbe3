//! Who uses which types: what changes in a type changes for every command and event that reaches it.

use std::collections::HashMap;

use super::values::Pair;

/// So many other users of a type are told. A bound, for all of a large schema may use all of its types.
const MOST: usize = 100;

/// Which pairs of types each command and event is made of, and each pair.
#[derive(Default)]
pub(super) struct Users {
    /// The commands and events, with the pairs that they name.
    entities: Vec<(String, Vec<usize>)>,
    numbers: HashMap<Pair, usize>,
    /// By number: the pairs that a pair is made of.
    parts: Vec<Vec<usize>>,
}

impl Users {
    /// From now on it is this command or event that names pairs.
    pub(super) fn begin(&mut self, entity: &str) {
        self.entities.push((entity.to_owned(), Vec::new()));
    }

    /// Notes that a pair is part of another one, or that the command or event names it. Tells its number if it is a new one.
    pub(super) fn add(&mut self, whole: Option<usize>, part: Pair) -> Option<usize> {
        let next = self.parts.len();
        let number = *self.numbers.entry(part).or_insert(next);
        match whole {
            Some(whole) => self.parts[whole].push(number),
            None => self.entities.last_mut().into_iter().for_each(|(_, named)| named.push(number)),
        }
        (number == next).then(|| {
            self.parts.push(Vec::new());
            number
        })
    }

    /// The names of those after the first, and whether there are too many of them to be told.
    pub(super) fn others(&self, users: &[usize]) -> (Vec<String>, bool) {
        let names = users.iter().skip(1).take(MOST).map(|&entity| self.entities[entity].0.clone());
        (names.collect(), users.len() > 1 + MOST)
    }

    /// For each pair, those who reach it, in their order: the first, [`MOST`] others, and one more. So each pair is passed
    /// that often at most: whoever fills up a pair has filled up its parts.
    pub(super) fn reached(&self) -> Vec<Vec<usize>> {
        let mut reached = vec![Vec::new(); self.parts.len()];
        for (entity, (_, named)) in self.entities.iter().enumerate() {
            let mut stack = named.clone();
            while let Some(pair) = stack.pop() {
                let users: &mut Vec<usize> = &mut reached[pair];
                if users.len() < MOST + 2 && users.last() != Some(&entity) {
                    users.push(entity);
                    stack.extend(&self.parts[pair]);
                }
            }
        }
        reached
    }
}
