//! Puts the state of a server together in several ways, and shows what the servers answer:
//!
//!     cargo run --example composition
//!
//! | file | shows |
//! | --- | --- |
//! | `one_lock.rs` | handlers that take `&mut self`, behind one lock; beside it, the handler of an out-of-band command |
//! | `parts.rs` | a state of several parts, each with its handlers and its own way to be shared |
//! | `machine_types.rs` | two types of machine that share handlers, and refuse what only the other one has |
//! | `one_thread.rs` | a state that stays on one thread; commands outside of the schema; a command that ignores unknown arguments |
//! | `wrapper.rs` | a wrapper that does something before every command of any machine |
//! | `panics.rs` | locks of one's own: a handler that panics does not lock later commands out |

mod machine_types;
mod one_lock;
mod one_thread;
mod panics;
mod parts;
mod wrapper;

use std::thread;

use qmp_types::transport::Stream;
use qmp_types::{Result, Server, Value};

/// The schema in Rust.
mod qmp {
    qmp_types::schema!("schema/composition.json");
}

fn main() -> Result<()> {
    show("one lock", qmp::server(one_lock::Machine::default()))?;
    show("several parts", qmp::server(parts::Machine::default()))?;
    show("standard machine", qmp::server(machine_types::Standard::default()))?;
    show("micro machine", qmp::server(machine_types::Micro::default()))?;
    show("read-only machine", qmp::server(wrapper::ReadOnly(machine_types::Standard::default())))?;
    show("locks of one's own", qmp::server(panics::Machine::default()))?;
    one_thread::show();
    Ok(())
}

/// Prints what a server answers to each command.
fn show<S: Send + Sync + 'static>(title: &str, server: Server<S>) -> Result<()> {
    let (ours, theirs) = Stream::pair()?;
    thread::spawn(move || server.serve_stream(theirs));
    let vm = qmp::blocking::Client::from_stream(ours)?;
    println!("{title}");
    for (command, arguments) in [
        ("stop", "{}"),
        ("query-status", "{}"),
        ("eject", r#"{"device": "cd0"}"#),
        ("eject", r#"{"device": "cd0"}"#),
        ("balloon", r#"{"value": 512}"#),
        ("migrate-pause", "{}"),
    ] {
        let arguments: Value = arguments.parse().expect("the arguments are JSON");
        match vm.call_raw(command, &arguments) {
            Ok(value) => println!("  {command} {arguments} -> {value}"),
            Err(error) => println!("  {command} {arguments} -> {error}"),
        }
    }
    Ok(())
}
