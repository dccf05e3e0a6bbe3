//! The hand-written baseline: blocking loops over `serde_json`, as small and fast as they come.
//!
//! Used in this program against our server and client, and copied beside what `derive.rs` emits.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// The object without members.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Empty {}

/// A failed command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Error {
    pub class: String,
    pub desc: String,
}

impl Error {
    pub fn generic(desc: impl ToString) -> Self {
        Self { class: "GenericError".into(), desc: desc.to_string() }
    }

    pub fn not_found(command: &str) -> Self {
        Self { class: "CommandNotFound".into(), desc: format!("The command {command} has not been found") }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::generic(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::generic(error)
    }
}

/// A command, for generic code.
pub trait Command {
    const NAME: &'static str;
    type Arguments: Serialize + DeserializeOwned;
    type Return: Serialize + DeserializeOwned;
}

/// A command on its way to its handler.
#[derive(Debug, Deserialize)]
pub struct Request<'a> {
    #[serde(borrow)]
    pub execute: Cow<'a, str>,
    #[serde(borrow, default)]
    pub arguments: Option<&'a RawValue>,
    #[serde(default)]
    pub id: Option<Value>,
}

#[derive(Serialize)]
struct Call<'a, A> {
    execute: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    arguments: Option<&'a A>,
    id: u64,
}

#[derive(Serialize, Deserialize)]
struct Reply<R, I> {
    #[serde(rename = "return", default = "Option::default", skip_serializing_if = "Option::is_none")]
    value: Option<R>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    id: Option<I>,
}

/// Appends a request.
pub fn request<A: Serialize>(out: &mut Vec<u8>, name: &str, arguments: Option<&A>, id: u64) -> Result<(), Error> {
    serde_json::to_writer(&mut *out, &Call { execute: name, arguments, id })?;
    out.push(b'\n');
    Ok(())
}

/// Returns the reply in a line, if it is the reply to the request with this id, or nothing for an event.
pub fn answer<R: DeserializeOwned>(line: &[u8], id: u64) -> Result<Option<R>, Error> {
    let reply: Reply<R, u64> = serde_json::from_slice(line)?;
    match reply.error {
        Some(error) => Err(error),
        None => Ok(reply.value.filter(|_| reply.id == Some(id))),
    }
}

/// Reads a command's arguments, calls its handler and appends the reply.
pub fn respond<A: DeserializeOwned, R: Serialize>(
    request: &Request<'_>,
    out: &mut Vec<u8>,
    handler: impl FnOnce(A) -> Result<R, Error>,
) {
    let arguments = serde_json::from_str(request.arguments.map_or("{}", RawValue::get)).map_err(Error::from);
    let (value, error) = match arguments.and_then(handler) {
        Ok(value) => (Some(value), None),
        Err(error) => (None, Some(error)),
    };
    let reply = Reply { value, error, id: request.id.clone() };
    serde_json::to_writer(&mut *out, &reply).expect("memory takes everything");
    out.extend_from_slice(b"\r\n");
}

const GREETING: &[u8] = b"{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 0, \"major\": 10}, \
    \"package\": \"\"}, \"capabilities\": []}}\r\n";

/// Serves one connection: what one `read` brought is answered by one `write`.
pub fn serve(mut stream: UnixStream, mut dispatch: impl FnMut(Request<'_>, &mut Vec<u8>)) -> io::Result<()> {
    stream.write_all(GREETING)?;
    let (mut lines, mut out) = (Lines::default(), Vec::new());
    while lines.fill(&mut stream)? {
        while let Some(line) = lines.next() {
            match serde_json::from_slice::<Request<'_>>(line)? {
                negotiation if negotiation.execute == "qmp_capabilities" => {
                    respond(&negotiation, &mut out, |_: Value| Ok(Empty {}));
                }
                request => dispatch(request, &mut out),
            }
        }
        stream.write_all(&out)?;
        out.clear();
    }
    Ok(())
}

/// A blocking client with one command in flight.
#[derive(Debug)]
pub struct Client {
    stream: UnixStream,
    lines: Lines,
    out: Vec<u8>,
    next_id: u64,
}

impl Client {
    pub fn connect_unix(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::new(UnixStream::connect(path)?)
    }

    pub fn new(stream: UnixStream) -> Result<Self, Error> {
        let mut client = Self { stream, lines: Lines::default(), out: Vec::new(), next_id: 0 };
        client.next_message::<Value>()?;
        client.execute::<Empty, Empty>("qmp_capabilities", None)?;
        Ok(client)
    }

    pub fn call<C: Command>(&mut self, arguments: Option<&C::Arguments>) -> Result<C::Return, Error> {
        self.execute(C::NAME, arguments)
    }

    fn execute<A: Serialize, R: DeserializeOwned>(&mut self, name: &str, arguments: Option<&A>) -> Result<R, Error> {
        self.next_id += 1;
        self.out.clear();
        request(&mut self.out, name, arguments, self.next_id)?;
        self.stream.write_all(&self.out)?;
        let id = self.next_id;
        self.receive(|line| answer(line, id))
    }

    /// Returns the next message: greeting, event or reply.
    pub fn next_message<M: DeserializeOwned>(&mut self) -> Result<M, Error> {
        self.receive(|line| Ok(Some(serde_json::from_slice(line)?)))
    }

    /// Reads lines until one matches.
    fn receive<T>(&mut self, read: impl Fn(&[u8]) -> Result<Option<T>, Error>) -> Result<T, Error> {
        loop {
            while let Some(line) = self.lines.next() {
                if let Some(value) = read(line)? {
                    return Ok(value);
                }
            }
            if !self.lines.fill(&mut self.stream)? {
                return Err(Error::generic("disconnected"));
            }
        }
    }
}

/// Cuts a byte stream into lines.
#[derive(Debug)]
pub struct Lines {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Default for Lines {
    fn default() -> Self {
        Self { buffer: vec![0; 16 * 1024], start: 0, end: 0 }
    }
}

impl Lines {
    /// Reads once; `false` at the end of the stream.
    pub fn fill(&mut self, stream: &mut impl Read) -> io::Result<bool> {
        let read = stream.read(self.room())?;
        Ok(self.filled(read))
    }

    /// Returns the free part of the buffer. Lines returned before are discarded.
    pub fn room(&mut self) -> &mut [u8] {
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        if self.end == self.buffer.len() {
            self.buffer.resize(2 * self.end, 0);
        }
        &mut self.buffer[self.end..]
    }

    /// Notes that bytes were read into [`room`](Self::room). Returns `false` for none, at the end of the stream.
    pub fn filled(&mut self, read: usize) -> bool {
        self.end += read;
        read > 0
    }

    /// The next complete line.
    #[allow(clippy::should_implement_trait, reason = "an iterator cannot lend")]
    pub fn next(&mut self) -> Option<&[u8]> {
        let rest = &self.buffer[self.start..self.end];
        let length = rest.iter().position(|byte| *byte == b'\n')?;
        self.start += length + 1;
        Some(&rest[..length])
    }
}
