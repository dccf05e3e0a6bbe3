//! A further version of a schema, named by the user or by its path.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::diagnostic::Report;
use crate::import::open;
use crate::merge::LabelledSchema;
use crate::options::LoadOptions;

/// A further version of a schema, for [`Config::also`](crate::Config::also): its file, and its name in documentation and
/// messages.
///
/// A path names the version by the last number with a dot in it: `qemu-7.2/qapi/qapi-schema.json` is 7.2, `dumps/11.1.json` is
/// 11.1. Without such a number the name is the path. A pair gives the name: `("7.2", "old/schema.json")`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherVersion {
    label: String,
    path: PathBuf,
}

impl OtherVersion {
    /// Returns the name of the version.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Returns the same version, whose path starts from this folder.
    #[must_use]
    pub fn in_folder(self, folder: &Path) -> Self {
        Self { path: folder.join(&self.path), ..self }
    }

    /// Loads the schema.
    pub(super) fn open(&self) -> Result<LabelledSchema, Report> {
        Ok(LabelledSchema::new(self.label(), open(&self.path, &LoadOptions::default())?.schema))
    }
}

/// Implements `From` for the types of paths.
macro_rules! from_paths {
    ($($path:ty)+) => {
        $(
            /// Names the version by the path.
            impl From<$path> for OtherVersion {
                fn from(path: $path) -> Self {
                    Self { label: label(path.as_ref()), path: path.into() }
                }
            }
        )+
    };
}

from_paths!(&str String &Path PathBuf);

/// Names the version by the first of the two.
impl<L: Into<String>, P: AsRef<Path>> From<(L, P)> for OtherVersion {
    fn from((label, path): (L, P)) -> Self {
        Self { label: label.into(), path: path.as_ref().to_owned() }
    }
}

/// Returns the last number with a dot in a path, or the path.
pub(super) fn label(path: &Path) -> String {
    let is_number = |extension: &OsStr| extension.to_string_lossy().bytes().all(|byte| byte.is_ascii_digit());
    let stem = match path.extension() {
        Some(extension) if !is_number(extension) => path.with_extension("").display().to_string(),
        _ => path.display().to_string(),
    };
    let mut numbers = stem.split(|c: char| !c.is_ascii_digit() && c != '.').map(|number| number.trim_matches('.'));
    match numbers.rfind(|number| number.contains('.')) {
        Some(number) => number.to_owned(),
        None => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::OtherVersion;

    #[test]
    fn a_path_names_its_version() {
        for (path, label) in [
            ("qemu-7.2/qapi/qapi-schema.json", "7.2"),
            ("/a/qapi-qmp-0.15.0/schema/qapi-schema.json", "0.15.0"),
            ("dumps/11.1.json", "11.1"),
            ("9.0/qemu-10.0.2", "10.0.2"),
            ("../old/vm.json", "../old/vm.json"),
            ("v2/vm.json", "v2/vm.json"),
        ] {
            assert_eq!(OtherVersion::from(path).label(), label, "{path}");
        }
        assert_eq!(OtherVersion::from(("old", "1.0/vm.json")).label(), "old");
    }
}
