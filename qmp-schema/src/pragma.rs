//! Pragmas: what a schema says about its own rules.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, Rule};
use crate::options::{Docs, LoadOptions};
use crate::syntax::Pragmas;
use crate::value::{Object, Value, ValueKind};

const KEYS: [&str; 5] = [
    "doc-required",
    "command-name-exceptions",
    "command-returns-exceptions",
    "member-name-exceptions",
    "documentation-exceptions",
];

/// Sets the pragmas that an object holds; false if one was refused.
pub(crate) fn set(pragmas: &mut Pragmas, object: Object, options: &LoadOptions, diagnostics: &mut Diagnostics) -> bool {
    let mut complete = true;
    for (key, value) in object.members {
        let exceptions = match &*key.text {
            "doc-required" => {
                complete &= truth(&key.text, &value, diagnostics).map(|set| pragmas.doc_required = set).is_some();
                continue;
            }
            "command-name-exceptions" => &mut pragmas.command_name_exceptions,
            "command-returns-exceptions" => &mut pragmas.command_returns_exceptions,
            "member-name-exceptions" => &mut pragmas.member_name_exceptions,
            "documentation-exceptions" if options.docs != Docs::Qemu8_2 => &mut pragmas.documentation_exceptions,
            unknown => {
                let note = diagnostics.did_you_mean(unknown, KEYS);
                diagnostics.error(Rule::UnknownPragma, key.span, &[unknown]).notes.extend(note);
                complete = false;
                continue;
            }
        };
        complete &= names(&key.text, value, diagnostics).map(|names| *exceptions = names).is_some();
    }
    complete
}

fn truth(key: &str, value: &Value, diagnostics: &mut Diagnostics) -> Option<bool> {
    match value.kind {
        ValueKind::Bool(set) => Some(set),
        _ => {
            diagnostics.error(
                Rule::WrongType,
                value.span,
                &[&format!("`{key}`"), "`true` or `false`", value.describe()],
            );
            None
        }
    }
}

fn names(key: &str, value: Value, diagnostics: &mut Diagnostics) -> Option<HashSet<String>> {
    let ValueKind::List(values) = value.kind else {
        diagnostics.error(Rule::WrongType, value.span, &[&format!("`{key}`"), "a list of strings", value.describe()]);
        return None;
    };
    let mut names = HashSet::with_capacity(values.len());
    for value in values {
        let description = value.describe();
        let ValueKind::Str(name) = value.kind else {
            diagnostics.error(Rule::WrongType, value.span, &[&format!("`{key}`"), "a list of strings", description]);
            return None;
        };
        names.insert(name);
    }
    Some(names)
}
