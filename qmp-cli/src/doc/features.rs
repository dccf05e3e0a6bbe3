//! Features and conditions: labels beside names, and the list of described features.

use std::collections::HashMap;

use qmp_schema::model::{Condition, Definition, Feature};

use super::html::{code, escape};
use super::links::Links;
use super::markup;
use super::parts::Part;

/// Returns features as labels. The condition of a feature stands within the label; beside it stands the condition of the item that
/// has the feature.
pub(super) fn labels(features: &[Feature]) -> String {
    let label = |feature: &Feature| {
        let name = feature.name.as_str();
        let class = if matches!(name, "deprecated" | "unstable") { " warning" } else { "" };
        format!(" <span class=\"badge{class}\">{}{}</span>", escape(name), only_if(&feature.condition))
    };
    features.iter().map(label).collect()
}

/// Returns the condition of a definition, a member, a value or a branch as a label.
pub(super) fn condition(of: &Condition) -> String {
    match of {
        Condition::Always => String::new(),
        condition => format!(" <span class=\"badge if\">if {}</span>", escape(&condition.to_string())),
    }
}

/// Returns the list of the features that the documentation describes: each with the parts that have it, their conditions, and the
/// description.
pub(super) fn list(def: &Definition, parts: &[Part<'_>], links: &Links<'_>) -> String {
    let owners = owners(def, parts);
    let entry = |(name, text): &(String, String)| {
        let named = owners.get(name.as_str()).map(|owners| names(owners, def)).unwrap_or_default();
        let head = format!("<code class=\"name\">{}</code>{named}", escape(name));
        format!("<dt>{head}</dt>\n<dd>{}</dd>\n", markup::convert(text, links))
    };
    let entries: String = def.doc.iter().flat_map(|doc| &doc.features).map(entry).collect();
    if entries.is_empty() { entries } else { format!("<dl>\n{entries}</dl>\n") }
}

/// A feature and the part that has it; no part stands for the definition itself.
type Owner<'a> = (Option<&'a str>, &'a Feature);

/// Collects the owners of each feature by its name: the definition first, then the parts in the order written.
fn owners<'a>(def: &'a Definition, parts: &[Part<'a>]) -> HashMap<&'a str, Vec<Owner<'a>>> {
    let own = (None, &*def.features);
    let mut owners: HashMap<_, Vec<_>> = HashMap::new();
    for (owner, features) in std::iter::once(own).chain(parts.iter().map(|part| (Some(part.name), part.features))) {
        for feature in features {
            owners.entry(&*feature.name).or_default().push((owner, feature));
        }
    }
    owners
}

/// Names the owners of a feature, each with its condition. If only the definition has the feature, no name is needed.
fn names(owners: &[Owner<'_>], def: &Definition) -> String {
    match owners {
        [(None, feature)] => only_if(&feature.condition),
        _ => {
            let named =
                owners.iter().map(|(owner, feature)| code(owner.unwrap_or(&def.name)) + &only_if(&feature.condition));
            format!(" of {}", named.collect::<Vec<_>>().join(", "))
        }
    }
}

fn only_if(condition: &Condition) -> String {
    match condition {
        Condition::Always => String::new(),
        condition => format!(" <span class=\"only\">only if {}</span>", escape(&condition.to_string())),
    }
}
