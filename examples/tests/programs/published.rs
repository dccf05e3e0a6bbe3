//! The bindings in the package `examples/published` are those of their schema and of this version of the generator.

use std::fs;
use std::path::Path;

use qmp_schema::{Config, Side};

/// `UPDATE_EXPECT=1` writes them anew.
#[test]
fn published_bindings_are_current() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (side, name) in [(Side::Client, "client"), (Side::Server, "server"), (Side::Both, "both")] {
        let expansion = Config::new().side(side).docs(false).expand(package.join("schema/quickstart.json"));
        let expected = expansion.unwrap_or_else(|report| panic!("{report}")).source();
        let path = package.join("published/src/generated").join(format!("{name}.rs"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &expected).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == expected, "{} is not current: UPDATE_EXPECT=1 writes it anew", path.display());
    }
}

#[test]
fn the_guide_shows_the_package() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(package.join(path)).unwrap();
    let (library, manifest, guide) =
        (read("published/src/lib.rs"), read("published/Cargo.toml"), read("guides/publishing.md"));
    let code = &library[library.find("pub use").expect("code behind the documentation")..];
    assert!(guide.contains(code), "the guide shows another src/lib.rs");
    for line in manifest.lines().filter(|line| line.contains(" = [") || line.contains(" = true")) {
        let differs = line.starts_with("include") || line.contains("workspace");
        assert!(differs || guide.contains(line), "the guide lacks `{line}`");
    }
}
