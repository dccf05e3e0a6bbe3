//! What a build script wrote with a generator of another release.

mod qmp {
    qmp_types::private::generated! { 999, "9.9.9", { pub struct NeverSeen { missing: ::qmp_types::NotThere } } }
}

fn main() {}
