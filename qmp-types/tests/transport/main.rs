//! Addresses, listeners and streams of every kind.

mod address;
