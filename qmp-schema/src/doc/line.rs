//! The lines of a documentation block.

use crate::dialect::Dialect;
use crate::source::Span;
use crate::syntax::Name;

/// A line without the leading `# ` and without white space at its end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    /// Whether something other than a space follows the `#`.
    pub(super) is_ill_begun: bool,
    /// Whether there was white space at its end.
    pub(super) is_padded: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(span: Span, file: &'a str) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let text = file[start..end].trim_end();
        let is_padded = text.len() < end - start;
        let span = Span { end: (start + text.len()) as u32, ..span };
        Self { span, text, is_ill_begun: end > start && file[..start].ends_with('#'), is_padded }
    }

    /// The number of white space characters before the text.
    pub(super) fn indentation(&self) -> usize {
        self.text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// Returns the text without its first `characters`.
    pub(super) fn without(&self, characters: usize) -> &'a str {
        let mut rest = self.text.chars();
        rest.by_ref().take(characters).for_each(drop);
        rest.as_str()
    }

    /// Returns the name in a block's first line, `@NAME:`.
    pub(super) fn symbol(&self) -> Name {
        let colon = self.text.len() > 1 && self.text.ends_with(':');
        self.name(1, self.text.len() - usize::from(colon))
    }

    /// Reads `@NAME: text`: the name and the text.
    pub(super) fn described(&self, dialect: &Dialect) -> Option<(Name, &'a str)> {
        let (name, rest) = self.text.strip_prefix('@')?.split_once(':')?;
        let name = if dialect.allows_space_before_colon { name.trim_end() } else { name };
        Some((self.name(1, 1 + name.len()), rest.trim_start()))
    }

    /// Reads `TAG: text` or `Features:` alone: the tag and the text.
    pub(super) fn tag(&self, dialect: &Dialect) -> Option<(Name, &'a str)> {
        let (tag, rest) = self.text.split_once(':')?;
        let is_tag = match tag {
            "Features" => rest.is_empty(),
            "Errors" => dialect.has_errors_section,
            "Returns" | "Since" | "Note" | "Notes" | "Example" | "Examples" | "TODO" => true,
            _ => false,
        };
        let is_plain = rest.starts_with(':') && dialect.double_colon_is_text;
        (is_tag && !is_plain).then(|| (self.name(0, tag.len()), rest.trim_start()))
    }

    /// Whether it is a heading, `= Title`.
    pub(super) fn is_heading(&self) -> bool {
        self.text.starts_with('=')
    }

    /// Returns a stretch of the line with its place.
    pub(super) fn name(&self, start: usize, end: usize) -> Name {
        let span = Span { start: self.span.start + start as u32, end: self.span.start + end as u32, ..self.span };
        Name { text: self.text[start..end].to_owned(), span }
    }
}
