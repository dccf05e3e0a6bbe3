//! Where a schema comes from: a file, a dump, standard input, or a running server.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use qmp_schema::{LoadOptions, Loaded, Report};

use qmp_types::blocking::Client;
use qmp_types::{ClientOptions, Version};
use serde_json::json;

use crate::failure::Failure;

/// What messages call standard input.
pub(crate) const STDIN: &str = "<stdin>";

/// What the user named on the command line.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// Standard input, `-`.
    Stdin,
    /// The socket of a running server.
    Socket(PathBuf),
    /// A file, or what cannot be read as one.
    File(PathBuf),
}

impl Source {
    /// Tells sockets from files by looking.
    pub(crate) fn new(path: &Path) -> Self {
        match path.to_str() {
            Some("-") => Self::Stdin,
            _ if is_socket(path) => Self::Socket(path.to_owned()),
            _ => Self::File(path.to_owned()),
        }
    }

    /// A schema in the QAPI language or a dump; a server is asked for one.
    pub(crate) fn open(&self, options: &LoadOptions) -> Result<Loaded, Failure> {
        self.open_with_version(options).map(|(loaded, _)| loaded)
    }

    /// The same, and the version of the server that was asked.
    pub(crate) fn open_with_version(&self, options: &LoadOptions) -> Result<(Loaded, Option<Version>), Failure> {
        match self {
            Self::Stdin => Ok((qmp_schema::open_text(STDIN, &stdin()?, options)?, None)),
            Self::Socket(path) => {
                let answer = ask(path)?;
                Ok((qmp_schema::import(&path.display().to_string(), &answer.schema)?, answer.version))
            }
            Self::File(path) => Ok((qmp_schema::open(path, options)?, None)),
        }
    }

    /// What a server answers, now or earlier: how messages call it, and the answer.
    pub(crate) fn dump(&self) -> Result<(String, Answer), Failure> {
        let from_text = |schema| Answer { version: None, schema };
        match self {
            Self::Stdin => Ok((STDIN.to_owned(), from_text(stdin()?))),
            Self::Socket(path) => Ok((path.display().to_string(), ask(path)?)),
            Self::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok((path.display().to_string(), from_text(text))),
                Err(error) => Err(Failure::cannot("read", path, error)),
            },
        }
    }

    /// A schema in the QAPI language and nothing else.
    pub(crate) fn load(&self, options: &LoadOptions) -> Result<Result<Loaded, Report>, Failure> {
        match self {
            Self::Stdin => Ok(qmp_schema::load_text(STDIN, &stdin()?, options)),
            Self::File(path) => Ok(qmp_schema::load(path, options)),
            Self::Socket(path) => Err(Failure::cannot("read", path, "it is a socket, not a schema file")),
        }
    }
}

/// What a server tells of itself.
pub(crate) struct Answer {
    /// From its greeting.
    pub(crate) version: Option<Version>,
    /// What it answers to `query-qmp-schema`, as JSON.
    pub(crate) schema: String,
}

/// A version as a line of text: `7.2.22 (Debian 1:7.2)`. Its own words are kept on the line.
pub(crate) fn words(version: &Version) -> String {
    let (major, minor, micro) = version.qemu;
    let package = version.package.replace(char::is_control, " ");
    let package = if package.trim().is_empty() { String::new() } else { format!(" ({})", package.trim()) };
    format!("{major}.{minor}.{micro}{package}")
}

/// Asks the server behind a socket.
pub(crate) fn ask(socket: &Path) -> Result<Answer, Failure> {
    // Whoever names a socket that is there expects somebody behind it now.
    let options = ClientOptions::new().connect_timeout(Duration::ZERO).greeting_timeout(Duration::from_secs(5));
    let answer = Client::connect_unix_with(socket, &options).and_then(|client| {
        let schema = client.timeout(Duration::from_secs(30)).execute_raw("query-qmp-schema", &json!({}))?;
        let version = client.greeting().map(|greeting| greeting.version.clone());
        Ok(Answer { version, schema: schema.to_string() })
    });
    answer.map_err(|error| Failure::cannot("ask", socket, error))
}

fn stdin() -> Result<String, Failure> {
    let mut text = String::new();
    match io::stdin().lock().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(Failure::Other(format!("cannot read standard input: {error}"))),
    }
}

fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    path.metadata().is_ok_and(|metadata| metadata.file_type().is_socket())
}
