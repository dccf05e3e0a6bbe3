//! The cases, and the format in which those written by hand stand in `cases/*.txt`.
//!
//! ```text
//! # a comment
//! == the name of the case [raw] [12a.b]
//! {"execute": "query-name"}<0A>
//! + <FF>
//! ```
//!
//! A line holds the bytes of one write, without the line end. `+ ` begins a further write. `<0A>` is a byte, `<3*ab>` is
//! `ababab`. Marks: `[raw]` has no negotiation before it, `[oob]` one that enables out-of-band execution; `[eof]`
//! closes the sending side at the end; `[12a.X]` says why our answers deviate.

use std::fs;
use std::path::Path;

/// A stream of bytes.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) start: Start,
    /// The bytes, as they are written.
    pub(crate) writes: Vec<Vec<u8>>,
    /// Whether the sending side is closed behind the bytes.
    pub(crate) closes: bool,
    /// The letter of the rule by which our answers deviate.
    pub(crate) deviation: Option<String>,
}

/// The negotiation before the stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    Raw,
    Negotiated,
    OobEnabled,
}

impl Case {
    /// A case after negotiation that consists of one request.
    pub(crate) fn request(name: String, request: &serde_json::Value) -> Self {
        let writes = vec![request.to_string().into_bytes()];
        Self { name, start: Start::Negotiated, writes, closes: false, deviation: None }
    }
}

/// The cases in the files.
pub(crate) fn written() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/streams/cases");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|file| read(&fs::read_to_string(file).unwrap(), &topic(file))).collect()
}

fn topic(file: &Path) -> String {
    file.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn read(text: &str, topic: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("== ") {
            Some(title) => cases.push(titled(title, topic)),
            None => {
                cases.last_mut().expect("a title first").writes.push(bytes(line.strip_prefix("+ ").unwrap_or(line)))
            }
        }
    }
    cases
}

fn titled(title: &str, topic: &str) -> Case {
    let (name, marks) = title.split_once(" [").unwrap_or((title, ""));
    let mut case = Case {
        name: format!("{topic}: {name}"),
        start: Start::Negotiated,
        writes: Vec::new(),
        closes: false,
        deviation: None,
    };
    for mark in marks.split_terminator(']').map(|mark| mark.trim_start_matches([' ', '['])) {
        match mark {
            "raw" => case.start = Start::Raw,
            "oob" => case.start = Start::OobEnabled,
            "eof" => case.closes = true,
            _ => case.deviation = Some(mark.strip_prefix("12a.").expect("a known mark").to_owned()),
        }
    }
    case
}

/// The bytes that a line stands for.
fn bytes(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line;
    while let Some((text, behind)) = rest.split_once('<') {
        let (escape, behind) = behind.split_once('>').expect("`<` has its `>`");
        bytes.extend(text.bytes());
        match escape.split_once('*') {
            Some((count, text)) => bytes.extend(text.repeat(count.parse().expect("a count")).bytes()),
            None => bytes.push(u8::from_str_radix(escape, 16).expect("a byte")),
        }
        rest = behind;
    }
    bytes.extend(rest.bytes());
    bytes
}
