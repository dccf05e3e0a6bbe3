//! Started servers leave no descriptor, thread or zombie behind, whether they start or not.

use std::time::Duration;

use qmp_types::ClientOptions;
use qmp_types::blocking::Client;
use qmp_types::client::Spawn;
use test_support::within;

/// The descriptors, threads and children of this process.
fn held() -> [usize; 3] {
    let count = |path: &str| std::fs::read_dir(path).expect("/proc is there").count();
    let children = std::fs::read_dir("/proc/self/task").expect("the threads").flatten();
    let children = children.filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    let children = children.map(|ids| ids.split_whitespace().count()).sum();
    [count("/proc/self/fd"), count("/proc/self/task"), children]
}

#[test]
fn nothing_is_left() {
    let server = r#"echo '{"QMP": {}}' >&0; read request; echo '{"return": {}, "id": 1}' >&0; exec sleep 60"#;
    let before = held();
    for script in [server, "exit 1", "kill -9 $$", "exec sleep 60"] {
        let options = ClientOptions::new().connect_timeout(Duration::from_millis(200));
        let client = Client::spawn(Spawn::new("sh").args(["-c", script]).options(options));
        assert_eq!(client.is_ok(), script == server, "{client:?}");
    }
    assert!(Client::spawn(Spawn::new("no-such-program")).is_err());
    within(Duration::from_secs(5), || (held() == before).then_some(())).unwrap_or_else(|| {
        panic!("expected {before:?} descriptors, threads and children, found {:?}", held());
    });
}
