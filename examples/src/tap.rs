//! A wire tap: shows what a client and a server send to each other.

use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;

/// Listens at `path`, passes one connection on to the server at `server`, and calls `show` with each line, behind
/// `S: ` for the server's and `C: ` for the client's.
///
/// # Errors
///
/// If it cannot listen at `path`.
pub fn tap(path: &Path, server: &Path, show: impl Fn(&str) + Clone + Send + 'static) -> io::Result<()> {
    let listener = UnixListener::bind(path)?;
    let server = server.to_owned();
    thread::spawn(move || -> io::Result<()> {
        let (client, _) = listener.accept()?;
        let server = UnixStream::connect(server)?;
        let (client_too, server_too, show_too) = (client.try_clone()?, server.try_clone()?, show.clone());
        thread::spawn(move || pass(client_too, server_too, "C: ", show_too));
        pass(server, client, "S: ", show)
    });
    Ok(())
}

/// Forwards whole lines. A line is shown before it is forwarded, so that the order shown is the order sent.
fn pass(from: UnixStream, mut to: UnixStream, who: &str, show: impl Fn(&str)) -> io::Result<()> {
    for line in BufReader::new(from).lines() {
        let line = line?;
        show(&format!("{who}{line}"));
        write!(to, "{line}\r\n")?;
    }
    to.shutdown(std::net::Shutdown::Write)
}
