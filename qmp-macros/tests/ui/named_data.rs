//! If the data of a command names a type, a handler takes one value of it.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn blockdev_add(&self, _driver: qmp::BlockdevOptionsDriver, _filename: String) {}
}

struct Other;

#[qmp_types::handlers(crate::qmp)]
impl Other {
    #[qmp_command]
    fn blockdev_add(&self) {}
}

fn main() {}
