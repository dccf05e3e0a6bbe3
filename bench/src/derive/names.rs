//! Names of the schema as names of Rust.

/// A variant: `post-migrate` is `PostMigrate`.
pub(super) fn pascal(name: &str) -> String {
    let mut text = String::new();
    for word in name.split(['-', '_', '.']) {
        let after_digit = text.ends_with(|c: char| c.is_ascii_digit());
        if after_digit && word.starts_with(|c: char| c.is_ascii_digit()) {
            text.push('_');
        }
        text.push_str(&capitalised(word));
    }
    legal(text)
}

/// A type keeps its spelling but for the first letter.
pub(super) fn type_name(name: &str) -> String {
    legal(capitalised(name))
}

/// A member or a function: `node-name` is `node_name`.
pub fn snake(name: &str) -> String {
    legal(name.replace(['-', '.'], "_").to_lowercase())
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}

fn legal(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{name}")
    } else if syn::parse_str::<syn::Ident>(&name).is_err() {
        format!("{name}_")
    } else {
        name
    }
}
