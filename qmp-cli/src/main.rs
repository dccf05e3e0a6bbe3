//! `qmp`: checks, compares, documents and generates from QAPI schemas, dumps of `query-qmp-schema` and running servers.

mod arguments;
mod call;
mod check;
mod completions;
mod conditions;
mod conform;
mod diff;
mod doc;
mod event_line;
mod events;
mod failure;
mod fmt;
mod generate;
mod introspect;
mod listening;
mod mock;
mod output;
mod patterns;
mod plain_text;
mod pretty;
mod progress;
mod proxy;
mod record;
mod replay;
mod schema;
mod seconds;
mod server;
mod shell;
mod source;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

// Lines of less than 80 characters: a terminal would break the columns.
const AFTER_HELP: &str = "\
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
  qmp generate dump.json --side client -o qmp.rs";

/// A tool for QAPI schemas and running QMP servers
///
/// FILE is a schema in the QAPI language, a dump (the list that `query-qmp-schema` returned, the whole reply, or a recorded
/// session), or `-` for standard input. ADDRESS is that of a running QMP server: the path of its Unix socket, or
/// one of `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT` and `fd:N`.
#[derive(Parser)]
#[command(name = "qmp", version, after_help = AFTER_HELP, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Fmt(fmt::Fmt),
    Introspect(introspect::Introspect),
    Generate(generate::Generate),
    Diff(diff::Diff),
    Schema(schema::Schema),
    Doc(doc::Doc),
    Conform(conform::Conform),
    Call(call::Call),
    Events(events::Events),
    Shell(shell::Shell),
    Proxy(proxy::Proxy),
    Mock(mock::Mock),
    Record(record::Record),
    Replay(replay::Replay),
    Completions(completions::Completions),
}

/// The result of a command that succeeded.
enum Verdict {
    /// No problems.
    Fine,
    /// The command found problems: errors, breaking changes.
    Found,
}

fn main() -> ExitCode {
    let result = match Cli::try_parse() {
        Ok(cli) => run(&cli.command),
        Err(error) if error.use_stderr() => error.exit(),
        Err(help) => output::print_help(&help).map(|()| Verdict::Fine),
    };
    match result {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Found) => ExitCode::from(1),
        Err(failure) => {
            output::fail(&failure);
            ExitCode::from(failure.status())
        }
    }
}

fn run(command: &Command) -> Result<Verdict, Failure> {
    match command {
        Command::Check(check) => check.run(),
        Command::Fmt(fmt) => fmt.run(),
        Command::Introspect(introspect) => introspect.run(),
        Command::Generate(generate) => generate.run(),
        Command::Diff(diff) => diff.run(),
        Command::Schema(schema) => schema.run(),
        Command::Doc(doc) => doc.run(),
        Command::Conform(conform) => conform.run(),
        Command::Call(call) => call.run(),
        Command::Events(events) => events.run(),
        Command::Shell(shell) => shell.run(),
        Command::Proxy(proxy) => proxy.run(),
        Command::Mock(mock) => mock.run(),
        Command::Record(record) => record.run(),
        Command::Replay(replay) => replay.run(),
        Command::Completions(completions) => completions.run::<Cli>(),
    }
}
