//! `qmp`: checks, compares, documents and generates from QAPI schemas, dumps of `query-qmp-schema` and running servers.

mod ask;
mod check;
mod completions;
mod configuration;
mod diff;
mod doc;
mod failure;
mod generate;
mod introspect;
mod output;
mod pretty;
mod progress;
mod schema;
mod source;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

// Lines of less than 80 characters: a terminal would break the columns.
const AFTER_HELP: &str = "\
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
  qmp generate dump.json --side client -o qmp.rs";

/// QAPI schemas, from every side: files, dumps and running servers.
///
/// FILE is a schema in the QAPI language, a dump (what `query-qmp-schema` returned: the list, the reply or all that the server
/// sent), or `-` for standard input. SOCKET is the Unix socket of a running QMP server.
#[derive(Parser)]
#[command(name = "qmp", version, after_help = AFTER_HELP, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Introspect(introspect::Introspect),
    Generate(generate::Generate),
    Diff(diff::Diff),
    Schema(schema::Schema),
    Doc(doc::Doc),
    Completions(completions::Completions),
}

/// What a command that did its work has to say.
enum Verdict {
    /// All is well.
    Fine,
    /// It found what it looks for: errors, breaking changes.
    Found,
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Found) => ExitCode::from(1),
        Err(failure) => {
            output::complain(&failure);
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<Verdict, Failure> {
    match command {
        Command::Check(check) => check.run(),
        Command::Introspect(introspect) => introspect.run(),
        Command::Generate(generate) => generate.run(),
        Command::Diff(diff) => diff.run(),
        Command::Schema(schema) => schema.run(),
        Command::Doc(doc) => doc.run(),
        Command::Completions(completions) => completions.run::<Cli>(),
    }
}
