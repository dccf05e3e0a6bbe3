//! Execution out of band: requests are read while a command runs.
//!
//! What is to be executed out of band is executed where it is read. Everything else waits its turn in a queue; when that is
//! full, nothing more is read (section 8 of the protocol).

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::mpsc::{self, Receiver};

use super::socket::Socket;
use crate::codec::Frame;
use crate::server::driver::{Io, Lane, SessionDriver, check_connected, drain};
use crate::server::erased::ErasedServer;

/// How many requests may wait, the running one not counted.
const QUEUE: usize = 8;

/// A frame that waits, with the descriptors that came along.
struct Queued {
    message: Result<Vec<u8>, String>,
    position: u64,
    fds: Vec<OwnedFd>,
}

/// Goes on with a connection whose client has switched on execution out of band.
pub(super) async fn run(connection: &mut SessionDriver<'_, Socket>, socket: &Arc<Socket>) -> io::Result<()> {
    let (queue, queued) = mpsc::channel(QUEUE);
    let in_band =
        tokio::spawn(execute(connection.server.clone(), Arc::clone(socket), connection.lane.beside(), queued));
    let mut fds = Vec::new();
    let mut more = true;
    send(socket).await?;
    while more {
        // There is no place in a queue whose connection is gone.
        let Ok(place) = queue.reserve().await else { break };
        let frame = match connection.decoder.next() {
            Some(frame) => frame,
            None => {
                let mut received = Vec::new();
                let count = socket.receive(connection.decoder.space(), &mut received).await?;
                if !received.is_empty() {
                    fds = received;
                }
                connection.decoder.received(count);
                more = count > 0;
                if more {
                    continue;
                }
                let Some(rest) = connection.decoder.finish() else { break };
                rest
            }
        };
        if connection.lane.session.is_urgent(&frame) {
            if !fds.is_empty() {
                socket.link().replace_fds(std::mem::take(&mut fds));
            }
            connection.lane.answer(connection.server, &**socket, frame).await;
            send(socket).await?;
        } else {
            place.send(Queued {
                message: frame.message.map(<[u8]>::to_vec),
                position: frame.position,
                fds: std::mem::take(&mut fds),
            });
        }
    }
    drop(queue);
    in_band.await.map_err(io::Error::other)??;
    drain(&**socket, 0).await
}

/// Executes what waits, one after the other.
async fn execute(
    server: ErasedServer,
    socket: Arc<Socket>,
    mut lane: Lane,
    mut queue: Receiver<Queued>,
) -> io::Result<()> {
    let mut checked = Instant::now();
    while let Some(queued) = queue.recv().await {
        check_connected(socket.link(), &mut checked)?;
        if server.connections.is_stopped() {
            break;
        }
        if !queued.fds.is_empty() {
            socket.link().replace_fds(queued.fds);
        }
        let message = queued.message.as_deref().map_err(String::clone);
        lane.answer(&server, &*socket, Frame { message, position: queued.position }).await;
        send(&socket).await?;
    }
    Ok(())
}

/// Sends what the client takes; waits only if too much piles up.
async fn send(socket: &Arc<Socket>) -> io::Result<()> {
    if socket.link().flush_or_request() >= socket.link().limit() {
        drain(&**socket, socket.link().limit() / 2).await?;
    }
    Ok(())
}
