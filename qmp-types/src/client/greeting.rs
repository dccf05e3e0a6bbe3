//! The greeting of a server.

use serde_json::Value;

use crate::Version;

/// The greeting of a server: its version and capabilities. A guest agent sends none.
///
/// Members that a server other than QEMU omits or writes differently are 0 or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Greeting {
    /// The server's version.
    pub version: Version,
    /// The capabilities that the server offers. So far QMP defines only `oob`.
    pub capabilities: Vec<String>,
}

impl Greeting {
    /// Returns whether the server offers out-of-band execution.
    #[must_use]
    pub fn offers_oob(&self) -> bool {
        self.capabilities.iter().any(|capability| capability == "oob")
    }

    pub(super) fn read(greeting: &Value) -> Self {
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
