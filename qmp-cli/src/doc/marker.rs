//! The marker line in every file of a manual. A file with the marker for its name may be replaced or removed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::html::escape;

/// The number of bytes to read: the first two lines of a marked file fit.
const MAX_HEAD: u64 = 1024;

/// The second line of a page.
pub(super) fn of_page(file: &str) -> String {
    format!("<!-- {}: written by qmp doc -->", escape(file))
}

/// The first line of a style sheet or a script.
pub(super) fn of_code(file: &str) -> String {
    format!("/* {file}: written by qmp doc */")
}

/// Whether the file exists and has the marker.
pub(super) fn is_in(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    let head = || Some(BufReader::new(File::open(path).ok()?.take(MAX_HEAD)));
    let lines = || head().into_iter().flat_map(|head| head.lines().map_while(Result::ok).take(2));
    is_file && lines().any(|line| line == of_page(name) || line == of_code(name))
}
