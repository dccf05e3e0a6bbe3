//! Integers on the wire: the values that each type accepts.

use std::ops::RangeInclusive;

use super::impact::{Impact, Role};
use crate::model::{Builtin, TypeKind};

/// Whether the type is one of the integers.
pub(super) fn is_integer(kind: &TypeKind) -> bool {
    written(kind).is_some()
}

/// Whether both types are integers and the width of one is unknown, because introspection does not show it.
pub(super) fn has_unknown_width(a: &TypeKind, b: &TypeKind) -> bool {
    let is_unknown = |kind: &TypeKind| matches!(kind, TypeKind::Builtin(Builtin::Integer));
    is_integer(a) && is_integer(b) && (is_unknown(a) || is_unknown(b))
}

/// The impact of integers of the type `old` where the type `new` is expected; none if one of the two is not an integer.
///
/// Arguments break if a value that was accepted is now rejected; a server may accept more values than its type has. For
/// what servers send, only the values of the type count.
pub(super) fn accepts(old: &TypeKind, new: &TypeKind, role: Role) -> Option<Impact> {
    let range = match role {
        Role::Arguments => accepted,
        Role::Output => written,
    };
    let (old, new) = (range(old)?, range(new)?);
    let fits = new.contains(old.start()) && new.contains(old.end());
    Some(if fits { Impact::Fine } else { Impact::Breaking })
}

/// The values that a server accepts for the type. The widest unsigned types also accept negative values, modulo 2^64.
fn accepted(kind: &TypeKind) -> Option<RangeInclusive<i128>> {
    match kind {
        TypeKind::Builtin(Builtin::Uint64 | Builtin::Size) => Some(i64::MIN.into()..=u64::MAX.into()),
        kind => written(kind),
    }
}

/// The values of the type.
fn written(kind: &TypeKind) -> Option<RangeInclusive<i128>> {
    let TypeKind::Builtin(builtin) = kind else { return None };
    Some(match builtin {
        Builtin::Int8 => i8::MIN.into()..=i8::MAX.into(),
        Builtin::Int16 => i16::MIN.into()..=i16::MAX.into(),
        Builtin::Int32 => i32::MIN.into()..=i32::MAX.into(),
        Builtin::Int | Builtin::Int64 => i64::MIN.into()..=i64::MAX.into(),
        Builtin::Uint8 => 0..=u8::MAX.into(),
        Builtin::Uint16 => 0..=u16::MAX.into(),
        Builtin::Uint32 => 0..=u32::MAX.into(),
        Builtin::Uint64 | Builtin::Size => 0..=u64::MAX.into(),
        Builtin::Integer => i64::MIN.into()..=u64::MAX.into(),
        Builtin::Str | Builtin::Number | Builtin::Bool | Builtin::Any | Builtin::Null => return None,
    })
}
