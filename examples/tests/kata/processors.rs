use examples::kata::qmp::RunState;

use crate::machine::for_each;

#[test]
fn processors_are_plugged_in_and_asked_back() {
    for_each(|_, monitor| {
        assert_eq!(monitor.vcpu_thread_ids().unwrap().len(), 1);
        assert_eq!(monitor.hotunplug_vcpus(1).unwrap(), 0, "the first is not one of ours");
        assert_eq!(monitor.hotplug_vcpus(2).unwrap(), 2);
        assert_eq!(monitor.hotplug_vcpus(9).unwrap(), 1, "there are sockets for four");
        let threads = monitor.vcpu_thread_ids().unwrap();
        assert_eq!((threads.len(), threads.keys().max()), (4, Some(&3)));
        // Machines of some generations take requests for processors only after the guest's system has asked for them.
        match monitor.hotunplug_vcpus(2) {
            Ok(count) => assert_eq!(count, 2),
            Err(error) => assert!(error.to_string().contains("unplug request"), "{error}"),
        }
    });
}

#[test]
fn the_machine_stops_and_continues() {
    for_each(|_, monitor| {
        monitor.stop().unwrap();
        assert_eq!(monitor.status().unwrap(), RunState::Paused);
        monitor.cont().unwrap();
        assert_eq!(monitor.status().unwrap(), RunState::Running);
    });
}
