//! Prints the events of a running machine (QEMU, or the `server` example) until it shuts down.
//!
//!     cargo run --example events [ADDRESS]

use examples::qmp::Event;
use examples::qmp::blocking::Client;
use qmp_types::Result;

fn main() -> Result<()> {
    let vm = Client::connect(examples::address())?;
    println!("listening");
    for event in vm.events() {
        match event?.event {
            Event::Stop(_) => println!("the machine waits"),
            Event::Resume(_) => println!("the machine goes on"),
            Event::DeviceDeleted(event) => println!("device gone: {}", event.path),
            Event::Migration(event) => println!("migration: {}", event.status),
            // A newer server may send events that this schema lacks: they come with their name and data.
            Event::Other(event) => println!("unknown: {} {}", event.name, event.data),
            event => println!("{event:?}"),
        }
    }
    Ok(())
}
