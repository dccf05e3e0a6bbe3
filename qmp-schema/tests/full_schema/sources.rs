//! The complete schemas: those of crates.io's packages, of running servers, and of the shared folder.

use std::fmt;
use std::fs;
use std::path::PathBuf;

use qmp_schema::model::{Conditions, Schema};
use qmp_schema::{LoadOptions, TypeNames, introspect, is_introspection, open, qapi_from_introspection};
use serde_json::Value;
use tempfile::TempDir;
use test_support::schemas::{self, CompleteSchema};
use test_support::{Generation, Server};

use crate::connection::Connection;

/// A schema of QEMU's.
pub(crate) struct Source {
    /// A Rust name for it.
    pub(crate) name: String,
    /// Its entry file, or what a server answered to `query-qmp-schema`.
    pub(crate) path: PathBuf,
    /// Further versions, whose bindings are the same.
    pub(crate) also: Vec<PathBuf>,
    /// The conditions that hold.
    pub(crate) conditions: Conditions,
    /// Where a server's answer is kept.
    folder: Option<TempDir>,
}

/// What Debian 12's build of the emulator defines.
const DEBIAN: [&str; 26] = [
    "CONFIG_CURSES",
    "CONFIG_DBUS_DISPLAY",
    "CONFIG_FDT",
    "CONFIG_FUSE",
    "CONFIG_GBM",
    "CONFIG_GTK",
    "CONFIG_LIBPMEM",
    "CONFIG_LINUX",
    "CONFIG_LINUX_IO_URING",
    "CONFIG_OPENGL",
    "CONFIG_POSIX",
    "CONFIG_REPLICATION",
    "CONFIG_SDL",
    "CONFIG_SECRET_KEYRING",
    "CONFIG_SPICE",
    "CONFIG_SPICE_PROTOCOL",
    "CONFIG_TCG",
    "CONFIG_TPM",
    "CONFIG_VDUSE_BLK_EXPORT",
    "CONFIG_VHOST_CRYPTO",
    "CONFIG_VHOST_USER_BLK_SERVER",
    "CONFIG_VNC",
    "CONFIG_ZSTD",
    "HAVE_HOST_BLOCK_DEVICE",
    "HAVE_IPPROTO_MPTCP",
    "TARGET_I386",
];

/// Returns the schemas that everybody can get: of packages, an old and a new one, and of running servers.
pub(crate) fn available() -> Vec<Source> {
    let packages = ["qemu_7_2", "qemu_9_1", "guest_agent_9_1"].into_iter().filter_map(schemas::named).map(Source::of);
    packages.chain(Generation::ALL.into_iter().filter_map(Source::live)).chain(Source::live_storage_daemon()).collect()
}

/// Returns the schemas that the shared folder adds.
pub(crate) fn shared() -> Vec<Source> {
    schemas::shared().into_iter().map(Source::of).collect()
}

impl Source {
    /// A schema with all that conditions may leave out.
    pub(crate) fn of(CompleteSchema { name, path }: CompleteSchema) -> Self {
        Self { name: name.to_owned(), path, also: Vec::new(), conditions: Conditions::Everything, folder: None }
    }

    /// A schema as Debian 12's build has it.
    pub(crate) fn of_debian(schema: CompleteSchema) -> Self {
        Self { conditions: Conditions::defined(DEBIAN), ..Self::of(schema) }
    }

    /// The schema that a running QEMU reports.
    pub(crate) fn live(generation: Generation) -> Option<Self> {
        let server = Server::bare_emulator(generation)?;
        Some(Self::reported(&server, format!("live_{}", generation.suite())))
    }

    /// The same as a file in the QAPI language, as `qmp schema` writes it.
    pub(crate) fn written(generation: Generation) -> Option<Self> {
        let mut source = Self::live(generation)?;
        let introspection = fs::read_to_string(&source.path).expect("the server's answer");
        let text = qapi_from_introspection(&source.name, &introspection).unwrap_or_else(|report| panic!("{report}"));
        source.name = format!("written_{}", generation.suite());
        source.path.set_file_name(format!("{}.json", source.name));
        fs::write(&source.path, text).expect("a file to write to");
        Some(source)
    }

    /// The schema that a running storage daemon reports.
    pub(crate) fn live_storage_daemon() -> Option<Self> {
        let server = Server::storage_daemon(Generation::Sid)?;
        Some(Self::reported(&server, "live_storage_daemon".to_owned()))
    }

    fn reported(server: &Server, name: String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(format!("{name}.json"));
        let introspection = Connection::to(server).introspection();
        fs::write(&path, introspection.to_string()).expect("a file to write to");
        Self { name, path, also: Vec::new(), conditions: Conditions::Everything, folder: Some(folder) }
    }

    /// The schema and further versions of it.
    pub(crate) fn with<'a>(self, name: &str, also: impl IntoIterator<Item = &'a Self>) -> Self {
        Self { name: name.to_owned(), also: also.into_iter().map(|source| source.path.clone()).collect(), ..self }
    }

    /// The schemas of all versions, as the conditions leave them.
    pub(crate) fn versions(&self) -> impl Iterator<Item = Schema> {
        [&self.path].into_iter().chain(&self.also).map(|path| {
            let loaded = open(path, &LoadOptions::default());
            let mut schema = loaded.unwrap_or_else(|report| panic!("{report}")).schema;
            schema.configure(&self.conditions);
            schema
        })
    }

    /// Whether a server has reported the schema.
    pub(crate) fn is_reported(&self) -> bool {
        self.folder.is_some()
    }

    /// The checked schema, all of it.
    pub(crate) fn load(&self) -> Schema {
        open(&self.path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
    }

    /// What the conditions leave of it.
    pub(crate) fn configured(&self) -> Schema {
        let mut schema = self.load();
        schema.configure(&self.conditions);
        schema
    }

    /// What `query-qmp-schema` returns.
    pub(crate) fn introspection(&self) -> Value {
        let text = fs::read_to_string(&self.path).expect("the file");
        let text = match is_introspection(&text) {
            true => text,
            false => introspect(&self.load(), &self.conditions, TypeNames::Masked),
        };
        serde_json::from_str(&text).expect("introspection is JSON")
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
