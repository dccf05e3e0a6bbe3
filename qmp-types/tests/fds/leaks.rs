//! No descriptor is leaked, over ten thousand sessions.

use std::fs::File;
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;

use crate::ours;
use crate::peer::send;

const SESSIONS: usize = 10_000;

/// Requests, each of which comes with two descriptors.
const REQUESTS: &[&str] = &[
    r#"{"execute": "getfd", "arguments": {"fdname": "NAME"}}"#,
    r#"{"execute": "getfd", "arguments": {"fdname": "same"}}"#,
    r#"{"execute": "getfd", "arguments": {"fdname": "0"}}"#,
    r#"{"execute": "getfd"}"#,
    r#"{"execute": "add-fd"}"#,
    r#"{"execute": "add-fd", "arguments": {"fdset-id": -1}}"#,
    r#"{"execute": "add-fd", "arguments": {"fdset-id": 3}}"#,
    r#"{"execute": "blockdev-add", "arguments": {"driver": "", "node-name": "n", "filename": "/dev/fdset/3", "read-only": true}}"#,
    r#"{"execute": "remove-fd", "arguments": {"fdset-id": 3}}"#,
    r#"{"execute": "blockdev-del", "arguments": {"node-name": "n"}}"#,
    " ",
];

#[test]
fn descriptors_are_never_leaked() {
    let file = tempfile::NamedTempFile::new().expect("a file").into_temp_path();
    let peer = ours::Peer::start();
    let mut most = 0;
    for number in 0..SESSIONS {
        let (client, server) = UnixStream::pair().expect("a pair");
        send(&client, r#"{"execute": "qmp_capabilities"}"#, &[]);
        // Each session sends some of the requests, beginning elsewhere.
        for index in 0..number / REQUESTS.len() % (REQUESTS.len() + 1) {
            let request = REQUESTS[(number + index) % REQUESTS.len()].replace("NAME", &format!("fd{number}"));
            let fds: [OwnedFd; 2] = std::array::from_fn(|_| File::open(&file).expect("a file").into());
            send(&client, &request, &fds);
        }
        if number % 4 == 0 {
            drop(client);
            peer.serve(server);
        } else {
            client.shutdown(Shutdown::Write).expect("a socket");
            peer.serve(server);
        }
        most = most.max(descriptors_of(&file));
    }
    assert!((1..=2).contains(&most), "the node `n` and one set are open at most, not {most}");
    // A session that only ends the use of the last set.
    let (client, server) = UnixStream::pair().expect("a pair");
    send(&client, r#"{"execute": "qmp_capabilities"}"#, &[]);
    send(&client, r#"{"execute": "blockdev-del", "arguments": {"node-name": "n"}}"#, &[]);
    client.shutdown(Shutdown::Write).expect("a socket");
    peer.serve(server);
    assert_eq!(descriptors_of(&file), 0);
}

/// Counts this process's descriptors of a file. (Other tests of this program open others.)
fn descriptors_of(path: &Path) -> usize {
    let all = std::fs::read_dir("/proc/self/fd").expect("the list");
    all.flatten().filter(|entry| std::fs::read_link(entry.path()).is_ok_and(|target| target == path)).count()
}
