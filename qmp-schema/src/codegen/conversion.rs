//! Decides what callers may pass for a member: to `new`, to a setter, to a branch's constructor.

use crate::model::{Builtin, TypeId, TypeKind};

use super::context::{Context, STRING, Scope};
use super::output::{Code, line};

/// What callers may pass for a value of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Conversion {
    /// The type itself. A conversion would leave open which type an integer literal has.
    Exact,
    /// Everything that converts into the type.
    Into,
    /// As `Into`, for a string.
    Text,
    /// As `Into`, for `any`, whose `null` is a value: an `Option` is not taken for an absent one.
    Any,
    /// The items of a list, or values that convert into them.
    List { item: String, converts: bool },
}

impl Context<'_> {
    /// Returns what callers may pass for a value of this type.
    pub(super) fn conversion(&self, id: TypeId, scope: Scope) -> Conversion {
        match &self.schema.ty(id).kind {
            TypeKind::Builtin(Builtin::Str) => Conversion::Text,
            TypeKind::Builtin(Builtin::Any) => Conversion::Any,
            TypeKind::Builtin(Builtin::Integer) | TypeKind::Alternate(_) => Conversion::Into,
            TypeKind::Array(item) => {
                let converts = matches!(self.conversion(*item, scope), Conversion::Text | Conversion::Into);
                Conversion::List { item: self.value_type(*item, scope), converts }
            }
            TypeKind::Builtin(_) | TypeKind::Enum(_) | TypeKind::Object(_) => Conversion::Exact,
        }
    }
}

impl Conversion {
    /// Returns the type of a parameter for a value of type `ty` that is always present.
    pub(super) fn parameter(&self, ty: &str) -> String {
        match self {
            Self::Exact => ty.to_owned(),
            Self::Into | Self::Text | Self::Any => into(ty),
            Self::List { item, converts } => {
                let item = if *converts { into(item) } else { item.clone() };
                format!("impl ::std::iter::IntoIterator<Item = {item}>")
            }
        }
    }

    /// Returns the expression that makes the value out of such a parameter.
    pub(super) fn value(&self, parameter: &str) -> String {
        match self {
            Self::Exact => parameter.to_owned(),
            Self::Into | Self::Text | Self::Any => format!("{parameter}.into()"),
            Self::List { converts: true, .. } => {
                format!("{parameter}.into_iter().map(::std::convert::Into::into).collect()")
            }
            Self::List { converts: false, .. } => format!("{parameter}.into_iter().collect()"),
        }
    }

    /// Returns the types besides `ty` that arguments with this sole member are made from, each with its generic parameters.
    pub(super) fn sources(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Text => ["&str".to_owned(), format!("&{STRING}")].map(|source| ("", source)).to_vec(),
            Self::List { item, converts: false } => vec![("<const N: usize>", format!("[{item}; N]"))],
            Self::List { item, converts: true } if item == STRING => {
                vec![("<const N: usize>", "[&str; N]".to_owned()), ("<const N: usize>", format!("[{STRING}; N]"))]
            }
            _ => Vec::new(),
        }
    }
}

fn into(ty: &str) -> String {
    format!("impl ::std::convert::Into<{ty}>")
}

/// Emits `From` for a type, with generic parameters of the implementation, from a source that is called as stated.
pub(super) fn from((ty, generics): (&str, &str), (source, parameter): (&str, &str), value: &str, code: &mut Code) {
    code.block(format!("impl{generics} ::std::convert::From<{source}> for {ty}"), |code| {
        line!(code, "#[inline]");
        code.block(format!("fn from({parameter}: {source}) -> Self"), |code| line!(code, "{value}"));
    });
}
