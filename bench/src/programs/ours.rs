//! Calls and handles every command, with our bindings.

use std::hint::black_box;

use qmp::blocking::Client;
use qmp::commands;
use qmp::unstable::UnstableCommands;
use qmp_types::{Command, Error};

struct Machine;

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).expect("a path");
    match std::env::args().nth(2) {
        Some(_) => {
            let client = Client::connect_unix(path)?;
            call_all(&client);
            used(client.next_event());
        }
        None => qmp::server(Machine).serve_unix(path)?,
    }
    Ok(())
}

/// Uses arguments, and makes a return value of nothing.
fn handled<A, R>(arguments: A) -> Result<R, Error> {
    black_box(arguments);
    black_box(None).ok_or_else(|| Error::generic("not in this machine"))
}

/// A value that the optimiser knows nothing of.
fn given<T>() -> T {
    black_box(None).expect("a value")
}

fn used<T>(result: Result<T, Error>) {
    let _ = black_box(result);
}
