//! Generates what the README's section on build scripts includes; the example programs use the macro route.

fn main() {
    qmp_schema::configure().side(qmp_schema::Side::Client).commands(["query-*", "stop"]).compile("schema/vm.json");
}
