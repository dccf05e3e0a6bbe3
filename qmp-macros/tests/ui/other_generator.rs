//! Bindings that a generator of another release has written.

mod qmp {
    qmp_types::private::generated! { 999, "9.9.9", { pub struct NeverSeen { missing: ::qmp_types::NotThere } } }
}

fn main() {}
