//! Features: as labels beside names, and as a list that says what they mean.

use qmp_schema::model::{Condition, Definition, Feature, has_feature};

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
    let entry = |(name, text): &(String, String)| {
        let head = format!("<code class=\"name\">{}</code>{}", escape(name), owners(name, def, parts));
        format!("<dt>{head}</dt>\n<dd>{}</dd>\n", markup::convert(text, links))
    };
    let entries: String = def.doc.iter().flat_map(|doc| &doc.features).map(entry).collect();
    if entries.is_empty() { entries } else { format!("<dl>\n{entries}</dl>\n") }
}

/// The definition and the parts that have the feature, each with its condition. Nobody is named if nobody else has it.
fn owners(name: &str, def: &Definition, parts: &[Part<'_>]) -> String {
    let own = (def.name.as_str(), &*def.features);
    let all = std::iter::once(own).chain(parts.iter().map(|part| (part.name, part.features)));
    let having = all.filter_map(|(owner, features)| Some((owner, features.iter().find(|of| of.name == name)?)));
    let having: Vec<(&str, &Feature)> = having.collect();
    match having[..] {
        [] => String::new(),
        [(_, feature)] if has_feature(&def.features, name) => only_if(&feature.condition),
        _ => {
            let named = having.iter().map(|(owner, feature)| code(owner) + &only_if(&feature.condition));
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
