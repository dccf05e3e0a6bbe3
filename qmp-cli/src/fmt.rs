//! `qmp fmt`: formats schema files.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::source::Source;
use crate::{Verdict, output};

/// Format schema files in the style of QEMU's own
///
/// Lines of up to 80 columns, entries aligned below each other. Comments and documentation keep their words, groups of
/// definitions and entries their empty line. Files that are included are not touched unless they are named. A file with a syntax
/// error stays as it is.
#[derive(Args)]
#[command(after_help = "\
Exit status: 0 success; 1 `--check` found files that are not formatted; 2
failure: wrong usage, a syntax error, a file that cannot be read or written.

Examples:
  qmp fmt qapi/*.json
  qmp fmt --check qapi/*.json        changes nothing, for CI
  qmp fmt - < vm.json > new.json")]
pub(crate) struct Fmt {
    /// The schema files to rewrite; `-` formats standard input to standard output
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only list the files that are not formatted, with the first line that differs
    #[arg(long)]
    check: bool,
    /// Write the result to standard output
    #[arg(long, conflicts_with = "check")]
    stdout: bool,
}

impl Fmt {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let (mut verdict, mut failure) = (Verdict::Fine, None);
        for source in Source::several(&self.files)? {
            match self.format(&source) {
                Ok(Verdict::Fine) => {}
                Ok(Verdict::Found) => verdict = Verdict::Found,
                // The others are formatted all the same.
                Err(next) => failure.replace(next).iter().for_each(output::fail),
            }
        }
        failure.map_or(Ok(verdict), Err)
    }

    fn format(&self, source: &Source) -> Result<Verdict, Failure> {
        let (name, path) = (source.name(), source.path());
        if let Source::Server(_) = source {
            return Err(Failure::new(format!("cannot format `{name}`: it is the socket of a server")));
        }
        let text = source.text()?.schema;
        source.reject_dump(&text)?;
        let formatted = qmp_schema::format(&name, &text)?;
        if self.check {
            return Ok(difference(&text, &formatted).map_or(Verdict::Fine, |line| {
                output::say(&format!("{name}:{line}: not formatted"));
                Verdict::Found
            }));
        }
        if self.stdout || *source == Source::Stdin {
            output::print(&formatted)?;
        } else if let Some(path) = path.filter(|_| formatted != text) {
            replace(path, &formatted).map_err(|error| Failure::cannot("write", path, error))?;
            output::inform(&format!("formatted {name}"));
        }
        Ok(Verdict::Fine)
    }
}

/// Returns the number of the first line that differs.
fn difference(text: &str, formatted: &str) -> Option<usize> {
    let mut lines = text.split('\n').zip(formatted.split('\n'));
    (text != formatted).then(|| 1 + lines.position(|(a, b)| a != b).unwrap_or_default())
}

/// Replaces the text of a file at once, so that no other program sees half of it.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    // A link stays a link.
    let path = fs::canonicalize(path)?;
    let metadata = fs::metadata(&path)?;
    if !metadata.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(Path::new("/")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(metadata.permissions())?;
    file.persist(&path)?;
    Ok(())
}
