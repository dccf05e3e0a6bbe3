//! Asks a QEMU for its status, with `qapi`.

use std::os::unix::net::UnixStream;

use qapi::{Qmp, qmp};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("the path of a QMP socket");
    let stream = UnixStream::connect(path)?;
    let mut vm = Qmp::from_stream(&stream);
    vm.handshake()?;
    println!("{:?}", vm.execute(&qmp::query_status {})?);
    Ok(())
}
