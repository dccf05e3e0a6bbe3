//! The result of the generator, and how it reaches the compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report, Rule};
use crate::source::{SourceMap, Span};

/// The contract between generated code and the runtime. The runtime takes one number and refuses all others: raise it here
/// and in `qmp-types/src/private/generated.rs` with every change.
const CONTRACT: u32 = 8;

/// The Rust generated from a schema.
#[derive(Debug, Clone)]
pub struct Expansion {
    /// The generated items, as formatted Rust source.
    pub items: String,
    /// Every file of the schema, for a build to watch. (Of a rejected schema, [`Report::files`] has them.)
    pub files: Vec<PathBuf>,
    pub(super) runtime: String,
}

/// The place of the items that [`Expansion::checked`] lets in if the runtime fits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tail<'a> {
    Here,
    Include(&'a Path),
}

impl Expansion {
    /// Returns the items inside the check that the runtime fits the generator, as a macro passes them to the compiler.
    #[must_use]
    pub fn source(&self) -> String {
        self.checked(Tail::Here)
    }

    pub(crate) fn checked(&self, tail: Tail<'_>) -> String {
        let tail = match tail {
            Tail::Here => format!("{{\n{}}}", self.items),
            Tail::Include(path) => format!("include {:?}", path.display().to_string()),
        };
        let version = env!("CARGO_PKG_VERSION");
        format!("{}::private::generated! {{ {CONTRACT}, {version:?}, {tail} }}\n", self.runtime)
    }
}

/// Writes a generated file, and creates its folder if necessary.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Report> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| {
        let mut diagnostics = Diagnostics::default();
        let arguments = [&*path.display().to_string(), &*error.to_string()];
        diagnostics.error(Rule::NotWritten, Span::NONE, &arguments);
        Report::new(diagnostics, Arc::new(SourceMap::default()), Vec::new())
    })
}
