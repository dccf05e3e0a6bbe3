//! Serves the example machine to any number of clients, until one of them sends `quit`, the guest shuts the machine down
//! (`system_powerdown`), or the process receives SIGTERM or SIGINT. In each case clients receive the event SHUTDOWN and all
//! replies, the socket is removed, and the exit status is 0.
//!
//!     cargo run --example server [SOCKET]

use examples::{Config, Machine, qmp, signals};

fn main() -> qmp_types::Result<()> {
    let path = examples::socket();
    let socket = path.display();
    println!("Talk to the machine by any of");
    println!("  qmp-shell {socket}");
    println!("  socat READLINE UNIX-CONNECT:{socket}");
    println!("  socat TCP-LISTEN:4444,bind=127.0.0.1,fork UNIX-CONNECT:{socket} & telnet 127.0.0.1 4444");
    println!("  cargo run --example client {socket}");
    println!(r#"By hand, begin with {{"execute": "qmp_capabilities"}}; {{"execute": "quit"}} ends it all."#);
    let server = qmp::server(Machine::new(Config { stop_after_shutdown: true, ..Config::default() }));
    signals::stop_on_signal(server.handle())?;
    server.serve_unix(&path)
}
