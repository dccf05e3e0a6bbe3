//! Help, completions, mistakes on the command line.

use expect_test::expect;

use crate::support::Folder;

#[test]
fn help_tells_of_everything() {
    let folder = Folder::with(&[]);
    expect![[r#"
        QAPI schemas, from every side: files, dumps and running servers.

        FILE is a schema in the QAPI language, a dump (what `query-qmp-schema` returned: the list, the reply
        or all that the server sent), or `-` for standard input. SOCKET is the Unix socket of a running QMP
        server.

        Usage: qmp <COMMAND>

        Commands:
          check        Check schemas and all that they include
          introspect   Print what `query-qmp-schema` answers for a schema, or what a server answers
          generate     Generate Rust, as `qmp_schema::compile` does in a build script
          diff         Tell what changed between two schemas, and what that breaks
          schema       Write a running server's schema as a QAPI file
          doc          Write a reference manual as HTML
          completions  Print the completions for a shell
          help         Print this message or the help of the given subcommand(s)

        Options:
          -h, --help
                  Print help (see a summary with '-h')

          -V, --version
                  Print version

        Exit status:
          0  done; for `check`: no errors; for `diff`: nothing breaks
          1  `check` found errors (a file that cannot be read is one), `diff` something
             that breaks
          2  wrong usage, or the work could not be done: a schema that is refused, a
             server that does not answer, a file that cannot be written

        Examples:
          qmp check qapi/vm.json                   all mistakes, and the way out
          qmp introspect --pretty qapi/vm.json     what a server of it will answer
          qmp introspect /run/vm.sock > dump.json  what a running server answers
          qmp diff qapi/vm.json /run/vm.sock       what breaks clients at that server
          qmp doc qapi/vm.json -o manual           a reference manual, as HTML
          qmp generate dump.json --side client -o qmp.rs
    "#]]
    .assert_eq(&folder.stdout("--help"));
    for command in ["check", "introspect", "generate", "diff", "schema", "doc", "completions"] {
        assert!(folder.stdout(&format!("{command} --help")).contains("Examples:"), "{command}");
    }
}

#[test]
fn examples_are_whole_on_a_small_terminal() {
    let folder = Folder::with(&[]);
    for command in ["", "check", "introspect", "generate", "diff", "schema", "doc", "completions"] {
        let examples = |columns: &str| {
            let output =
                folder.command(&format!("{command} --help")).env("COLUMNS", columns).output().expect("it runs");
            let help = String::from_utf8(output.stdout).expect("UTF-8");
            help.split_once("Exit status:").or(help.split_once("Examples:")).expect("examples").1.to_owned()
        };
        assert_eq!(examples("80"), examples("110"), "{command}");
    }
}

#[test]
fn mistakes_are_told_with_the_way_out() {
    let folder = Folder::with(&[]);
    expect![[r#"
        stderr: error: unrecognized subcommand 'chekc'
        stderr:
        stderr:   tip: some similar subcommands exist: 'schema', 'check'
        stderr:
        stderr: Usage: qmp <COMMAND>
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&folder.transcript("chekc vm.json"));
    assert!(folder.transcript("").ends_with("status: 2\n"));
}

#[test]
fn shells_complete() {
    let folder = Folder::with(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(folder.stdout(&format!("completions {shell}")).contains("introspect"), "{shell}");
    }
}
