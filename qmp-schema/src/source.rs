//! Files and places in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files a schema was read from, in the order they were first included.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

/// One file of a schema.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as messages name it: as the user wrote it, includes relative to the file that includes them.
    pub path: PathBuf,
    /// The whole text, its line ends (CRLF, CR) turned into `\n`.
    pub text: Arc<str>,
    /// Where the file was first included from; none for the root.
    pub included_from: Option<Span>,
    lines: Vec<u32>,
}

/// Index of a file in its [`SourceMap`].
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

/// A place for people: file, line, column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location<'a> {
    /// The file's path as messages name it.
    pub path: &'a Path,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl SourceMap {
    /// All files, the root first.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file behind an id.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Adds a file.
    pub(crate) fn add(&mut self, path: PathBuf, text: Arc<str>, included_from: Option<Span>) -> FileId {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        self.files.push(SourceFile { path, text, included_from, lines });
        FileId(self.files.len() as u32 - 1)
    }

    /// Where a span begins; none for [`Span::NONE`].
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        let file = self.files.get(span.file.0 as usize)?;
        let line = file.lines.partition_point(|&start| start <= span.start);
        let start = file.lines[line - 1] as usize;
        let column = file.text.get(start..span.start as usize).map_or(0, |before| before.chars().count()) + 1;
        Some(Location { path: &file.path, line, column })
    }

    /// Where a file was included from, and where that file was, up to the root.
    pub fn included_from(&self, file: FileId) -> impl Iterator<Item = Span> {
        let includer = |file: FileId| self.files.get(file.0 as usize)?.included_from;
        std::iter::successors(includer(file), move |span| includer(span.file))
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.files
            .get(span.file.0 as usize)
            .and_then(|file| file.text.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }
}

impl Span {
    /// The place of what no file holds: builtins.
    pub const NONE: Span = Span { file: FileId(u32::MAX), start: 0, end: 0 };
}
