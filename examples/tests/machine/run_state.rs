use examples::qmp::{RunState, ShutdownCause, StatusInfo, events};

use crate::support::{Vm, generic, happened};

#[test]
fn stop_then_query_status() {
    let vm = Vm::start();
    assert_eq!(vm.query_status().unwrap(), StatusInfo::new(true, RunState::Running));
    let stopped = vm.expect::<events::Stop>(|_| true);
    vm.stop().unwrap();
    happened(stopped);
    assert_eq!(vm.query_status().unwrap(), StatusInfo::new(false, RunState::Paused));
}

#[test]
fn cont_with_resume() {
    let vm = Vm::start();
    vm.stop().unwrap();
    let resumed = vm.expect::<events::Resume>(|_| true);
    vm.cont().unwrap();
    happened(resumed);
    assert!(vm.query_status().unwrap().running);
}

#[test]
fn an_event_is_sent_for_a_change_only() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    assert_eq!(raw.ask("{'execute':'cont'}")["return"], serde_json::json!({}), "it runs already");
    assert_eq!(raw.ask("{'execute':'stop'}")["event"], "STOP", "the event comes before the answer");
    assert_eq!(raw.read()["return"], serde_json::json!({}));
    assert_eq!(raw.ask("{'execute':'stop'}")["return"], serde_json::json!({}), "it waits already");
}

#[test]
fn powerdown_turns_the_machine_off_until_a_reset() {
    let vm = Vm::start();
    let pressed = vm.expect::<events::Powerdown>(|_| true);
    let off = vm.expect::<events::Shutdown>(|_| true);
    vm.system_powerdown().unwrap();
    happened(pressed);
    assert_eq!(happened(off), events::Shutdown::new(true, ShutdownCause::GuestShutdown));
    assert_eq!(vm.query_status().unwrap(), StatusInfo::new(false, RunState::Shutdown));
    assert_eq!(generic(vm.cont()), "Resetting the Virtual Machine is required");

    let reset = vm.expect::<events::Reset>(|_| true);
    vm.system_reset().unwrap();
    let reset = happened(reset);
    assert_eq!(reset, events::Reset::new(false, ShutdownCause::HostQmpSystemReset));
    assert_eq!(vm.query_status().unwrap().status, RunState::Prelaunch);
    vm.cont().unwrap();
    assert!(vm.query_status().unwrap().running);
}

#[test]
fn quit_shutdown_then_the_answer_then_the_end() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    let shutdown = raw.ask(r#"{"execute":"quit","id":7}"#);
    assert_eq!(shutdown["event"], "SHUTDOWN");
    assert_eq!(shutdown["data"], serde_json::json!({"guest": false, "reason": "host-qmp-quit"}));
    assert_eq!(raw.read(), serde_json::json!({"return": {}, "id": 7}));
    assert_eq!(raw.read(), serde_json::Value::Null, "the connection is closed");
    assert!(vm.query_status().unwrap_err().is_closed(), "the machine is off for all");
}

#[test]
fn quit_by_the_typed_client() {
    let vm = Vm::start();
    let off = vm.expect::<events::Shutdown>(|event| !event.guest);
    vm.quit().unwrap();
    assert_eq!(happened(off).reason, ShutdownCause::HostQmpQuit);
    assert!(vm.query_status().unwrap_err().is_closed());
}
