//! The rules that a schema must keep beyond its grammar.
//!
//! Unknown, incomplete and endless types have been reported before. Rules that depend on such a type are not applied, so that
//! one mistake causes one message.

mod alternate;
mod arguments;
mod checker;
mod clash;
mod command;
mod documentation;
mod feature;
mod member_index;
mod names;
mod proposal;
mod recursion;
mod structure;
mod union;

use crate::diagnostic::Diagnostics;
use crate::lower::{Lowered, Lowering};
use crate::options::LoadOptions;
use crate::syntax::{Definition, Kind, Syntax};
use checker::Checker;

/// Checks names, documentation and features: everything that needs no other definition.
pub(crate) fn check_syntax(syntax: &Syntax, options: &LoadOptions, diagnostics: &mut Diagnostics) {
    names::check(syntax, diagnostics);
    documentation::check(syntax, options.docs.rules(), diagnostics);
    for definition in &syntax.definitions {
        feature::check(definition, diagnostics);
    }
}

/// Checks the relations between definitions.
pub(crate) fn check_model(syntax: &Syntax, lowered: &Lowered, diagnostics: &mut Diagnostics) {
    let mut checker = Checker::new(syntax, lowered, diagnostics);
    for (definition, &lowering) in syntax.definitions.iter().zip(&lowered.entities) {
        check_definition(&mut checker, definition, lowering);
    }
}

fn check_definition(checker: &mut Checker<'_>, definition: &Definition, lowering: Lowering) {
    match (&definition.kind, lowering) {
        (Kind::Struct(syntax), Lowering::Type(id)) => checker.structure(syntax, id),
        (Kind::Union(syntax), Lowering::Type(id)) => checker.union(syntax, id),
        (Kind::Alternate(syntax), Lowering::Type(id)) => checker.alternate(syntax, id),
        (Kind::Command(syntax), Lowering::Command(index)) => checker.command(definition, syntax, index),
        (Kind::Event(syntax), Lowering::Event(index)) => checker.event(definition, syntax, index),
        _ => {}
    }
}
