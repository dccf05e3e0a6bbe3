//! Any text is read as introspection or refused. What is read can be written as a schema that the language accepts, and
//! what that schema tells about itself comes back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qmp_schema::model::{Conditions, Schema};
use qmp_schema::{LoadOptions, TypeNames, import, introspect, load_text, qapi_from_introspection};

fuzz_target!(|text: &str| {
    let imported = match import("dump.json", text) {
        Ok(loaded) => loaded.schema,
        Err(report) => {
            assert!(report.has_errors());
            let _ = (report.render(true), report.to_json());
            return;
        }
    };
    let qapi = qapi_from_introspection("dump.json", text).expect("it has been imported");
    // Absolute paths cannot be in it: names have no slash.
    let loaded = load_text("/dev/null/schema.json", &qapi, &LoadOptions::default())
        .unwrap_or_else(|report| panic!("{report}\n{qapi}"));
    for schema in [&imported, &loaded.schema] {
        for names in [TypeNames::Masked, TypeNames::Plain] {
            comes_back(schema, names);
        }
    }
});

fn comes_back(schema: &Schema, names: TypeNames) {
    let there = introspect(schema, &Conditions::Everything, names);
    let back = import("back.json", &there).unwrap_or_else(|report| panic!("{report}\n{there}"));
    assert_eq!(introspect(&back.schema, &Conditions::Everything, names), there);
}
