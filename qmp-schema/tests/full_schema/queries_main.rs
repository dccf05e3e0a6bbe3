//! Executes every query of a schema that needs no arguments, and decodes its reply.
use std::time::Duration;

use BINDINGS::qmp::{blocking, commands};
use qmp_types::client::Execute;
use qmp_types::{ClientOptions, Command, MissingMembers, Result};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let missing = if arguments[1] == "refuse" { MissingMembers::Refuse } else { MissingMembers::Fill };
    let options = ClientOptions::new().missing_members(missing);
    let vm = blocking::Client::connect_unix_with(&arguments[0], &options)?.timeout(Duration::from_secs(30));
    let mut tally = Tally::default();
    QUERIES
    println!("{} decoded, {} refused by the server", tally.decoded, tally.refused);
    match tally.failed.is_empty() {
        true => Ok(()),
        false => panic!("{} replies not decoded:\n{}", tally.failed.len(), tally.failed.join("\n")),
    }
}

#[derive(Default)]
struct Tally {
    decoded: usize,
    refused: usize,
    failed: Vec<String>,
}

impl Tally {
    fn query<C: Command<Arguments: Default>>(&mut self, vm: &impl Execute<Mode = qmp_types::client::Blocking>) {
        match vm.call::<C>(C::Arguments::default()) {
            Ok(_) => self.decoded += 1,
            Err(error) if error.desc().is_some() => self.refused += 1,
            Err(error) => self.failed.push(error.to_string()),
        }
    }
}
