use qmp_schema::model::{Conditions, Schema};
use qmp_schema::{LoadOptions, TypeNames, import as read, introspect, load_text, qapi_from_introspection};

/// Reads any text as introspection, or rejects it.
///
/// What is read can be written as a schema that the language accepts, and the introspection of that schema comes back
/// the same, masked or not.
pub fn import(text: &str) {
    let imported = match read("dump.json", text) {
        Ok(loaded) => loaded.schema,
        Err(report) => {
            assert!(report.has_errors());
            let _ = (report.render(true), report.to_json());
            return;
        }
    };
    let qapi = qapi_from_introspection("dump.json", text).expect("it has been imported");
    // An `include` of an absolute path cannot be in it: names have no slash.
    let loaded = load_text("/dev/null/schema.json", &qapi, &LoadOptions::default())
        .unwrap_or_else(|report| panic!("{report}\n{qapi}"));
    for schema in [&imported, &loaded.schema] {
        for names in [TypeNames::Masked, TypeNames::Plain] {
            comes_back(schema, names);
        }
    }
}

fn comes_back(schema: &Schema, names: TypeNames) {
    let there = introspect(schema, &Conditions::Everything, names);
    let back = read("back.json", &there).unwrap_or_else(|report| panic!("{report}\n{there}"));
    assert_eq!(introspect(&back.schema, &Conditions::Everything, names), there);
}
