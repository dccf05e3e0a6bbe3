//! Calls and handles every command, with the baseline's bindings.

use std::hint::black_box;
use std::os::unix::net::UnixListener;

use qmp::qmp::{Event, Handler, commands, dispatch};
use qmp::runtime::{Client, Command, Error, serve};

struct Machine;

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).expect("a path");
    match std::env::args().nth(2) {
        Some(_) => {
            let mut client = Client::connect_unix(path)?;
            call_all(&mut client);
            used(client.next_message::<Event>());
        }
        None => {
            let (stream, _) = UnixListener::bind(path)?.accept()?;
            serve(stream, |request, out| dispatch(&Machine, request, out))?;
        }
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
