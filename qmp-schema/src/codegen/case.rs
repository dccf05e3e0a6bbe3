//! Converts a schema's names to Rust's. One rule for all of them:
//!
//! 1. A name is split into words at every character that is not a letter or a digit.
//! 2. `CamelCase` (types, variants): each word begins with a capital; a word without lower-case letters keeps only that
//!    capital (`DEVICE_DELETED` is `DeviceDeleted`); `_` stays between two digits (`x86_64` is `X86_64`).
//!    `snake_case` (members, functions): the words in lower case, joined by `_`; a capital after a lower-case letter begins a
//!    new word.
//! 3. A name that begins with a digit gets `_` in front (`4` is `_4`). A keyword, or a name that generated code uses itself,
//!    gets `_` behind it (`type` is `type_`, `unknown` is `Unknown_`).
//! 4. If several names in one scope become the same, the first keeps the name and each other one gets the first free number
//!    from 2 on, after a `_` only if the name ends with a digit (`unknown` and `Unknown` are `Unknown_` and `Unknown2`).
//!
//! So every name passes rustc's naming lints, and does not depend on the options of the generator. The users' copy of this
//! rule is the section "Names" of [`Config`](super::Config).

use std::collections::HashSet;

const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Returns the name in `CamelCase`, by rules 1 to 3, without escaping keywords.
pub(super) fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len() + 1);
    for word in words(name) {
        let mut letters = word.chars();
        let Some(first) = letters.next() else { continue };
        let needs_separator = match camel.chars().next_back() {
            None => first.is_ascii_digit(),
            Some(last) => first.is_ascii_digit() && last.is_ascii_digit(),
        };
        if needs_separator {
            camel.push('_');
        }
        camel.push(first.to_ascii_uppercase());
        if word.bytes().any(|byte| byte.is_ascii_lowercase()) {
            camel.push_str(letters.as_str());
        } else {
            camel.extend(letters.map(|letter| letter.to_ascii_lowercase()));
        }
    }
    camel
}

/// Returns the name in `snake_case`, by rules 1 to 3, without escaping keywords.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 1);
    for word in words(name) {
        if !snake.is_empty() || word.starts_with(|first: char| first.is_ascii_digit()) {
            snake.push('_');
        }
        let mut after_lower = false;
        for letter in word.chars() {
            if after_lower && letter.is_ascii_uppercase() {
                snake.push('_');
            }
            after_lower = letter.is_ascii_lowercase();
            snake.push(letter.to_ascii_lowercase());
        }
    }
    snake
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// Makes the identifiers of one scope distinct, by rules 3 and 4. `reserved` are the names that generated code uses itself.
pub(super) fn distinct(names: impl IntoIterator<Item = String>, reserved: &[&str]) -> Vec<String> {
    let names: Vec<String> = names.into_iter().collect();
    let mut taken: HashSet<String> = names.iter().cloned().collect();
    let mut seen = HashSet::new();
    let identifier = |name: &String| match seen.insert(name.clone()) {
        true if KEYWORDS.contains(&&**name) || reserved.contains(&&**name) => format!("{name}_"),
        true => name.clone(),
        false => numbered(name, &mut taken),
    };
    names.iter().map(identifier).collect()
}

fn numbered(name: &str, taken: &mut HashSet<String>) -> String {
    let separator = if name.ends_with(|last: char| last.is_ascii_digit()) { "_" } else { "" };
    let mut candidates = (2..).map(|number: usize| format!("{name}{separator}{number}"));
    candidates.find(|candidate| taken.insert(candidate.clone())).expect("there are more numbers than names")
}

#[cfg(test)]
mod tests {
    use super::{camel, distinct, snake};

    #[test]
    fn words_become_camel_case() {
        let cases = [
            ("post-migrate", "PostMigrate"),
            ("DEVICE_DELETED", "DeviceDeleted"),
            ("BlockdevOptions", "BlockdevOptions"),
            ("KVMMissingCap", "KVMMissingCap"),
            ("x86_64", "X86_64"),
            ("4", "_4"),
            ("10gb-base-t", "_10gbBaseT"),
            ("1-5", "_1_5"),
            ("__com.redhat_Foo", "ComRedhatFoo"),
        ];
        for (name, expected) in cases {
            assert_eq!(camel(name), expected);
        }
    }

    #[test]
    fn words_become_snake_case() {
        let cases = [("node-name", "node_name"), ("UUID", "uuid"), ("qomPath", "qom_path"), ("__org.x_a", "org_x_a")];
        for (name, expected) in cases {
            assert_eq!(snake(name), expected);
        }
    }

    #[test]
    fn clashes_are_numbered_and_keywords_escaped() {
        let names = ["ab", "type", "ab", "ab2", "ab", "extra", "v1", "v1"].map(String::from);
        assert_eq!(distinct(names, &["extra"]), ["ab", "type_", "ab3", "ab2", "ab4", "extra_", "v1", "v1_2"]);
        let names = ["Unknown", "Self", "Unknown", "Self"].map(String::from);
        assert_eq!(distinct(names, &["Unknown"]), ["Unknown_", "Self_", "Unknown2", "Self2"]);
    }
}
