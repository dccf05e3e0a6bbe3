//! A parameter is an argument, by value and by name, or the context.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn device_del(&self, id: &str) {
        println!("{id}");
    }

    #[qmp_command]
    fn blockdev_add(&self, qmp::BlockdevOptions { driver, .. }: qmp::BlockdevOptions) {
        println!("{driver:?}");
    }

    #[qmp_command]
    fn block_resize(&self, _device: Option<String>, _: Option<String>, _size: i64) {}

    #[qmp_command]
    fn stop(&self, _cx: &mut qmp_types::Context) {}
}

struct Other;

#[qmp_types::handlers(crate::qmp)]
impl Other {
    #[qmp_command]
    fn device_del(&self, id: impl Into<String>) {
        drop(id.into());
    }
}

fn main() {}
