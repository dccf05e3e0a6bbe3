//! The program and the real servers: QEMU and its storage daemon, of three generations.

use serde_json::Value;
use test_support::{Generation, Server};

use crate::reachable::reachable;
use crate::support::Folder;

/// The servers that can be asked for their schema.
fn servers() -> impl Iterator<Item = Server> {
    let starts = [Server::bare_emulator, Server::storage_daemon];
    Generation::ALL
        .into_iter()
        .flat_map(move |generation| starts.into_iter().filter_map(move |start| start(generation)))
}

#[test]
fn introspect_keeps_the_order_and_the_numbers_of_the_server() {
    for server in servers() {
        let folder = Folder::with(&[]);
        let live = folder.stdout(&format!("introspect {}", server.socket().display()));
        assert_eq!(folder.transcript_of("introspect -", live.as_bytes()), live.clone() + "status: 0\n");
        let reply = format!("{{\"QMP\": {{}}}}\r\n{{\"return\": {{}}}}\r\n{{\"return\": {}}}\r\n", live.trim());
        assert_eq!(folder.transcript_of("introspect -", reply.as_bytes()), live.clone() + "status: 0\n");
        let entries: Vec<Value> = serde_json::from_str(&live).expect("JSON");
        assert!(entries.len() > 400 && live.starts_with(r#"[{"name": ""#), "{}", entries.len());
    }
}

#[test]
fn schema_preserves_the_introspection_of_a_server() {
    for server in servers() {
        let folder = Folder::with(&[]);
        let socket = server.socket();
        let live = folder.stdout(&format!("introspect {}", socket.display()));
        assert!(live.contains(r#""blockdev-add""#));
        folder.stdout(&format!("schema {} -o written.json", socket.display()));
        folder.stdout("check written.json");
        let (live, written) = (reachable(&live), reachable(&folder.stdout("introspect written.json")));
        assert!(live.len() > 400, "{}", live.len());
        live.iter().zip(&written).for_each(|(live, written)| assert_eq!(live, written));
        assert_eq!(live.len(), written.len());
        let differences = folder.transcript(&format!("diff written.json {}", socket.display()));
        assert_eq!(differences, "0 breaking, 0 note, 0 fine\nstatus: 0\n");
    }
}

#[test]
fn a_manual_of_qemu() {
    for qemu in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let folder = Folder::with(&[]);
        folder.stdout(&format!("doc {} -o manual", qemu.socket().display()));
        assert!(folder.read("manual/index.js").contains("block_resize"));
    }
}

#[test]
fn diff_finds_the_changes_of_a_newer_generation() {
    for (older, newer, removed) in [
        (Generation::Bookworm, Generation::Trixie, "x-query-rdma\n  breaking  command removed, was unstable\n"),
        (Generation::Trixie, Generation::Sid, "query-migrationthreads\n  breaking  command removed, was deprecated\n"),
    ] {
        let (Some(older), Some(newer)) = (Server::bare_emulator(older), Server::bare_emulator(newer)) else { continue };
        let folder = Folder::with(&[]);
        let (older, newer) = (older.socket(), newer.socket());
        folder.stdout(&format!("schema {} -o older.json", older.display()));
        folder.stdout(&format!("schema {} -o newer.json", newer.display()));
        let report = folder.transcript(&format!("diff {} {}", older.display(), newer.display()));
        assert!(report.contains(removed) && report.ends_with("status: 1\n"), "{report}");
        assert_eq!(folder.transcript("diff older.json newer.json"), report);
        let (command, _) = removed.split_once('\n').expect("a command and its change");
        let back = folder.transcript("diff newer.json older.json");
        assert!(back.contains(&format!("{command}\n  fine      command added\n")), "{back}");
    }
}
