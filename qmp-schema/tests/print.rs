//! Schemas written in the QAPI language: the text is formatted, and loading it results in the same schema.

use std::collections::BTreeMap;

use expect_test::expect;
use qmp_schema::model::{Conditions, Schema, TypeKind};
use qmp_schema::{LoadOptions, TypeNames, format, introspect, load, load_text};
use test_support::schemas;

fn schema(text: &str) -> Schema {
    load_text("test.json", text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}\n{text}")).schema
}

/// Writes a schema, loads the text, and compares the two schemas.
fn check(name: &str, before: &Schema) {
    let text = before.to_qapi();
    assert_eq!(format(name, &text).unwrap_or_else(|report| panic!("{report}")), text, "{name} is formatted");
    let after = schema(&text);
    let plain = |schema: &Schema| introspect(schema, &Conditions::Everything, TypeNames::Plain);
    assert_eq!(plain(before), plain(&after), "introspection of {name}");
    let (before, after) = (definitions(before), definitions(&after));
    for (name, definition) in &before {
        assert_eq!(after.get(name), Some(definition));
    }
    assert_eq!(before.len(), after.len());
}

/// Returns all definitions by name, with the names of types instead of their ids, and without places.
fn definitions(schema: &Schema) -> BTreeMap<String, String> {
    let name = |index: &str| {
        let index = index.parse::<usize>().expect("an id");
        schema.types[index].def.name.clone()
    };
    let text = |debug: String| named(&without(&debug, "Span { ", " }", |_| String::new()), name);
    let types = schema.types.iter().map(|ty| (ty.def.name.clone(), text(format!("{ty:?}"))));
    let commands = schema.commands.iter().map(|command| (command.def.name.clone(), text(format!("{command:?}"))));
    let events = schema.events.iter().map(|event| (event.def.name.clone(), text(format!("{event:?}"))));
    let texts = schema.free_form.iter().map(|text| (text.text.clone(), String::new()));
    types.chain(commands).chain(events).chain(texts).collect()
}

fn named(debug: &str, name: impl Fn(&str) -> String) -> String {
    without(debug, "TypeId(", ")", name)
}

fn without(debug: &str, open: &str, close: &str, instead: impl Fn(&str) -> String) -> String {
    let (mut kept, mut rest) = (String::new(), debug);
    while let Some((before, behind)) = rest.split_once(open) {
        let (inner, behind) = behind.split_once(close).expect("it is closed");
        kept.extend([before, &instead(inner)]);
        rest = behind;
    }
    kept + rest
}

#[test]
fn everything_is_written() {
    let text = "
        { 'pragma': { 'command-name-exceptions': [ 'do_it' ], 'command-returns-exceptions': [ 'do_it', 'names' ],
                      'member-name-exceptions': [ 'Kind', 'Jug' ] } }
        ##
        # = Jugs
        #
        # All about jugs.
        ##
        { 'enum': 'Kind', 'prefix': 'K', 'data': [ 'A', { 'name': 'b', 'if': { 'not': 'NO_B' }, 'features': [ 'odd' ] } ] }
        { 'struct': 'Base', 'data': { '*size': 'size' } }
        { 'struct': 'Cup', 'base': 'Base', 'data': { 'names': [ 'str' ], 'any': { 'type': 'any', 'if': 'ANY' } },
          'if': { 'all': [ 'CUPS', { 'any': [ 'X', 'Y' ] } ] }, 'features': [ 'new', { 'name': 'old', 'if': 'OLD' } ] }
        { 'union': 'Jug', 'base': { 'kind': 'Kind', '*in_use': 'bool' }, 'discriminator': 'kind',
          'data': { 'b': { 'type': 'Cup', 'if': 'B' } } }
        { 'union': 'Ewer', 'base': 'KindBase', 'discriminator': 'kind', 'data': { 'A': 'Cup' } }
        { 'struct': 'KindBase', 'data': { 'kind': 'Kind' } }
        { 'alternate': 'CupRef', 'data': { 'name': 'str', 'cup': { 'type': 'Cup', 'if': 'CUPS' }, 'list': [ 'Cup' ] } }
        ##
        # @fill:
        #
        # Fills a jug.
        #
        #   In two paragraphs.
        #
        # @jug: the jug,
        #     or the cup
        #
        #       - and a list
        #
        # @to:
        #     up to here
        #       (in litres)
        #
        # Features:
        #
        # @unstable: it may spill
        #
        # Returns: nothing
        #     at all
        #
        # Said afterwards.
        #
        # Example:
        #
        # -> { \"execute\": \"fill\" }
        # <- { \"return\": {} }
        #
        # Since: 1.0
        ##
        { 'command': 'fill', 'data': { 'jug': 'CupRef', '*to': 'number' }, 'features': [ 'unstable' ], 'allow-oob': true }
        { 'command': 'fill-all', 'data': 'Jug', 'boxed': true, 'returns': [ 'Cup' ], 'coroutine': true, 'gen': false }
        { 'command': 'do_it', 'returns': 'Kind', 'success-response': false, 'allow-preconfig': true, 'if': 'DO' }
        { 'command': 'names', 'returns': [ 'str' ] }
        { 'command': 'as-fill', 'data': 'q_obj_fill-arg' }
        { 'event': 'FULL' }
        { 'event': 'EMPTY', 'data': 'Base', 'features': [ 'deprecated' ] }
        { 'event': 'BROKEN', 'data': { 'cups': [ 'Cup' ] } }";
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    let schema = schema(&lines.join("\n"));
    check("test.json", &schema);
    expect![[r#"
        { 'pragma': { 'command-name-exceptions': [ 'do_it' ] } }

        { 'pragma': { 'command-returns-exceptions': [ 'do_it', 'names' ] } }

        { 'pragma': { 'member-name-exceptions': [ 'Jug', 'Kind' ] } }

        ##
        # = Jugs
        #
        # All about jugs.
        ##

        { 'enum': 'Kind',
          'data': [ 'A',
                    { 'name': 'b', 'features': [ 'odd' ], 'if': { 'not': 'NO_B' } } ] }

        { 'struct': 'Base',
          'data': { '*size': 'size' } }

        { 'struct': 'Cup',
          'base': 'Base',
          'data': { 'names': [ 'str' ], 'any': { 'type': 'any', 'if': 'ANY' } },
          'features': [ 'new', { 'name': 'old', 'if': 'OLD' } ],
          'if': { 'all': [ 'CUPS', { 'any': [ 'X', 'Y' ] } ] } }

        { 'union': 'Jug',
          'base': { 'kind': 'Kind', '*in_use': 'bool' },
          'discriminator': 'kind',
          'data': { 'b': { 'type': 'Cup', 'if': 'B' } } }

        { 'union': 'Ewer',
          'base': 'KindBase',
          'discriminator': 'kind',
          'data': { 'A': 'Cup' } }

        { 'struct': 'KindBase',
          'data': { 'kind': 'Kind' } }

        { 'alternate': 'CupRef',
          'data': { 'name': 'str',
                    'cup': { 'type': 'Cup', 'if': 'CUPS' },
                    'list': [ 'Cup' ] } }

        ##
        # @fill:
        #
        # Fills a jug.
        #
        #   In two paragraphs.
        #
        # @jug: the jug,
        #     or the cup
        #
        #       - and a list
        #
        # @to:
        #     up to here
        #       (in litres)
        #
        # Features:
        #
        # @unstable: it may spill
        #
        # Returns: nothing
        #     at all
        #
        # Said afterwards.
        #
        # Example:
        #     -> { "execute": "fill" }
        #     <- { "return": {} }
        #
        # Since: 1.0
        ##
        { 'command': 'fill',
          'data': { 'jug': 'CupRef', '*to': 'number' },
          'allow-oob': true,
          'features': [ 'unstable' ] }

        { 'command': 'fill-all',
          'data': 'Jug',
          'boxed': true,
          'returns': [ 'Cup' ],
          'gen': false,
          'coroutine': true }

        { 'command': 'do_it',
          'returns': 'Kind',
          'success-response': false,
          'allow-preconfig': true,
          'if': 'DO' }

        { 'command': 'names',
          'returns': [ 'str' ] }

        { 'command': 'as-fill',
          'data': 'q_obj_fill-arg' }

        { 'event': 'FULL' }

        { 'event': 'EMPTY',
          'data': 'Base',
          'features': [ 'deprecated' ] }

        { 'event': 'BROKEN',
          'data': { 'cups': [ 'Cup' ] } }
    "#]]
    .assert_eq(&schema.to_qapi());
}

#[test]
fn configured_schemas_are_written() {
    let text = "
        { 'enum': 'Kind', 'data': [ { 'name': 'a', 'if': 'A' } ] }
        { 'alternate': 'Alt', 'data': { 'i': { 'type': 'int', 'if': 'A' } } }
        { 'union': 'Uni', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }
        { 'command': 'go', 'data': { 'alt': 'Alt', 'uni': 'Uni' } }";
    let mut configured = schema(text);
    configured.configure(&Conditions::defined::<&str>([]));
    expect![[r#"
        # It has no value. The language requires one, so `none` is a placeholder.
        { 'enum': 'Kind',
          'data': [ 'none' ] }

        # It has no branch. The language requires one, so `null` is a placeholder.
        { 'alternate': 'Alt',
          'data': { 'null': 'null' } }

        { 'union': 'Uni',
          'base': { 'kind': 'Kind' },
          'discriminator': 'kind',
          'data': {} }

        { 'command': 'go',
          'data': { 'alt': 'Alt', 'uni': 'Uni' } }
    "#]]
    .assert_eq(&configured.to_qapi());
    let reloaded = schema(&configured.to_qapi());
    assert!(matches!(&reloaded.types[18].kind, TypeKind::Alternate(alternate) if alternate.branches.len() == 1));
}

#[test]
fn complete_schemas_are_written() {
    for source in schemas::published().into_iter().chain(schemas::shared()) {
        let loaded = load(&source.path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
        check(source.name, &loaded.schema);
    }
}
