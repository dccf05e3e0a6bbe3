//! A server to talk to over connections of any kind.

use std::thread::{self, JoinHandle};
use std::time::Duration;

use qmp_types::blocking::Client;
use qmp_types::server::FdStore;
use qmp_types::transport::{Address, Listener};
use qmp_types::{Context, Result};

use crate::qmp;

/// The state of the server.
#[derive(Debug, Default)]
pub(crate) struct Echo {
    fds: FdStore,
}

qmp_types::fd_handlers!(crate::qmp, Echo, |echo| &echo.fds);

#[qmp_types::handlers(crate::qmp)]
impl Echo {
    #[qmp_command]
    fn echo(&self, text: String) -> String {
        text
    }

    #[qmp_command]
    fn query_client(&self, cx: &Context) -> qmp::Peer {
        qmp::Peer { uid: cx.peer().map(|peer| peer.uid.into()) }
    }

    #[qmp_command(blocking)]
    fn wait(&self, milliseconds: i64) {
        thread::sleep(Duration::from_millis(milliseconds.unsigned_abs()));
    }

    #[qmp_command]
    fn quit(&self, cx: &Context) {
        cx.shutdown();
    }
}

/// Serves the first client of a listener, and returns the address.
pub(crate) fn serve_one(listener: Listener) -> (Address, JoinHandle<Result<()>>) {
    let address = listener.local_address().clone();
    let server = thread::spawn(move || {
        let stream = listener.accept()?.expect("a client");
        qmp::server(Echo::default()).serve_stream(stream)
    });
    (address, server)
}

/// Talks to the server at an address, with messages that are larger than the buffers of sockets.
pub(crate) fn talk(client: &Client) {
    for length in [0, 1, 300_000] {
        let text = "x".repeat(length);
        let sent = serde_json::json!({ "text": text });
        assert_eq!(client.call_raw("echo", &sent).expect("an answer"), text);
    }
}
