//! Serves the example machine to any number of clients, until one of them sends `quit`.
//!
//!     cargo run --example server [SOCKET]

use examples::{Machine, qmp};

fn main() -> qmp_types::Result<()> {
    let path = examples::socket();
    let socket = path.display();
    println!("Talk to the machine by any of");
    println!("  qmp-shell {socket}");
    println!("  socat READLINE UNIX-CONNECT:{socket}");
    println!("  socat TCP-LISTEN:4444,bind=127.0.0.1,fork UNIX-CONNECT:{socket} & telnet 127.0.0.1 4444");
    println!("  cargo run --example client {socket}");
    println!(r#"By hand, begin with {{"execute": "qmp_capabilities"}}; {{"execute": "quit"}} ends it all."#);
    qmp::server(Machine::default()).serve_unix(&path)
}
