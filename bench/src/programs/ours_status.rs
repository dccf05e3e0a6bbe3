//! Asks a QEMU for its status, with our bindings.

fn main() -> qmp_types::Result<()> {
    let path = std::env::args().nth(1).expect("the path of a QMP socket");
    let vm = qmp::blocking::Client::connect_unix(path)?;
    println!("{:?}", vm.query_status()?);
    Ok(())
}
