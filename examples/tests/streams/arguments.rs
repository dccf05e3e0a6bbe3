//! Requests whose arguments are right but for one mistake, made from the schema: every member of every command once wrong, every
//! required one once missing, a stranger in every object, every branch of a union, every width of an integer at its edges.
//!
//! So no request gets as far as the command: only harmless commands are sent to a real machine.

use qmp_schema::model::{Builtin, Member, Schema, TypeId, TypeKind};
use qmp_schema::{LoadOptions, load};
use serde_json::{Map, Value, json};

use crate::case::Case;

/// The cases.
pub(crate) fn all() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/streams/schema.json");
    let schema = load(path, &LoadOptions::default()).unwrap().schema;
    let mut maker = Maker { schema: &schema, turn: 0, within: Vec::new() };
    let mut cases = Vec::new();
    for command in &schema.commands {
        let name = &command.def.name;
        let request = |arguments: &Value| json!({ "execute": name, "arguments": arguments, "id": 1 });
        let mistakes = match command.arguments {
            Some(arguments) => maker.mistakes(arguments),
            None => vec![Mistake::new("a stranger", json!({ "stranger": 1 }))],
        };
        let objects = mistakes.into_iter().filter(|mistake| mistake.value.is_object());
        cases.extend(
            objects.map(|mistake| {
                Case::request(format!("arguments of {name}: {}", mistake.label), &request(&mistake.value))
            }),
        );
    }
    cases
}

/// A value with a mistake in it.
struct Mistake {
    /// The place and the kind of the mistake.
    label: String,
    value: Value,
}

impl Mistake {
    fn new(label: impl Into<String>, value: Value) -> Self {
        Self { label: label.into(), value }
    }
}

/// Makes values of the schema's types.
struct Maker<'a> {
    schema: &'a Schema,
    /// The number of wrong values made so far: the next place gets the next ones.
    turn: usize,
    /// The objects that the mistakes of the moment are in.
    within: Vec<TypeId>,
}

impl Maker<'_> {
    /// A right value, with all its members.
    fn right(&self, ty: TypeId) -> Value {
        match &self.schema.ty(ty).kind {
            TypeKind::Builtin(Builtin::Str) => json!("x"),
            TypeKind::Builtin(Builtin::Bool) => json!(true),
            TypeKind::Builtin(Builtin::Null) => json!(null),
            TypeKind::Builtin(_) => json!(1),
            TypeKind::Enum(values) => json!(values.values[0].name),
            TypeKind::Array(element) => json!([self.right(*element)]),
            // The last branch: a definition of a block node may have another in it, a reference to one is a string.
            TypeKind::Alternate(alternate) => self.right(alternate.branches.last().expect("a branch").ty),
            TypeKind::Object(_) => self.object(ty, 0).into(),
        }
    }

    /// A right object. A union is of the given branch.
    fn object(&self, ty: TypeId, branch: usize) -> Map<String, Value> {
        let member = |member: &Member| (member.name.clone(), self.right(member.ty));
        let mut object: Map<_, _> = self.schema.members(ty).iter().map(|m| member(m)).collect();
        if let Some(variants) = self.schema.object(ty).and_then(|object| object.variants.as_ref()) {
            let branch = &variants.branches[branch];
            object.insert(variants.tag.clone(), json!(branch.name));
            object.extend(self.schema.members(branch.ty).iter().map(|m| member(m)));
        }
        object
    }

    /// Values with one mistake each.
    fn mistakes(&mut self, ty: TypeId) -> Vec<Mistake> {
        let schema = self.schema;
        match &schema.ty(ty).kind {
            TypeKind::Builtin(builtin) => self.scalars(*builtin),
            TypeKind::Enum(_) => {
                vec![self.one_of(&["no-such-value", ""]), self.one_of(&[json!(1), json!(null), json!([])])]
            }
            TypeKind::Array(element) => {
                let mut mistakes = vec![self.one_of(&[json!({}), json!("x"), json!(null), json!(1)])];
                let second = self.right(*element);
                let inside = self.mistakes(*element);
                mistakes.extend(inside.into_iter().map(|Mistake { label, value }| {
                    Mistake::new(format!("[1]{}", joined(&label)), json!([second, value]))
                }));
                mistakes
            }
            TypeKind::Alternate(alternate) => {
                let branches: Vec<TypeId> = alternate.branches.iter().map(|branch| branch.ty).collect();
                self.alternates(&branches)
            }
            // In an object of its own type, an object is only once wrong.
            TypeKind::Object(_) if self.within.contains(&ty) => vec![self.no_object()],
            TypeKind::Object(_) => {
                self.within.push(ty);
                let mistakes = self.objects(ty);
                self.within.pop();
                mistakes
            }
        }
    }

    /// Values of no branch, and objects that are wrong inside.
    fn alternates(&mut self, branches: &[TypeId]) -> Vec<Mistake> {
        let right: Vec<Value> = branches.iter().map(|&branch| self.right(branch)).collect();
        let kinds = [json!(1), json!(true), json!([]), json!({}), json!(null), json!("x")];
        let none: Vec<Value> = kinds
            .into_iter()
            .filter(|kind| right.iter().all(|right| std::mem::discriminant(right) != std::mem::discriminant(kind)))
            .collect();
        let mut mistakes = vec![self.one_of(&none)];
        for &branch in branches {
            let inside = self.mistakes(branch);
            let is_enum = matches!(self.schema.ty(branch).kind, TypeKind::Enum(_));
            mistakes.extend(inside.into_iter().filter(|m| m.value.is_object() || is_enum && m.value.is_string()));
        }
        mistakes
    }

    /// Objects with something missing, something too much, or something wrong in them; unions of every branch.
    fn objects(&mut self, ty: TypeId) -> Vec<Mistake> {
        let mut mistakes = vec![self.no_object()];
        let schema = self.schema;
        mistakes.extend(self.members(&self.object(ty, 0), &schema.members(ty)));
        if let Some(variants) = schema.object(ty).and_then(|object| object.variants.as_ref()) {
            for (number, branch) in variants.branches.iter().enumerate() {
                let object = self.object(ty, number);
                let inside = self.members(&object, &schema.members(branch.ty));
                let labelled = |m: Mistake| Mistake::new(format!("{} {}", branch.name, m.label), m.value);
                mistakes.extend(inside.into_iter().map(labelled));
            }
        }
        mistakes
    }

    fn members(&mut self, object: &Map<String, Value>, members: &[&Member]) -> Vec<Mistake> {
        let with = |name: &str, value: Value| {
            let mut object = object.clone();
            object.insert(name.to_owned(), value);
            Value::Object(object)
        };
        let mut mistakes = vec![Mistake::new("has a stranger", with("stranger", json!(1)))];
        for member in members {
            let name = &member.name;
            if !member.optional {
                let mut without = object.clone();
                without.remove(name);
                mistakes.push(Mistake::new(format!("lacks {name}"), without.into()));
            }
            for Mistake { label, value } in self.mistakes(member.ty) {
                mistakes.push(Mistake::new(format!("{name}{}", joined(&label)), with(name, value)));
            }
        }
        mistakes
    }

    fn no_object(&mut self) -> Mistake {
        self.one_of(&[json!([]), json!("x"), json!(1), json!(null)])
    }

    fn scalars(&mut self, builtin: Builtin) -> Vec<Mistake> {
        let fits = |bits: u32, signed: bool| {
            let (least, most) =
                if signed { (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) };
            [number(least - 1), number(most + 1)]
        };
        let edges = match builtin {
            Builtin::Str => {
                return vec![self.one_of(&[json!(1), json!(null), json!(true), json!([]), json!({}), json!(1.5)])];
            }
            Builtin::Bool => {
                return vec![self.one_of(&[json!(1), json!("true"), json!(null), json!([]), json!({}), json!(0)])];
            }
            Builtin::Null => return vec![self.one_of(&[json!(0), json!(""), json!(false)])],
            Builtin::Number => return vec![self.one_of(&[json!("1"), json!(null), json!([])])],
            Builtin::Any => return Vec::new(),
            Builtin::Integer | Builtin::Int | Builtin::Int64 => fits(64, true),
            Builtin::Int8 => fits(8, true),
            Builtin::Int16 => fits(16, true),
            Builtin::Int32 => fits(32, true),
            Builtin::Uint8 => fits(8, false),
            Builtin::Uint16 => fits(16, false),
            Builtin::Uint32 => fits(32, false),
            // Negative numbers are large ones.
            Builtin::Uint64 | Builtin::Size => [number(-(1 << 63) - 1), number(1 << 64)],
        };
        vec![
            self.one_of(&[json!("1"), json!(1.5), json!(null), json!(true), json!([]), json!({}), json!(1.0)]),
            self.one_of(&edges),
        ]
    }

    /// One of the values, in turn.
    fn one_of<V: Clone + Into<Value>>(&mut self, values: &[V]) -> Mistake {
        self.turn += 1;
        let value: Value = values[self.turn % values.len()].clone().into();
        Mistake::new(format!("is {value}"), value)
    }
}

/// An integer of any size, as JSON has it.
fn number(value: i128) -> Value {
    serde_json::from_str(&value.to_string()).expect("a number")
}

/// Joins the label of a mistake to the name of the value around it.
fn joined(label: &str) -> String {
    match label.split_once(' ').map_or(label, |(first, _)| first) {
        "is" | "lacks" | "has" => format!(" {label}"),
        _ if label.starts_with('[') => label.to_owned(),
        _ => format!(".{label}"),
    }
}
