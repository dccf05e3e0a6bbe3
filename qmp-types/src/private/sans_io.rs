//! Both ends of the dialogue without IO, for fuzz targets and tests: bytes in pieces in, what they mean out.

pub use crate::client::sans_io::receive;
pub use crate::server::sans_io::{decode_requests, reply_to};
