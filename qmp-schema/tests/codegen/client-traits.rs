/// `StatusInfo`, `client-traits.json:1`
#[derive(Clone, PartialEq)]
pub struct StatusInfo {
    /// `running`
    pub running: bool,
}
impl StatusInfo {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(running: bool) -> Self {
        Self { running }
    }
}

/// The commands, as marker types. Each has the documentation of its command.
///
/// The examples call the blocking client; calls of the asynchronous client need `.await`.
pub mod commands {
    /// `query-status`, `client-traits.json:2`
    ///
    /// # Returns
    ///
    /// [`StatusInfo`](super::StatusInfo)
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.query_status()?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryStatus;
    impl ::qmp_types::Command for QueryStatus {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-status", "client-traits.json:2");
        type Arguments = ();
        type Return = super::StatusInfo;
    }
    ::qmp_types::private::definition!(Command QueryStatus);
    /// `stop`, `client-traits.json:3`
    ///
    /// # Call
    ///
    /// ```text
    /// client.stop()?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Stop;
    impl ::qmp_types::Command for Stop {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("stop", "client-traits.json:3");
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Stop);
    /// `migrate-pause`, `client-traits.json:4`
    ///
    /// # Call
    ///
    /// ```text
    /// client.migrate_pause()?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct MigratePause;
    impl ::qmp_types::Command for MigratePause {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("migrate-pause", "client-traits.json:4").allow_oob();
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command MigratePause);
    impl ::qmp_types::OobCommand for MigratePause {}
    /// `x-query-irq`, `client-traits.json:5`
    ///
    /// # Returns
    ///
    /// [`StatusInfo`](super::StatusInfo)
    ///
    /// **Unstable**.
    ///
    /// # Call
    ///
    /// ```text
    /// use qmp::unstable::UnstableCommands;
    ///
    /// let reply = client.x_query_irq()?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct XQueryIrq;
    impl ::qmp_types::Command for XQueryIrq {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("x-query-irq", "client-traits.json:5").unstable();
        type Arguments = ();
        type Return = super::StatusInfo;
    }
    ::qmp_types::private::definition!(Command XQueryIrq);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{
        QueryStatus as query_status, Stop as stop, MigratePause as migrate_pause, XQueryIrq as x_query_irq,
    };
}

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for StatusInfo {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "StatusInfo", all: &["running"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.running, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"running\": ", &self.running);
        }
    }
    impl p::Generated for StatusInfo {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { running: p::Field::blank() }
        }
    }
    p::debug!(StatusInfo);
    p::eq!(StatusInfo);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-status", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "stop", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "migrate-pause", "meta-type": "command", "arg-type": "0", "ret-type": "0", "allow-oob": true}, {"name": "x-query-irq", "meta-type": "command", "arg-type": "0", "ret-type": "1", "features": ["unstable"]}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "running", "type": "bool"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}]"#;

/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.
#[doc(hidden)]
pub static CONDITIONS: &str = r#"{}"#;

/// An event of the schema, or one that the schema does not define.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Event {
    /// An event that the schema does not define, as a newer server may send it.
    Other(::qmp_types::OtherEvent),
}
impl Event {
    /// Returns the name of the event, such as a log shows it.
    pub fn name(&self) -> &str {
        match self {
            Self::Other(event) => &event.name,
        }
    }
}

impl ::qmp_types::AnyEvent for Event {
    #[inline]
    fn read(name: &str, reader: &mut ::qmp_types::private::Reader<'_>) -> ::std::result::Result<Self, ::qmp_types::private::ReadError> {
        ::std::result::Result::Ok(Self::Other(::qmp_types::OtherEvent::read(name, reader)?))
    }
}

/// A method per command, for everything that executes commands: clients, adapters around them, a server in the same process, and a mock of your own.
///
/// A function with a parameter `&impl Commands` can make single calls, and return their replies. A sequence of calls has to wait for replies: see `blocking::Commands` and `AsyncCommands`.
pub trait Commands: ::qmp_types::client::Adapt {
    /// Sends [`query-status`](commands::QueryStatus). Returns [`StatusInfo`].
    #[inline]
    fn query_status(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::QueryStatus> {
        self.call::<commands::QueryStatus>(())
    }
    /// Sends [`stop`](commands::Stop).
    #[inline]
    fn stop(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::Stop> {
        self.call::<commands::Stop>(())
    }
    /// Sends [`migrate-pause`](commands::MigratePause).
    #[inline]
    fn migrate_pause(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::MigratePause> {
        self.call::<commands::MigratePause>(())
    }
}
impl<E: ::qmp_types::client::Adapt + ?::std::marker::Sized> Commands for E {}

/// A method per command that may be executed out of band, for what `oob()` returns.
pub trait OobCommands: ::qmp_types::client::ExecuteOob {
    /// Sends [`migrate-pause`](commands::MigratePause).
    #[inline]
    fn migrate_pause(&self) -> ::qmp_types::client::Reply<Self::Mode, commands::MigratePause> {
        self.call::<commands::MigratePause>(())
    }
}
impl<E: ::qmp_types::client::ExecuteOob + ?::std::marker::Sized> OobCommands for E {}

/// The unstable commands, in a module that glob imports do not look into.
pub mod unstable {
    /// A method per unstable command. Import this trait to call them: they may change or disappear with the next release of the server.
    pub trait UnstableCommands: ::qmp_types::client::Execute {
        /// Sends [`x-query-irq`](super::commands::XQueryIrq). Returns [`StatusInfo`](super::StatusInfo).
        #[inline]
        fn x_query_irq(&self) -> ::qmp_types::client::Reply<Self::Mode, super::commands::XQueryIrq> {
            self.call::<super::commands::XQueryIrq>(())
        }
    }
    impl<E: ::qmp_types::client::Execute + ?::std::marker::Sized> UnstableCommands for E {}
}

::qmp_types::private::typed_client! {}
impl<E: ::qmp_types::client::Execute> TypedClient<E> {
    /// Sends [`query-status`](commands::QueryStatus). Returns [`StatusInfo`].
    #[inline]
    pub fn query_status(&self) -> ::qmp_types::client::Reply<E::Mode, commands::QueryStatus> {
        self.call::<commands::QueryStatus>(())
    }
    /// Sends [`stop`](commands::Stop).
    #[inline]
    pub fn stop(&self) -> ::qmp_types::client::Reply<E::Mode, commands::Stop> {
        self.call::<commands::Stop>(())
    }
    /// Sends [`migrate-pause`](commands::MigratePause).
    #[inline]
    pub fn migrate_pause(&self) -> ::qmp_types::client::Reply<E::Mode, commands::MigratePause> {
        self.call::<commands::MigratePause>(())
    }
}

/// The blocking client of this schema, and the trait for code that blocks.
pub mod blocking {
    /// The blocking client of this schema, with the methods of [`TypedClient`](super::TypedClient).
    pub type Client = super::TypedClient<::qmp_types::blocking::Client>;
    ::qmp_types::private::blocking_client!(super::Event, super::INTROSPECTION, super::CONDITIONS);
}

// Expands to a client whose use is an error if the runtime's feature `tokio` is off.
::qmp_types::private::if_tokio! {
    /// The asynchronous client of this schema, with the methods of [`TypedClient`].
    pub type Client = TypedClient<::qmp_types::tokio::Client>;
    ::qmp_types::private::tokio_client!(Event, INTROSPECTION, CONDITIONS);
}

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {StatusInfo}
