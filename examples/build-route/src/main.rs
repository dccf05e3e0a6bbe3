//! The build.rs route: `build.rs` generates the Rust, `include_schema!` includes it. No procedural macro is built, so the
//! handler is an `impl` written by hand.

use std::thread;

use qmp::{Echo, EchoArgs, commands};
use qmp_types::transport::Stream;
use qmp_types::{Context, Handle, Outcome, Result};

/// The Rust that `build.rs` generated from `schema/echo.json`.
mod qmp {
    qmp_types::include_schema!("echo");
}

/// The server's state: none.
struct Canyon;

impl Handle<commands::Echo> for Canyon {
    fn handle<'a>(&'a self, arguments: EchoArgs, _: &'a Context) -> Outcome<'a, commands::Echo> {
        let times = arguments.times.unwrap_or(1);
        Outcome::ready(Ok(Echo::new(vec![arguments.text; times.into()])))
    }
}

fn main() -> Result<()> {
    println!("{}", shout("hello", 3)?.join(" "));
    Ok(())
}

/// Runs server and client in one process, over a socket pair.
fn shout(text: &str, times: u8) -> Result<Vec<String>> {
    let (ours, theirs) = Stream::pair()?;
    let server = thread::spawn(move || qmp::server(Canyon).serve_stream(theirs));
    let client = qmp::blocking::Client::from_stream(ours)?;
    let echo = client.echo(EchoArgs::new(text).times(times))?;
    drop(client);
    server.join().expect("a server does not panic")?;
    Ok(echo.texts)
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_echo_comes_as_often_as_wanted() {
        assert_eq!(super::shout("hello", 3).unwrap(), ["hello"; 3]);
        assert!(super::shout("", 0).unwrap().is_empty());
    }
}
