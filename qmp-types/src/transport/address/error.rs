//! Why a text is not an address.

use std::convert::Infallible;
use std::{error, fmt, io};

/// Why a text is not an [`Address`](super::Address): what was expected, what was found, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    pub(super) text: String,
    pub(super) reason: String,
    pub(super) help: String,
}

impl AddressError {
    /// Returns what was expected and what was found.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns what to write instead.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid address `{}`: {}; help: {}", self.text, self.reason, self.help)
    }
}

impl error::Error for AddressError {}

impl From<AddressError> for io::Error {
    fn from(error: AddressError) -> Self {
        Self::new(io::ErrorKind::InvalidInput, error)
    }
}

impl From<AddressError> for crate::Error {
    fn from(error: AddressError) -> Self {
        io::Error::from(error).into()
    }
}

/// Lets functions take an [`Address`](super::Address) and a text alike: converting the former cannot fail.
impl From<Infallible> for AddressError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
