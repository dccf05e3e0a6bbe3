//! The arguments of commands as parameters: of handlers, and in the documentation.

use crate::model::{Command, Member, Schema, TypeId, TypeKind, has_feature};
use crate::source::Span;

use super::context::{Arguments, Context, Scope};
use super::names::of_members;

/// An argument of a command, or the one value that has all of them: a parameter by value of a handler.
pub(super) struct Parameter {
    /// The Rust name; none for a value that has all arguments.
    pub(super) name: String,
    /// The name in the schema.
    pub(super) wire_name: String,
    pub(super) ty: String,
    pub(super) optional: bool,
    pub(super) deprecated: bool,
    /// The schema's text.
    pub(super) schema: String,
    /// The position of that text.
    pub(super) span: Span,
}

/// One parameter for each inline argument and one for those that the schema does not name, or one for a named type.
pub(super) fn parameters(cx: &Context<'_>, command: &Command) -> Vec<Parameter> {
    match cx.arguments(command) {
        Arguments::None => Vec::new(),
        Arguments::Named(id) => {
            let schema = format!("'data': {}", spelled(cx.schema, id));
            vec![Parameter { schema, ..Parameter::whole(cx.value_type(id, Scope::Root), command) }]
        }
        Arguments::Raw(_) => {
            let schema = "'gen': false".to_owned();
            vec![Parameter { schema, ..Parameter::whole(cx.map(), command) }]
        }
        Arguments::Inline(..) => {
            fields(cx, command).into_iter().chain((!command.generate).then(|| extra(cx, command))).collect()
        }
    }
}

/// The arguments that the schema names: the fields of the struct of all arguments.
pub(super) fn fields(cx: &Context<'_>, command: &Command) -> Vec<Parameter> {
    let Some(id) = command.arguments else { return Vec::new() };
    let members = cx.schema.members(id);
    let names = of_members(members.iter().map(|member| &*member.name), !command.generate);
    members.into_iter().zip(names).map(|(member, name)| field(cx, id, member, name)).collect()
}

fn field(cx: &Context<'_>, arguments: TypeId, member: &Member, name: String) -> Parameter {
    let variants = cx.schema.object(arguments).and_then(|object| object.variants.as_ref());
    let ty = match variants.filter(|variants| variants.tag == member.name) {
        Some(_) => cx.names.branches(arguments).to_owned(),
        None => cx.member_type(arguments, member, Scope::Root),
    };
    let star = if member.optional { "*" } else { "" };
    Parameter {
        name,
        wire_name: member.name.clone(),
        ty,
        optional: member.optional,
        deprecated: has_feature(&member.features, "deprecated"),
        schema: format!("'{star}{}': {}", member.name, spelled(cx.schema, member.ty)),
        span: member.span,
    }
}

/// The arguments that the schema does not name.
fn extra(cx: &Context<'_>, command: &Command) -> Parameter {
    let (name, schema) = ("extra".to_owned(), "'gen': false".to_owned());
    Parameter { name, schema, ..Parameter::whole(cx.map(), command) }
}

/// The return value, as a parameter without a name.
pub(super) fn returned(cx: &Context<'_>, command: &Command) -> Parameter {
    let schema = command.returns.map_or(String::new(), |id| format!("'returns': {}", spelled(cx.schema, id)));
    Parameter { schema, ..Parameter::whole(cx.return_type(command, Scope::Root), command) }
}

impl Parameter {
    /// A value that the schema gives no name.
    fn whole(ty: String, command: &Command) -> Self {
        let (name, wire_name, schema) = (String::new(), String::new(), String::new());
        Self { name, wire_name, ty, optional: false, deprecated: false, schema, span: command.def.span }
    }
}

/// The name of a type in the schema, as the schema writes it.
fn spelled(schema: &Schema, id: TypeId) -> String {
    let ty = schema.ty(id);
    match &ty.kind {
        TypeKind::Array(element) => format!("[ {} ]", spelled(schema, *element)),
        _ => format!("'{}'", ty.def.name),
    }
}
