//! Schemas of which no condition holds: alternates and unions without branches.

use expect_test::expect;
use qmp_schema::compat::compare;
use qmp_schema::model::{Conditions, Schema};
use qmp_schema::{Config, LoadOptions, Side, TypeNames, import, introspect, load_text, qapi_from_introspection};

use super::back;

const CONDITIONAL: &str = "
    { 'enum': 'Kind', 'data': [ { 'name': 'a', 'if': 'A' } ] } { 'enum': 'Lone', 'data': [ { 'name': 'a', 'if': 'A' } ] }
    { 'struct': 'Some', 'data': { 'x': 'int' } }
    { 'alternate': 'Alt', 'data': { 'i': { 'type': 'int', 'if': 'A' } } }
    { 'union': 'Uni', 'base': { 'k': 'Kind', 'l': 'Lone' }, 'discriminator': 'k', 'data': { 'a': { 'type': 'Some', 'if': 'A' } } }
    { 'command': 'do', 'data': { 'some': 'Some', 'alt': 'Alt', '*uni': [ 'Uni' ] } }";

fn schema() -> Schema {
    load_text("t.json", CONDITIONAL, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
}

fn without_conditions() -> String {
    introspect(&schema(), &Conditions::defined::<&str>([]), TypeNames::Masked)
}

#[test]
fn the_way_there_and_back_changes_nothing() {
    let dump = without_conditions();
    assert!(dump.contains(r#""meta-type": "alternate", "members": []"#), "{dump}");
    assert!(dump.contains(r#""tag": "k", "variants": []"#), "{dump}");
    assert_eq!(back(&dump), dump);
}

#[test]
fn placeholders_have_a_comment() {
    let text = qapi_from_introspection("dump.json", &without_conditions()).unwrap_or_else(|report| panic!("{report}"));
    let (_, definitions) = text.split_once("\n\n").expect("a header");
    expect![[r#"
        { 'command': 'do',
          'data': { 'some': 'DoSome', 'alt': 'DoAlt', '*uni': [ 'DoUni' ] } }

        # Argument `some` of `do`.
        { 'struct': 'DoSome',
          'data': { 'x': 'int' } }

        # Argument `alt` of `do`.
        # It has no branch. The language requires one, so `null` is a placeholder.
        { 'alternate': 'DoAlt',
          'data': { 'null': 'null' } }

        # Argument `uni` of `do`, a list of these.
        { 'union': 'DoUni',
          'base': { 'k': 'DoUniK', 'l': 'DoUniL' },
          'discriminator': 'k',
          'data': {} }

        # Member `k` of `DoUni`.
        # It has no value. The language requires one, so `none` is a placeholder.
        { 'enum': 'DoUniK',
          'data': [ 'none' ] }

        # Member `l` of `DoUni`.
        { 'enum': 'DoUniL',
          'data': [] }
    "#]]
    .assert_eq(definitions);
    load_text("again.json", &text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
}

#[test]
fn it_is_compared_and_generated_from() {
    let imported = import("dump.json", &without_conditions()).unwrap_or_else(|report| panic!("{report}")).schema;
    let mut own = schema();
    own.configure(&Conditions::defined::<&str>([]));
    assert_eq!(compare(&own, &imported), []);
    let changes: Vec<String> = compare(&imported, &schema()).iter().map(ToString::to_string).collect();
    expect![[r#"
        do arguments.alt: can now be a number (if A)
        do arguments.uni[].k: value `a` added (if A)
        do arguments.uni[].l: value `a` added (if A)"#]]
    .assert_eq(&changes.join("\n"));
    let code = Config::new().side(Side::Client).generate(imported).unwrap_or_else(|report| panic!("{report}"));
    let is_placeholder = |line: &str| line.trim() == "None,";
    assert!(code.contains("pub enum DoAlt") && !code.lines().any(is_placeholder), "{code}");
}
