//! Help, completions, mistakes on the command line.

use expect_test::expect;

use crate::support::Folder;

#[test]
fn help_lists_all_commands() {
    let folder = Folder::with(&[]);
    expect![[r#"
        A tool for QAPI schemas and running QMP servers

        FILE is a schema in the QAPI language, a dump (the list that `query-qmp-schema` returned, the whole
        reply, or a recorded session), or `-` for standard input. ADDRESS is that of a running QMP server:
        the path of its Unix socket, or one of `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`,
        `tls:HOST:PORT`, `vsock:CID:PORT` and `fd:N`.

        Usage: qmp <COMMAND>

        Commands:
          check        Check schemas and the files that they include
          fmt          Format schema files in the style of QEMU's own
          introspect   Print the introspection data of a schema or a running server
          generate     Generate Rust bindings, as `qmp_schema::compile` does in a build script
          diff         Compare two schemas and report what breaks
          schema       Write the schema of a running server as a QAPI file
          doc          Write a reference manual as HTML
          conform      Try a running server against the rules of the protocol
          call         Execute one command and print what it returns
          events       Print the events of a server as they arrive
          shell        Execute commands at a prompt
          proxy        Share one server among many clients
          mock         Serve random answers that are valid by a schema
          record       Record what passes between clients and a server
          replay       Answer as a server did when a session was recorded
          completions  Print a completion script for a shell
          help         Print this message or the help of the given subcommand(s)

        Options:
          -h, --help
                  Print help (see a summary with '-h')

          -V, --version
                  Print version

        Exit status:
          0  success; for `check`: no errors; for `diff`: nothing breaks
          1  `check` found errors (or a file that cannot be read), `diff` found
             breaking changes, `fmt --check` a file that is not formatted,
             `conform` a rule that the server breaks
          2  failure: wrong usage, an invalid schema, a server that does not answer, a
             file that cannot be written
          `call`, `events`, `shell`, `proxy`, `record` and `replay` have others: see
          `qmp call --help`

        Environment:
          QMP_TLS_DIR  the folder with the certificates for `tls:` addresses, which are
                       called as QEMU calls them: `ca-cert.pem`, `client-cert.pem` and
                       `client-key.pem`

        Examples:
          qmp check qapi/vm.json                   all errors, with suggestions
          qmp introspect --pretty qapi/vm.json     the introspection data of a schema
          qmp introspect /run/vm.sock > dump.json  the same of a running server
          qmp schema tcp:localhost:4444            that server's schema, as a QAPI file
          qmp diff qapi/vm.json /run/vm.sock       what breaks clients of that server
          qmp doc qapi/vm.json -o manual           a reference manual, as HTML
          qmp conform /run/vm.sock                 does the server keep the protocol?
          qmp shell /run/vm.sock                   commands at a prompt
          qmp call /run/vm.sock query-status       one command, for scripts
          qmp proxy /run/vm.sock --listen /run/shared.sock    one server, many clients
          qmp mock qapi/vm.json --listen /tmp/mock.sock       a server to test clients
          qmp record /run/vm.sock --listen /tmp/rec.sock -o session.jsonl
          qmp replay session.jsonl --listen /tmp/vm.sock      that server, without it
          qmp generate dump.json --side client -o qmp.rs
    "#]]
    .assert_eq(&folder.stdout("--help"));
    for command in [
        "check",
        "fmt",
        "introspect",
        "generate",
        "diff",
        "schema",
        "doc",
        "conform",
        "call",
        "events",
        "shell",
        "proxy",
        "mock",
        "record",
        "replay",
        "completions",
    ] {
        assert!(folder.stdout(&format!("{command} --help")).contains("Examples:"), "{command}");
    }
}

#[test]
fn examples_are_not_wrapped_on_a_small_terminal() {
    let folder = Folder::with(&[]);
    for command in [
        "",
        "check",
        "fmt",
        "introspect",
        "generate",
        "diff",
        "schema",
        "doc",
        "conform",
        "call",
        "events",
        "proxy",
        "mock",
        "record",
        "replay",
        "completions",
    ] {
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
fn usage_errors_suggest_a_correction() {
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
