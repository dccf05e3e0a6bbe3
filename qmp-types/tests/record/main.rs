//! Records: what the reader makes of JSON, and the writer of records.

#[path = "../sample/types_only.rs"]
mod sample;
mod support;
mod types;

mod accepted;
mod generated;
mod int;
mod limits;
mod newer;
mod refused;
#[cfg(feature = "serde")]
mod serde;
