//! Source files and places in them: a [`Span`] is a stretch of a file, [`SourceMap::locate`] returns its line and column.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of a schema, in the order in which they were first included.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

/// One file of a schema.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path in messages: as the user wrote it. An include is relative to the file that includes it.
    pub path: PathBuf,
    /// The whole text. Line ends (CRLF, CR) are `\n`.
    pub text: Arc<str>,
    /// The place of the first include of the file; none for the root.
    pub included_from: Option<Span>,
    marks: Vec<Mark>,
}

/// A place whose line and column are known: the beginning of a line, or a place in a long one.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: u32,
    line: u32,
    column: u32,
}

/// The bytes between two marks of a line.
const STRIDE: usize = 1024;

/// The index of a file in its [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) u32);

/// A stretch of a file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A place as messages show it: file, line, column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location<'a> {
    /// The path in messages.
    pub path: &'a Path,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl SourceMap {
    /// Returns all files, the root first.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Returns a file.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Adds a file.
    pub(crate) fn add(&mut self, path: PathBuf, text: Arc<str>, included_from: Option<Span>) -> FileId {
        let marks = marks(&text);
        self.files.push(SourceFile { path, text, included_from, marks });
        FileId(self.files.len() as u32 - 1)
    }

    /// Adds the files of another map. Returns the index of the first: the distance by which their places [move](Span::moved).
    pub(crate) fn append(&mut self, other: &Self) -> u32 {
        let offset = self.files.len() as u32;
        self.files.extend(
            other
                .files
                .iter()
                .cloned()
                .map(|file| SourceFile { included_from: file.included_from.map(|span| span.moved(offset)), ..file }),
        );
        offset
    }

    /// Returns the place where a span begins; none for [`Span::NONE`].
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        let file = self.files.get(span.file.0 as usize)?;
        let mark = file.marks[file.marks.partition_point(|mark| mark.at <= span.start) - 1];
        let before = file.text.get(mark.at as usize..span.start as usize).map_or(0, |before| before.chars().count());
        Some(Location { path: &file.path, line: mark.line as usize, column: mark.column as usize + before })
    }

    /// Returns the place where a file was included, the place where that file was, and so on up to the root.
    pub fn included_from(&self, file: FileId) -> impl Iterator<Item = Span> {
        let includer = |file: FileId| self.files.get(file.0 as usize)?.included_from;
        std::iter::successors(includer(file), move |span| includer(span.file))
    }

    /// Returns the text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.files
            .get(span.file.0 as usize)
            .and_then(|file| file.text.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }
}

/// Replaces CRLF and CR by LF.
pub(crate) fn universal_newlines(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let (mut marks, mut start) = (Vec::new(), 0);
    for (index, line) in text.split('\n').enumerate() {
        let mut mark = Mark { at: start as u32, line: index as u32 + 1, column: 1 };
        let mut rest = line;
        loop {
            marks.push(mark);
            let Some(end) = (STRIDE..rest.len()).find(|&end| rest.is_char_boundary(end)) else { break };
            let (part, behind) = rest.split_at(end);
            mark = Mark { at: mark.at + end as u32, column: mark.column + part.chars().count() as u32, ..mark };
            rest = behind;
        }
        start += line.len() + 1;
    }
    marks
}

impl Span {
    /// The place of everything that is not in a file, such as builtin types.
    pub const NONE: Span = Span { file: FileId(u32::MAX), start: 0, end: 0 };

    /// Returns the same place if `by` files were put in front.
    pub(crate) fn moved(self, by: u32) -> Self {
        if self == Self::NONE { self } else { Self { file: FileId(self.file.0 + by), ..self } }
    }
}

#[cfg(test)]
mod tests {
    use super::{FileId, SourceMap, Span};

    #[test]
    fn places_in_long_lines() {
        let long = "a\u{e9}\u{20ac}b".repeat(2000);
        let text = format!("short\n{long}\n\n{long}");
        let mut sources = SourceMap::default();
        let file: FileId = sources.add("a.json".into(), text.as_str().into(), None);
        let (mut line, mut column) = (1, 1);
        for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
            let location = sources.locate(Span { file, start: at as u32, end: at as u32 }).expect("a place");
            assert_eq!((location.line, location.column), (line, column), "at {at}");
            (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
    }
}
