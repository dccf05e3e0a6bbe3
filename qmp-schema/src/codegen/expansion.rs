//! What the generator made, and how it reaches the compiler.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report, Rule};
use crate::source::{SourceMap, Span};

/// The environment variable that names a folder for formatted copies of what is generated, for people to read.
pub(crate) const EXPAND: &str = "QMP_EXPAND";

/// The contract between generated code and the runtime. The runtime takes one number and refuses all others: raise it here
/// and in `qmp-types/src/private/generated.rs` with every change.
const CONTRACT: u32 = 2;

/// What the generator made of a schema.
#[derive(Debug, Clone)]
pub struct Expansion {
    /// The generated items, as formatted Rust source.
    pub items: String,
    /// Every file of the schema: what a build has to watch. ([`Report::files`] has them for a schema that was refused.)
    pub files: Vec<PathBuf>,
    pub(super) runtime: String,
}

/// Where the items stand that are let in if the runtime fits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tail<'a> {
    Here,
    Include(&'a Path),
}

impl Expansion {
    /// The items as a macro hands them to the compiler: inside the check that the runtime is of the generator's version.
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

    /// Writes a copy for people to read, where the environment asks for it.
    pub(super) fn save_copy(&self, schema: &Path) -> Result<(), Report> {
        let Some(folder) = env::var_os(EXPAND) else { return Ok(()) };
        let copy = Path::new(&folder).join(schema.file_stem().unwrap_or_default()).with_extension("rs");
        write(&copy, &self.items)
    }
}

/// Writes a generated file, its folder too if need be.
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
