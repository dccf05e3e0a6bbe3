//! From schema text to Rust: loading with all checks, and the whole way to formatted source.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use qapi_parser::spec::Spec;
use qapi_parser::{Parser, QemuFileRepo, QemuRepo};
use qmp_schema::{Config, LoadOptions};

use crate::measure::{in_turns, least, nanoseconds};
use crate::report::{Report, Row, Target, Unit};
use crate::schemas;

/// What QEMU's own generator (scripts/qapi-gen.py, CPython) takes for QEMU's schema, measured elsewhere: it is in QEMU's
/// source package only.
const PYTHON_SECONDS: f64 = 1.17;

/// What loading the complete schema may take.
const LOAD_MILLISECONDS: f64 = 15.0;

/// Prints the group's rows.
pub fn run(report: &mut Report) {
    let (qemu, carried) = (schemas::qemu(), schemas::qapi_qmp());
    let load = |path: &Path| qmp_schema::load(path, &LoadOptions::default()).expect("QEMU's schema is fine");
    let expand = |path: &Path| Config::new().expand(path).expect("QEMU's schema is fine");
    let mut row = |what: &str, ours: f64, against: &str, theirs: f64, target| {
        let (what, against) = (what.to_owned(), against.to_owned());
        report.row(&Row { what, unit: Unit::Milliseconds, ours: ours / 1e6, against, theirs: theirs / 1e6, target });
    };

    let loading = least(|| nanoseconds(|| load(&qemu)));
    row("load and check QEMU's schema", loading, "the bound", LOAD_MILLISECONDS * 1e6, Target::AtMost(1.0));
    let (ours, theirs) = in_turns(|| nanoseconds(|| load(&carried)), || nanoseconds(|| parse(&carried)));
    row("load and check qapi-qmp's schema", ours, "qapi-parser 0.11, no checks", theirs, Target::None);

    let expanding = least(|| nanoseconds(|| expand(&qemu)));
    let python = "QEMU's Python generator, stated";
    row("QEMU's schema to formatted Rust", expanding, python, PYTHON_SECONDS * 1e9, Target::AtMost(0.1));
    let (ours, theirs) = in_turns(|| nanoseconds(|| expand(&carried)), || nanoseconds(|| generate(&carried)));
    row(
        "qapi-qmp's schema to formatted Rust",
        ours,
        "qapi-codegen 0.11, no checks, no docs",
        theirs,
        Target::AtMost(3.0),
    );
}

/// Parses a schema and what it includes, each file once, with `qapi-parser`; how many definitions there are.
fn parse(schema: &Path) -> usize {
    let mut repository = QemuFileRepo::new(schema.parent().expect("a file stands in a folder"));
    let (mut open, mut seen, mut count) = (vec!["qapi-schema.json".to_owned()], HashSet::new(), 0);
    while let Some(file) = open.pop() {
        if !seen.insert(file.clone()) {
            continue;
        }
        let (_, text) = repository.include(file).expect("the schema is readable");
        for item in Parser::from_string(Parser::strip_comments(&text)) {
            match item.expect("the schema parses") {
                Spec::Include(include) => open.push(include.include),
                _definition => count += 1,
            }
        }
    }
    count
}

/// Generates with `qapi-codegen`, which reads and writes files.
fn generate(schema: &Path) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let out = folder.path().join("qmp.rs");
    qapi_codegen::codegen(schema.parent().expect("a file stands in a folder"), out.clone(), "QmpCommand".into())
        .expect("qapi-codegen takes the schema it comes with");
    fs::remove_file(out).expect("it was written");
}
