//! Commands without a handler: the text that refuses them has one placeholder, and the schema has the commands.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Micro;

#[qmp_types::handlers(crate::qmp, on = Micro, otherwise = "{commands}: unsupported")]
trait Machine {
    #[qmp_command]
    fn device_del(&self, id: String) -> qmp_types::Result<()>;
}

impl Machine for Micro {}

#[qmp_types::handlers(crate::qmp, refuse = [stop, device_dell], otherwise = "unsupported")]
impl Micro {}

fn main() {}
