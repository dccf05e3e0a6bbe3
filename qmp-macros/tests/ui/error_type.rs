//! The error of a handler turns into qmp_types::Error.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn stop(&self) -> Result<(), String> {
        Err("no".to_owned())
    }
}

fn main() {}
