// The server.

/// What a server of this schema has to handle: one trait per command, so that a missing handler is named.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `query-status` (schema.json:27): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `query-status`",
        note = "a handler is a function `query_status` with `#[qmp_command]`"
    )]
    pub trait QueryStatus: ::qmp_types::Handle<super::commands::QueryStatus> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::QueryStatus>> QueryStatus for S {}
    #[diagnostic::on_unimplemented(
        message = "no handler for command `stop` (schema.json:28): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `stop`",
        note = "a handler is a function `stop` with `#[qmp_command]`"
    )]
    pub trait Stop: ::qmp_types::Handle<super::commands::Stop> {}
    #[diagnostic::do_not_recommend]
    impl<S: ::qmp_types::Handle<super::commands::Stop>> Stop for S {}
    // ... likewise for every other command; the sample goes on with two.
}

/// Makes a server of this schema.
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::QueryStatus + required::Stop,
{
    ::qmp_types::Server::new(state, Table::<S>::ENTRIES, &SERVER_SCHEMA)
}
struct Table<S>(::std::marker::PhantomData<S>);
impl<S: 'static> Table<S>
where
    S: required::QueryStatus + required::Stop,
{
    /// Sorted by name.
    const ENTRIES: &'static [::qmp_types::private::Entry<S>] = &[
        ::qmp_types::private::Entry::of::<commands::QueryStatus>(),
        ::qmp_types::private::Entry::of::<commands::Stop>(),
    ];
}
/// What the built-in commands answer.
static SERVER_SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    // The whole list that query-qmp-schema returns, as JSON text; the built-in commands are in it only where the schema defines them.
    introspection: "[]",
};
