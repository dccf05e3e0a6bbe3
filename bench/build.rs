//! Generates the types that are measured inside this program, ours and the baseline's, from the schema that the crates.io
//! package `qapi-qmp` carries.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use qmp_schema::{Config, LoadOptions};

#[path = "src/derive/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "the program uses the rest")]
mod derive;

const COMMANDS: [&str; 4] = ["query-status", "query-block", "query-named-block-nodes", "query-qmp-schema"];

const SCHEMA_SOURCE: &str = r#"
[package]
name = "schema-source"
edition = "2024"
[workspace]
[dependencies]
qapi-qmp = "0.15"
"#;

fn main() {
    println!("cargo::rerun-if-changed=src/derive");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let schema = qapi_qmp_schema(&out);
    println!("cargo::rustc-env=QAPI_QMP_SCHEMA={}", schema.display());

    let ours = Config::new().commands(COMMANDS).events([] as [&str; 0]);
    let ours = ours.expand(&schema).unwrap_or_else(|report| panic!("{report}"));
    let loaded = qmp_schema::load(&schema, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    write(&out.join("ours.rs"), &ours.items);
    write(&out.join("derived.rs"), &derive::emit(&loaded.schema, Some(&COMMANDS)));
}

/// Returns the path of the schema inside the sources of `qapi-qmp`, which cargo has fetched as a dependency of `bench`.
///
/// Asks about a package of its own rather than about `bench`: that works in the workspace, and in `cargo package` too, where
/// the workspace's crates come from a registry that only that run of cargo knows.
fn qapi_qmp_schema(out: &Path) -> PathBuf {
    let package = out.join("schema-source");
    fs::create_dir_all(package.join("src")).expect("OUT_DIR is writable");
    write(&package.join("src/lib.rs"), "");
    write(&package.join("Cargo.toml"), SCHEMA_SOURCE);
    let cargo = env::var_os("CARGO").expect("cargo sets CARGO");
    let arguments = ["metadata", "--format-version=1", "--offline"];
    let answer = Command::new(cargo).args(arguments).current_dir(&package).output().expect("cargo runs");
    assert!(answer.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&answer.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&answer.stdout).expect("cargo metadata writes JSON");
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifests = packages.filter(|package| package["name"] == "qapi-qmp").map(|package| &package["manifest_path"]);
    let manifest = manifests.filter_map(|path| path.as_str()).next().expect("the package depends on qapi-qmp");
    Path::new(manifest).with_file_name("schema").join("qapi/qapi-schema.json")
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
