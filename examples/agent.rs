//! Asks a guest agent what it can do, for the time, and whether file systems are frozen.
//!
//!     cargo run --example agent [SOCKET]
//!
//! To try it on the host: `qemu-ga -m unix-listen -p /tmp/qmp-example.sock -t /tmp`, or the example `guest_agent`.

use std::time::Duration;

use qga::blocking::Client;
use qmp_types::Result;

/// The bindings of the agent's commands.
mod qga {
    qmp_types::schema!("schema/agent.json", side = client);
}

fn main() -> Result<()> {
    // An agent sends no greeting: the client synchronises with it, past anything that an earlier client left behind.
    // It may be busy or gone while its socket is there, so calls have a time limit.
    let agent = Client::connect_guest_agent(examples::address())?.timeout(Duration::from_secs(5));

    let info = agent.guest_info()?;
    let (enabled, disabled): (Vec<_>, Vec<_>) = info.supported_commands.iter().partition(|command| command.enabled);
    println!("version  {}", info.version);
    println!("commands {} enabled, {} disabled", enabled.len(), disabled.len());
    println!("time     {} s", agent.guest_get_time()? / 1_000_000_000);

    // An agent may lack a command, or have it disabled: an error of a class of its own.
    match agent.guest_fsfreeze_status() {
        Ok(status) => println!("frozen   {status}"),
        Err(error) if error.is_command_not_found() => println!("frozen   cannot be asked"),
        Err(error) => return Err(error),
    }
    Ok(())
}
