//! Generated code of a second schema, by hand: a command that is built in, and one that is deprecated.
#![allow(dead_code, unreachable_pub, unused_imports)]

pub mod commands {
    use ::qmp_types::private::NotOne;
    use ::qmp_types::{Command, CommandSpec};

    #[derive(Debug)]
    pub struct QueryVersion;
    impl Command for QueryVersion {
        const SPEC: &'static CommandSpec =
            &CommandSpec::new("query-version", "second.json:1").parameters(&[]).built_in();
        type Arguments = ();
        type Return = ();
        type Sole = NotOne;
        fn sole((): ()) -> NotOne {
            NotOne
        }
    }

    #[derive(Debug)]
    #[deprecated]
    pub struct Change;
    #[allow(deprecated)]
    impl Command for Change {
        const SPEC: &'static CommandSpec = &CommandSpec::new("change", "second.json:2").parameters(&[]).deprecated();
        type Arguments = ();
        type Return = ();
        type Sole = NotOne;
        fn sole((): ()) -> NotOne {
            NotOne
        }
    }

    #[allow(deprecated)]
    pub use {Change as change, QueryVersion as query_version};
}
