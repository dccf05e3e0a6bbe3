use std::fs;

use examples::qmp::{
    BlockStreamArgs, BlockdevOptions, BlockdevOptionsDriver, BlockdevOptionsFile, BlockdevOptionsNull,
    BlockdevOptionsQcow2, BlockdevRefOrNull, JobType, events,
};

use crate::support::{Vm, generic, happened, refusal};

/// A qcow2 node `top` of 64 MiB, backed by zeroes.
fn with_backing(vm: &Vm) {
    let mut header = [0; 104];
    header[..8].copy_from_slice(b"QFI\xfb\0\0\0\x03");
    header[24..32].copy_from_slice(&(64u64 << 20).to_be_bytes());
    fs::write(vm.path("top.qcow2"), header).unwrap();
    let file = BlockdevOptions::new(BlockdevOptionsFile::new(vm.file("top.qcow2")).into());
    let backing = BlockdevOptionsDriver::NullCo(BlockdevOptionsNull { size: Some(64 << 20) });
    let backing = Some(BlockdevRefOrNull::from(BlockdevOptions::new(backing)));
    let qcow2 = BlockdevOptionsQcow2 { backing, ..BlockdevOptionsQcow2::new(file.into()) };
    vm.blockdev_add(BlockdevOptions { node_name: Some("top".into()), ..BlockdevOptions::new(qcow2.into()) }).unwrap();
}

fn backing_depth(vm: &Vm) -> i64 {
    let mut blocks = vm.query_block().unwrap().into_iter().filter_map(|info| info.inserted);
    blocks.find(|inserted| inserted.drv == "qcow2").map(|inserted| inserted.backing_file_depth).unwrap()
}

#[test]
fn a_stream_takes_in_what_the_backing_node_has() {
    let vm = Vm::start();
    with_backing(&vm);
    assert_eq!(backing_depth(&vm), 1);
    let completed = vm.expect::<events::BlockJobCompleted>(|event| event.device == "job0");
    vm.block_stream(BlockStreamArgs { job_id: Some("job0".into()), ..BlockStreamArgs::new("top") }).unwrap();
    let completed = happened(completed);
    assert_eq!(completed, events::BlockJobCompleted::new(JobType::Stream, "job0", 64 << 20, 64 << 20, 0));
    assert!(vm.query_block_jobs().unwrap().is_empty());

    // The node holds a job no more; and it has nothing below it left to take in.
    let mut raw = vm.raw();
    let error = &raw.ask(r#"{"execute":"block-stream","arguments":{"device":"top"}}"#)["error"];
    assert_eq!(error["desc"], "Node 'top' has no backing node");
    assert_eq!(backing_depth(&vm), 0);
    vm.blockdev_del("top").unwrap();
}

#[test]
fn a_job_can_be_cancelled() {
    let vm = Vm::start();
    with_backing(&vm);
    vm.block_stream(BlockStreamArgs { speed: Some(1000), ..BlockStreamArgs::new("top") }).unwrap();
    let job = vm.query_block_jobs().unwrap().pop().unwrap();
    assert_eq!((job.device.as_str(), job.len, job.speed), ("top", 64 << 20, 1000));
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
