//! An example request, made from the schema: what has to be given, and nothing else.

use qmp_schema::model::{Builtin, Command, Enum, Member, Schema, TypeId, TypeKind, Variants, has_feature};

use crate::pretty::pretty;

/// Objects within objects end here: a schema may demand endless ones.
const DEEPEST: usize = 6;

/// Longer requests are broken into lines.
const WIDTH: usize = 76;

/// The request, as JSON.
pub(super) fn request(schema: &Schema, command: &Command) -> String {
    let arguments = command.arguments.map(|id| object(schema, id, 0)).filter(|members| !members.is_empty());
    let arguments = arguments.map(|members| format!(", \"arguments\": {}", braced(&members)));
    let request = format!("{{\"execute\": \"{}\"{}}}", command.def.name, arguments.unwrap_or_default());
    if request.len() > WIDTH { pretty(&request) } else { request }
}

/// The required members: `"name": value`.
fn object(schema: &Schema, id: TypeId, depth: usize) -> Vec<String> {
    let variants = schema.object(id).and_then(|object| object.variants.as_ref());
    let branch = variants.and_then(|variants| Some((variants, &variants.branches.first()?.name)));
    let required = schema.members(id).into_iter().filter(|member| !member.optional);
    let member = |member: &Member| {
        let value = match branch {
            Some((variants, case)) if variants.tag == member.name => format!("\"{case}\""),
            _ => value(schema, member.ty, &member.name, depth + 1),
        };
        format!("\"{}\": {value}", member.name)
    };
    let mut members: Vec<String> = required.map(member).collect();
    members.extend(variants.map(|variants| of_branch(schema, variants, depth)).unwrap_or_default());
    members
}

fn of_branch(schema: &Schema, variants: &Variants, depth: usize) -> Vec<String> {
    let branch = variants.branches.first().filter(|_| depth < DEEPEST);
    branch.map(|branch| object(schema, branch.ty, depth + 1)).unwrap_or_default()
}

/// A value for the member of this name.
fn value(schema: &Schema, id: TypeId, name: &str, depth: usize) -> String {
    match &schema.ty(id).kind {
        TypeKind::Builtin(builtin) => scalar(*builtin, name),
        TypeKind::Enum(kind) => enumerated(kind),
        TypeKind::Array(_) | TypeKind::Object(_) | TypeKind::Alternate(_) if depth > DEEPEST => "{}".to_owned(),
        TypeKind::Array(element) => format!("[{}]", value(schema, *element, name, depth + 1)),
        TypeKind::Object(_) => braced(&object(schema, id, depth)),
        TypeKind::Alternate(alternate) => {
            let branch = alternate.branches.first();
            branch.map_or("null".to_owned(), |branch| value(schema, branch.ty, name, depth + 1))
        }
    }
}

fn scalar(builtin: Builtin, name: &str) -> String {
    match builtin {
        Builtin::Str => format!("\"{name}0\""),
        Builtin::Bool => "true".to_owned(),
        Builtin::Null | Builtin::Any => "null".to_owned(),
        Builtin::Size => "1048576".to_owned(),
        _ => "1".to_owned(),
    }
}

fn enumerated(kind: &Enum) -> String {
    let current = kind.values.iter().find(|value| !has_feature(&value.features, "deprecated"));
    let value = current.or(kind.values.first()).map_or("", |value| &value.name);
    format!("\"{value}\"")
}

fn braced(members: &[String]) -> String {
    format!("{{{}}}", members.join(", "))
}
