//! The example machine, for clients of any kind: `cargo run --example server [SOCKET]`.

use std::path::PathBuf;
use std::process::ExitCode;

use examples::{Machine, qmp};

fn main() -> ExitCode {
    let path = std::env::args_os().nth(1).map_or_else(|| "/tmp/qmp-example.sock".into(), PathBuf::from);
    match serve(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// Serves until a client sends `quit`.
fn serve(path: &std::path::Path) -> qmp_types::Result<()> {
    let socket = path.display();
    println!("Talk to the machine by any of");
    println!("  qmp-shell {socket}");
    println!("  socat READLINE UNIX-CONNECT:{socket}");
    println!("  socat TCP-LISTEN:4444,bind=127.0.0.1,fork UNIX-CONNECT:{socket}    and then    telnet 127.0.0.1 4444");
    println!("  cargo run --example client {socket}");
    println!(r#"By hand, begin with {{"execute": "qmp_capabilities"}}; {{"execute": "quit"}} ends it all."#);
    qmp::server(Machine::default()).serve_unix(path)
}
