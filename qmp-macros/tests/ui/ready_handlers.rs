//! Ready-made handlers are for commands that they exist for, and that the schema has.

#[path = "../support/served.rs"]
mod qmp;

struct Vm(qmp_types::server::FdStore);

qmp_types::fd_handlers!(crate::qmp, Vm, |vm| &vm.0, [getfd]);
qmp_types::fd_handlers!(crate::qmp, Vm, |vm| &vm.0, [query_fds]);
qmp_types::fd_handlers!(crate::qmp, Vm, |vm| vm, []);
qmp_types::guest_agent_handlers!(crate::qmp, Vm, [guest_exec]);

fn main() {}
