//! Executes commands on mocks of the schema, and reads the answers as typed values. Prints some of them.
use BINDINGS::qmp::{INTROSPECTION, commands};
use qmp_types::blocking::Client;
use qmp_types::testing::{Introspection, MockServer, ServerThread};
use qmp_types::{Command, Result};

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    // The widths of integers, which servers do not tell.
    let exact = std::fs::read_to_string(std::env::args().nth(1).ok_or("expected a file")?)?;
    for (introspection, rounds) in [(INTROSPECTION, 300), (exact.as_str(), 300)] {
        let schema = Introspection::parse(introspection)?;
        let server = ServerThread::new(MockServer::new(introspection)?.seed(1).into_server());
        let client = Client::from_stream(server.connect()?)?;
        for round in 0..rounds {
            for (name, read) in COMMANDS {
                read(&client).map_err(|error| format!("round {round}: {error}"))?;
                let value = client.call_raw(name, &serde_json::json!({}))?;
                schema.check_return_value(name, &value)?;
                if round % 30 == 0 {
                    println!("{name} {value}");
                }
            }
        }
    }
    // Integers that no type of QEMU's has room for are noticed, so the others have room.
    let mock = MockServer::new(INTROSPECTION)?.seed(1).integers(i64::MIN..=-1);
    let server = ServerThread::new(mock.into_server());
    let client = Client::from_stream(server.connect()?)?;
    let rounds = COMMANDS.iter().cycle().take(20 * COMMANDS.len());
    assert!(rounds.filter(|(_, read)| read(&client).is_err()).count() > 10);
    Ok(())
}

fn read<C: Command>(client: &Client) -> Result<()>
where
    C::Arguments: Default,
{
    client.call::<C>(Default::default()).map(drop)
}

#[allow(deprecated)]
const COMMANDS: &[(&str, fn(&Client) -> Result<()>)] = &[
