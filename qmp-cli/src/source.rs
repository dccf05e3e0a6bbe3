//! The source of a schema: a file, a dump, standard input or a running server.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use qmp_schema::model::Schema;
use qmp_schema::source::Span;
use qmp_schema::{LoadOptions, Loaded, Report};
use qmp_types::Version;
use qmp_types::transport::Address;

use crate::failure::Failure;
use crate::server::{Answer, query};
use crate::{output, progress};

/// The name of standard input in messages.
pub(crate) const STDIN: &str = "<stdin>";

/// A source named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input, `-`.
    Stdin,
    /// A running server.
    Server(Address),
    /// Anything else: a file, or a path that turns out to be unreadable.
    File(PathBuf),
}

impl Source {
    /// Determines the kind of source by looking at the file system.
    pub(crate) fn new(path: &Path) -> Self {
        match path.to_str() {
            Some("-") => Self::Stdin,
            _ if is_socket(path) => Self::Server(path.into()),
            _ if path.exists() => Self::File(path.to_owned()),
            _ => match Address::from_os_str(path) {
                // Standard output is where results are printed.
                Ok(address) if is_prefixed(path) && address != Address::Stdio => Self::Server(address),
                _ => Self::File(path.to_owned()),
            },
        }
    }

    /// Creates several sources, of which at most one may be standard input.
    pub(crate) fn several<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Result<Vec<Self>, Failure> {
        let sources: Vec<Self> = paths.into_iter().map(|path| Self::new(path)).collect();
        match sources.iter().filter(|source| **source == Self::Stdin).count() {
            0 | 1 => Ok(sources),
            _ => Err(Failure::new("`-` is given twice").help("standard input can be read only once")),
        }
    }

    /// The name in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => STDIN.to_owned(),
            Self::Server(address) => address.to_string(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The argument on the command line.
    pub(crate) fn argument(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::Server(_) | Self::File(_) => self.name(),
        }
    }

    /// The path in the file system, if it has one.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => Some(Path::new("/dev/stdin")),
            Self::Server(address) => address.path(),
            Self::File(path) => Some(path),
        }
    }

    /// Reads a schema in the QAPI language or a dump, or queries a server.
    pub(crate) fn open(&self, options: &LoadOptions) -> Result<Loaded, Failure> {
        self.open_with_version(options).map(|(loaded, _)| loaded)
    }

    /// Like [`open`](Self::open), and returns the version of the server.
    pub(crate) fn open_with_version(&self, options: &LoadOptions) -> Result<(Loaded, Option<Version>), Failure> {
        let name = self.name();
        let (loaded, version) = match self {
            Self::Server(address) => {
                let answer = query(address)?;
                (qmp_schema::import(&name, &answer.schema)?, answer.version)
            }
            Self::Stdin => (qmp_schema::open_text(&name, &stdin()?, options)?, None),
            Self::File(path) => {
                reject_address(path)?;
                (progress::during(&reading(&name), || qmp_schema::open(path, options))?, None)
            }
        };
        warn_if_empty(&loaded.schema, &name);
        Ok((loaded, version))
    }

    /// Reads the text of a file, or queries a server.
    pub(crate) fn text(&self) -> Result<Answer, Failure> {
        let from_text = |schema| Answer { version: None, schema };
        match self {
            Self::Stdin => Ok(from_text(stdin()?)),
            Self::Server(address) => query(address),
            Self::File(path) => {
                reject_address(path)?;
                let file = File::open(path).map_err(|error| Failure::cannot("read", path, error))?;
                let text = progress::during(&reading(&self.name()), || qmp_schema::read_text(path, file));
                Ok(from_text(text?))
            }
        }
    }

    /// Loads a schema in the QAPI language; rejects dumps and sockets.
    pub(crate) fn load(&self, options: &LoadOptions) -> Result<Result<Loaded, Report>, Failure> {
        let name = self.name();
        match self {
            Self::Server(_) => Err(Failure::new(format!("cannot check `{name}`: it is the socket of a server"))
                .help(format!("`qmp schema {name} -o FILE` writes the schema of the server to a file"))),
            Self::Stdin => match stdin() {
                Ok(text) => {
                    self.reject_dump(&text)?;
                    Ok(qmp_schema::load_text(&name, &text, options))
                }
                Err(report) => Ok(Err(report)),
            },
            Self::File(path) => {
                // Only a regular file can be read twice.
                if path.is_file()
                    && let Ok(answer) = self.text()
                {
                    self.reject_dump(&answer.schema)?;
                }
                Ok(progress::during(&reading(&name), || qmp_schema::load(path, options)))
            }
        }
    }

    /// Rejects text that is a dump.
    pub(crate) fn reject_dump(&self, text: &str) -> Result<(), Failure> {
        if !qmp_schema::is_introspection(text) {
            return Ok(());
        }
        let argument = self.argument();
        let reason = format!("expected a schema, found a dump of `query-qmp-schema` in `{}`", self.name());
        let help = format!("`qmp introspect {argument}` validates it, `qmp schema {argument}` converts it to a schema");
        Err(Failure::new(reason).help(help))
    }
}

/// Warns about a schema without definitions: an empty file is a valid schema, but rarely the one that was meant.
pub(crate) fn warn_if_empty(schema: &Schema, name: &str) {
    let has_types = schema.types().any(|(_, ty)| ty.def.span != Span::NONE);
    if !has_types && schema.commands.is_empty() && schema.events.is_empty() {
        output::warn(&format!("`{name}` defines no command, event or type"));
    }
}

/// Rejects a malformed address, unless there is a file of this name.
fn reject_address(path: &Path) -> Result<(), Failure> {
    let Err(error) = Address::from_os_str(path) else { return Ok(()) };
    let port = path.to_str().and_then(|text| text.rsplit_once(':')).map(|(_, port)| port);
    match (path.exists(), is_prefixed(path)) {
        (false, true) => {
            Err(Failure::new(format!("invalid address `{}`: {}", path.display(), error.reason())).help(error.help()))
        }
        (false, false) if port.is_some_and(|port| port.parse::<u16>().is_ok()) => {
            Err(Failure::cannot("read", path, "no such file").help(error.help()))
        }
        _ => Ok(()),
    }
}

/// Returns whether the text begins as an address that is not a path.
fn is_prefixed(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    ["unix:", "unix-abstract:", "tcp:", "tls:", "vsock:", "fd:"].iter().any(|kind| text.starts_with(kind.as_bytes()))
}

/// The activity to show while a schema is read.
pub(crate) fn reading(name: &str) -> String {
    format!("reading `{name}`")
}

fn stdin() -> Result<String, Report> {
    qmp_schema::read_text(STDIN, io::stdin().lock())
}

fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    path.metadata().is_ok_and(|metadata| metadata.file_type().is_socket())
}
