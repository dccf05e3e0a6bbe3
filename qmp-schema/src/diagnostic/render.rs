//! Diagnostics for people.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// The first line is `FILE:LINE:COL: error: message`; then come the source line with its label, the related places, the
/// notes, and how the file came to be included.
pub(super) fn render(diagnostic: &Diagnostic, sources: &SourceMap, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut text = place(diagnostic.span, sources);
    text += &renderer.render(&[Group::with_title(level.clone().primary_title(&diagnostic.message))]);

    let primary = snippet(diagnostic.span, &diagnostic.label, AnnotationKind::Primary, sources);
    let related = diagnostic.related.iter().filter_map(|related| {
        let path = sources.locate(related.span)?.path.to_string_lossy();
        Some(snippet(related.span, &related.text, AnnotationKind::Context, sources)?.path(path))
    });
    let notes = diagnostic.notes.iter().map(|note| Level::HELP.message(note));
    let body = Group::with_level(level).elements(primary).elements(related).elements(notes);
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

/// The lines of a span with the label at it. Only these lines are handed to the renderer: its time grows with the text.
fn snippet<'a>(
    span: Span,
    label: &'a str,
    kind: AnnotationKind,
    sources: &'a SourceMap,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let line = sources.locate(span)?.line;
    let text = &sources.file(span.file).text;
    let (start, end) = (span.start as usize, span.end as usize);
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    let label = (!label.is_empty()).then_some(label);
    let annotation = kind.span(start - first..end - first).label(label);
    Some(Snippet::source(&text[first..last]).line_start(line).annotation(annotation))
}
