//! An asynchronous server may move the future of a handler to another thread.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

use std::rc::Rc;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    async fn stop(&self) {
        let reason = Rc::new("none");
        std::future::ready(()).await;
        drop(reason);
    }
}

fn main() {}
