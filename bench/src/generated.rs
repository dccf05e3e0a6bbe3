//! The types that are measured in this process, for the same four commands: ours, and the baseline's.

#[allow(clippy::all, dead_code, unused_imports, reason = "generated")]
pub mod ours {
    include!(concat!(env!("OUT_DIR"), "/ours.rs"));
}

#[allow(clippy::all, dead_code, reason = "generated")]
pub mod derived {
    include!(concat!(env!("OUT_DIR"), "/derived.rs"));
}

use crate::runtime;
