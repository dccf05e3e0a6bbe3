//! Generates Rust from the schema before the crate is compiled.

fn main() {
    qmp_schema::compile("schema/echo.json");
}
