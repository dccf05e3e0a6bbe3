//! The test doubles without a socket, for a function that takes everything that executes commands.

use qmp_types::client::{Blocking, Execute};
use qmp_types::testing::{MockServer, Recording, Replay};
use qmp_types::{Error, Result};

use crate::qmp::{self, commands};

/// A user's function.
fn name_of(vm: &impl Execute<Mode = Blocking>) -> Result<String> {
    let name = vm.call::<commands::QueryName>(())?.name;
    vm.call::<commands::DeviceDel>(qmp::DeviceDelArgs::new("net0"))?;
    Ok(name.unwrap_or_default())
}

fn mock() -> MockServer {
    MockServer::new(qmp::INTROSPECTION).expect("introspection data").on::<commands::QueryName>(|()| {
        let mut info = qmp::NameInfo::new();
        info.name = Some("vm1".into());
        Ok(info)
    })
}

const RECORDED: &str = r#"
    {"from": "client", "message": {"execute": "query-name", "id": 1}}
    {"from": "server", "message": {"return": {"name": "vm1", "new": 1}, "id": 1}}
    {"from": "client", "message": {"execute": "device_del", "arguments": {"id": "net0"}, "id": 2}}
    {"from": "server", "message": {"id": 2, "error": {"class": "DeviceNotFound", "desc": "Device 'net0' not found"}}}
"#;

fn replay() -> Replay {
    Replay::new(&Recording::parse(RECORDED).expect("a recording"))
}

#[test]
fn blocking() {
    let server = mock().into_server();
    let vm = qmp_types::blocking::InProcess::new(&server).expect("a session");
    assert_eq!(name_of(&vm).expect("a name"), "vm1");
    let server = mock().on::<commands::DeviceDel>(|_| Err(Error::device_not_found("net0"))).into_server();
    let vm = qmp_types::blocking::InProcess::new(&server).expect("a session");
    assert!(name_of(&vm).expect_err("no device").is_device_not_found());

    let replay = replay();
    let vm = replay.executor::<Blocking>();
    let error = name_of(&vm).expect_err("no device");
    assert_eq!((error.is_device_not_found(), error.command()), (true, Some("device_del")));
    let error = name_of(&vm).expect_err("no more replies");
    let expected = "the recording has `query-name` once, and each was replayed; help: let it repeat the last reply";
    assert_eq!(error.desc(), Some(expected));
    assert_eq!(replay.refusals(), [expected]);
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn asynchronous() {
    use qmp_types::client::Async;

    async fn name_of(vm: &impl Execute<Mode = Async>) -> Result<String> {
        Ok(vm.call::<commands::QueryName>(()).await?.name.unwrap_or_default())
    }
    let server = mock().into_server();
    let vm = qmp_types::tokio::InProcess::new(&server).expect("a session");
    assert_eq!(name_of(&vm).await.expect("a name"), "vm1");
    assert_eq!(name_of(&replay().executor::<Async>()).await.expect("a name"), "vm1");
}
