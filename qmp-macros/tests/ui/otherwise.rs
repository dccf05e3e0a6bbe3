//! The text for commands without a handler has one placeholder.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Micro;

#[qmp_types::handlers(crate::qmp, on = Micro, otherwise = "{commands}: unsupported")]
trait Machine {
    #[qmp_command]
    fn device_del(&self, id: String) -> qmp_types::Result<()>;
}

impl Machine for Micro {}

fn main() {}
