//! Code that is written once, for everything that executes commands: a machine in this process, adapters around it, an
//! adapter of one's own, and a client of a running machine.
//!
//!     cargo run --example any_client [ADDRESS]
//!
//! Without an address, no server is needed.

use std::time::Duration;

use examples::qmp::prelude::*;
use examples::qmp::{blocking, server};
use examples::{Config, Machine};
use qmp_types::blocking::InProcess;
use qmp_types::client::{Blocking, Invocation, RetryPolicy};
use qmp_types::{Command, Execute, Result};

/// Stops a machine that runs, and returns its state.
fn pause(vm: &impl blocking::Commands) -> Result<String> {
    if vm.query_status()?.running {
        vm.stop()?;
    }
    Ok(vm.query_status()?.status.to_string())
}

/// Executes queries only, and says what else it would execute.
struct DryRun<E>(E);

impl<E: Execute<Mode = Blocking>> Execute for DryRun<E> {
    type Mode = Blocking;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Result<C::Return> {
        if C::SPEC.name.starts_with("query-") {
            return self.0.execute(invocation);
        }
        println!("would execute {} {}", C::SPEC.name, invocation.arguments_json());
        invocation.decode_return("{}")
    }
}

fn main() -> Result<()> {
    // The handlers of a server in this process. There is no socket.
    let vm = InProcess::new(&server(Machine::new(Config::default())))?;
    println!("a dry run:    {}", pause(&DryRun(&vm))?);
    println!("with retries: {}", pause(&vm.timeout(Duration::from_secs(5)).retry(RetryPolicy::new(3)))?);

    if std::env::args().nth(1).is_some() {
        let vm = blocking::Client::connect(examples::address())?;
        println!("a client:     {}", pause(&vm)?);
        vm.cont()?;
    }
    Ok(())
}
