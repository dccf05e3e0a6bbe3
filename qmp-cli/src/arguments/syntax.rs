//! The syntax of one argument.

use serde_json::{Map, Value};

use super::mistake::Mistake;

/// The most names of a path; JSON has about the same limit.
const MOST_NAMES: usize = 100;

/// A value and the member that it is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Argument {
    /// The names that lead to the member: at least one.
    pub(super) path: Vec<String>,
    pub(super) value: Given,
}

/// A value as it was given.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// `key=value`: the type decides what the text means.
    Text(String),
    /// `key:=JSON`.
    Json(Value),
}

impl Argument {
    /// Parses an argument. A JSON object is an argument for each of its members.
    pub(super) fn parse(text: &str) -> Result<Vec<Self>, Mistake> {
        if is_object(text) {
            let object: Map<String, Value> = serde_json::from_str(text)
                .map_err(|error| Mistake::new(format!("expected a JSON object, found `{text}`: {error}")))?;
            let members = object.into_iter();
            return Ok(members.map(|(name, value)| Self { path: vec![name], value: Given::Json(value) }).collect());
        }
        let Some((path, value)) = split(text) else {
            return Err(Mistake::new(format!("expected `KEY=VALUE`, `KEY:=JSON` or a JSON object, found `{text}`")));
        };
        if path.is_empty() {
            return Err(Mistake::new(format!("expected a name before `=`, found `{text}`")));
        }
        let names: Vec<String> = path.split('.').map(str::to_owned).collect();
        if names.iter().any(String::is_empty) {
            return Err(Mistake::new(format!("expected a name between the dots, found `{path}`")));
        }
        if names.len() > MOST_NAMES {
            return Err(Mistake::new(format!("expected at most {MOST_NAMES} names in a path, found {}", names.len())));
        }
        let value = match is_typed(text) {
            true => Given::Text(value.to_owned()),
            false => Given::Json(
                serde_json::from_str(value)
                    .map_err(|error| Mistake::new(format!("`{path}`: expected JSON, found `{value}`: {error}")))?,
            ),
        };
        Ok(vec![Self { path: names, value }])
    }
}

impl Given {
    /// The text, if it may be a string.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Json(value) => value.as_str(),
        }
    }
}

/// Splits an argument that is not an object into its path and its value.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let (path, value) = text.split_once('=').filter(|_| !is_object(text))?;
    Some((path.strip_suffix(':').unwrap_or(path), value))
}

/// Whether the type of the member decides what the value means.
pub(super) fn is_typed(text: &str) -> bool {
    text.split_once('=').is_some_and(|(path, _)| !is_object(text) && !path.ends_with(':'))
}

fn is_object(text: &str) -> bool {
    text.trim_start().starts_with('{')
}
