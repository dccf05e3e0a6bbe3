use std::path::Path;

use examples::Config;

use crate::support::Vm;

#[test]
fn name_and_uuid_are_those_of_the_configuration() {
    let uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    let vm = Vm::with(Config { name: Some("web1".into()), uuid: uuid.into(), ..Config::default() });
    assert_eq!(vm.query_name().unwrap().name.as_deref(), Some("web1"));
    assert_eq!(vm.query_uuid().unwrap().uuid, uuid);
    assert_eq!(Vm::with(Config { name: None, ..Config::default() }).query_name().unwrap().name, None);
}

#[test]
fn kvm_is_as_the_host_has_it() {
    let kvm = Vm::start().query_kvm().unwrap();
    assert!(!kvm.enabled);
    assert_eq!(kvm.present, Path::new("/dev/kvm").exists());
}

#[test]
fn the_greeting_has_the_version_that_query_version_tells() {
    let vm = Vm::start();
    let version = vm.query_version().unwrap().qemu;
    let greeting = crate::support::Raw::connect(&vm.path("vm.sock")).read();
    let of_greeting = &greeting["QMP"]["version"]["qemu"];
    assert_eq!(
        *of_greeting,
        serde_json::json!({"major": version.major, "minor": version.minor, "micro": version.micro})
    );
}

#[test]
fn query_commands_lists_the_schema() {
    let mut commands: Vec<String> = Vm::start().query_commands().unwrap().into_iter().map(|info| info.name).collect();
    let mut schema: Vec<String> =
        crate::support::schema().commands.into_iter().map(|command| command.def.name).collect();
    commands.sort();
    schema.sort();
    assert_eq!(commands, schema);
}
