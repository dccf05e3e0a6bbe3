//! Prints what a running machine reports, until it is turned off: QEMU, or the `server` example.
//!
//!     cargo run --example events PATH

use examples::qmp::Event;
use examples::qmp::blocking::Client;
use qmp_types::{Error, Result};

fn main() -> Result<()> {
    let path = std::env::args_os().nth(1).ok_or_else(|| Error::generic("usage: events PATH"))?;
    let vm = Client::connect_unix(path)?;
    println!("listening");
    loop {
        match vm.next_event() {
            Ok(Event::Stop(_)) => println!("the machine waits"),
            Ok(Event::Resume(_)) => println!("the machine goes on"),
            Ok(Event::DeviceDeleted(event)) => println!("device gone: {}", event.path),
            Ok(Event::Migration(event)) => println!("migration: {}", event.status),
            // A newer server may report what this schema does not know: it comes with its name and data.
            Ok(Event::Other(event)) => println!("unknown: {event:?}"),
            Ok(event) => println!("{event:?}"),
            Err(error) if error.is_closed() => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}
