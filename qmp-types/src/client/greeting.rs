//! The server's first words.

use serde_json::Value;

use crate::Version;

/// What a server says on connection: its version and what it is capable of. A guest agent says nothing.
///
/// A server need not be QEMU: what it leaves out, or puts otherwise, is 0 or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Greeting {
    /// The server's version.
    pub version: Version,
    /// What can be enabled: `oob` is all there is as yet.
    pub capabilities: Vec<String>,
}

impl Greeting {
    /// Whether the server can execute out of band.
    #[must_use]
    pub fn offers_oob(&self) -> bool {
        self.capabilities.iter().any(|capability| capability == "oob")
    }

    pub(crate) fn read(greeting: &Value) -> Self {
        let version = &greeting["version"];
        let number = |name| version["qemu"][name].as_u64().and_then(|n| n.try_into().ok()).unwrap_or_default();
        let capabilities = greeting["capabilities"].as_array().into_iter().flatten();
        Self {
            version: Version {
                qemu: (number("major"), number("minor"), number("micro")),
                package: version["package"].as_str().unwrap_or_default().to_owned(),
            },
            capabilities: capabilities.filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }
}
