//! A small virtual machine that exists in memory only and is driven by QMP. The example programs serve it and talk to it.
//!
//! Its schema is `schema/vm.json`. [`qmp`] is the Rust that `schema!` generates; [`Machine`] has a handler for every command.

use std::path::PathBuf;

use qmp_types::transport::{Address, TlsCredentials};

pub mod kata;
pub mod machine;
#[cfg(doctest)]
mod readme;
pub mod signals;
pub mod tap;

/// The schema in Rust: its types, commands and events, the server and the clients.
pub mod qmp {
    qmp_types::schema!("schema/vm.json", fd_commands = ["getfd", "add-fd"]);
}

pub use machine::{Config, Machine};

/// Returns the address that an example connects to: the program's argument, or a default that all share.
///
/// # Panics
/// If the argument is not an address.
#[must_use]
pub fn address() -> Address {
    match std::env::args_os().skip(1).find(|argument| !argument.as_encoded_bytes().starts_with(b"--")) {
        Some(argument) => Address::try_from(argument).unwrap_or_else(|error| panic!("{error}")),
        None => std::env::temp_dir().join("qmp-example.sock").into(),
    }
}

/// Returns the certificates for `tls:` addresses, of the `server` or the `client`: those in the folder that the
/// environment variable `QMP_TLS_DIR` names, with the names that QEMU gives them.
///
/// # Errors
/// If the variable is set and the files are not there, or not valid.
pub fn credentials(role: &str) -> qmp_types::Result<Option<TlsCredentials>> {
    let Some(folder) = std::env::var_os("QMP_TLS_DIR").map(PathBuf::from) else { return Ok(None) };
    let file = |name: &str| folder.join(format!("{name}.pem"));
    let (certificate, key) = (file(&format!("{role}-cert")), file(&format!("{role}-key")));
    Ok(Some(TlsCredentials::from_pem_files(certificate, key, file("ca-cert"))?))
}
