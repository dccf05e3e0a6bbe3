//! Generated code of a second schema, written by hand: a command that is built in, and a deprecated one.
#![allow(dead_code, unreachable_pub, unused_imports)]

pub mod commands {
    use ::qmp_types::private::{Handled, NotOne, Parameter, Signature};
    use ::qmp_types::{Command, CommandSpec};

    macro_rules! handled {
        ($command:ident) => {
            impl Handled for $command {
                const SIGNATURE: Signature = Signature::inline("()", &[], Parameter::new("", "()", "", "second.json"));
                type Types = ();
                type Sole = NotOne;
                fn sole((): ()) -> NotOne {
                    NotOne
                }
            }
        };
    }

    #[derive(Debug)]
    pub struct QueryVersion;
    impl Command for QueryVersion {
        const SPEC: &'static CommandSpec = &CommandSpec::new("query-version", "second.json:1").built_in();
        type Arguments = ();
        type Return = ();
    }
    handled!(QueryVersion);

    #[derive(Debug)]
    #[deprecated]
    pub struct Change;
    #[allow(deprecated)]
    const _: () = {
        impl Command for Change {
            const SPEC: &'static CommandSpec = &CommandSpec::new("change", "second.json:2").deprecated();
            type Arguments = ();
            type Return = ();
        }
        handled!(Change);
    };

    #[allow(deprecated)]
    pub use {Change as change, QueryVersion as query_version};
}
