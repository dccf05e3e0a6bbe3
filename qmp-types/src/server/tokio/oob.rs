//! Out-of-band execution: requests are read while an in-band command runs.
//!
//! An out-of-band command is executed as soon as it has been read. All other requests wait in a queue for the in-band
//! lane; while the queue is full, nothing more is read.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::mpsc::{self, Receiver};

use super::io::TokioIo;
use crate::server::driver::{Io, Lane, SessionDriver, check_connected, drain};
use crate::server::erased::ErasedServer;
use crate::server::session::{Frame, StoredMessage};

/// How many requests may wait, besides the one that runs. QEMU's limit.
const QUEUE: usize = 8;

/// A request that waits, with the descriptors that arrived with it.
struct Queued {
    message: Result<StoredMessage, String>,
    position: u64,
    fds: Vec<OwnedFd>,
}

/// Continues a connection whose client has enabled out-of-band execution.
pub(super) async fn run(driver: &mut SessionDriver<'_, TokioIo>, io: &Arc<TokioIo>) -> io::Result<()> {
    let (queue, queued) = mpsc::channel(QUEUE);
    let in_band = tokio::spawn(run_in_band(driver.server.clone(), Arc::clone(io), driver.lane.fork(), queued));
    let mut fds = Vec::new();
    let mut more = true;
    send(io).await?;
    while more {
        // Fails if the in-band lane has ended.
        let Ok(place) = queue.reserve().await else { break };
        let frame = match driver.decoder.next() {
            Some(frame) => frame,
            None => {
                let mut received = Vec::new();
                let count = io.receive(driver.decoder.space(), &mut received).await?;
                if !received.is_empty() {
                    fds = received;
                }
                driver.decoder.received(count);
                more = count > 0;
                if more {
                    continue;
                }
                let Some(last) = driver.decoder.finish() else { break };
                last
            }
        };
        if driver.lane.session.is_oob_request(&frame) {
            if !fds.is_empty() {
                io.connection().replace_fds(std::mem::take(&mut fds));
            }
            driver.lane.execute(driver.server, &**io, frame).await;
            send(io).await?;
        } else {
            place.send(Queued {
                message: frame.message.map(StoredMessage::from),
                position: frame.position,
                fds: std::mem::take(&mut fds),
            });
        }
    }
    drop(queue);
    in_band.await.map_err(io::Error::other)??;
    drain(&**io, 0).await
}

/// Executes queued requests one after the other.
async fn run_in_band(
    server: ErasedServer,
    io: Arc<TokioIo>,
    mut lane: Lane,
    mut queue: Receiver<Queued>,
) -> io::Result<()> {
    let mut checked = Instant::now();
    while let Some(queued) = queue.recv().await {
        check_connected(io.connection(), &mut checked)?;
        if server.connections.is_stopped() {
            break;
        }
        if !queued.fds.is_empty() {
            io.connection().replace_fds(queued.fds);
        }
        let message = queued.message.as_ref().map(StoredMessage::message).map_err(String::clone);
        lane.execute(&server, &*io, Frame { message, position: queued.position }).await;
        send(&io).await?;
    }
    Ok(())
}

/// Sends what the socket accepts, and waits only if too many bytes remain.
async fn send(io: &Arc<TokioIo>) -> io::Result<()> {
    let connection = io.connection();
    if connection.flush_or_start_flusher() >= connection.output_limit() {
        drain(&**io, connection.output_limit() / 2).await?;
    }
    Ok(())
}
