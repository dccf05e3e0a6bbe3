//! Reads pragmas, which adjust the rules of the language for one schema.

use std::collections::HashSet;
use std::mem;

use crate::diagnostic::{Diagnostics, Rule};
use crate::options::LoadOptions;
use crate::syntax::{Pragmas, Replaced};
use crate::value::{Object, Value, ValueKind};

const KEYS: [&str; 5] = [
    "doc-required",
    "command-name-exceptions",
    "command-returns-exceptions",
    "member-name-exceptions",
    "documentation-exceptions",
];

/// Sets the pragmas of an object. Returns whether all of them are valid.
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
            "documentation-exceptions" if options.docs.rules().has_documentation_exceptions => {
                &mut pragmas.documentation_exceptions
            }
            unknown => {
                let note = meant(unknown, diagnostics);
                diagnostics.error(Rule::UnknownPragma, key.span, &[unknown]).note(note);
                complete = false;
                continue;
            }
        };
        match names(&key.text, value, diagnostics) {
            Some(names) => {
                let names = mem::replace(exceptions, names);
                if !names.is_empty() {
                    pragmas.replaced.push(Replaced { names, by: key });
                }
            }
            None => complete = false,
        }
    }
    complete
}

/// Returns help for an unknown pragma.
fn meant(unknown: &str, diagnostics: &mut Diagnostics) -> String {
    let renamed = |name| format!("QEMU 6.0 renamed it to `{name}`");
    match unknown {
        "documentation-exceptions" => "QEMU 9.0 introduced it".to_owned(),
        "returns-whitelist" => renamed("command-returns-exceptions"),
        "name-case-whitelist" => renamed("member-name-exceptions"),
        _ => diagnostics.did_you_mean(unknown, KEYS).unwrap_or_else(|| {
            let keys: Vec<String> = KEYS.iter().map(|key| format!("`{key}`")).collect();
            format!("the pragmas are {}", keys.join(", "))
        }),
    }
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
    let (mut names, mut complete) = (HashSet::with_capacity(values.len()), true);
    for value in values {
        let description = value.describe();
        match value.kind {
            ValueKind::Str(name) => drop(names.insert(name)),
            _ => {
                complete = false;
                let what = format!("an element of `{key}`");
                diagnostics.error(Rule::WrongType, value.span, &[&what, "a string", description]);
            }
        }
    }
    complete.then_some(names)
}
