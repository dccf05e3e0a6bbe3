//! The spelling of names.

use std::collections::HashSet;

use super::clash::{CForm, refuse_clashes};
use super::proposal;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::lower::is_predefined;
use crate::model::{EnumValue, Feature};
use crate::source::Span;
use crate::syntax::{Branch, Definition, Kind, Member, Origin, Syntax};

/// Checks every name of a schema.
pub(super) fn check(syntax: &Syntax, diagnostics: &mut Diagnostics) {
    let mut speller = Speller { syntax, diagnostics };
    for definition in &syntax.definitions {
        speller.definition(definition);
    }
}

/// The label of a pragma that removed an exception.
const LOST: &str = "this pragma replaces an earlier one, which had it";

/// The case rule of a name.
#[derive(Clone, Copy)]
enum Case {
    /// Lower case, words separated by `-`.
    Strict,
    /// The same, because no exception applies. The pragma `lost` replaced one that did.
    Lower { lost: Option<Span> },
    /// Any case: a pragma excepts the name.
    Any,
}

struct Speller<'a> {
    syntax: &'a Syntax,
    diagnostics: &'a mut Diagnostics,
}

impl Speller<'_> {
    fn definition(&mut self, definition: &Definition) {
        let (name, span) = (&*definition.name.text, definition.name.span);
        let pragmas = &self.syntax.pragmas;
        let excepted = self.is_excepted(&pragmas.member_name_exceptions, name);
        let lost = pragmas.lost("member-name-exceptions", name);
        let case = if excepted { Case::Any } else { Case::Lower { lost } };
        match &definition.kind {
            // Such a name cannot be defined, and is reported elsewhere.
            _ if is_predefined(name) => {}
            Kind::Command(_) => self.command_name(name, span),
            Kind::Event(_) => self.event_name(name, span),
            _ if self.syntax.origin == Origin::Introspection => {}
            _ => self.type_name(name, span),
        }
        match &definition.kind {
            Kind::Enum(values) => self.enum_values(values, case),
            Kind::Alternate(branches) => self.branches(branches),
            Kind::Struct(_) | Kind::Union(_) => self.members(definition.members(), case),
            Kind::Command(_) | Kind::Event(_) => self.members(definition.members(), Case::Strict),
        }
        self.features(&definition.features);
    }

    /// Whether a pragma excepts the name. A pragma that was lost to an error may do so.
    fn is_excepted(&self, exceptions: &HashSet<String>, name: &str) -> bool {
        exceptions.contains(name) || !self.syntax.complete
    }

    fn type_name(&mut self, name: &str, span: Span) {
        let Some(stem) = self.stem("a type", name, span) else { return };
        let camel_case = stem.starts_with(|c: char| c.is_ascii_uppercase())
            && stem.contains(|c: char| c.is_ascii_lowercase())
            && stem.bytes().all(|c| c.is_ascii_alphanumeric());
        if !camel_case {
            let note = (name, stem, proposal::camel(stem));
            self.refuse_case(Rule::TypeCase, span, &[name], note);
        } else if name.ends_with("List") {
            self.diagnostics.error(Rule::TypeNamedList, span, &[name]);
        }
    }

    fn command_name(&mut self, name: &str, span: Span) {
        let Some(stem) = self.stem("a command", name, span) else { return };
        let excepted = self.is_excepted(&self.syntax.pragmas.command_name_exceptions, name);
        if has_upper_case(stem) || (stem.contains('_') && !excepted) {
            let lost = self.syntax.pragmas.lost("command-name-exceptions", name);
            let error = self.refuse_case(Rule::CommandCase, span, &[name], (name, stem, proposal::lower(stem)));
            error.related(lost.unwrap_or(Span::NONE), LOST);
        }
    }

    fn event_name(&mut self, name: &str, span: Span) {
        let Some(stem) = self.stem("an event", name, span) else { return };
        if stem.contains(|c: char| c.is_ascii_lowercase() || c == '-') {
            self.refuse_case(Rule::EventCase, span, &[name], (name, stem, proposal::upper(stem)));
        }
    }

    fn members(&mut self, members: &[Member], case: Case) {
        for member in members {
            let (name, span) = (&*member.name.text, member.name.span);
            if let Some(stem) = self.member_stem(name, span) {
                if is_reserved_member(name) {
                    self.diagnostics.error(Rule::ReservedMember, span, &[name]);
                } else {
                    self.case("member", (name, stem), span, case);
                }
            }
            self.features(&member.features);
        }
    }

    fn enum_values(&mut self, values: &[EnumValue], case: Case) {
        for value in values {
            // A value may begin with a digit: it is spelt right if it would be with a letter before it.
            let digit = value.name.starts_with(|c: char| c.is_ascii_digit());
            let name = if digit { format!("d{}", value.name) } else { value.name.clone() };
            match spell(&name) {
                Spelling::Stem(stem) => {
                    let stem = if digit { &value.name } else { stem };
                    self.case("enum value", (&value.name, stem), value.span, case);
                }
                wrong => self.misspelt("an enum value", &value.name, value.span, &wrong),
            }
            self.features(&value.features);
        }
        refuse_clashes("enum value", values.iter().map(|value| (&*value.name, value.span)), self.diagnostics);
    }

    fn branches(&mut self, branches: &[Branch]) {
        for branch in branches {
            let (name, span) = (&*branch.name.text, branch.name.span);
            if let Some(stem) = self.stem("a branch", name, span) {
                self.case("branch", (name, stem), span, Case::Strict);
            }
        }
        refuse_clashes(
            "branch",
            branches.iter().map(|branch| (&*branch.name.text, branch.name.span)),
            self.diagnostics,
        );
    }

    fn features(&mut self, features: &[Feature]) {
        for feature in features {
            if let Some(stem) = self.stem("a feature", &feature.name, feature.span) {
                self.case("feature", (&feature.name, stem), feature.span, Case::Strict);
            }
        }
    }

    fn case(&mut self, what: &str, (name, stem): (&str, &str), span: Span, case: Case) {
        let (rule, lost) = match case {
            Case::Strict => (Rule::StrictCase, None),
            Case::Lower { lost } => (Rule::MemberCase, lost),
            Case::Any => return,
        };
        if has_upper_case(stem) || stem.contains('_') {
            let proposal = proposal::lower(stem).filter(|name| what != "member" || !is_reserved_member(name));
            let error = self.refuse_case(rule, span, &[what, name], (name, stem, proposal));
            if what == "member" && matches!(case, Case::Strict) {
                error.note("arguments may have other names in a struct of their own, which a pragma can except");
            }
            error.related(lost.unwrap_or(Span::NONE), LOST);
        }
    }

    /// Reports a name in the wrong case, and proposes another one.
    fn refuse_case(
        &mut self,
        rule: Rule,
        span: Span,
        arguments: &[&str],
        (name, stem, proposal): (&str, &str, Option<String>),
    ) -> &mut Diagnostic {
        let prefix = name.strip_suffix(stem).unwrap_or_default();
        let error = self.diagnostics.error(rule, span, arguments);
        if prefix.starts_with("__") {
            error.note(format!("the rule applies to `{stem}`, not to the prefix `{prefix}`"));
        }
        let proposal = proposal.map(|proposal| format!("{prefix}{proposal}"));
        if let Some(proposal) = proposal.filter(|name| matches!(spell(name), Spelling::Stem(_))) {
            error.note(format!("for example `{proposal}`"));
        }
        error
    }

    /// Returns the stem of a name. Reports a text that cannot be a name.
    fn stem<'n>(&mut self, what: &str, name: &'n str, span: Span) -> Option<&'n str> {
        match spell(name) {
            Spelling::Stem(stem) => Some(stem),
            wrong => {
                self.misspelt(what, name, span, &wrong);
                None
            }
        }
    }

    /// Returns the stem of a member's name. Other languages write `name?` for an optional member.
    fn member_stem<'n>(&mut self, name: &'n str, span: Span) -> Option<&'n str> {
        let stem = self.stem("a member", name, span);
        if stem.is_none()
            && let Some(optional) = name.strip_suffix('?').or_else(|| name.strip_prefix('?'))
            && matches!(spell(optional), Spelling::Stem(_))
        {
            self.diagnostics.latest().note(format!("an optional member is written '*{optional}'"));
        }
        stem
    }

    fn misspelt(&mut self, what: &str, name: &str, span: Span, wrong: &Spelling<'_>) {
        let rule = if matches!(wrong, Spelling::Reserved) { Rule::ReservedName } else { Rule::InvalidName };
        let first = if what == "an enum value" { "a letter or digit" } else { "a letter" };
        self.diagnostics.error(rule, span, &[name, what, first]);
    }
}

/// Whether QEMU's generator makes a C member of this name itself.
fn is_reserved_member(name: &str) -> bool {
    name == "u" || CForm(name).starts_with("has_")
}

/// The result of reading a name.
enum Spelling<'a> {
    /// The part behind the prefixes, which is all that case rules apply to.
    Stem(&'a str),
    /// Identifiers beginning `q_` belong to QEMU's generator.
    Reserved,
    Invalid,
}

/// Reads a name: `__DOMAIN_` and `x-`, both optional, then a letter, followed by letters, digits, `-`, `_`.
fn spell(name: &str) -> Spelling<'_> {
    let own = without_domain(name);
    let unstable = own.strip_prefix("x-").or_else(|| own.strip_prefix("X-"));
    let starts_with_letter = |stem: &&str| stem.starts_with(|c: char| c.is_ascii_alphabetic());
    let stem = unstable.filter(starts_with_letter).or(Some(own).filter(starts_with_letter));
    let is_name = |stem: &&str| stem.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_');
    match stem.filter(is_name) {
        Some(_) if CForm(name).starts_with("q_") => Spelling::Reserved,
        Some(stem) => Spelling::Stem(stem),
        None => Spelling::Invalid,
    }
}

/// Returns the name without a downstream prefix: `__`, then letters, digits, `.` and `-`, then `_`.
fn without_domain(name: &str) -> &str {
    let split = name.strip_prefix("__").and_then(|rest| rest.split_once('_'));
    let is_domain = |domain: &str| {
        !domain.is_empty() && domain.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'.' || c == b'-')
    };
    match split {
        Some((domain, own)) if is_domain(domain) => own,
        _ => name,
    }
}

fn has_upper_case(stem: &str) -> bool {
    stem.contains(|c: char| c.is_ascii_uppercase())
}
