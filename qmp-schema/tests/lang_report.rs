//! The forms of a report.

use qmp_schema::{LoadOptions, Report, load, load_text};

fn refused(text: &str) -> Report {
    load_text("dir/test.json", text, &LoadOptions::default()).expect_err("refused")
}

#[test]
fn the_first_line_has_file_line_and_column() {
    let report = refused("# é\n{ 'struct': 'Aa', 'data': {} } # é\n  { 'struct': 'Bb',\n 'data': { 'é': 'int' } }");
    let text = report.to_string();
    assert_eq!(text.lines().next(), Some("dir/test.json:4:12: error: `é` in a string"));
}

#[test]
fn errors_stand_in_the_order_of_files_and_places() {
    let report = load("tests/lang/reject/wrong-type.json", &LoadOptions::default()).expect_err("refused");
    let spans: Vec<_> = report.diagnostics().iter().map(|diagnostic| diagnostic.span).collect();
    assert!(spans.is_sorted());
    assert!(spans.len() > 10);
}

#[test]
fn colours_only_when_asked_for() {
    let report = refused("{ 'struct': 'aa', 'data': {} }");
    assert!(!report.render(false).contains('\u{1b}'));
    assert!(report.render(true).contains('\u{1b}'));
}

#[test]
fn json_has_all_of_it() {
    let report = load("tests/lang/reject/include-chain.json", &LoadOptions::default()).expect_err("refused");
    let place = |file: &str, line, column, end| serde_json::json!({ "file": file, "line": line, "column": column, "end-line": line, "end-column": end });
    let mut expected = place("tests/lang/reject/parts/deep/inner.json", 2, 21, 27);
    let rest = serde_json::json!({
        "severity": "error",
        "rule": "unknown-type",
        "message": "unknown type `Tire`",
        "label": "not defined",
        "notes": ["did you mean `Tyre`?"],
        "related": [],
        "included-from": [
            place("tests/lang/reject/parts/middle.json", 1, 14, 31),
            place("tests/lang/reject/include-chain.json", 1, 14, 33),
        ],
    });
    expected.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
    assert_eq!(report.to_json(), serde_json::json!([expected]));
}
