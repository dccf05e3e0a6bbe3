//! Diagnostics as text.

use std::fmt::Write;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// Renders a diagnostic: `FILE:LINE:COL: error: message`, then the source line with its label, the related places, the notes, and
/// the chain of includes.
pub(super) fn render(diagnostic: &Diagnostic, sources: &SourceMap, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut text = place(diagnostic.span, sources);
    text += &renderer.render(&[Group::with_title(level.clone().primary_title(&diagnostic.message))]);

    let mut snippets = Vec::new();
    let mut places = vec![(diagnostic.span, &*diagnostic.label, AnnotationKind::Primary)];
    for related in &diagnostic.related {
        let place = (related.span, &*related.text, AnnotationKind::Context);
        match is_near(diagnostic.span, related.span) {
            true => places.push(place),
            false => snippets.extend(snippet(&[place], sources)),
        }
    }
    let primary = snippet(&places, sources);
    let notes = diagnostic.notes.iter().map(|note| Level::HELP.message(note));
    let body = Group::with_level(level).elements(primary).elements(snippets).elements(notes);
    if !body.is_empty() {
        text.push('\n');
        text += &renderer.render(&[body]);
    }
    for includer in sources.included_from(diagnostic.span.file) {
        if let Some(location) = sources.locate(includer) {
            let _ = write!(text, "\nIn file included from {}:{}", location.path.display(), location.line);
        }
    }
    text
}

fn place(span: Span, sources: &SourceMap) -> String {
    sources.locate(span).map_or_else(String::new, |location| {
        format!("{}:{}:{}: ", location.path.display(), location.line, location.column)
    })
}

/// The most bytes shown before and after a place: a whole schema may be on one line.
const MAX_LINE: usize = 300;

/// Returns whether two places are shown in one snippet.
fn is_near(a: Span, b: Span) -> bool {
    a.file == b.file && a.start.abs_diff(b.start) < 600
}

/// Returns the lines of some places of one file with their labels. The renderer gets only these lines, because its time grows
/// with the text. The path is shown unless the first place is the primary one, whose path is in the first line.
fn snippet<'a>(
    places: &[(Span, &'a str, AnnotationKind)],
    sources: &'a SourceMap,
) -> Option<Snippet<'a, Annotation<'a>>> {
    let &(first, _, kind) = places.first()?;
    let start = places.iter().map(|(span, ..)| span.start).min()?;
    let end = places.iter().map(|(span, ..)| span.end).max()? as usize;
    let location = sources.locate(Span { start, ..first })?;
    let text = &sources.file(first.file).text;
    let from = text[..start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let from = from.max(char_boundary(text, (start as usize).saturating_sub(MAX_LINE)));
    let to = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    let to = to.min(char_boundary(text, end + MAX_LINE));
    let annotations = places.iter().map(|&(span, label, kind)| {
        let label = (!label.is_empty()).then_some(label);
        kind.span(span.start as usize - from..span.end as usize - from).label(label)
    });
    let snippet = Snippet::source(&text[from..to]).line_start(location.line).annotations(annotations);
    Some(match kind {
        AnnotationKind::Primary => snippet,
        _ => snippet.path(location.path.to_string_lossy()),
    })
}

/// Returns the first boundary of a character from `at` on.
fn char_boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}
