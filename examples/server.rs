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
    let server = qmp::server(Machine::default()).bind_unix(path)?;
    let path = path.display();
    println!("A machine is running. Talk to it by any of");
    println!("  qmp-shell {path}");
    println!("  socat READLINE UNIX-CONNECT:{path}");
    println!("  socat TCP-LISTEN:4444,bind=127.0.0.1,fork UNIX-CONNECT:{path}    and then    telnet 127.0.0.1 4444");
    println!("  cargo run --example client {path}");
    println!(r#"By hand, begin with {{"execute": "qmp_capabilities"}}; {{"execute": "quit"}} ends it all."#);
    server.run()
}
