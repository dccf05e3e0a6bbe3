//! Both ends of the dialogue without IO, for fuzz targets and tests. Input is bytes in pieces, output their meaning.

pub use crate::client::sans_io::receive;
pub use crate::server::sans_io::{decode_requests, reply_to};
