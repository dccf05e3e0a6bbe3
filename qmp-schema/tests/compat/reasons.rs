//! The reasons that the documentation gives for deprecated and unstable items.

use expect_test::expect;
use qmp_schema::compat::compare;

use super::{introspected, load};

/// A schema whose items have the given feature, each described by its definition.
fn schema(feature: &str) -> String {
    let features = if feature.is_empty() { String::new() } else { format!("'features': [ '{feature}' ],") };
    let described = |name: &str, parts: &[&str]| {
        let parts: String = parts.iter().map(|part| format!("# @{part}: a part\n#\n")).collect();
        match feature {
            "" => format!("##\n# @{name}:\n#\n{parts}# Since: 1\n##\n"),
            feature => format!(
                "##\n# @{name}:\n#\n{parts}# Features:\n#\n# @{feature}: Of @{name}.\n#     Use another.\n#\n# Since: 1\n##\n"
            ),
        }
    };
    format!(
        "{}{{ 'enum': 'Val', 'data': [ {{ 'name': 'a', {features} }}, 'b' ] }}\n\
         {}{{ 'struct': 'Base', 'data': {{ 'in-base': {{ 'type': 'int', {features} }} }} }}\n\
         {}{{ 'struct': 'Ex', 'base': 'Base', 'data': {{ 'own': {{ 'type': 'int', {features} }} }} }}\n\
         {}{{ 'union': 'Uni', 'base': {{ 'k': 'Val', 'in-place': {{ 'type': 'int', {features} }} }}, 'discriminator': 'k',\n\
              'data': {{ 'a': 'Ex' }} }}\n\
         {}{{ 'command': 'do', 'data': {{ 'argument': {{ 'type': 'int', {features} }}, 'uni': 'Uni' }} }}\n\
         {}{{ 'command': 'stop', {features} }}\n\
         {}{{ 'event': 'E', {features} 'data': 'Ex' }}\n",
        described("Val", &["a", "b"]),
        described("Base", &["in-base"]),
        described("Ex", &["own"]),
        described("Uni", &["in-place"]),
        described("do", &["argument", "uni"]),
        described("stop", &[]),
        described("E", &[]),
    )
    .replace(", }", " }")
    .replace(",  }", " }")
}

fn lines(changes: &[qmp_schema::compat::Change]) -> String {
    changes.iter().map(|change| format!("{change}: {:?}\n", change.reason)).collect()
}

#[test]
fn the_documentation_explains_a_new_deprecation() {
    expect![[r#"
        do arguments.argument: now deprecated: Some("Of @do.\nUse another.")
        do arguments.uni.in-place: now deprecated: Some("Of @Uni.\nUse another.")
        do arguments.uni.k=a: now deprecated: Some("Of @Val.\nUse another.")
        do arguments.uni[k=a].in-base: now deprecated: Some("Of @Base.\nUse another.")
        do arguments.uni[k=a].own: now deprecated: Some("Of @Ex.\nUse another.")
        stop: now deprecated: Some("Of @stop.\nUse another.")
        E: now deprecated: Some("Of @E.\nUse another.")
        E data.in-base: now deprecated: Some("Of @Base.\nUse another.")
        E data.own: now deprecated: Some("Of @Ex.\nUse another.")
    "#]]
    .assert_eq(&lines(&compare(&load(&schema("")), &load(&schema("deprecated")))));
    let odd = compare(&load(&schema("")), &load(&schema("odd")));
    assert!(odd.iter().all(|change| change.reason.is_none()), "{odd:?}");
}

#[test]
fn the_old_documentation_explains_a_removal() {
    let rest = "{ 'command': 'do', 'data': { 'uni': 'Uni' } }
        { 'enum': 'Val', 'data': [ 'b' ] } { 'union': 'Uni', 'base': { 'k': 'Val' }, 'discriminator': 'k', 'data': {} }";
    let changes = compare(&load(&schema("unstable")), &load(rest));
    expect![[r#"
        do arguments: required member `argument` removed, was unstable: Some("Of @do.\nUse another.")
        do arguments.uni: required member `in-place` removed, was unstable: Some("Of @Uni.\nUse another.")
        do arguments.uni.k: value `a` removed, was unstable: Some("Of @Val.\nUse another.")
        stop: command removed, was unstable: Some("Of @stop.\nUse another.")
        E: event removed, was unstable: Some("Of @E.\nUse another.")
    "#]]
    .assert_eq(&lines(&changes));
    assert_eq!(changes[0].to_json()["reason"], "Of @do.\nUse another.");
    // A server has no documentation.
    let live = introspected(&load(&schema("unstable")));
    assert!(compare(&live, &load(rest)).iter().all(|change| change.reason.is_none()));
}
