//! Clients in a process of their own, so that only the server's memory is in the server's process.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

/// The argument that makes this program the clients: a path and a number follow.
const SUBCOMMAND: &str = "--clients";

/// Connects clients if this program was started to do so: says `ready` when all have negotiated, and keeps them until the
/// end of its input.
pub fn as_clients() -> Option<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [SUBCOMMAND, path, count] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] else { return None };
    let mut clients = Vec::new();
    for _ in 0..count.parse().ok()? {
        let mut client = UnixStream::connect(path).expect("the server listens");
        negotiate(&mut client, "").expect("the server talks");
        clients.push(client);
    }
    println!("ready");
    io::copy(&mut io::stdin(), &mut io::sink()).expect("there is input");
    Some(ExitCode::SUCCESS)
}

/// A running process of clients, which ends with this.
pub struct Clients(Child);

impl Clients {
    /// Starts clients, and returns when all have negotiated.
    pub fn start(path: &Path, count: usize) -> Self {
        let program = std::env::current_exe().expect("this program has a file");
        let mut command = Command::new(program);
        command.arg(SUBCOMMAND).arg(path).arg(count.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("this program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("the clients talk");
        assert_eq!(line, "ready\n");
        Self(child)
    }
}

impl Drop for Clients {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().ok();
    }
}

/// Reads the greeting and negotiates, with these capabilities.
pub fn negotiate(client: &mut (impl Read + Write), enable: &str) -> io::Result<()> {
    read_lines(client, 1)?;
    client.write_all(
        format!("{{\"execute\": \"qmp_capabilities\", \"arguments\": {{\"enable\": [{enable}]}}}}").as_bytes(),
    )?;
    read_lines(client, 1)
}

/// Reads as many lines, a byte at a time.
pub fn read_lines(client: &mut impl Read, count: usize) -> io::Result<()> {
    let mut byte = [0];
    let mut missing = count;
    while missing > 0 {
        client.read_exact(&mut byte)?;
        missing -= usize::from(byte[0] == b'\n');
    }
    Ok(())
}
