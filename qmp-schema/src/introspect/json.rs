//! JSON text in the style of QEMU's: one line, a space after `,` and `:`.

pub(crate) fn object(parts: &[(&str, String)]) -> String {
    let parts: Vec<String> = parts.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
    format!("{{{}}}", parts.join(", "))
}

pub(crate) fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(", "))
}

/// Quotes a name. By the rules for names it has no characters that JSON escapes.
pub(crate) fn string(name: &str) -> String {
    format!("\"{name}\"")
}
