//! Each wrong option of `schema!` is an error at its own token.

mod path {
    qmp_types::schema!(schema / vm.json);
}

mod names {
    qmp_types::schema!("schema/vm.json", sides = client, verbose = true, docs = false, docs = true);
}

mod values {
    qmp_types::schema!("schema/vm.json", side = clients, enums = "closed", docs = no, crate = "qmp_types");
}

mod lists {
    qmp_types::schema!(
        "schema/vm.json",
        commands = "stop",
        events = [STOP],
        types = ["RunState" "StatusInfo"],
        conditions,
        handle_builtins =
    );
}

mod versions {
    qmp_types::schema!("schema/vm.json", also = "old.json", version = 1.0);
    qmp_types::schema!("schema/vm.json", also = [old]);
    qmp_types::schema!("schema/vm.json", also = [("1.0")]);
    qmp_types::schema!("schema/vm.json", also = [("1.0", "old.json", "older.json")]);
}

mod separators {
    qmp_types::schema!("schema/vm.json" docs = false);
}

mod not_an_option {
    qmp_types::schema!("schema/vm.json", "query-*");
}

fn main() {}
