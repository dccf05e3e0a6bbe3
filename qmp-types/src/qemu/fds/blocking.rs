//! Passing descriptors in blocking code.

use std::os::fd::AsFd;

use serde_json::{Value, json};

use super::cleanup::{Cleanup, Post};
use super::commands::{ADD_FD, CLOSEFD, GETFD, REMOVE_FD, in_set, named, set_of};
use super::{FdSet, NamedFd};
use crate::Result;
use crate::blocking::Client;

impl Post for Client {
    fn post(&self, name: &str, arguments: &Value) -> Result<()> {
        self.post_raw(name, arguments)
    }
}

impl NamedFd<Client> {
    /// Passes a duplicate of `fd` to QEMU, which replaces a descriptor of the same name. Needs a Unix socket.
    ///
    /// # Errors
    /// As for any call. QEMU rejects a name that begins with a digit.
    pub fn pass(vm: &Client, name: impl Into<String>, fd: impl AsFd) -> Result<Self> {
        let name = name.into();
        vm.call_raw_with_fd(GETFD, &named(&name), fd)?;
        Ok(Self { cleanup: Cleanup::new(vm.clone(), CLOSEFD, named(&name)), name })
    }

    /// Makes QEMU close the descriptor.
    ///
    /// # Errors
    /// As for any call, or if a command has taken the descriptor.
    pub fn close(mut self) -> Result<()> {
        let (vm, command, arguments) = self.cleanup.now();
        vm.call_raw(command, arguments).map(drop)
    }
}

impl FdSet<Client> {
    /// Makes a set of a duplicate of `fd`. Needs a Unix socket.
    ///
    /// # Errors
    /// As for any call.
    pub fn pass(vm: &Client, fd: impl AsFd) -> Result<Self> {
        let id = set_of(&vm.call_raw_with_fd(ADD_FD, &json!({}), fd)?)?;
        Ok(Self { id, cleanup: Cleanup::new(vm.clone(), REMOVE_FD, in_set(id)) })
    }

    /// Adds a duplicate of another descriptor, such as one that is open for writing.
    ///
    /// # Errors
    /// As for any call.
    pub fn add(&self, fd: impl AsFd) -> Result<()> {
        self.cleanup.vm.call_raw_with_fd(ADD_FD, &in_set(self.id), fd).map(drop)
    }

    /// Removes the descriptors from the set. What QEMU has opened stays open.
    ///
    /// # Errors
    /// As for any call, or if the set no longer exists.
    pub fn remove(mut self) -> Result<()> {
        let (vm, command, arguments) = self.cleanup.now();
        vm.call_raw(command, arguments).map(drop)
    }
}
