//! Random valid values of any type, made from the model.

use std::collections::HashSet;

use fastrand::Rng;
use qmp_schema::model::{Builtin, Member, Schema, TypeId, TypeKind};
use serde_json::{Map, Value, json};

/// From this depth on, values are as small as their type allows.
const SMALL_FROM: usize = 6;

/// Where a value no longer gets smaller: a type whose every value contains another of it has none.
const GIVE_UP_AT: usize = 40;

/// Makes values of the types of one schema.
pub(crate) struct Random<'a> {
    schema: &'a Schema,
    rng: Rng,
    seen: HashSet<TypeId>,
}

impl<'a> Random<'a> {
    pub(crate) fn new(schema: &'a Schema, seed: u64) -> Self {
        Self { schema, rng: Rng::with_seed(seed), seen: HashSet::new() }
    }

    /// A valid value of the type; none where the type has no finite value (or only absurdly deep ones).
    pub(crate) fn value(&mut self, ty: TypeId) -> Option<Value> {
        self.any_of(ty, 0)
    }

    /// Whether a value of the type was made, alone or in another.
    pub(crate) fn seen(&self, ty: TypeId) -> bool {
        self.seen.contains(&ty)
    }

    fn any_of(&mut self, ty: TypeId, depth: usize) -> Option<Value> {
        if depth > GIVE_UP_AT {
            return None;
        }
        let schema = self.schema;
        self.seen.insert(ty);
        Some(match &schema.ty(ty).kind {
            TypeKind::Builtin(builtin) => self.builtin(*builtin, depth),
            TypeKind::Enum(values) => json!(self.rng.choice(&values.values)?.name),
            TypeKind::Array(element) => {
                let len = if depth >= SMALL_FROM { 0 } else { self.rng.usize(0..4) };
                let len = if self.seen.contains(element) { len } else { len.max(1) };
                (0..len).map(|_| self.any_of(*element, depth + 1)).collect::<Option<Vec<_>>>()?.into()
            }
            TypeKind::Alternate(alternate) => {
                let mut branches: Vec<TypeId> = alternate.branches.iter().map(|branch| branch.ty).collect();
                self.rng.shuffle(&mut branches);
                if depth >= SMALL_FROM {
                    branches.sort_by_key(|&branch| schema.object(branch).is_some());
                }
                branches.into_iter().find_map(|branch| self.any_of(branch, depth + 1))?
            }
            TypeKind::Object(_) => Value::Object(self.object(ty, depth)?),
        })
    }

    fn object(&mut self, ty: TypeId, depth: usize) -> Option<Map<String, Value>> {
        let schema = self.schema;
        self.seen.insert(ty);
        let mut map = Map::new();
        for member in schema.members(ty) {
            if let Some(value) = self.member(member, depth)? {
                map.insert(member.name.clone(), value);
            }
        }
        let Some(variants) = schema.object(ty).and_then(|object| object.variants.as_ref()) else { return Some(map) };
        // Any branch that has a value: one not seen yet first, at depth the emptiest.
        let mut branches: Vec<_> = variants.branches.iter().collect();
        self.rng.shuffle(&mut branches);
        if depth < SMALL_FROM {
            branches.sort_by_key(|branch| self.seen.contains(&branch.ty));
        } else {
            branches.sort_by_key(|branch| schema.members(branch.ty).iter().filter(|member| !member.optional).count());
        }
        for branch in branches {
            if let Some(members) = self.object(branch.ty, depth + 1) {
                map.insert(variants.tag.clone(), json!(branch.name));
                map.extend(members);
                return Some(map);
            }
        }
        None
    }

    /// The member's value; `Some(None)` where it is left out.
    fn member(&mut self, member: &Member, depth: usize) -> Option<Option<Value>> {
        let left_out = depth >= SMALL_FROM || self.seen.contains(&member.ty) && self.rng.u8(0..3) == 0;
        if member.optional && left_out {
            return Some(None);
        }
        match self.any_of(member.ty, depth + 1) {
            None if member.optional => Some(None),
            value => value.map(Some),
        }
    }

    fn builtin(&mut self, builtin: Builtin, depth: usize) -> Value {
        let rng = &mut self.rng;
        match builtin {
            Builtin::Str => json!(string(rng)),
            Builtin::Bool => json!(rng.bool()),
            Builtin::Null => Value::Null,
            Builtin::Number => number(rng),
            Builtin::Integer | Builtin::Int | Builtin::Int64 => {
                json!(*rng.choice(&[i64::MIN, i64::MAX, -1, 0, 1, 1 << 31, -(1 << 53)]).unwrap())
            }
            Builtin::Int8 => json!(rng.i8(..)),
            Builtin::Int16 => json!(rng.i16(..)),
            Builtin::Int32 => json!(rng.i32(..)),
            Builtin::Uint8 => json!(rng.u8(..)),
            Builtin::Uint16 => json!(rng.u16(..)),
            Builtin::Uint32 => json!(rng.u32(..)),
            Builtin::Uint64 | Builtin::Size => json!(*rng.choice(&[0, 1, u64::MAX, 1 << 63, 4096]).unwrap()),
            Builtin::Any => anything(rng, depth),
        }
    }
}

fn number(rng: &mut Rng) -> Value {
    match rng.u8(0..4) {
        0 => json!(rng.i32(..)),
        1 => json!(f64::from(rng.i16(..)) / 8.0),
        // What `serde_json` reads exactly as it was written.
        _ => json!(*rng.choice(&[0.1, -2.5e-7, 1e300, 123456.789, -0.0]).unwrap()),
    }
}

fn string(rng: &mut Rng) -> String {
    const ODD: [char; 12] = ['"', '\\', '\'', '\n', '\u{1}', '\u{7f}', '\0', 'é', '\u{2028}', '€', '😀', '/'];
    (0..rng.usize(0..12))
        .map(|_| if rng.u8(0..4) == 0 { ODD[rng.usize(..ODD.len())] } else { rng.alphanumeric() })
        .collect()
}

fn anything(rng: &mut Rng, depth: usize) -> Value {
    match rng.u8(0..if depth >= SMALL_FROM { 5 } else { 7 }) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.u64(..)),
        3 => number(rng),
        4 => json!(string(rng)),
        5 => (0..rng.usize(0..3)).map(|_| anything(rng, depth + 1)).collect(),
        _ => Value::Object((0..rng.usize(0..3)).map(|_| (string(rng), anything(rng, depth + 1))).collect()),
    }
}
