//! Random values of the types of introspection data.

use std::ops::RangeInclusive;

use super::Introspection;
use super::types::{MemberInfo, ObjectType, Type, TypeId, TypeKind};
use crate::testing::random::Random;
use crate::{Map, Value};

/// How many values a message has about at most. After that, only what the schema requires is added.
const BUDGET: usize = 200;

/// The largest number of items of a list.
const MAX_ITEMS: usize = 3;

/// The characters of random strings: plain ones, those that JSON escapes, and those of two to four bytes.
const CHARACTERS: &[char] =
    &['a', 'k', 'Z', '0', '9', '-', '_', '/', '.', ' ', '"', '\\', '\n', '\u{7f}', 'é', '漢', '🦀'];

/// Makes random values, all of them valid by the schema.
pub(in crate::testing) struct Generator<'s> {
    types: &'s [Type],
    random: Random,
    /// The range of integers whose type does not tell theirs.
    integers: RangeInclusive<i64>,
    budget: usize,
}

impl<'s> Generator<'s> {
    pub(in crate::testing) fn new(
        introspection: &'s Introspection,
        random: Random,
        integers: RangeInclusive<i64>,
    ) -> Self {
        Self { types: &introspection.types, random, integers, budget: BUDGET }
    }

    /// Returns a value of the type, or `None` if the type has no finite value.
    pub(in crate::testing) fn value(&mut self, ty: TypeId) -> Option<Value> {
        let Type { kind, least_depth, .. } = &self.types[ty.0];
        (*least_depth)?;
        self.budget = self.budget.saturating_sub(1);
        Some(match kind {
            TypeKind::String => self.text().into(),
            TypeKind::Int(range) => self.integer(range.clone()),
            TypeKind::Number => self.number(),
            TypeKind::Boolean => self.random.once_in(2).into(),
            TypeKind::Null => Value::Null,
            TypeKind::Any => self.any(),
            TypeKind::Enum(values) => self.random.pick(values)?.as_str().into(),
            TypeKind::Array(element) => {
                let count = if self.is_spent() { 0 } else { self.random.below(MAX_ITEMS + 1) };
                (0..count).map_while(|_| self.value(*element)).collect()
            }
            TypeKind::Alternate(branches) => {
                let branch = self.choose(branches, |types, branch| types[branch.0].least_depth)?;
                self.value(*branch)?
            }
            TypeKind::Object(object) => {
                let mut members = Map::new();
                self.object(object, &mut members)?;
                Value::Object(members)
            }
        })
    }

    fn object(&mut self, object: &'s ObjectType, members: &mut Map<String, Value>) -> Option<()> {
        let tag = object.union.as_ref().map(|union| union.tag.as_str());
        for member in object.members.iter().filter(|member| Some(member.name.as_str()) != tag) {
            if !member.is_optional || self.wants(member) {
                members.insert(member.name.clone(), self.value(member.ty)?);
            }
        }
        let Some(union) = &object.union else { return Some(()) };
        let tag = object.members.iter().find(|member| member.name == union.tag)?;
        let TypeKind::Enum(values) = &self.types[tag.ty.0].kind else { return None };
        let depth = |types: &[Type], value: &String| union.branch(value).map_or(Some(0), |ty| types[ty.0].least_depth);
        let value = self.choose(values, depth)?;
        members.insert(union.tag.clone(), value.as_str().into());
        match union.branch(value).map(|ty| &self.types[ty.0].kind) {
            Some(TypeKind::Object(branch)) => self.object(branch, members),
            _ => Some(()),
        }
    }

    /// Returns whether an optional member is added.
    fn wants(&mut self, member: &MemberInfo) -> bool {
        self.types[member.ty.0].least_depth.is_some() && !self.is_spent() && self.random.once_in(2)
    }

    /// Returns whether only what the schema requires is added from now on.
    fn is_spent(&self) -> bool {
        self.budget == 0
    }

    /// Chooses one of the items that have a finite value, and once the budget is spent one that ends the value soonest.
    fn choose<'i, T>(&mut self, items: &'i [T], depth: impl Fn(&[Type], &T) -> Option<usize>) -> Option<&'i T> {
        let depths = items.iter().filter_map(|item| Some((item, depth(self.types, item)?)));
        let mut depths: Vec<_> = depths.collect();
        if self.is_spent() {
            let least = depths.iter().map(|(_, depth)| *depth).min()?;
            depths.retain(|(_, depth)| *depth == least);
        }
        self.random.pick(&depths).map(|(item, _)| *item)
    }

    fn text(&mut self) -> String {
        (0..self.random.below(12)).filter_map(|_| self.random.pick(CHARACTERS)).collect()
    }

    /// Returns an integer: often a bound of the range, else anything between.
    fn integer(&mut self, range: Option<RangeInclusive<i128>>) -> Value {
        let (start, end) = match range {
            Some(range) => range.into_inner(),
            None => (i128::from(*self.integers.start()), i128::from(*self.integers.end())),
        };
        let number = match self.random.below(8) {
            0 => start,
            1 => end,
            _ => start + i128::from(self.random.next()) % (end - start + 1).max(1),
        };
        match (i64::try_from(number), u64::try_from(number)) {
            (Ok(signed), _) => signed.into(),
            (_, Ok(unsigned)) => unsigned.into(),
            _ => Value::Null,
        }
    }

    fn number(&mut self) -> Value {
        let numerator = self.random.next() as i32;
        match self.random.below(4) {
            0 => numerator.into(),
            1 => (f64::from(numerator) * 1e200).into(),
            2 => (f64::from(numerator) * 1e-200).into(),
            _ => (f64::from(numerator) / 64.0).into(),
        }
    }

    /// Returns a value of any type that is not nested deeply.
    fn any(&mut self) -> Value {
        match self.random.below(if self.is_spent() { 4 } else { 6 }) {
            0 => Value::Null,
            1 => self.random.once_in(2).into(),
            2 => self.number(),
            3 => self.text().into(),
            4 => {
                self.budget = self.budget.saturating_sub(BUDGET / 20);
                (0..self.random.below(MAX_ITEMS)).map(|_| self.any()).collect()
            }
            _ => {
                self.budget = self.budget.saturating_sub(BUDGET / 20);
                let count = self.random.below(MAX_ITEMS);
                Value::Object((0..count).map(|_| (self.text(), self.any())).collect())
            }
        }
    }
}
