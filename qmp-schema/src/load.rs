//! Reads files, their includes and pragmas: the only part of the front end that accesses the file system.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::define::define;
use crate::diagnostic::{Diagnostics, Report, Rule};
use crate::options::LoadOptions;
use crate::parse::{Item, parse};
use crate::source::{FileId, SourceMap, Span, universal_newlines};
use crate::syntax::{Doc, Syntax};
use crate::value::{Name, Object, ValueKind};
use crate::{doc, pragma};

/// The depth to which includes may be nested: a bound on the stack.
const MAX_DEPTH: usize = 250;

/// The largest file that is read: a pipe or a device may have no end.
const MAX_BYTES: u64 = 256 << 20;

/// The bytes that are searched for a NUL to tell binary data from text in another encoding.
const BINARY_HEAD: usize = 8192;

/// The contents of all files.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) syntax: Syntax,
    pub(crate) sources: SourceMap,
    /// The files that could not be read.
    pub(crate) missing: Vec<PathBuf>,
}

/// Reads the file and, depth first, the files that it includes.
pub(crate) fn read(path: &Path, options: &LoadOptions, diagnostics: &mut Diagnostics) -> Files {
    let mut loader = Loader::new(options, diagnostics);
    match read_file(path) {
        Ok(text) => loader.file(path, &text, None),
        Err(error) => loader.refuse(error, path, None),
    }
    loader.finish()
}

/// Does the same with `text` instead of the root file. Messages call it `name`.
pub(crate) fn read_from(name: &str, text: &str, options: &LoadOptions, diagnostics: &mut Diagnostics) -> Files {
    let mut loader = Loader::new(options, diagnostics);
    loader.file(Path::new(name), text, None);
    loader.finish()
}

/// Reads a file that need not be a schema.
pub(crate) fn text(path: &Path) -> Result<String, Report> {
    read_file(path).map_err(|error| refused(error, path))
}

/// Reads a schema or introspection data to its end: up to 256 MiB of UTF-8. Messages call it `name`.
///
/// # Errors
///
/// If it cannot be read, is larger, or is not UTF-8.
pub fn read_text(name: impl AsRef<Path>, reader: impl Read) -> Result<String, Report> {
    read_all(reader).map_err(|error| refused(error, name.as_ref()))
}

fn refused(error: Unreadable, path: &Path) -> Report {
    let (options, mut diagnostics) = (LoadOptions::default(), Diagnostics::default());
    let mut loader = Loader::new(&options, &mut diagnostics);
    loader.refuse(error, path, None);
    let Files { sources, missing, .. } = loader.finish();
    Report::new(diagnostics, Arc::new(sources), missing)
}

struct Loader<'a> {
    options: &'a LoadOptions,
    diagnostics: &'a mut Diagnostics,
    syntax: Syntax,
    sources: SourceMap,
    missing: Vec<PathBuf>,
    /// Every file that has been included, by its absolute, normalised path, and whether it is still being read.
    seen: HashMap<PathBuf, bool>,
    depth: usize,
}

impl<'a> Loader<'a> {
    fn new(options: &'a LoadOptions, diagnostics: &'a mut Diagnostics) -> Self {
        let syntax = Syntax { complete: true, ..Syntax::default() };
        let (sources, missing, seen) = Default::default();
        Self { options, diagnostics, syntax, sources, missing, seen, depth: 0 }
    }

    fn finish(self) -> Files {
        Files { syntax: self.syntax, sources: self.sources, missing: self.missing }
    }

    fn file(&mut self, path: &Path, text: &str, included_from: Option<Span>) {
        let text: Arc<str> = universal_newlines(text).into();
        let key = normalized(path);
        self.seen.insert(key.clone(), true);
        let file = self.sources.add(path.to_owned(), text.clone(), included_from);
        self.items(file, &text);
        self.seen.insert(key, false);
    }

    fn items(&mut self, id: FileId, text: &str) {
        let file = parse(id, text, self.diagnostics);
        self.syntax.complete &= file.complete;
        let mut doc = None;
        for item in file.items {
            match item {
                Item::Doc(block) => {
                    let before = self.diagnostics.count();
                    let next = doc::parse(&block, text, self.options.docs.rules(), self.diagnostics);
                    let is_sound = self.diagnostics.count() == before;
                    self.syntax.free_form.extend(next.free_form());
                    self.refuse_lone(doc.replace((next, is_sound)));
                }
                Item::Expression(object, span) => self.expression(object, span, doc.take()),
            }
        }
        self.refuse_lone(doc);
    }

    fn expression(&mut self, mut object: Object, span: Span, doc: Option<(Doc, bool)>) {
        let alone = object.members.len() == 1;
        let directive = ["include", "pragma"].into_iter().find(|key| object.has(key));
        let Some((key, value)) = directive.and_then(|key| object.take(key)) else {
            return self.definition(object, span, doc.map(|(doc, _)| doc));
        };
        self.refuse_lone(doc);
        if !alone {
            // The file may have been meant as the name of something else.
            let others: Vec<String> = object.members.iter().take(4).map(|(key, _)| format!("`{}`", key.text)).collect();
            let others = others.join(", ") + if object.members.len() > 4 { "..." } else { "" };
            self.diagnostics.error(Rule::DirectiveWithKeys, key.span, &[&key.text, &others]);
            self.syntax.complete = false;
            return;
        }
        match (&*key.text, value.kind) {
            ("include", ValueKind::Str(text)) => self.include(&Name { text, span: value.span }),
            ("pragma", ValueKind::Object(object)) => {
                self.syntax.complete &= pragma::set(&mut self.syntax.pragmas, object, self.options, self.diagnostics);
            }
            (directive, kind) => {
                let wanted = if directive == "include" { "a string" } else { "an object" };
                self.diagnostics.error(
                    Rule::WrongType,
                    value.span,
                    &[&format!("`{directive}`"), wanted, kind.describe()],
                );
                self.syntax.complete = false;
            }
        }
    }

    fn definition(&mut self, object: Object, span: Span, doc: Option<Doc>) {
        match define(object, span, self.diagnostics) {
            Some(definition) => {
                self.syntax.definitions.push(definition);
                self.syntax.docs.push(doc);
            }
            None => self.syntax.complete = false,
        }
    }

    fn include(&mut self, name: &Name) {
        let includer = &self.sources.file(name.span.file).path;
        let path = includer.parent().unwrap_or(Path::new("")).join(&name.text);
        match self.seen.get(&normalized(&path)) {
            Some(true) => return self.refuse_include(Rule::IncludeLoop, name, &path, ""),
            Some(false) => return,
            None if self.depth == MAX_DEPTH => {
                return self.refuse_include(Rule::IncludeTooDeep, name, &path, &(MAX_DEPTH + 2).to_string());
            }
            None => {}
        }
        match read_regular(&path) {
            Ok(text) => {
                self.depth += 1;
                self.file(&path, &text, Some(name.span));
                self.depth -= 1;
            }
            Err(error) => self.refuse(error, &path, Some(name)),
        }
    }

    /// Reports a file that could not be read, or that is not UTF-8. The place is the include directive or the first invalid byte.
    fn refuse(&mut self, error: Unreadable, path: &Path, name: Option<&Name>) {
        self.syntax.complete = false;
        let span = name.map_or(Span::NONE, |name| name.span);
        match error {
            Unreadable::NotUtf8 { text, at } => {
                let start = universal_newlines(&text[..at]).len() as u32;
                let text = universal_newlines(&text).into();
                let file = self.sources.add(path.to_owned(), text, name.map(|name| name.span));
                let end = start + char::REPLACEMENT_CHARACTER.len_utf8() as u32;
                self.diagnostics.error(Rule::NotUtf8, Span { file, start, end }, &[]);
            }
            Unreadable::Because(reason) => {
                self.diagnostics.error(Rule::Unreadable, span, &[&path.display().to_string(), &reason]);
                self.missing.push(path.to_owned());
            }
        }
    }

    fn refuse_include(&mut self, rule: Rule, name: &Name, path: &Path, reason: &str) {
        self.diagnostics.error(rule, name.span, &[&path.display().to_string(), reason]);
        self.syntax.complete = false;
    }

    /// Reports a block that documents a definition but is not followed by one. QEMU's generator does so only if the block itself is
    /// sound.
    fn refuse_lone(&mut self, doc: Option<(Doc, bool)>) {
        if let Some((Doc { symbol: Some(symbol), span, .. }, true)) = doc
            && !symbol.text.is_empty()
        {
            let severity = self.options.docs.rules().severity;
            self.diagnostics.push(severity, Rule::DocWithoutDefinition, span, &[&symbol.text]);
        }
    }
}

/// The reason why a file could not be read.
enum Unreadable {
    Because(String),
    /// The text with invalid bytes replaced, the first of them at `at`.
    NotUtf8 {
        text: String,
        at: usize,
    },
}

impl Unreadable {
    fn because(reason: impl ToString) -> Self {
        Self::Because(reason.to_string())
    }
}

/// Reads an included file. Only the root may be a pipe or a device: reading includes must come to an end.
fn read_regular(path: &Path) -> Result<String, Unreadable> {
    match fs::metadata(path).map_err(Unreadable::because)?.is_file() {
        true => read_file(path),
        false => Err(Unreadable::because("not a regular file")),
    }
}

fn read_file(path: &Path) -> Result<String, Unreadable> {
    read_all(File::open(path).map_err(Unreadable::because)?)
}

fn read_all(reader: impl Read) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(Unreadable::because)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Unreadable::because("larger than 256 MiB"));
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// The error for bytes of which the one at `at` is the first that is not UTF-8. Binary data is not quoted.
fn not_utf8(bytes: &[u8], at: usize) -> Unreadable {
    let head = &bytes[..bytes.len().min(BINARY_HEAD)];
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Unreadable::because("expected UTF-8 text, found UTF-16"),
        _ if head.contains(&0) => Unreadable::because("expected UTF-8 text, found binary data"),
        _ => Unreadable::NotUtf8 { text: String::from_utf8_lossy(bytes).into_owned(), at },
    }
}

/// Returns the path by which includes of the same file are recognised: absolute, without `.` and `..`. Symbolic links are not
/// followed.
fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match component {
            Component::ParentDir => drop(normalized.pop()),
            Component::CurDir => {}
            _ => normalized.push(component),
        }
    }
    normalized
}
