//! The module `prelude`, for glob imports: a schema may call its types as Rust's own prelude calls others.

use super::context::Context;
use super::output::{Code, line};

/// The types and traits of Rust's prelude.
const STANDARD: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Emits the module `prelude`, unless it would be the same as a glob import of the types.
pub(super) fn emit(cx: &Context<'_>, has_interface: bool, code: &mut Code) {
    let hidden = |name: &&str| cx.types.iter().any(|id| cx.names.ty(*id) == *name);
    let hidden: Vec<&str> = STANDARD.iter().copied().filter(hidden).collect();
    if hidden.is_empty() && !has_interface {
        return;
    }
    line!(
        code,
        "/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name."
    );
    code.block("pub mod prelude", |code| {
        line!(code, "pub use super::*;");
        if has_interface {
            line!(
                code,
                "pub use {0}::{{Command as _, Event as _, client::Adapt as _, client::Execute as _}};",
                cx.runtime()
            );
        }
        if !hidden.is_empty() {
            line!(code, "// An explicit import takes precedence over the schema's type.");
            code.list("pub use ::std::prelude::rust_2024::{", &hidden, "};");
        }
    });
    code.gap();
}
