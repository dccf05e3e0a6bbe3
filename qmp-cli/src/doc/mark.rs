//! The mark of the files that this program wrote: whoever finds it in a file of that name may replace the file, or take it away.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::html::escape;

/// As much of a file as has its first two lines, if the mark is one of them.
const BEGIN: u64 = 1024;

/// The mark of a page, as the line after the first.
pub(super) fn of_page(file: &str) -> String {
    format!("<!-- {}: written by qmp doc -->", escape(file))
}

/// The mark of a style sheet or a script, as the first line.
pub(super) fn of_code(file: &str) -> String {
    format!("/* {file}: written by qmp doc */")
}

/// Whether there is such a file, and the mark in it.
pub(super) fn is_in(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    let begin = || Some(BufReader::new(File::open(path).ok()?.take(BEGIN)));
    let lines = || begin().into_iter().flat_map(|begin| begin.lines().map_while(Result::ok).take(2));
    is_file && lines().any(|line| line == of_page(name) || line == of_code(name))
}
