//! Hand-written code beyond `runtime.rs`: a server for any number of clients, the machine behind it,
//! and an asynchronous client.

use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::thread;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::generated::derived;
use crate::runtime::{Empty, Error, Lines, Request, answer, request, serve};

/// The hand-written server, for any number of clients.
pub struct Server {
    pub path: PathBuf,
    _folder: TempDir,
}

impl Server {
    /// Starts a server in a thread of its own, with a thread for each client.
    pub fn start(dispatch: impl Fn(Request<'_>, &mut Vec<u8>) + Clone + Send + 'static) -> Self {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let path = folder.path().join("server.sock");
        let listener = UnixListener::bind(&path).expect("the folder takes a socket");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let dispatch = dispatch.clone();
                thread::spawn(move || serve(stream, dispatch));
            }
        });
        Self { path, _folder: folder }
    }
}

/// A machine that runs.
pub struct Running;

impl derived::Handler for Running {
    fn query_status(&self) -> Result<derived::StatusInfo, Error> {
        Ok(derived::StatusInfo::new(true, derived::RunState::Running))
    }

    fn query_block(&self) -> Result<Vec<derived::BlockInfo>, Error> {
        Ok(Vec::new())
    }

    fn query_named_block_nodes(
        &self,
        _: derived::QueryNamedBlockNodesArgs,
    ) -> Result<Vec<derived::BlockDeviceInfo>, Error> {
        Ok(Vec::new())
    }

    fn query_qmp_schema(&self) -> Result<Vec<derived::SchemaInfo>, Error> {
        Ok(Vec::new())
    }
}

/// A reply of success.
#[derive(Deserialize)]
struct Numbered<R> {
    #[serde(rename = "return")]
    value: R,
    id: u64,
}

/// The hand-written asynchronous client: the blocking one's loop, with `await`.
pub struct Loop {
    stream: tokio::net::UnixStream,
    lines: Lines,
    out: Vec<u8>,
    next_id: u64,
}

impl Loop {
    pub async fn connect(path: &Path) -> Result<Self, Error> {
        Self::from_stream(UnixStream::connect(path)?).await
    }

    pub async fn from_stream(stream: UnixStream) -> Result<Self, Error> {
        stream.set_nonblocking(true)?;
        let stream = tokio::net::UnixStream::from_std(stream)?;
        let mut client = Self { stream, lines: Lines::default(), out: Vec::new(), next_id: 0 };
        client.receive(|_greeting| Ok(Some(()))).await?;
        client.call::<Empty>("qmp_capabilities").await?;
        Ok(client)
    }

    pub async fn call<R: DeserializeOwned>(&mut self, name: &str) -> Result<R, Error> {
        self.next_id += 1;
        self.out.clear();
        request(&mut self.out, name, None::<&Empty>, self.next_id)?;
        self.stream.write_all(&self.out).await?;
        let id = self.next_id;
        self.receive(|line| answer(line, id)).await
    }

    /// Calls this many times at once: all requests in one write, their replies by their ids.
    pub async fn call_all<R: DeserializeOwned>(&mut self, name: &str, count: usize) -> Result<Vec<R>, Error> {
        let first = self.next_id + 1;
        self.out.clear();
        for _ in 0..count {
            self.next_id += 1;
            request(&mut self.out, name, None::<&Empty>, self.next_id)?;
        }
        self.stream.write_all(&self.out).await?;
        let mut replies: Vec<Option<R>> = (0..count).map(|_| None).collect();
        for _ in 0..count {
            let reply: Numbered<R> = self.receive(|line| Ok(Some(serde_json::from_slice(line)?))).await?;
            let slot = usize::try_from(reply.id - first).ok().and_then(|at| replies.get_mut(at));
            *slot.ok_or_else(|| Error::generic("a reply without a request"))? = Some(reply.value);
        }
        replies.into_iter().map(|reply| reply.ok_or_else(|| Error::generic("no reply"))).collect()
    }

    async fn receive<T>(&mut self, read: impl Fn(&[u8]) -> Result<Option<T>, Error>) -> Result<T, Error> {
        loop {
            while let Some(line) = self.lines.next() {
                if let Some(value) = read(line)? {
                    return Ok(value);
                }
            }
            let count = self.stream.read(self.lines.room()).await?;
            if !self.lines.filled(count) {
                return Err(Error::generic("disconnected"));
            }
        }
    }
}
