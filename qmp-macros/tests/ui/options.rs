//! Each wrong option of the attributes is an error at its own token.

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

    #[qmp_command(name = "query-status")]
    fn status(&self) {}

    #[qmp_command(blokcing)]
    fn block_resize(&self) {}

    #[qmp_command(whole, whole)]
    fn query_status(&self) {}
}

struct Whole;

#[qmp_types::handlers(crate::qmp)]
impl Whole {
    #[qmp_command(whole)]
    fn device_add(&self, _arguments: qmp::DeviceAddArgs, _extra: qmp_types::Map<String, qmp_types::Value>) {}
}

struct Other;

#[qmp_types::handlers]
impl Other {
    #[qmp_command]
    fn stop(&self) {}
}

#[qmp_types::handlers(crate::qmp, blocking)]
impl Other {
    #[qmp_command]
    fn device_del(&self, _id: String) {}
}

#[qmp_types::qmp_command(crate::qmp blocking)]
fn stop(_: &Other) {}

struct Hasty;

#[qmp_types::handlers(crate::qmp)]
impl Hasty {
    #[qmp_command(short)]
    async fn stop(&self) {}

    #[qmp_command(blocking, short)]
    fn device_del(&self, _id: String) {}
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
