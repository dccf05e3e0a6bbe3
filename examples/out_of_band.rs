//! Calls a command out of band while another one blocks QEMU's main loop.
//!
//!     cargo run --example out_of_band [SOCKET]
//!
//! To try it: `qemu-system-x86_64 -M none -display none -qmp unix:/tmp/qmp-example.sock,server=on,wait=off`

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use examples::kata::qmp::prelude::*;
use qmp_types::{ClientOptions, Result};
use rustix::fs::{CWD, FileType, Mode, mknodat};

fn main() -> Result<()> {
    let vm = blocking::Client::connect_with(examples::address(), &ClientOptions::new().enable_oob())?;
    let folder = tempfile::tempdir()?;
    let fifo = folder.path().join("fifo");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).map_err(std::io::Error::from)?;

    std::thread::scope(|scope| {
        // A server of images that does not answer would block QEMU as this pipe does, which nothing writes to.
        let blocked = scope.spawn(|| vm.blockdev_add(debugged(&fifo)));
        let asked = ask(&vm);
        drop(File::options().write(true).open(&fifo)?); // an empty configuration: blockdev-add goes on
        blocked.join().expect("the thread does not panic")?;
        asked
    })?;
    println!("in band:     {}", vm.query_status()?.status);
    vm.blockdev_del("disk0")
}

fn ask(vm: &blocking::Client) -> Result<()> {
    // The other thread may not have sent its command yet: then QEMU still replies.
    let no_reply = || vm.timeout(Duration::from_millis(500)).query_status().is_err_and(|error| error.is_timeout());
    println!("in band:     {}", if (0..100).any(|_| no_reply()) { "no reply" } else { "replies" });

    // `oob()` has the methods of the commands that the schema allows out of band.
    let connections = vm.timeout(Duration::from_secs(5)).oob().query_yank()?;
    println!("out of band: {} connections that can be broken", connections.len());
    Ok(())
}

/// A disk whose configuration QEMU reads from a file before it replies.
fn debugged(config: &Path) -> BlockdevOptions {
    let image = BlockdevOptions::null_co(BlockdevOptionsNull::new().size(1 << 20));
    let options = BlockdevOptionsBlkdebug::new(image).config(config.to_string_lossy());
    BlockdevOptions::blkdebug(options).node_name("disk0")
}
