//! Serves a guest agent: no greeting, no negotiation, lines that end in LF, and commands that can be blocked.
//!
//!     cargo run --example guest_agent [ADDRESS] [BLOCKED COMMANDS..]

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use qga::GuestFsfreezeStatus;
use qmp_types::server::DisabledCommands;
use qmp_types::{Context, Error, Result};

/// The schema in Rust.
mod qga {
    qmp_types::schema!("schema/agent.json", side = server);
}

/// The commands that write to no disk.
const SAFE_WHEN_FROZEN: [&str; 6] =
    ["guest-fsfreeze-status", "guest-fsfreeze-thaw", "guest-info", "guest-ping", "guest-sync", "guest-sync-delimited"];

/// The guest that this example stands for has one file system.
#[derive(Default)]
struct Agent {
    /// While the file system is frozen, the commands that are disabled because of that.
    frozen: Mutex<Option<DisabledCommands>>,
}

qmp_types::guest_agent_handlers!(crate::qga, Agent);

#[qmp_types::handlers(crate::qga)]
impl Agent {
    #[qmp_command]
    fn guest_get_time(&self) -> Result<i64> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok();
        let now = now.and_then(|now| now.as_nanos().try_into().ok());
        now.ok_or_else(|| Error::generic("The clock is not set"))
    }

    #[qmp_command]
    fn guest_fsfreeze_status(&self) -> GuestFsfreezeStatus {
        match &*self.frozen.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(_) => GuestFsfreezeStatus::Frozen,
            None => GuestFsfreezeStatus::Thawed,
        }
    }

    #[qmp_command]
    fn guest_fsfreeze_freeze(&self, cx: &Context) -> i64 {
        let mut frozen = self.frozen.lock().unwrap_or_else(PoisonError::into_inner);
        frozen.get_or_insert_with(|| cx.disable_commands_except(SAFE_WHEN_FROZEN, "the agent is in frozen state"));
        1
    }

    #[qmp_command]
    fn guest_fsfreeze_thaw(&self) -> i64 {
        // Dropping what was disabled enables it.
        self.frozen.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(0, |_| 1)
    }

    #[qmp_command]
    fn guest_shutdown(&self, mode: Option<String>, cx: &Context) -> Result<()> {
        match mode.as_deref() {
            None | Some("halt" | "powerdown" | "reboot") => {
                cx.shutdown();
                Ok(())
            }
            Some(other) => Err(Error::generic(format!(
                "Invalid parameter 'mode': expected 'halt', 'powerdown' or 'reboot', found '{other}'"
            ))),
        }
    }
}

fn main() -> Result<()> {
    let address = examples::address();
    let blocked: Vec<String> = std::env::args().skip(2).collect();
    println!("Talk to the agent at {address}, for example by socat.");
    println!(r#"for example with {{"execute": "guest-info"}}; {{"execute": "guest-shutdown"}} ends it."#);
    qga::server(Agent::default()).guest_agent().block_commands(&blocked).serve_address(&address)
}
