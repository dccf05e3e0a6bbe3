//! The checks of a handler that rustc evaluates at compile time. Their panic messages become compile errors.

use crate::{Command, CommandSpec};

/// Checks that the command `C` is executed by a handler.
///
/// # Panics
///
/// If the server answers it itself.
#[track_caller]
pub const fn check_command<C: Command>() -> bool {
    if C::SPEC.built_in {
        Text::new()
            .command(C::SPEC)
            .add(" is built in: to answer it yourself, add `handle_builtins = [\"")
            .add(C::SPEC.name)
            .add("\"]` to the options of the schema")
            .fail()
    }
    true
}

/// Checks that the only parameter of a handler is an argument of the command `C`.
///
/// If there are several, rustc checks them, by looking for fields of these names.
///
/// # Panics
///
/// If it is not.
#[track_caller]
pub const fn check_argument<C: Command>(handler: &str, parameter: &str) -> bool {
    if let Some(arguments) = C::SPEC.parameters
        && !contains(arguments, parameter)
    {
        let text = Text::new().command(C::SPEC).add(" has no argument `").add(parameter);
        text.add("`, but its handler `").add(handler).add("` has such a parameter").fail()
    }
    true
}

/// Checks that a handler has a parameter for every argument of the command `C`.
///
/// # Panics
///
/// If one is missing. For a misspelt one see [`check_argument`].
#[track_caller]
pub const fn check_arguments<C: Command>(handler: &str, parameters: &[&str]) -> bool {
    let text = Text::new().add("handler `").add(handler).add("` ");
    match C::SPEC.parameters {
        None if parameters.len() != 1 => {
            text.add("takes one parameter by value: the data of ").command(C::SPEC).add(" is of a named type").fail()
        }
        Some([]) if !parameters.is_empty() => {
            text.add("has parameters by value, but ").command(C::SPEC).add(" has no arguments").fail()
        }
        Some(arguments) => match (missing(arguments, parameters), missing(parameters, arguments)) {
            (Some(argument), None) => {
                text.add("has no parameter `").add(argument).add("`, an argument of ").command(C::SPEC).fail()
            }
            _ => true,
        },
        None => true,
    }
}

/// Returns the first of the names that is not among the others.
const fn missing<'a>(names: &[&'a str], others: &[&str]) -> Option<&'a str> {
    let mut rest = names;
    while let [name, tail @ ..] = rest {
        if !contains(others, name) {
            return Some(name);
        }
        rest = tail;
    }
    None
}

const fn contains(names: &[&str], name: &str) -> bool {
    let mut rest = names;
    while let [first, tail @ ..] = rest {
        if equal(first.as_bytes(), name.as_bytes()) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn equal(left: &[u8], right: &[u8]) -> bool {
    match (left, right) {
        ([], []) => true,
        ([a, left @ ..], [b, right @ ..]) => *a == *b && equal(left, right),
        _ => false,
    }
}

/// A string of limited length, which truncates what is appended.
struct Text {
    bytes: [u8; 512],
    len: usize,
}

impl Text {
    const fn new() -> Self {
        Self { bytes: [0; 512], len: 0 }
    }

    const fn add(mut self, text: &str) -> Self {
        let mut rest = text.as_bytes();
        while let [byte, tail @ ..] = rest
            && self.len < self.bytes.len()
        {
            self.bytes[self.len] = *byte;
            self.len += 1;
            rest = tail;
        }
        self
    }

    const fn command(self, spec: &CommandSpec) -> Self {
        self.add("`").add(spec.name).add("` at ").add(spec.position)
    }

    #[track_caller]
    const fn fail(&self) -> ! {
        match str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("the handler does not fit its command"),
        }
    }
}
