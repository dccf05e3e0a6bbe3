use std::fs;

use examples::Config;
use examples::qmp::{MemsaveArgs, PmemsaveArgs, SysEmuTarget, events};

use crate::support::{Vm, generic, happened};

#[test]
fn balloon_with_its_event() {
    let vm = Vm::with(Config { memory: 8 << 20, ..Config::default() });
    assert_eq!(vm.query_balloon().unwrap().actual, 8 << 20);
    let changed = vm.expect::<events::BalloonChange>(|_| true);
    vm.balloon(5 << 20).unwrap();
    assert_eq!(happened(changed).actual, 5 << 20);
    assert_eq!(vm.query_balloon().unwrap().actual, 5 << 20);
    vm.balloon(i64::MAX).unwrap();
    assert_eq!(vm.query_balloon().unwrap().actual, 8 << 20, "no more than there is");
    assert_eq!(generic(vm.balloon(0)), "Parameter 'value' expects a size");
}

#[test]
fn memory_is_saved_as_it_is() {
    let vm = Vm::start();
    // The first row of the screen: a byte for each pixel, 320 of them.
    let row: Vec<u8> = (0..320).map(|x| (x * 256 / 320) as u8).collect();
    vm.pmemsave(PmemsaveArgs::new(0xa0000, 320, vm.file("p"))).unwrap();
    assert_eq!(fs::read(vm.path("p")).unwrap(), row);
    let second_cpu = MemsaveArgs::new(0xa0000 + 318, 4, vm.file("v")).cpu_index(1);
    vm.memsave(second_cpu).unwrap();
    assert_eq!(fs::read(vm.path("v")).unwrap(), [row[318], row[319], row[0], row[1]]);
    vm.pmemsave(PmemsaveArgs::new(0, 0, vm.file("empty"))).unwrap();
    assert_eq!(fs::metadata(vm.path("empty")).unwrap().len(), 0);
}

#[test]
fn only_memory_that_is_there_is_saved() {
    let vm = Vm::with(Config { memory: 1 << 20, ..Config::default() });
    let save = |val, size| generic(vm.pmemsave(PmemsaveArgs::new(val, size, vm.file("m"))));
    assert_eq!(save(1 << 20, 1), "Invalid addr 0x0000000000100000/size 1 specified");
    for (val, size) in [(0, (1 << 20) + 1), (u64::MAX, 1), (1, u64::MAX), (u64::MAX, u64::MAX)] {
        assert!(save(val, size).starts_with("Invalid addr"), "{val} {size}");
    }
    assert!(!vm.path("m").exists());
    let no_cpu = MemsaveArgs::new(0, 1, vm.file("m")).cpu_index(2);
    assert_eq!(generic(vm.memsave(no_cpu)), "Parameter 'cpu-index' expects a CPU number");
    let nowhere = PmemsaveArgs::new(0, 1, vm.file("missing/m"));
    assert!(generic(vm.pmemsave(nowhere)).starts_with("Could not open"));
}

#[test]
fn the_processors_are_listed() {
    let vm = Vm::with(Config { cpus: 3, ..Config::default() });
    let cpus = vm.query_cpus_fast().unwrap();
    assert_eq!(cpus.iter().map(|cpu| cpu.cpu_index).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(cpus[0].target, SysEmuTarget::X86_64);
}
