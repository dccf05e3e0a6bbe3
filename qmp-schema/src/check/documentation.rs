//! Documentation: the descriptions that a definition's comment must and may have.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::dialect::Dialect;
use crate::model::Feature;
use crate::source::Span;
use crate::syntax::{Definition, Doc, Kind, Syntax};

/// Checks the documentation of every definition.
pub(super) fn check(syntax: &Syntax, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { syntax, dialect, diagnostics };
    for (definition, doc) in syntax.definitions.iter().zip(&syntax.docs) {
        match doc {
            Some(doc) => checker.block(definition, doc),
            // The part that was lost may have been the comment, or a pragma.
            None if syntax.pragmas.doc_required && syntax.complete => {
                checker.refuse(Rule::DocRequired, definition.name.span, &[&definition.name.text]);
            }
            None => {}
        }
    }
    if let Some(max) = dialect.max_features {
        checker.refuse_more_features(max);
    }
}

struct Checker<'a> {
    syntax: &'a Syntax,
    dialect: &'a Dialect,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn block(&mut self, definition: &Definition, doc: &Doc) {
        let name = &definition.name;
        let Some(symbol) = &doc.symbol else {
            self.refuse(Rule::DocFreeForm, doc.span, &[&name.text]);
            return;
        };
        if symbol.text.is_empty() {
            return;
        }
        if symbol.text != name.text {
            self.refuse(Rule::DocOtherName, symbol.span, &[&symbol.text, &name.text])
                .related(name.span, "defined here");
            return;
        }
        let names = Names::new(definition, doc);
        self.members(definition, doc, &names);
        self.features(definition, doc, &names);
        self.sections(definition, doc);
    }

    fn members(&mut self, definition: &Definition, doc: &Doc, names: &Names<'_>) {
        for (name, _) in doc.members.iter().filter(|(name, _)| !names.is_member.contains(&*name.text)) {
            let is_reported = name.text.is_empty() || doc.misplaced.contains(&name.text);
            if definition.complete && !is_reported && !names.is_misplaced_feature(&name.text) {
                let note = self.diagnostics.did_you_mean(&name.text, names.is_member.iter().copied());
                let arguments = [&*name.text, definition.meta(), &definition.name.text];
                self.refuse(Rule::DocUnknownMember, name.span, &arguments).notes.extend(note);
            }
        }
        let excepted = self.syntax.pragmas.documentation_exceptions.contains(&definition.name.text);
        if self.dialect.requires_all_members && !excepted && self.syntax.complete {
            let among_features = doc.features.iter().filter(|(name, _)| names.is_misplaced_member(&name.text));
            let described = doc.members.iter().chain(among_features).map(|(name, _)| &*name.text);
            let described: HashSet<&str> = described.chain(doc.misplaced.iter().map(|name| &**name)).collect();
            for &(name, span) in names.members.iter().filter(|(name, _)| !described.contains(name)) {
                self.refuse(Rule::DocNoMember, span, &[name]);
            }
        }
    }

    fn features(&mut self, definition: &Definition, doc: &Doc, names: &Names<'_>) {
        for (name, _) in doc.features.iter().filter(|(name, _)| !names.is_feature.contains(&*name.text)) {
            if definition.complete && !name.text.is_empty() && !doc.misplaced.contains(&name.text) {
                let error = self.refuse(Rule::DocUnknownFeature, name.span, &[&name.text, &definition.name.text]);
                if names.is_misplaced_member(&name.text) {
                    error.note("members are described before `Features:`");
                }
            }
        }
        let mut described = names.described_features.clone();
        described.extend(doc.misplaced.iter().map(|name| &**name));
        for &(name, span) in &names.features {
            if described.insert(name) {
                self.refuse(Rule::DocNoFeature, span, &[name]);
            }
        }
    }

    fn sections(&mut self, definition: &Definition, doc: &Doc) {
        for (tag, _) in &doc.sections {
            match (&*tag.text, &definition.kind) {
                ("Returns", Kind::Command(command))
                    if command.returns.is_none() && definition.complete && self.dialect.checks_returns =>
                {
                    self.refuse(Rule::DocNothingReturned, tag.span, &[&definition.name.text]);
                }
                ("Returns" | "Errors", Kind::Command(_)) => {}
                ("Returns" | "Errors", _) => drop(self.refuse(Rule::DocNotCommand, tag.span, &[&tag.text])),
                _ => {}
            }
        }
    }

    fn refuse_more_features(&mut self, max: usize) {
        let mut seen = HashSet::from(["deprecated", "unstable"]);
        for feature in self.syntax.definitions.iter().flat_map(features) {
            if seen.insert(&feature.name) && seen.len() == max + 1 {
                self.refuse(Rule::TooManyFeatures, feature.span, &[&max.to_string(), &(max + 1).to_string()]);
            }
        }
    }

    fn refuse(&mut self, rule: Rule, span: Span, arguments: &[&str]) -> &mut Diagnostic {
        self.diagnostics.push(self.dialect.severity, rule, span, arguments)
    }
}

/// The names that can be described, and those that are.
struct Names<'a> {
    members: Vec<(&'a str, Span)>,
    features: Vec<(&'a str, Span)>,
    is_member: HashSet<&'a str>,
    is_feature: HashSet<&'a str>,
    described_features: HashSet<&'a str>,
}

impl<'a> Names<'a> {
    fn new(definition: &'a Definition, doc: &'a Doc) -> Self {
        let members = documentable(definition);
        let features: Vec<_> = features(definition).map(|feature| (&*feature.name, feature.span)).collect();
        Self {
            is_member: members.iter().map(|(name, _)| *name).collect(),
            is_feature: features.iter().map(|(name, _)| *name).collect(),
            described_features: doc.features.iter().map(|(name, _)| &*name.text).collect(),
            members,
            features,
        }
    }

    /// Whether it is a member, but described as a feature.
    fn is_misplaced_member(&self, name: &str) -> bool {
        self.is_member.contains(name) && !self.is_feature.contains(name)
    }

    /// Whether it is a feature without a description, but described as a member.
    fn is_misplaced_feature(&self, name: &str) -> bool {
        self.is_feature.contains(name) && !self.described_features.contains(name)
    }
}

/// Returns the names that `@name:` can describe: those of members written in the definition itself. It cannot describe the
/// members of a named base or of a named argument type, nor a union's branches.
fn documentable(definition: &Definition) -> Vec<(&str, Span)> {
    match &definition.kind {
        Kind::Enum(values) => values.iter().map(|value| (&*value.name, value.span)).collect(),
        Kind::Alternate(branches) => branches.iter().map(|branch| (&*branch.name.text, branch.name.span)).collect(),
        _ => definition.members().iter().map(|member| (&*member.name.text, member.name.span)).collect(),
    }
}

/// Returns the features of a definition and of its members or values.
fn features(definition: &Definition) -> impl Iterator<Item = &Feature> {
    let of_members = definition.members().iter().flat_map(|member| &member.features);
    let of_values = definition.values().iter().flat_map(|value| &value.features);
    definition.features.iter().chain(of_members).chain(of_values)
}
