//! The helpers that know QEMU's names, on real QEMUs of three generations.

#![cfg(feature = "qemu")]

mod fds;
