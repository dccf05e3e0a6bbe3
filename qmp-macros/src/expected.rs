//! The errors of option parsers: what was expected, what was found, what is meant.

use std::fmt::Display;

use proc_macro2::Span;
use qmp_schema::diagnostic::closest;
use syn::Error;
use syn::parse::ParseStream;

/// The error at the next token, which is not what was `expected`.
pub(crate) fn expected(input: ParseStream<'_>, expected: impl Display) -> Error {
    let found = match input.cursor().token_tree() {
        Some((token, _)) => format!("`{token}`"),
        None => "nothing".to_owned(),
    };
    Error::new(input.span(), format!("expected {expected}, found {found}"))
}

/// The error for an option that is not among the `known` ones.
pub(crate) fn unknown_option(option: &str, span: Span, known: &[&str]) -> Error {
    let hint = match closest(option, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("expected {}", one_of(known)),
    };
    Error::new(span, format!("unknown option `{option}`: {hint}"))
}

/// `` `a`, `b` or `c` ``
pub(crate) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => quoted.concat(),
    }
}
