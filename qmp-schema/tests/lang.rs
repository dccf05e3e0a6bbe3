//! The language: `tests/lang/accept` has schemas that load without a warning, `tests/lang/reject` a schema for each rule with
//! the report that it causes. `UPDATE_EXPECT=1 cargo test` updates these reports.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use qmp_schema::diagnostic::Rule;
use qmp_schema::{Docs, LoadOptions, Report, load};

/// Rules that no schema in `reject` breaks: `lang_files.rs` breaks the first, the others are not rules for schema files.
const ELSEWHERE: [Rule; 10] = [
    Rule::IncludeTooDeep,
    Rule::Introspection,
    Rule::NothingSelected,
    Rule::DiffersFromProtocol,
    Rule::NotWritten,
    Rule::VersionTwice,
    Rule::TooManyVersions,
    Rule::NoCommonType,
    Rule::DifferentReplies,
    Rule::VersionsOfServer,
];

fn schemas(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new("tests/lang").join(folder)).expect("the folder is there");
    let mut schemas: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    schemas.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    schemas.sort();
    schemas
}

/// The name of a schema may include the dialect of its documentation: `NAME.DIALECT.json`.
fn options(schema: &Path) -> LoadOptions {
    let stem = schema.file_stem().and_then(|stem| stem.to_str()).expect("a name in UTF-8");
    let docs = Docs::ALL.into_iter().find(|docs| stem.ends_with(&format!(".{}", docs.name())));
    LoadOptions::default().docs(docs.unwrap_or_default())
}

/// Returns the report on a schema, warnings included.
fn report(schema: &Path) -> Report {
    match load(schema, &options(schema)) {
        Ok(loaded) => loaded.warnings,
        Err(report) => report,
    }
}

#[test]
fn accepts() {
    for schema in schemas("accept") {
        match load(&schema, &options(&schema)) {
            Ok(loaded) => assert!(loaded.warnings.is_empty(), "{}", loaded.warnings),
            Err(report) => panic!("{report}"),
        }
    }
}

#[test]
fn rejects() {
    for schema in schemas("reject") {
        let report = report(&schema);
        assert!(!report.is_empty(), "{}: nothing is said", schema.display());
        let golden = std::env::current_dir().expect("a current folder").join(schema.with_extension("stderr"));
        expect_file![golden].assert_eq(&format!("{report}\n"));
    }
}

#[test]
fn every_rule_has_a_schema() {
    let broken: BTreeSet<Rule> = schemas("reject")
        .iter()
        .flat_map(|schema| report(schema).diagnostics().iter().map(|d| d.rule).collect::<Vec<_>>())
        .collect();
    let missing: Vec<_> = Rule::ALL.iter().filter(|rule| !broken.contains(rule) && !ELSEWHERE.contains(rule)).collect();
    assert!(missing.is_empty(), "no schema in tests/lang/reject breaks {missing:?}");
}

#[test]
fn ids_are_unique() {
    let ids: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids.len(), Rule::ALL.len());
}
