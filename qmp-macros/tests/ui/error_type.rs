//! The error of a handler converts into qmp_types::Error.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[derive(Debug)]
struct Jammed;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn stop(&self) -> Result<(), String> {
        Err("no".to_owned())
    }

    #[qmp_command]
    async fn device_del(&self, _id: String) -> Result<(), Jammed> {
        Err(Jammed)
    }
}

fn main() {}
