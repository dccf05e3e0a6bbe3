//! The conditions of a server, deduced from what it has and what it lacks: introspection data does not show them.

use std::collections::HashMap;

use crate::model::Condition;

/// The items with an `if` that a server has, and those that it lacks.
#[derive(Debug, Default)]
pub(super) struct Evidence<'a> {
    present: Vec<&'a Condition>,
    absent: Vec<&'a Condition>,
}

/// The names of conditions that are known to be defined, or not.
#[derive(Debug)]
pub(super) struct Deduced<'a>(HashMap<&'a str, bool>);

impl<'a> Evidence<'a> {
    /// Notes an item that the server has.
    pub(super) fn present(&mut self, condition: &'a Condition) {
        if *condition != Condition::Always {
            self.present.push(condition);
        }
    }

    /// Notes an item that the server lacks.
    pub(super) fn absent(&mut self, condition: &'a Condition) {
        self.absent.push(condition);
    }

    /// Deduces names: defined if an item that needs the name is there, not defined if everything that only needs the name is
    /// absent.
    pub(super) fn deduce(&self) -> Deduced<'a> {
        let mut deduced = Deduced(HashMap::new());
        self.present.iter().for_each(|condition| deduced.assume(condition, true));
        self.absent.iter().for_each(|condition| deduced.assume(condition, false));
        deduced
    }
}

impl<'a> Deduced<'a> {
    /// Concludes that the names have the values without which the condition would not be `value`. What is known stays.
    fn assume(&mut self, condition: &'a Condition, value: bool) {
        match (condition, value) {
            (Condition::Name(name), _) => drop(self.0.entry(name).or_insert(value)),
            (Condition::Not(not), _) => self.assume(not, !value),
            (Condition::All(all), true) => all.iter().for_each(|condition| self.assume(condition, true)),
            (Condition::Any(any), false) => any.iter().for_each(|condition| self.assume(condition, false)),
            _ => {}
        }
    }

    /// Returns whether the condition holds; none if that is unknown.
    pub(super) fn holds(&self, condition: &Condition) -> Option<bool> {
        let of = |conditions: &[Condition], decisive: bool| {
            let mut values = conditions.iter().map(|condition| self.holds(condition));
            match values.clone().any(|value| value == Some(decisive)) {
                true => Some(decisive),
                false => values.all(|value| value.is_some()).then_some(!decisive),
            }
        };
        match condition {
            Condition::Always => Some(true),
            Condition::Name(name) => self.0.get(name.as_str()).copied(),
            Condition::All(all) => of(all, false),
            Condition::Any(any) => of(any, true),
            Condition::Not(not) => self.holds(not).map(|holds| !holds),
        }
    }
}
