//! The checks of a handler. They run at compile time, where a panic becomes the compile error that the user reads.

use super::closest::closest;
use super::declared::UNCHECKED;
use super::text::Text;
use super::{Handled, Parameter};

/// Checks that command `C` is not built into this crate.
///
/// # Panics
///
/// If the command is built in.
#[track_caller]
pub const fn check_command<C: Handled>() -> bool {
    if C::SPEC.built_in {
        Text::new("")
            .command(C::SPEC)
            .add(" is built in: to handle it yourself, add `handle_builtins = [\"")
            .add(C::SPEC.name)
            .add("\"]` to the options of the schema")
            .fail()
    }
    true
}

/// Checks that command `C` is never executed out of band, so that its handler may wait for the lock of the state.
///
/// # Panics
///
/// If the command allows out-of-band execution.
#[track_caller]
pub const fn check_in_band<C: Handled>() -> bool {
    if C::SPEC.allow_oob {
        let text = Text::new("expected `&self`: ").command(C::SPEC).add(" allows out-of-band execution, ");
        text.add("so its handler cannot wait for the lock of the whole state: ")
            .add("give it a part of the state of its own")
            .fail()
    }
    true
}

/// Checks that a parameter by value is an argument of command `C`.
///
/// # Panics
///
/// If the command has no such argument.
#[track_caller]
pub const fn check_parameter<C: Handled>(name: &str) -> bool {
    let known = C::SIGNATURE.parameters;
    if !C::SIGNATURE.inline || index_of(name, known).is_some() {
        return true;
    }
    let text = Text::new("").command(C::SPEC).add(" has no argument ").quote(name);
    match (closest(name, known), known) {
        (Some(meant), _) => text.add(": did you mean ").quote(meant.name).add("?").fail(),
        (None, []) => Text::new("").command(C::SPEC).add(" has no arguments, found ").quote(name).fail(),
        (None, _) => names(text.add(": expected "), known).fail(),
    }
}

/// Checks that all arguments of command `C` are among the parameters by value.
///
/// # Panics
///
/// If an argument is missing. A misspelt one is not missing: [`check_parameter`] reports it.
#[track_caller]
pub const fn check_parameters<C: Handled>(given: &[&str]) -> bool {
    let known = C::SIGNATURE.parameters;
    match known {
        _ if C::SIGNATURE.inline => check_missing::<C>(given),
        [data] if given.len() != 1 => {
            let text = Text::new("expected one parameter by value, of type ").quote(data.ty);
            text.add(": ").declaration(C::SPEC, data).fail()
        }
        _ => true,
    }
}

#[track_caller]
const fn check_missing<C: Handled>(given: &[&str]) -> bool {
    let known = C::SIGNATURE.parameters;
    let (mut count, mut text) = (0, Text::new("missing the parameter"));
    let mut rest = known;
    while let [parameter, tail @ ..] = rest {
        if is_missing(parameter, given, known) {
            text = text.add(if count == 0 { " `" } else { " and `" });
            text = text.add(parameter.name).add(": ").add(parameter.ty).add("`");
            count += 1;
        }
        rest = tail;
    }
    match count {
        0 => true,
        1 => text.add(", an argument of ").command(C::SPEC).fail(),
        _ => text.add(", arguments of ").command(C::SPEC).fail(),
    }
}

/// Returns whether none of the `given` names is the parameter's name or a misspelling of it.
const fn is_missing(parameter: &Parameter, given: &[&str], known: &[Parameter]) -> bool {
    let mut rest = given;
    while let [name, tail @ ..] = rest {
        if equal(name, parameter.name) {
            return false;
        }
        if index_of(name, known).is_none()
            && let Some(meant) = closest(name, known)
            && equal(meant.name, parameter.name)
        {
            return false;
        }
        rest = tail;
    }
    true
}

/// Checks the type of a parameter by value, one of `count`. The type is called `found`, and `fits` is the result of the
/// comparison.
///
/// # Panics
///
/// If the type does not fit.
#[track_caller]
pub const fn check_type<C: Handled>(name: &str, count: usize, found: &str, fits: bool) -> bool {
    match declared::<C>(name, count) {
        Some(declared) if !fits => {
            let text = Text::new("expected ").quote(declared.ty).add(", found ").quote(found);
            text.add(": ").declaration(C::SPEC, declared).fail()
        }
        _ => true,
    }
}

/// Checks the type of the one parameter that takes all arguments.
///
/// # Panics
///
/// If the type does not fit.
#[track_caller]
pub const fn check_whole<C: Handled>(found: &str, fits: bool) -> bool {
    if !fits {
        let text = Text::new("expected ").quote(C::SIGNATURE.arguments).add(", found ").quote(found);
        text.add(": the arguments of ").command(C::SPEC).fail()
    }
    true
}

/// Checks the return type. The type is called `found`, and `fits` is the result of the comparison.
///
/// # Panics
///
/// If the type does not fit.
#[track_caller]
pub const fn check_return<C: Handled>(found: &str, fits: bool) -> bool {
    if !fits {
        let declared = &C::SIGNATURE.returns;
        let text = Text::new("expected ").quote(declared.ty).add(" or a `Result` of it, found ").quote(found).add(": ");
        match declared.schema.is_empty() {
            true => text.command(C::SPEC).add(" returns nothing").fail(),
            false => text.declaration(C::SPEC, declared).fail(),
        }
    }
    true
}

/// Returns the index of a parameter's type in [`Handled::Types`].
#[must_use]
pub const fn position_of<C: Handled>(name: &str) -> usize {
    match index_of(name, C::SIGNATURE.parameters) {
        _ if !C::SIGNATURE.inline => 0,
        Some(index) if index < UNCHECKED => index,
        _ => UNCHECKED,
    }
}

/// Returns the schema's declaration of the parameter of this name, one of `count`.
const fn declared<C: Handled>(name: &str, count: usize) -> Option<&'static Parameter> {
    let parameters = C::SIGNATURE.parameters;
    match index_of(name, parameters) {
        Some(index) => Some(&parameters[index]),
        None if C::SIGNATURE.inline || count != 1 => None,
        None => parameters.first(),
    }
}

/// Adds the names of the parameters as a list, "`a`, `b` or `c`".
const fn names(mut text: Text, parameters: &[Parameter]) -> Text {
    let mut index = 0;
    while index < parameters.len() {
        text = text.separator(index, parameters.len()).quote(parameters[index].name);
        index += 1;
    }
    text
}

/// Returns the index of the parameter of this name.
const fn index_of(name: &str, parameters: &[Parameter]) -> Option<usize> {
    let mut index = 0;
    while index < parameters.len() {
        if equal(parameters[index].name, name) {
            return Some(index);
        }
        index += 1;
    }
    None
}

const fn equal(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}
