use std::fs;

use examples::qmp::{
    BlockStreamArgs, BlockdevChangeMediumArgs, BlockdevChangeReadOnlyMode, BlockdevOptions, BlockdevOptionsDriver,
    BlockdevOptionsFile, BlockdevOptionsNull, BlockdevOptionsQcow2, BlockdevRefOrNull, EjectArgs, JobType, events,
};
use qmp_types::Null;

use crate::support::{Vm, generic, happened, refusal};

const SIZE: u64 = 64 << 20;

/// An image without data, `top.qcow2`, that names `base.img` as its backing file.
fn image(vm: &Vm) -> String {
    let name = b"base.img";
    let mut image = vec![0; 104];
    image[..8].copy_from_slice(b"QFI\xfb\0\0\0\x03");
    image[8..16].copy_from_slice(&104u64.to_be_bytes());
    image[16..20].copy_from_slice(&(name.len() as u32).to_be_bytes());
    image[24..32].copy_from_slice(&SIZE.to_be_bytes());
    image.extend(name);
    fs::write(vm.path("top.qcow2"), image).unwrap();
    fs::File::create(vm.path("base.img")).unwrap().set_len(SIZE).unwrap();
    vm.file("top.qcow2")
}

/// Makes a node `top` of the image; its backing node is what is given, or what the image names.
fn add_top(vm: &Vm, backing: Option<BlockdevRefOrNull>) {
    let file = BlockdevOptions::new(BlockdevOptionsFile::new(image(vm)));
    let qcow2 = BlockdevOptionsQcow2::new(file).backing(backing);
    vm.blockdev_add(BlockdevOptions::new(qcow2).node_name("top")).unwrap();
}

fn backing_depth(vm: &Vm) -> i64 {
    let mut blocks = vm.query_block().unwrap().into_iter().filter_map(|info| info.inserted);
    blocks.find(|inserted| inserted.drv == "qcow2").map(|inserted| inserted.backing_file_depth).unwrap()
}

#[test]
fn a_stream_takes_in_what_the_backing_node_has() {
    let vm = Vm::start();
    add_top(&vm, None);
    assert_eq!(backing_depth(&vm), 1);
    let completed = vm.expect::<events::BlockJobCompleted>(|event| event.device == "job0");
    vm.block_stream(BlockStreamArgs::new("top").job_id("job0").speed(i64::MAX)).unwrap();
    let completed = happened(completed);
    assert_eq!(completed, events::BlockJobCompleted::new(JobType::Stream, "job0", SIZE as i64, SIZE as i64, i64::MAX));
    assert!(vm.query_block_jobs().unwrap().is_empty());

    // The node holds a job no more; and it has nothing below it left to take in.
    let mut raw = vm.raw();
    let error = &raw.ask(r#"{"execute":"block-stream","arguments":{"device":"top"}}"#)["error"];
    assert_eq!(error["desc"], "Node 'top' has no backing node");
    assert_eq!(backing_depth(&vm), 0);
    vm.blockdev_del("top").unwrap();
}

#[test]
fn the_backing_node_is_the_one_the_image_names_unless_told() {
    let vm = Vm::start();
    add_top(&vm, None);
    let find =
        |drv: &str| vm.query_block().unwrap().into_iter().filter_map(|info| info.inserted).find(|i| i.drv == drv);
    assert_eq!(find("qcow2").unwrap().backing_file, Some(vm.file("base.img")));
    vm.blockdev_del("top").unwrap();

    add_top(&vm, Some(BlockdevRefOrNull::Null(Null)));
    assert_eq!((find("qcow2").unwrap().backing_file, backing_depth(&vm)), (None, 0));
    vm.blockdev_del("top").unwrap();

    let zeroes = BlockdevOptionsDriver::NullCo(BlockdevOptionsNull { size: Some(4096) });
    add_top(&vm, Some(BlockdevRefOrNull::from(BlockdevOptions::new(zeroes))));
    assert_eq!(find("qcow2").unwrap().backing_file.as_deref(), Some("null-co://"));
}

#[test]
fn a_job_locks_the_tray_of_its_medium() {
    let vm = Vm::start();
    let id = "ide1-cd0";
    let change = BlockdevChangeMediumArgs::new(image(&vm)).id(id).format("qcow2");
    vm.blockdev_change_medium(change.read_only_mode(BlockdevChangeReadOnlyMode::ReadWrite)).unwrap();
    let drive = || vm.query_block().unwrap().into_iter().find(|info| info.qdev.as_deref() == Some(id)).unwrap();
    let node = drive().inserted.unwrap().node_name.unwrap();
    vm.block_stream(BlockStreamArgs::new(node).speed(1)).unwrap();

    assert!(drive().locked);
    let refused = generic(vm.eject(EjectArgs::new().id(id)));
    assert!(refused.starts_with("Device 'ide1-cd0' is locked"), "{refused}");
    let completed = vm.expect::<events::BlockJobCompleted>(|_| true);
    vm.eject(EjectArgs::new().id(id).force(true)).unwrap();
    assert!(happened(completed).error.is_some());
    assert_eq!((drive().inserted, drive().locked), (None, false));
}

#[test]
fn a_job_can_be_cancelled() {
    let vm = Vm::start();
    add_top(&vm, None);
    vm.block_stream(BlockStreamArgs::new("top").speed(1000)).unwrap();
    let job = vm.query_block_jobs().unwrap().pop().unwrap();
    assert_eq!((job.device.as_str(), job.len, job.speed), ("top", SIZE as i64, 1000));
    assert_eq!(generic(vm.block_stream("top")), "Job ID 'top' already in use");
    assert_eq!(generic(vm.blockdev_del("top")), "Node 'top' is in use");

    let completed = vm.expect::<events::BlockJobCompleted>(|_| true);
    vm.block_job_cancel("top").unwrap();
    let completed = happened(completed);
    assert!(completed.error.is_some() && completed.offset < completed.len, "{completed:?}");
    assert_eq!(backing_depth(&vm), 1);
    let gone = ("DeviceNotActive".to_owned(), "Block job 'top' not found".to_owned());
    assert_eq!(refusal(vm.block_job_cancel("top")), gone);
}
