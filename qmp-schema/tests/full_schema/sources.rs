//! Where complete schemas are found: `../shared/schemas` of this workplace, and the crates.io package `qapi-qmp` for anybody.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use qmp_schema::model::{Conditions, Schema};
use qmp_schema::{LoadOptions, TypeNames, introspect, load};
use serde_json::Value;

/// A schema of QEMU's.
pub(crate) struct Source {
    /// A Rust name for it.
    pub(crate) name: &'static str,
    /// Its entry file.
    pub(crate) path: PathBuf,
    /// What is defined.
    pub(crate) conditions: Conditions,
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

/// Every schema that can be found.
pub(crate) fn all() -> Vec<Source> {
    const SHARED: [&str; 6] = [
        "qemu-7.2/qapi/qapi-schema.json",
        "qemu-7.2/qga/qapi-schema.json",
        "qemu-7.2/storage-daemon/qapi/qapi-schema.json",
        "qemu-10.0/qapi/qapi-schema.json",
        "qemu-10.0/qga/qapi-schema.json",
        "qemu-10.0/storage-daemon/qapi/qapi-schema.json",
    ];
    let mut sources: Vec<Source> = SHARED.into_iter().filter_map(shared).collect();
    sources.extend(qapi_qmp());
    sources
}

/// A schema out of `shared/schemas`.
pub(crate) fn shared(file: &'static str) -> Option<Source> {
    let shared = std::env::var_os("QMP_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let path = shared.join("schemas").join(file);
    if !path.exists() {
        println!("skipped: {file}: no {}", shared.display());
        return None;
    }
    let name = match file.split_once("/q").expect("an entry file") {
        ("qemu-7.2", "api/qapi-schema.json") => "qemu_7_2",
        ("qemu-7.2", _) => "guest_agent_7_2",
        ("qemu-7.2/storage-daemon", _) => "storage_daemon_7_2",
        ("qemu-10.0", "api/qapi-schema.json") => "qemu_10_0",
        ("qemu-10.0", _) => "guest_agent_10_0",
        _ => "storage_daemon_10_0",
    };
    Some(Source { name, path, conditions: Conditions::Everything })
}

/// The schema that the package `qapi-qmp` carries. The package is a dependency for no platform: fetched, never compiled.
fn qapi_qmp() -> Option<Source> {
    let metadata = Command::new(env!("CARGO")).args(["metadata", "--format-version", "1"]).current_dir(root()).output();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.ok()?.stdout).ok()?;
    let package = metadata["packages"].as_array()?.iter().find(|package| package["name"] == "qapi-qmp");
    let Some(manifest) = package.and_then(|package| package["manifest_path"].as_str()) else {
        println!("skipped: the schema in qapi-qmp: cargo cannot fetch that package");
        return None;
    };
    let path = Path::new(manifest).with_file_name("schema/qapi/qapi-schema.json");
    Some(Source { name: "qapi_qmp", path, conditions: Conditions::Everything })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Source {
    /// The same schema as Debian 12's build has it.
    pub(crate) fn of_debian(self) -> Self {
        Self { name: "debian", conditions: Conditions::defined(DEBIAN), ..self }
    }

    /// The checked schema, all of it.
    pub(crate) fn load(&self) -> Schema {
        load(&self.path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
    }

    /// What the conditions leave of it.
    pub(crate) fn configured(&self) -> Schema {
        let mut schema = self.load();
        schema.configure(&self.conditions);
        schema
    }

    /// What `query-qmp-schema` has to answer.
    pub(crate) fn introspection(&self) -> Value {
        let text = introspect(&self.load(), &self.conditions, TypeNames::Masked);
        serde_json::from_str(&text).expect("introspection is JSON")
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
