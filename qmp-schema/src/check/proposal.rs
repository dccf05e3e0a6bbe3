//! Proposals for misspelt names. None where there is no good one.

/// Proposes `foo-bar`, for commands and members.
pub(super) fn lower(name: &str) -> Option<String> {
    joined(name, "-", str::to_ascii_lowercase)
}

/// Proposes `FOO_BAR`, for events.
pub(super) fn upper(name: &str) -> Option<String> {
    joined(name, "_", str::to_ascii_uppercase)
}

/// Proposes `FooBar`, for types.
pub(super) fn camel(name: &str) -> Option<String> {
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..].to_ascii_lowercase();
    let is_type_name = |name: &String| name.bytes().any(|byte| byte.is_ascii_lowercase()) && !name.ends_with("List");
    joined(name, "", capital).filter(is_type_name)
}

fn joined(name: &str, separator: &str, spelt: impl Fn(&str) -> String) -> Option<String> {
    let words: Vec<String> = words(name).into_iter().map(spelt).collect();
    (!words.is_empty()).then(|| words.join(separator))
}

/// Returns the words of an ASCII name: they end at `-` and `_`, and before a capital behind a small letter or a digit.
fn words(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let (mut words, mut start) = (Vec::new(), 0);
    for end in 1..=bytes.len() {
        let is_end = end == bytes.len() || bytes[end].is_ascii_uppercase() && !bytes[end - 1].is_ascii_uppercase();
        let is_separator = matches!(bytes[end - 1], b'-' | b'_');
        if is_end || is_separator {
            let word = &name[start..end - usize::from(is_separator)];
            words.extend((!word.is_empty()).then_some(word));
            start = end;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{camel, lower, upper};

    #[test]
    fn names_are_proposed() {
        let all = |name| [lower(name), upper(name), camel(name)].map(Option::unwrap_or_default);
        assert_eq!(all("fooBar"), ["foo-bar", "FOO_BAR", "FooBar"]);
        assert_eq!(all("FOO_bar--2"), ["foo-bar-2", "FOO_BAR_2", "FooBar2"]);
        assert_eq!(all("VNCInfo"), ["vncinfo", "VNCINFO", "Vncinfo"]);
        assert_eq!(all("x"), ["x", "X", ""]);
        assert_eq!(all("foo_list"), ["foo-list", "FOO_LIST", ""]);
        assert_eq!(all("-"), ["", "", ""]);
    }
}
