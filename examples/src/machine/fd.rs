//! File descriptors that clients send.

use qmp_types::{Context, Error, Result};

use super::Machine;

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn getfd(&self, fdname: String, cx: &Context) -> Result<()> {
        let fd = cx.take_fd().ok_or_else(|| Error::generic("No file descriptor supplied via SCM_RIGHTS"))?;
        if fdname.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(Error::generic("Parameter 'fdname' expects a name not starting with a digit"));
        }
        self.lock().fds.insert(fdname, fd);
        Ok(())
    }

    #[qmp_command]
    fn closefd(&self, fdname: String) -> Result<()> {
        self.lock().fds.remove(&fdname).map(drop).ok_or_else(|| not_found(&fdname))
    }
}

/// The error for a name that no descriptor has.
pub(super) fn not_found(fdname: &str) -> Error {
    Error::generic(format!("File descriptor named '{fdname}' not found"))
}
