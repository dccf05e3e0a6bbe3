//! The schema of the tests that put a machine together from parts, and the oob commands of another one.

pub(crate) mod qmp {
    qmp_types::schema!("tests/handlers/composed.json", side = server);
}
