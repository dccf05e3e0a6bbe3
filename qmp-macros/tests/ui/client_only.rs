//! Bindings that were generated for clients have no handlers.

mod qmp {
    pub mod commands {
        pub struct Stop;
        impl qmp_types::Command for Stop {
            const SPEC: &'static qmp_types::CommandSpec = &qmp_types::CommandSpec::new("stop", "vm.json:1");
            type Arguments = ();
            type Return = ();
        }
        pub use Stop as stop;
    }
}

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn stop(&self) {}
}

fn main() {}
