//! The options of a schema.

mod unknown {
    qmp_types::schema!("schema/vm.json", sides = client);
}

mod side {
    qmp_types::schema!("schema/vm.json", side = clients);
}

mod commands {
    qmp_types::schema!("schema/vm.json", commands = "query-*");
}

mod path {
    qmp_types::schema!(schema / vm.json);
}

fn main() {}
