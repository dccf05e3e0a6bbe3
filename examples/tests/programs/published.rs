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
