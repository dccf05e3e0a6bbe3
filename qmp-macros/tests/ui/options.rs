//! What stands in the parentheses.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command(async)]
    async fn stop(&self) {}

    #[qmp_command(blocking)]
    async fn device_del(&self, _id: String) {}

    #[qmp_command(whole)]
    fn device_add(&self, _driver: String, _id: Option<String>) {}

    #[qmp_command(crate::qmp)]
    fn blockdev_add(&self, _options: qmp::BlockdevOptions) {}
}

struct Other;

#[qmp_types::handlers]
impl Other {
    #[qmp_command]
    fn stop(&self) {}
}

trait Machine {
    fn query_status(&self) -> qmp::StatusInfo;
}

#[qmp_types::handlers(crate::qmp)]
impl Machine for Other {
    #[qmp_command]
    fn query_status(&self) -> qmp::StatusInfo {
        unimplemented!()
    }
}

fn main() {}
