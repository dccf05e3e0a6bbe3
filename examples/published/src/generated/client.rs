::qmp_types::private::generated! { 8, "0.1.0", {
/// `RunState`, `quickstart.json:2`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RunState {
    /// `paused`
    Paused,
    /// `running`
    Running,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl RunState {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::Paused, Self::Running];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `StatusInfo`, `quickstart.json:3`
#[derive(Clone, PartialEq)]
pub struct StatusInfo {
    /// `running`
    pub running: bool,
    /// `status`
    pub status: RunState,
}
impl StatusInfo {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(running: bool, status: RunState) -> Self {
        Self { running, status }
    }
}

/// The arguments of [`eject`](commands::Eject).
#[derive(Clone, PartialEq)]
pub struct EjectArgs {
    /// `device`
    pub device: ::std::string::String,
    /// `force`
    pub force: ::std::option::Option<bool>,
}
impl EjectArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(device: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { device: device.into(), force: ::std::option::Option::None }
    }
    /// Sets [`force`](#structfield.force).
    #[must_use]
    pub fn force(mut self, force: impl ::std::convert::Into<::std::option::Option<bool>>) -> Self {
        self.force = force.into();
        self
    }
}

impl ::std::convert::From<::std::string::String> for EjectArgs {
    #[inline]
    fn from(device: ::std::string::String) -> Self {
        Self::new(device)
    }
}
impl ::std::convert::From<&str> for EjectArgs {
    #[inline]
    fn from(device: &str) -> Self {
        Self::new(device)
    }
}
impl ::std::convert::From<&::std::string::String> for EjectArgs {
    #[inline]
    fn from(device: &::std::string::String) -> Self {
        Self::new(device)
    }
}

/// The commands, as marker types. Each has the documentation of its command.
///
/// The examples call the blocking client; calls of the asynchronous client need `.await`.
pub mod commands {
    /// `query-status`, `quickstart.json:4`
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
            &::qmp_types::CommandSpec::new("query-status", "quickstart.json:4");
        type Arguments = ();
        type Return = super::StatusInfo;
    }
    ::qmp_types::private::definition!(Command QueryStatus);
    /// `stop`, `quickstart.json:5`
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
            &::qmp_types::CommandSpec::new("stop", "quickstart.json:5");
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Stop);
    /// `eject`, `quickstart.json:6`
    ///
    /// # Arguments
    ///
    /// The fields of [`EjectArgs`](super::EjectArgs):
    ///
    /// - [`device`](field@super::EjectArgs::device): `String`
    /// - [`force`](field@super::EjectArgs::force): `Option<bool>`
    ///
    /// # Call
    ///
    /// ```text
    /// client.eject(EjectArgs::new(device).force(force))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Eject;
    impl ::qmp_types::Command for Eject {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("eject", "quickstart.json:6");
        type Arguments = super::EjectArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Eject);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{QueryStatus as query_status, Stop as stop, Eject as eject};
}

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Enumeration for RunState {
        const NAMES: &'static p::Names = &p::Names { owner: "RunState", all: &[
            "paused", "running",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Paused => ::std::result::Result::Ok(0),
                Self::Running => ::std::result::Result::Ok(1),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Paused,
                _ => Self::Running,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for RunState {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Paused
        }
    }
    p::enumeration!(RunState);

    impl p::Record for StatusInfo {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "StatusInfo", all: &[
                "running", "status",
            ], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.running, reader),
                _ => p::Field::read(&mut self.status, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"running\": ", &self.running);
            visitor.member(b"\"status\": ", &self.status);
        }
    }
    impl p::Generated for StatusInfo {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { running: p::Field::blank(), status: p::Field::blank() }
        }
    }
    p::debug!(StatusInfo);
    p::eq!(StatusInfo);

    impl p::Record for EjectArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_eject-arg", all: &[
                "device", "force",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.device, reader),
                _ => p::Field::read(&mut self.force, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"device\": ", &self.device);
            visitor.member(b"\"force\": ", &self.force);
        }
    }
    impl p::Generated for EjectArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { device: p::Field::blank(), force: p::Field::blank() }
        }
    }
    p::debug!(EjectArgs);
    p::eq!(EjectArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[
        "STOP",
        "DEVICE_TRAY_MOVED",
    ];

    /// `STOP`, `quickstart.json:7`
    #[derive(Clone, PartialEq, Default)]
    pub struct Stop {}

    impl Stop {
        /// The name of the event.
        pub const NAME: &'static str = "STOP";
    }
    impl ::qmp_types::Event for Stop {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event Stop);

    /// `DEVICE_TRAY_MOVED`, `quickstart.json:8`
    #[derive(Clone, PartialEq)]
    pub struct DeviceTrayMoved {
        /// `device`
        pub device: ::std::string::String,
        /// `tray-open`
        pub tray_open: bool,
    }
    impl DeviceTrayMoved {
        /// Creates a value from the required members.
        #[must_use]
        #[inline]
        pub fn new(device: impl ::std::convert::Into<::std::string::String>, tray_open: bool) -> Self {
            Self { device: device.into(), tray_open }
        }
    }

    impl DeviceTrayMoved {
        /// The name of the event.
        pub const NAME: &'static str = "DEVICE_TRAY_MOVED";
    }
    impl ::qmp_types::Event for DeviceTrayMoved {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event DeviceTrayMoved);

    // How values are read and written.
    const _: () = {
        use ::qmp_types::private as p;
        impl p::Record for Stop {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_empty", all: &[], slots: b"", features: b"" },
                required: &[],
                tag: ::std::option::Option::None,
            };
            fn visit<V: p::Visitor>(&self, _: &mut V) {}
        }
        impl p::Generated for Stop {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self {  }
            }
        }
        p::debug!(Stop);
        p::eq!(Stop);

        impl p::Record for DeviceTrayMoved {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_obj_DEVICE_TRAY_MOVED-arg", all: &[
                    "device", "tray-open",
                ], slots: b"", features: b"" },
                required: &[0b11],
                tag: ::std::option::Option::None,
            };
            #[inline]
            fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
                match index {
                    0 => p::Field::read(&mut self.device, reader),
                    _ => p::Field::read(&mut self.tray_open, reader),
                }
            }
            fn visit<V: p::Visitor>(&self, visitor: &mut V) {
                visitor.member(b"\"device\": ", &self.device);
                visitor.member(b"\"tray-open\": ", &self.tray_open);
            }
        }
        impl p::Generated for DeviceTrayMoved {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self { device: p::Field::blank(), tray_open: p::Field::blank() }
            }
        }
        p::debug!(DeviceTrayMoved);
        p::eq!(DeviceTrayMoved);
    };

}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "query-status", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "stop", "meta-type": "command", "arg-type": "0", "ret-type": "0"}, {"name": "eject", "meta-type": "command", "arg-type": "2", "ret-type": "0"}, {"name": "STOP", "meta-type": "event", "arg-type": "0"}, {"name": "DEVICE_TRAY_MOVED", "meta-type": "event", "arg-type": "3"}, {"name": "0", "meta-type": "object", "members": []}, {"name": "1", "meta-type": "object", "members": [{"name": "running", "type": "bool"}, {"name": "status", "type": "4"}]}, {"name": "2", "meta-type": "object", "members": [{"name": "device", "type": "str"}, {"name": "force", "type": "bool", "default": null}]}, {"name": "3", "meta-type": "object", "members": [{"name": "device", "type": "str"}, {"name": "tray-open", "type": "bool"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "4", "meta-type": "enum", "members": [{"name": "paused"}, {"name": "running"}], "values": ["paused", "running"]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}]"#;

/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.
#[doc(hidden)]
pub static CONDITIONS: &str = r#"{}"#;

/// An event of the schema, or one that the schema does not define.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Event {
    /// `STOP`
    Stop(events::Stop),
    /// `DEVICE_TRAY_MOVED`
    DeviceTrayMoved(events::DeviceTrayMoved),
    /// An event that the schema does not define, as a newer server may send it.
    Other(::qmp_types::OtherEvent),
}
impl Event {
    /// Returns the name of the event, such as a log shows it.
    pub fn name(&self) -> &str {
        match self {
            Self::Stop(_) => "STOP",
            Self::DeviceTrayMoved(_) => "DEVICE_TRAY_MOVED",
            Self::Other(event) => &event.name,
        }
    }
}

impl ::qmp_types::AnyEvent for Event {
    #[inline]
    fn read(name: &str, reader: &mut ::qmp_types::private::Reader<'_>) -> ::std::result::Result<Self, ::qmp_types::private::ReadError> {
        use ::qmp_types::private::read;
        ::std::result::Result::Ok(match name {
            "STOP" => Self::Stop(read(reader)?),
            "DEVICE_TRAY_MOVED" => Self::DeviceTrayMoved(read(reader)?),
            _ => Self::Other(::qmp_types::OtherEvent::read(name, reader)?),
        })
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
    /// Sends [`eject`](commands::Eject) with `device`; optional: `force`.
    #[inline]
    fn eject(&self, arguments: impl ::std::convert::Into<EjectArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Eject> {
        self.call::<commands::Eject>(arguments.into())
    }
}
impl<E: ::qmp_types::client::Adapt + ?::std::marker::Sized> Commands for E {}

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
    /// Sends [`eject`](commands::Eject) with `device`; optional: `force`.
    #[inline]
    pub fn eject(&self, arguments: impl ::std::convert::Into<EjectArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Eject> {
        self.call::<commands::Eject>(arguments.into())
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

::qmp_types::private::serde_impls! {RunState, StatusInfo, EjectArgs}
} }
