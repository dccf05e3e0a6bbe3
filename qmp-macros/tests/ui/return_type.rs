//! A handler returns what the schema says, or a result of it.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

use qmp_types::Result;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn query_status(&self) -> bool {
        true
    }

    #[qmp_command]
    fn stop(&self) -> Result<bool> {
        Ok(true)
    }

    #[qmp_command]
    async fn device_del(&self, _id: String) -> String {
        String::new()
    }
}

#[qmp_types::qmp_command(crate::qmp)]
fn query_status(_: &Other) {}

struct Other;

fn main() {}
