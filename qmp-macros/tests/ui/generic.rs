//! The schema fixes the types of a handler, and any client may call it.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn device_del<T: From<String>>(&self, id: T) {
        drop(id);
    }

    #[qmp_command]
    unsafe fn stop(&self) {}

    #[qmp_command]
    fn query_status(&self) -> impl Future<Output = qmp::StatusInfo> {
        async { unimplemented!() }
    }
}

fn main() {}
