//! The example guest agent.

use qmp_types::Error;
use test_support::TIME_LIMIT;

use crate::support::Server;

mod qga {
    qmp_types::schema!("schema/agent.json", side = client);
}

/// The class and the description of a refusal.
#[track_caller]
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    format!("{:?}", result.unwrap_err())
}

#[test]
fn commands_are_disabled_while_file_systems_are_frozen() {
    let server = Server::of("guest_agent", &["guest-get-time"]);
    let agent = qga::blocking::Client::connect_guest_agent(server.path()).unwrap().timeout(TIME_LIMIT);
    let enabled = || {
        let commands = agent.guest_info().unwrap().supported_commands.into_iter();
        commands.filter(|command| command.enabled).map(|command| command.name).collect::<Vec<_>>()
    };
    let blocked =
        "`guest-get-time`: CommandNotFound: Command guest-get-time has been disabled: the command is not allowed";
    assert_eq!(refusal(agent.guest_get_time()), blocked);
    assert_eq!(enabled().len(), 8);
    assert_eq!(agent.guest_fsfreeze_freeze().unwrap(), 1);
    assert_eq!(agent.guest_fsfreeze_status().unwrap(), qga::GuestFsfreezeStatus::Frozen);
    let frozen =
        "`guest-shutdown`: CommandNotFound: Command guest-shutdown has been disabled: the agent is in frozen state";
    assert_eq!(refusal(agent.guest_shutdown(qga::GuestShutdownArgs::default())), frozen);
    assert_eq!(refusal(agent.guest_get_time()), blocked);
    assert_eq!(enabled().len(), 6);
    assert_eq!(agent.guest_fsfreeze_thaw().unwrap(), 1);
    assert_eq!(refusal(agent.guest_get_time()), blocked, "it is blocked, frozen or not");
    assert_eq!(enabled().len(), 8);
    agent.guest_shutdown(qga::GuestShutdownArgs::default()).unwrap();
    server.wait();
}
