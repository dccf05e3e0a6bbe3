//! The version of a server.

use std::fmt;

use crate::record::Writer;

/// A server's version, as the greeting and `query-version` report it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Version {
    /// QEMU's version, or that of a server that stands in for it: major, minor, micro.
    pub qemu: (u32, u32, u32),
    /// Free text. QEMU reports the distribution's package here.
    pub package: String,
}

impl Version {
    /// Appends the value that `query-version` returns.
    pub(crate) fn write(&self, out: &mut Writer) {
        let (major, minor, micro) = self.qemu;
        out.literal(&format!(
            "{{\"qemu\": {{\"micro\": {micro}, \"minor\": {minor}, \"major\": {major}}}, \"package\": "
        ));
        out.string(&self.package);
        out.literal("}");
    }
}

/// Formats the numbers: `9.2.1`.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor, micro) = self.qemu;
        write!(f, "{major}.{minor}.{micro}")
    }
}
