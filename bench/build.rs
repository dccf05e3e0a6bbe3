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

fn main() {
    println!("cargo::rerun-if-changed=src/derive");
    let schema = qapi_qmp_schema();
    println!("cargo::rustc-env=QAPI_QMP_SCHEMA={}", schema.display());

    let ours = Config::new().commands(COMMANDS).events([] as [&str; 0]);
    let ours = ours.expand(&schema).unwrap_or_else(|report| panic!("{report}"));
    let loaded = qmp_schema::load(&schema, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    write(&out.join("ours.rs"), &ours.items);
    write(&out.join("derived.rs"), &derive::emit(&loaded.schema, Some(&COMMANDS)));
}

/// Where cargo keeps the sources of `qapi-qmp`.
fn qapi_qmp_schema() -> PathBuf {
    let cargo = env::var_os("CARGO").expect("cargo sets CARGO");
    let metadata = Command::new(cargo).args(["metadata", "--format-version=1", "--offline"]).output();
    let metadata = metadata.expect("cargo runs").stdout;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).expect("cargo metadata writes JSON");
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifests = packages.filter(|package| package["name"] == "qapi-qmp").map(|package| &package["manifest_path"]);
    let manifest = manifests.filter_map(|path| path.as_str()).next().expect("bench depends on qapi-qmp");
    Path::new(manifest).with_file_name("schema").join("qapi/qapi-schema.json")
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
