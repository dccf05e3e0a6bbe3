//! The model of definitions: ids, implicit types, branches, order, documentation.

use qmp_schema::model::{Condition, Entity, ObjectOrigin, Schema, TypeKind};
use qmp_schema::{LoadOptions, load, load_text};

fn schema(text: &str) -> Schema {
    load_text("test.json", text, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
}

/// Returns the names of the types after the predefined ones.
fn names(schema: &Schema) -> Vec<&str> {
    schema.types.iter().skip(17).map(|ty| &*ty.def.name).collect()
}

#[test]
fn predefined_types_come_first() {
    let schema = schema("");
    let names: Vec<&str> = schema.types.iter().map(|ty| &*ty.def.name).collect();
    assert_eq!(names[..3], ["str", "number", "int"]);
    assert_eq!(names[14..], ["null", "QType", "q_empty"]);
    assert!(matches!(&schema.types[16].kind, TypeKind::Object(object) if object.origin == ObjectOrigin::Empty));
}

#[test]
fn implicit_types_and_arrays_stand_before_their_first_use() {
    let schema = schema(
        "{ 'command': 'pour', 'data': { 'a': [ 'Cup' ], 'b': 'int' }, 'returns': [ 'Cup' ] }
         { 'union': 'Jug', 'base': { 'k': 'QType', 'l': [ 'Cup' ] }, 'discriminator': 'k', 'data': {} }
         { 'struct': 'Cup', 'data': { 'c': 'strList' }, 'if': 'CUPS' }
         { 'event': 'POURED', 'data': {} }",
    );
    assert_eq!(names(&schema), ["CupList", "q_obj_pour-arg", "q_obj_Jug-base", "Jug", "strList", "Cup"]);
    assert_eq!(schema.types[17].def.condition, schema.types[22].def.condition);
    assert_eq!(schema.events[0].arguments, None);
    let arguments = schema.commands[0].arguments.expect("has arguments");
    assert_eq!(schema.ty(arguments).def.name, "q_obj_pour-arg");
    assert_eq!(schema.ty(schema.commands[0].returns.expect("returns")).def.name, "CupList");
}

#[test]
fn unions_have_a_branch_for_every_value() {
    let schema = schema(
        "{ 'enum': 'Kind', 'data': [ 'a', 'b', { 'name': 'c', 'if': 'C' } ] }
         { 'struct': 'Base', 'data': { 'kind': 'Kind' } }
         { 'struct': 'More', 'data': { 'm': 'int' } }
         { 'struct': 'Derived', 'base': 'Base', 'data': {} }
         { 'union': 'All', 'base': 'Derived', 'discriminator': 'kind', 'data': { 'b': 'More' } }",
    );
    let (id, _) = schema.types().last().expect("has types");
    let variants = schema.object(id).and_then(|object| object.variants.as_ref()).expect("is a union");
    let branches: Vec<_> = variants.branches.iter().map(|branch| (&*branch.name, branch.implicit)).collect();
    assert_eq!(branches, [("b", false), ("a", true), ("c", true)]);
    assert_eq!(schema.ty(variants.branches[1].ty).def.name, "q_empty");
    assert_eq!(variants.branches[2].condition, qmp_schema::model::Condition::Name("C".to_owned()));
    assert_eq!(schema.ty(variants.tag_type).def.name, "Kind");
    assert_eq!(schema.members(id).len(), 1);
}

#[test]
fn the_interface_goes_module_by_module() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("root.json", "{ 'command': 'one' } { 'include': 'part.json' } { 'event': 'FOUR' } { 'command': 'five' }");
    write("part.json", "{ 'event': 'TWO' } { 'command': 'three' }");
    let loaded = load(folder.path().join("root.json"), &LoadOptions::default()).expect("loads");
    let schema = loaded.schema;
    let commands: Vec<&str> = schema.commands.iter().map(|command| &*command.def.name).collect();
    assert_eq!(commands, ["one", "three", "five"]);
    let expected = [Entity::Command(0), Entity::Event(1), Entity::Command(2), Entity::Event(0), Entity::Command(1)];
    assert_eq!(schema.interface, expected);
}

#[test]
fn text_between_definitions_is_kept_with_its_place() {
    let schema = schema(
        "##
# = Jugs
#
# All about jugs.
#   - and more
#
##

{ 'enum': 'Kind', 'data': [] }

##
#
##
##
# @pour:
##
{ 'command': 'pour' }
##
# == Cups
##",
    );
    let places =
        schema.free_form.iter().map(|text| (schema.sources.locate(text.span).map_or(0, |at| at.line), &*text.text));
    let expected = [(1, "= Jugs\n\nAll about jugs.\n  - and more"), (18, "== Cups")];
    assert_eq!(places.collect::<Vec<_>>(), expected);
}

#[test]
fn documentation_is_cut_into_its_parts() {
    let schema = schema(
        "##
# @pour:
#
# Pours from a jug.
#
# In two paragraphs.
#
# @size: how much,
#     in litres
#
#     at most one
#
# @lid:
#     open or shut
#
# Said after the arguments.
#
# Features:
#
# @new: it is new
#
# Returns: nothing
#     at all
#
# Example::
#
#     -> {}
#
# Example:
#
# -> { \"execute\": \"pour\" }
# <- { \"return\": {} }
#
# Since: 1.0
##
{ 'command': 'pour', 'data': { 'size': 'int', 'lid': 'bool' }, 'features': [ 'new' ] }",
    );
    let doc = schema.commands[0].def.doc.as_ref().expect("is documented");
    assert_eq!(doc.body, "Pours from a jug.\n\nIn two paragraphs.");
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(doc.members, [pair("size", "how much,\nin litres\n\nat most one"), pair("lid", "open or shut")]);
    assert_eq!(doc.features, [pair("new", "it is new")]);
    let example = "-> { \"execute\": \"pour\" }\n<- { \"return\": {} }";
    let expected = [
        pair("", "Said after the arguments."),
        pair("Returns", "nothing\nat all"),
        pair("", "Example::\n\n    -> {}"),
        pair("Example", example),
        pair("Since", "1.0"),
    ];
    assert_eq!(doc.sections, expected);
}

#[test]
fn descriptions_are_found_by_name() {
    let schema = schema(
        "##
# @pour:
#
# @size: how much
#
# @lid: open or shut
#
# Features:
#
# @size: it is new
##
{ 'command': 'pour', 'data': { 'size': 'int', 'lid': 'bool' }, 'features': [ 'size' ] }
{ 'event': 'POURED' }",
    );
    let described = schema.commands[0].def.described();
    assert_eq!(described.members, [("size", "how much"), ("lid", "open or shut")].into());
    assert_eq!(described.features, [("size", "it is new")].into());
    assert!(schema.events[0].def.described().members.is_empty());
}

#[test]
fn conditions_mention_names() {
    let schema = schema(
        "{ 'enum': 'Kind', 'if': 'A', 'data': [ { 'name': 'x', 'if': 'B', 'features': [ { 'name': 'f', 'if': 'C' } ] }, 'y' ] }
         { 'struct': 'Some', 'data': { 'm': { 'type': 'int', 'if': 'D', 'features': [ { 'name': 'f', 'if': 'E' } ] } },
           'features': [ { 'name': 'f', 'if': 'F' } ] }
         { 'union': 'Uni', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'y': { 'type': 'Some', 'if': 'G' } } }
         { 'alternate': 'Alt', 'data': { 's': { 'type': 'str', 'if': 'H' } } }
         { 'command': 'c', 'if': { 'all': [ 'I', { 'any': [ 'J', { 'not': 'K' } ] } ] }, 'features': [ { 'name': 'f', 'if': 'L' } ] }
         { 'event': 'E', 'if': 'M1_' }",
    );
    let names: Vec<&str> = schema.condition_names().into_iter().collect();
    assert_eq!(names.join(" "), "A B C D E F G H I J K L M1_");
    for (text, is_name) in [
        ("CONFIG_X", true),
        ("A1", true),
        ("", false),
        ("A,B", false),
        ("A=y", false),
        ("a", false),
        ("1", false),
        ("_A", false),
    ] {
        assert_eq!(Condition::is_name(text), is_name, "{text}");
    }
}
