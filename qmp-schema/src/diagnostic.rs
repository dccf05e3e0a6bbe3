//! Errors and warnings. Functions return a [`Report`] of [`Diagnostic`]s: a message, its place, and help.

mod json;
mod render;
mod report;
mod rule;
mod suggest;

use std::borrow::Cow;
use std::collections::HashSet;

pub use report::Report;
pub use rule::Rule;
pub use suggest::closest;

use crate::source::Span;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The schema is invalid.
    Error,
    /// The schema is usable.
    Warning,
}

/// An error or a warning.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// The rule that is broken.
    pub rule: Rule,
    /// The message, without a full stop.
    pub message: String,
    /// Its place; [`Span::NONE`] if it is not in a file.
    pub span: Span,
    /// A label for the place; may be empty.
    pub label: String,
    /// Help: the rule, and how to fix the problem.
    pub notes: Vec<String>,
    /// Related places.
    pub related: Vec<Related>,
    /// The wrong option of the generator; none if the problem is in the schema.
    pub option: Option<WrongOption>,
}

/// A value of one of the generator's options that does not fit the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrongOption {
    /// The option: `commands`.
    pub name: &'static str,
    /// The value: `query-*`.
    pub value: String,
}

/// A place related to a diagnostic, such as the first of two equal names.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Related {
    /// The place.
    pub span: Span,
    /// A label for the place.
    pub text: String,
}

impl Diagnostic {
    /// Adds a related place, unless it is not in a file.
    pub(crate) fn related(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        if span != Span::NONE {
            self.related.push(Related { span, text: text.into() });
        }
        self
    }

    /// Adds a note.
    pub(crate) fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.notes.push(text.into());
        self
    }
}

/// The most names that are compared to find a misspelt one: many errors must not take quadratic time.
const COMPARISONS: usize = 500_000;

/// The diagnostics of all passes.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    found: Vec<Diagnostic>,
    comparisons_left: usize,
}

impl Default for Diagnostics {
    fn default() -> Self {
        Self { found: Vec::new(), comparisons_left: COMPARISONS }
    }
}

impl Diagnostics {
    /// Reports that `rule` is broken at `span`. The `arguments` fill the places `{0}`, `{1}`... of the rule's texts.
    pub(crate) fn error(&mut self, rule: Rule, span: Span, arguments: &[&str]) -> &mut Diagnostic {
        self.push(Severity::Error, rule, span, arguments)
    }

    /// Reports with a severity that depends on the caller's options.
    pub(crate) fn push(&mut self, severity: Severity, rule: Rule, span: Span, arguments: &[&str]) -> &mut Diagnostic {
        let texts = rule.texts();
        let arguments: Vec<Cow<'_, str>> = arguments.iter().map(|argument| shortened(argument)).collect();
        let note = fill(texts.help, &arguments);
        self.found.push(Diagnostic {
            severity,
            rule,
            message: fill(texts.message, &arguments),
            span,
            label: fill(texts.label, &arguments),
            notes: if note.is_empty() { Vec::new() } else { vec![note] },
            related: Vec::new(),
            option: None,
        });
        self.latest()
    }

    /// Returns the last diagnostic. There must be one.
    pub(crate) fn latest(&mut self) -> &mut Diagnostic {
        self.found.last_mut().expect("something was found")
    }

    /// Reports that the value of an option matches nothing among the `names` that it could match.
    pub(crate) fn wrong_option<'a>(
        &mut self,
        rule: Rule,
        option: WrongOption,
        what: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) {
        let similar = self.did_you_mean(&option.value, names);
        let diagnostic = self.error(rule, Span::NONE, &[what, &option.value]);
        diagnostic.notes.extend(similar);
        diagnostic.option = Some(option);
    }

    /// Returns the number of diagnostics so far.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// Adds the diagnostics of another collection, with another severity.
    pub(crate) fn extend(&mut self, other: Diagnostics, severity: Severity) {
        self.found.extend(other.found.into_iter().map(|diagnostic| Diagnostic { severity, ..diagnostic }));
    }

    /// Returns a note with the candidate that `name` is probably a misspelling of.
    pub(crate) fn did_you_mean<'a>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let left = &mut self.comparisons_left;
        let candidates = candidates.into_iter().take(*left).inspect(|_| *left -= 1);
        closest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
    }

    /// Returns all diagnostics, by file in the order of inclusion, then by position. Clashes of misspelt names are left out: fixing
    /// the spelling may fix the clash.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| diagnostic.span);
        let is_spelling = |rule| matches!(rule, Rule::StrictCase | Rule::MemberCase);
        let misspelt = self.found.iter().filter(|diagnostic| is_spelling(diagnostic.rule));
        let misspelt: HashSet<Span> = misspelt.map(|diagnostic| diagnostic.span).collect();
        let of_misspelt = |diagnostic: &Diagnostic| {
            misspelt.contains(&diagnostic.span) || diagnostic.related.iter().any(|other| misspelt.contains(&other.span))
        };
        self.found.retain(|diagnostic| diagnostic.rule != Rule::Clash || !of_misspelt(diagnostic));
        self.found
    }
}

/// The most characters of a name that a message shows.
const MAX_SHOWN: usize = 200;

fn shortened(argument: &str) -> Cow<'_, str> {
    match argument.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}...", &argument[..end]).into(),
        None => argument.into(),
    }
}

/// Puts the arguments into the places of a text; any other `{` stands for itself.
fn fill(template: &str, arguments: &[Cow<'_, str>]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = after.split_once('}').and_then(|(place, after)| Some((place.parse::<usize>().ok()?, after)));
        rest = match place {
            Some((index, after)) => {
                text.push_str(&arguments[index]);
                after
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text + rest
}
