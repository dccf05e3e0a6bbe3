//! The locks of a connection: the standard library's, and in the tests of its races those of `shuttle`, which decides the
//! order of the threads.

#[cfg(all(test, shuttle))]
pub(super) use shuttle::sync::{Condvar, Mutex, MutexGuard};
#[cfg(not(all(test, shuttle)))]
pub(super) use std::sync::{Condvar, Mutex, MutexGuard};
