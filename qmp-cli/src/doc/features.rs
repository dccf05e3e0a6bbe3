//! Features: as labels beside names, and as a list that says what they mean.

use std::collections::HashMap;

use qmp_schema::model::{Condition, Definition, Feature};

use super::html::{code, escape};
use super::links::Links;
use super::markup;
use super::parts::Part;

/// Features as labels. A feature's condition stands within its label: beside it would be that of what has the feature.
pub(super) fn labels(features: &[Feature]) -> String {
    let label = |feature: &Feature| {
        let name = feature.name.as_str();
        let class = if matches!(name, "deprecated" | "unstable") { " warning" } else { "" };
        format!(" <span class=\"badge{class}\">{}{}</span>", escape(name), only_if(&feature.condition))
    };
    features.iter().map(label).collect()
}

/// The condition of a definition, a member, a value or a branch as a label.
pub(super) fn condition(of: &Condition) -> String {
    match of {
        Condition::Always => String::new(),
        condition => format!(" <span class=\"badge if\">if {}</span>", escape(&expression(condition, false))),
    }
}

/// The features that a definition describes, its own and those of its parts: each with who has it, when, and what it means.
pub(super) fn list(def: &Definition, parts: &[Part<'_>], links: &Links<'_>) -> String {
    let having = having(def, parts);
    let entry = |(name, text): &(String, String)| {
        let owners = having.get(name.as_str()).map(|having| owners(having, def)).unwrap_or_default();
        let head = format!("<code class=\"name\">{}</code>{owners}", escape(name));
        format!("<dt>{head}</dt>\n<dd>{}</dd>\n", markup::convert(text, links))
    };
    let entries: String = def.doc.iter().flat_map(|doc| &doc.features).map(entry).collect();
    if entries.is_empty() { entries } else { format!("<dl>\n{entries}</dl>\n") }
}

/// A feature and the part that has it; none is the definition itself.
type Having<'a> = (Option<&'a str>, &'a Feature);

/// Who has a feature, by the feature's name: the definition, then the parts in the order written.
fn having<'a>(def: &'a Definition, parts: &[Part<'a>]) -> HashMap<&'a str, Vec<Having<'a>>> {
    let own = (None, &*def.features);
    let mut having: HashMap<_, Vec<_>> = HashMap::new();
    for (owner, features) in std::iter::once(own).chain(parts.iter().map(|part| (Some(part.name), part.features))) {
        for feature in features {
            having.entry(&*feature.name).or_default().push((owner, feature));
        }
    }
    having
}

/// The definition and the parts that have a feature, each with its condition. Nobody is named if only the definition has it.
fn owners(having: &[Having<'_>], def: &Definition) -> String {
    match having {
        [(None, feature)] => only_if(&feature.condition),
        _ => {
            let named =
                having.iter().map(|(owner, feature)| code(owner.unwrap_or(&def.name)) + &only_if(&feature.condition));
            format!(" of {}", named.collect::<Vec<_>>().join(", "))
        }
    }
}

fn only_if(condition: &Condition) -> String {
    match condition {
        Condition::Always => String::new(),
        condition => format!(" <span class=\"only\">only if {}</span>", escape(&expression(condition, false))),
    }
}

fn expression(of: &Condition, nested: bool) -> String {
    let joined = |all: &[Condition], operator: &str| {
        let parts: Vec<String> = all.iter().map(|part| expression(part, true)).collect();
        let text = parts.join(operator);
        if nested && parts.len() > 1 { format!("({text})") } else { text }
    };
    match of {
        Condition::Always => "always".to_owned(),
        Condition::Name(name) => name.clone(),
        Condition::All(all) => joined(all, " and "),
        Condition::Any(any) => joined(any, " or "),
        Condition::Not(not) => format!("not {}", expression(not, true)),
    }
}
