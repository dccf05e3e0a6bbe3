//! The record layer: reading JSON into records, and writing records as JSON.

#[path = "../sample/types_only.rs"]
mod sample;
mod support;
mod types;

mod accepted;
mod equality;
mod int;
mod lenient;
mod limits;
mod missing;
mod random_values;
#[cfg(feature = "serde")]
mod serde;
mod skip_unknown;
mod strict_errors;
