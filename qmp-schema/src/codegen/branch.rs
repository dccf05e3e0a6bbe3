//! Structs that are branches of unions: what spares callers the struct where it has one member only.

use crate::model::{ObjectOrigin, TypeKind};

use super::context::Context;
use super::output::{Code, line};
use super::record::{Field, Record};

/// Emits `From` for the value of a sole required member, and `Deref` to the object that a branch merely wraps.
pub(super) fn emit(cx: &Context<'_>, record: &Record<'_>, code: &mut Code) {
    if record.is_built {
        record.emit_from(code);
    }
    if let [field] = record.fields.as_slice()
        && is_object(cx, field)
        && !field.is_boxed
    {
        line!(code, "{}::private::wrapper!({}, {}, {});", cx.runtime(), record.name, field.name, field.ty);
    }
    code.gap();
}

fn is_object(cx: &Context<'_>, field: &Field<'_>) -> bool {
    match &cx.schema.ty(field.member.ty).kind {
        TypeKind::Object(object) => {
            !field.member.optional && matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union)
        }
        _ => false,
    }
}
