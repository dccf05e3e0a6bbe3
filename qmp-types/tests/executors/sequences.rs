//! Single calls are written once for all, sequences once for code that blocks and once for code that does not.

use qmp_types::blocking::ReconnectingClient;
use qmp_types::client::{ReconnectPolicy, Reply};
use qmp_types::{ClientOptions, Result};
use test_support::{Generation, Server, TIME_LIMIT};

use crate::machine::{Machine, serve};
use crate::mock::{Log, Mock};
use crate::qmp::prelude::*;
use crate::qmp::unstable::UnstableCommands;
use crate::qmp::{TypedClient, blocking, commands, server};

/// A single call, which blocks or not as `vm` does.
fn status<E: Commands>(vm: &E) -> Reply<E::Mode, commands::QueryStatus> {
    vm.query_status()
}

/// A sequence: returns whether the machine ran before, and whether it runs afterwards.
fn pause(vm: &impl blocking::Commands) -> Result<(bool, bool)> {
    vm.cont()?;
    let before = vm.query_status()?.running;
    vm.stop()?;
    Ok((before, vm.query_status()?.running))
}

/// What all that blocks must do.
fn check(vm: &impl blocking::Commands) {
    assert_eq!(pause(vm).unwrap(), (true, false));
    assert_eq!(status(vm).unwrap().status, "paused");
    let error = vm.device_del("no-such-device").unwrap_err();
    assert!(error.is_device_not_found(), "{error}");
}

/// Everything around one executor, each adapter alone and all together.
fn check_all<E: blocking::Commands + Clone>(vm: &E) {
    let policy = || qmp_types::client::RetryPolicy::new(2);
    check(vm);
    check(&vm);
    check(&vm.timeout(TIME_LIMIT));
    check(&vm.retry(policy()));
    check(&vm.logged());
    let all = vm.timeout(TIME_LIMIT).retry(policy()).logged();
    check(&all);
    check(&TypedClient::from(all.clone()));
    all.oob().query_yank().unwrap();
}

#[test]
fn on_a_client_of_our_own_server() {
    let (client, serving) = serve(Machine::default());
    check_all(&client);
    check(&client.timeout(TIME_LIMIT)); // still the same type, which also has events
    check(&*client); // the runtime's client
    assert!(client.oob().query_yank().unwrap().is_empty());
    assert!(client.x_query_irq().unwrap().human_readable_text.contains("interrupts"));
    drop(client);
    serving.join().unwrap();
}

#[test]
fn on_a_server_in_the_same_process() {
    check_all(&qmp_types::blocking::InProcess::new(&server(Machine::default())).unwrap());
}

#[test]
fn on_a_mock() {
    let log = Log::default();
    check_all(&Mock::blocking(&log));
    let lines = log.lines();
    assert_eq!(lines[..4], ["cont {}", "query-status {}", "stop {}", "query-status {}"]);
    assert_eq!(lines.last().unwrap(), "query-yank {} oob");
}

/// Emulators of each generation.
fn emulators() -> impl Iterator<Item = Server> {
    Generation::ALL.into_iter().filter_map(|generation| {
        Server::start(
            generation,
            "qemu-system-x86_64",
            "-M none -nodefaults -nographic -qmp unix:@/socket,server=on,wait=off",
        )
    })
}

fn oob() -> ClientOptions {
    ClientOptions::new().enable_oob()
}

#[test]
fn on_clients_of_qemu() {
    for qemu in emulators() {
        check_all(&blocking::Client::connect_unix_with(qemu.socket(), &oob()).unwrap().timeout(TIME_LIMIT));
    }
}

#[test]
fn on_clients_that_connect_again() {
    for qemu in emulators() {
        let policy = ReconnectPolicy::new().options(oob());
        check_all(&ReconnectingClient::connect_with(qemu.socket(), policy).unwrap().timeout(TIME_LIMIT));
    }
}

#[cfg(feature = "tokio")]
mod asynchronous {
    use qmp_types::transport::Stream;

    use super::*;
    use crate::qmp::AsyncCommands;

    async fn pause(vm: &impl AsyncCommands) -> Result<(bool, bool)> {
        vm.cont().await?;
        let before = vm.query_status().await?.running;
        vm.stop().await?;
        Ok((before, vm.query_status().await?.running))
    }

    async fn check(vm: &impl AsyncCommands) {
        assert_eq!(pause(vm).await.unwrap(), (true, false));
        assert_eq!(status(vm).await.unwrap().status, "paused");
        assert!(vm.device_del("no-such-device").await.unwrap_err().is_device_not_found());
        // All calls are of one type.
        let calls: Vec<qmp_types::tokio::Call<commands::QueryStatus>> = vec![status(vm), vm.query_status()];
        for call in calls {
            assert!(!tokio::spawn(call).await.unwrap().unwrap().running);
        }
    }

    async fn check_all<E: AsyncCommands + Clone + Send + Sync + 'static>(vm: &E) {
        let policy = || qmp_types::client::RetryPolicy::new(2);
        check(vm).await;
        check(&vm).await;
        check(&vm.timeout(TIME_LIMIT)).await;
        check(&vm.retry(policy())).await;
        check(&vm.logged()).await;
        let all = vm.timeout(TIME_LIMIT).retry(policy()).logged();
        check(&all).await;
        check(&TypedClient::from(all.clone())).await;
        all.oob().query_yank().await.unwrap();
    }

    #[tokio::test]
    async fn on_a_client_of_our_own_server() {
        let (ours, theirs) = Stream::pair().unwrap();
        let serving = tokio::spawn(server(Machine::default()).tokio().serve_stream(theirs));
        let client = crate::qmp::Client::from_stream_with(ours, &oob()).await.unwrap();
        check_all(&client).await;
        check(&*client).await;
        assert!(client.x_query_irq().await.unwrap().human_readable_text.contains("interrupts"));
        drop(client);
        serving.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn on_a_server_in_the_same_process() {
        check_all(&qmp_types::tokio::InProcess::new(&server(Machine::default())).unwrap()).await;
    }

    #[tokio::test]
    async fn on_a_mock() {
        check_all(&Mock::asynchronous(&Log::default())).await;
    }

    #[tokio::test]
    async fn on_clients_of_qemu() {
        for qemu in emulators() {
            let client = crate::qmp::Client::connect_unix_with(qemu.socket(), &oob()).await.unwrap();
            check_all(&client.timeout(TIME_LIMIT)).await;
        }
    }
}
