//! The options of the generator: what they leave, what they refuse.

use std::fs;
use std::path::PathBuf;

use qmp_schema::{Config, Side};

const NONE: [&str; 0] = [];

fn schema(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/codegen").join(name)
}

fn items(config: Config, name: &str) -> String {
    config.expand(schema(name)).unwrap_or_else(|report| panic!("{report}")).items
}

fn refused(config: Config, name: &str) -> String {
    config.expand(schema(name)).expect_err("the options are wrong").to_string()
}

/// A schema of its own in a folder of its own.
fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("vm.json");
    fs::write(&path, text).expect("a file in a temporary folder");
    (folder, path)
}

#[test]
fn a_selection_takes_the_types_along_that_it_reaches() {
    let items = items(Config::new().commands(["p*"]).events(["TIME???"]), "commands.json");
    assert!(!items.contains("pub struct Info"));
    assert!(items.contains("pub struct Timeout"));
    assert!(!items.contains("pub struct Other"));
}

#[test]
fn types_are_selected_beside_those_that_are_used() {
    let selected = items(Config::new().types(["Unre*"]), "structs.json");
    assert!(selected.contains("pub struct Unreached") && selected.contains("pub struct Derived"));
    assert!(!selected.contains("pub struct Base"));
    let alone = items(Config::new().commands(NONE).events(NONE).types(["Derived"]), "structs.json");
    assert!(alone.contains("pub struct Derived") && alone.contains("pub struct Scalars"));
    assert!(!alone.contains("pub struct Options") && !alone.contains("mod ") && !alone.contains("Client"));
    let all = items(Config::new().commands(NONE).events(NONE), "structs.json");
    assert!(
        all.contains("pub struct Unreached") && all.contains("pub struct Base") && all.contains("pub struct Options")
    );
    assert!(!all.contains("QType"));
}

/// A selected type keeps its name, and the types that are used keep theirs.
#[test]
fn names_do_not_depend_on_the_selection() {
    let (_folder, path) = written(
        "{ 'struct': 'StopArgs', 'data': { 'text': 'str' } }
         { 'command': 'stop', 'data': { 'now': 'bool' } }",
    );
    let expand = |config: Config| config.expand(&path).unwrap_or_else(|report| panic!("{report}")).items;
    assert!(expand(Config::new()).contains("pub struct StopArgs {\n    /// `now`"));
    let selected = expand(Config::new().types(["*"]));
    assert!(selected.contains("pub struct StopArgs {\n    /// `now`"));
    assert!(selected.contains("pub struct StopArgs2 {\n    /// `text`"));
}

#[test]
fn documentation_links_to_what_is_generated() {
    let (_folder, path) = written(
        "##\n# @Mode:\n#\n# How.\n##\n{ 'enum': 'Mode', 'data': [] }
         ##\n# @stop:\n#\n# Not @Mode.\n##\n{ 'command': 'stop' }
         { 'command': 'set-mode', 'data': { 'mode': 'Mode' } }",
    );
    let expand = |config: Config| config.expand(&path).unwrap_or_else(|report| panic!("{report}")).items;
    assert!(expand(Config::new()).contains("Not [`Mode`](super::Mode)."));
    assert!(expand(Config::new().commands(["stop"])).contains("Not `Mode`."));
}

#[test]
fn a_pattern_that_matches_nothing_is_an_error() {
    let config = Config::new().commands(["plan", "query-*"]).events(["NAME"]).types(["Inf", "str", "QType"]);
    let text = refused(config, "commands.json");
    for name in ["Inf", "str", "QType"] {
        assert!(text.contains(&format!("no type matches `{name}`")), "{text}");
    }
    assert!(text.contains("did you mean `Info`?"), "{text}");
    assert!(text.contains("no command matches `plan`"), "{text}");
    assert!(text.contains("did you mean `plain`?"), "{text}");
    assert!(text.contains("no command matches `query-*`"), "{text}");
    assert!(text.contains("no event matches `NAME`"), "{text}");
}

#[test]
fn one_side_has_nothing_of_the_other() {
    let client = items(Config::new().side(Side::Client), "commands.json");
    assert!(client.contains("blocking_client!") && !client.contains("pub fn server"));
    let server = items(Config::new().side(Side::Server), "commands.json");
    assert!(!server.contains("blocking_client!") && server.contains("pub fn server"));
}

#[test]
fn a_condition_that_does_not_hold_takes_values_and_their_branches_away() {
    let (_folder, path) = written(
        "{ 'enum': 'Kind', 'data': [ 'one', { 'name': 'two', 'if': 'TWO' } ] }
         { 'struct': 'Two', 'data': { 'x': 'int' } }
         { 'union': 'Either', 'base': { 'kind': 'Kind', '*y': { 'type': 'str', 'if': 'Y' } }, 'discriminator': 'kind',
           'data': { 'two': 'Two' } }
         { 'command': 'choose', 'data': 'Either', 'boxed': true }
         { 'command': 'never', 'if': { 'not': 'TWO' } }",
    );
    let expand = |config: Config| config.expand(&path).unwrap_or_else(|report| panic!("{report}")).items;
    let everything = expand(Config::new());
    assert!(everything.contains("Two(Two)") && everything.contains("pub y:") && everything.contains("struct Never"));
    let none = expand(Config::new().conditions(Vec::<String>::new()));
    assert!(!none.contains("Two") && !none.contains("pub y:") && none.contains("struct Never"));
    let two = expand(Config::new().conditions(["TWO"]));
    assert!(two.contains("Two(Two)") && !two.contains("pub y:") && !two.contains("struct Never"));
}

/// A command's method would hide a method of the client with the same name.
#[test]
fn commands_do_not_hide_the_clients_own_methods() {
    let runtime = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../qmp-types/src");
    let mut methods = vec!["clone".to_owned(), "into".to_owned(), "to_owned".to_owned()];
    for file in ["private/client.rs", "client/blocking.rs", "client/tokio.rs"] {
        let source = fs::read_to_string(runtime.join(file)).expect("a file of the runtime");
        let public = source.lines().map(str::trim).filter(|line| line.starts_with("pub "));
        let names = public.filter_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next());
        methods.extend(names.map(str::to_owned));
    }
    assert!(methods.len() > 30, "{methods:?}");
    methods.sort();
    methods.dedup();
    let schema: String =
        methods.iter().map(|name| format!("{{ 'command': '{}' }}\n", name.replace('_', "-"))).collect();
    let (_folder, path) = written(&schema);
    let items = Config::new().expand(&path).unwrap_or_else(|report| panic!("{report}")).items;
    for method in methods {
        assert!(items.contains(&format!("pub fn {method}_(&self)")), "`{method}` is hidden: add it to CLIENT_METHODS");
    }
}

#[test]
fn the_runtime_has_the_path_that_is_asked_for() {
    let expansion = Config::new().runtime("::vmm::qmp").expand(schema("commands.json")).expect("the schema is fine");
    assert!(!expansion.items.contains("qmp_types"));
    assert!(expansion.source().starts_with("::vmm::qmp::private::generated!"));
}

#[test]
fn the_protocols_commands_are_defined_as_the_protocol_has_them() {
    for (wrong, why) in [
        ("{ 'command': 'query-version' }", "QMP's return value: something is returned"),
        (
            "{ 'struct': 'V', 'data': { 'package': 'str' } } { 'command': 'query-version', 'returns': 'V' }",
            "is not in CamelCase",
        ),
        (
            "{ 'struct': 'Ver', 'data': { 'package': 'str' } } { 'command': 'query-version', 'returns': 'Ver' }",
            "QMP's return value: member `qemu`",
        ),
        (
            "{ 'struct': 'Name', 'data': { 'name': 'str', 'more': 'str' } }
             { 'command': 'query-commands', 'returns': [ 'Name' ] }",
            "QMP's return value: no member `more`",
        ),
        (
            "{ 'pragma': { 'command-name-exceptions': [ 'qmp_capabilities' ] } }
             { 'command': 'qmp_capabilities', 'data': { 'enable': [ 'str' ] } }",
            "QMP's arguments: member `enable`: an enum",
        ),
    ] {
        let (_folder, path) = written(wrong);
        let text = Config::new().expand(&path).expect_err(wrong).to_string();
        assert!(text.contains(why), "{text}");
    }
}

#[test]
fn a_condition_that_no_schema_can_have_is_an_error() {
    let text = refused(Config::new().conditions(["CONFIG_LINUX", "config_posix"]), "commands.json");
    assert!(text.contains("`config_posix` cannot be a condition") && !text.contains("LINUX"), "{text}");
}

#[test]
fn a_builtin_that_the_user_handles_must_be_there() {
    let text = refused(Config::new().handle_builtin("query-version"), "commands.json");
    assert!(text.contains("no built-in command of the schema matches `query-version`"), "{text}");
    let text = refused(Config::new().handle_builtin("query-versio"), "commands.json");
    assert!(text.contains("did you mean `query-version`?"), "{text}");
}

#[test]
fn the_methods_of_commands_with_a_descriptor_take_it() {
    let config = || Config::new().side(Side::Client).docs(true);
    let items = items(config().fd_commands(["pl?in"]), "commands.json");
    assert!(items.contains("fn plain(&self, fd: impl ::std::os::fd::AsFd)"), "{items}");
    assert!(items.contains(".takes_fd()") && items.contains("client.plain(fd)?;"), "{items}");
    let text = refused(config().fd_commands(["plainn"]), "commands.json");
    assert!(text.contains("`plainn`") && text.contains("`plain`"), "{text}");
}

#[test]
fn the_build_scripts_files_are_named_after_the_schema() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let files =
        Config::new().compile_to(schema("commands.json"), out.path()).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(files, [schema("commands.json")]);
    let checked = fs::read_to_string(out.path().join("commands.rs")).expect("the file that is included");
    assert!(checked.starts_with("::qmp_types::private::generated! { "), "{checked}");
    assert!(checked.contains("commands.items.rs"), "{checked}");
    let items = fs::read_to_string(out.path().join("commands.items.rs")).expect("the items");
    assert!(items.contains("pub struct Plain;"));
}

#[test]
fn a_refused_schema_tells_the_files_to_watch() {
    let (_folder, path) = written("{ 'include': 'missing.json' }");
    let report = Config::new().expand(&path).expect_err("a file is missing");
    let files: Vec<_> = report.files().map(|file| file.file_name().expect("a file").to_owned()).collect();
    assert_eq!(files, ["vm.json", "missing.json"]);
}
