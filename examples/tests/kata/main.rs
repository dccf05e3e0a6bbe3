//! The example `kata` against QEMU of three generations: every function, as far as a machine without a guest answers it.

mod block;
mod machine;
mod memory;
mod migration;
mod network;
mod processors;
mod tap;
