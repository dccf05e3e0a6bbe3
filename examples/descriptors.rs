//! Passes open files to QEMU: an image for a disk (`add-fd`), and a pipe that the machine's state is sent to (`getfd`).
//!
//!     cargo run --example descriptors [SOCKET]
//!
//! To try it: `qemu-system-x86_64 -M none -display none -qmp unix:/tmp/qmp-example.sock,server=on,wait=off`

use std::io::Read;
use std::time::Duration;

use examples::kata::qmp::prelude::*;
use qmp_types::Result;
use qmp_types::qemu::blocking::{FdSet, NamedFd, migration_finished};

fn main() -> Result<()> {
    let vm = blocking::Client::connect(examples::address())?;

    // QEMU needs no right to open the file: it opens the descriptor as `/dev/fdset/N`.
    let file = tempfile::tempfile()?;
    file.set_len(64 << 20)?;
    let image = FdSet::pass(&vm, &file)?;
    vm.blockdev_add(BlockdevOptions::file(image.path().as_str()).node_name("disk0").read_only(false))?;
    println!("disk0 is {}, which has {} descriptors", image.path(), vm.query_fdsets()?[0].fds.len());
    vm.blockdev_del("disk0")?;
    image.remove()?;

    // The methods of the schema take a descriptor where `fd_commands` says so.
    let set = vm.add_fd(AddFdArgs::new().opaque("an image"), &file)?.fdset_id;
    vm.remove_fd(RemoveFdArgs::new(set))?;

    // A descriptor with a name, for commands that take one: QEMU closes it if no command does.
    let (mut from, to) = std::io::pipe()?;
    let state = NamedFd::pass(&vm, "state", to)?.close_on_drop();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).map(|_| bytes)
    });
    let finished = migration_finished(&vm).timeout(Duration::from_secs(10));
    vm.migrate(MigrateArgs::new().uri(format!("fd:{}", state.name())))?;
    finished.wait()?;
    let bytes = reader.join().expect("the thread does not panic")?;
    println!("the state begins with {:?} and has {} bytes", String::from_utf8_lossy(&bytes[..4]), bytes.len());
    Ok(())
}
