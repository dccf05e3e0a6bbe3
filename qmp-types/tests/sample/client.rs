// Generated from `schema.json`.

/// An event of the schema, or one that the schema does not define.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Event {
    /// `STOP`
    Stop(events::Stop),
    /// `DEVICE_DELETED`
    DeviceDeleted(events::DeviceDeleted),
    /// `STATUS_CHANGED`
    StatusChanged(events::StatusChanged),
    /// An event that the schema does not define, as a newer server may send it.
    Other(::qmp_types::OtherEvent),
}
impl Event {
    /// Returns the name of the event, such as a log shows it.
    pub fn name(&self) -> &str {
        match self {
            Self::Stop(_) => "STOP",
            Self::DeviceDeleted(_) => "DEVICE_DELETED",
            Self::StatusChanged(_) => "STATUS_CHANGED",
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
            "DEVICE_DELETED" => Self::DeviceDeleted(read(reader)?),
            "STATUS_CHANGED" => Self::StatusChanged(read(reader)?),
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
    /// Sends [`block_resize`](commands::BlockResize) with `size`; optional: `device`, `node-name`.
    #[inline]
    fn block_resize(&self, arguments: impl ::std::convert::Into<BlockResizeArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::BlockResize> {
        self.call::<commands::BlockResize>(arguments.into())
    }
    /// Sends [`device_del`](commands::DeviceDel) with `id`.
    #[inline]
    fn device_del(&self, arguments: impl ::std::convert::Into<DeviceDelArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::DeviceDel> {
        self.call::<commands::DeviceDel>(arguments.into())
    }
    /// Sends [`device_add`](commands::DeviceAdd) with `driver`; optional: `id`.
    #[inline]
    fn device_add(&self, arguments: impl ::std::convert::Into<DeviceAddArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::DeviceAdd> {
        self.call::<commands::DeviceAdd>(arguments.into())
    }
    /// Sends [`blockdev-add`](commands::BlockdevAdd) with `driver`; optional: `node-name`.
    #[inline]
    fn blockdev_add(&self, arguments: impl ::std::convert::Into<BlockdevOptions>) -> ::qmp_types::client::Reply<Self::Mode, commands::BlockdevAdd> {
        self.call::<commands::BlockdevAdd>(arguments.into())
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
    /// Sends [`block_resize`](commands::BlockResize) with `size`; optional: `device`, `node-name`.
    #[inline]
    pub fn block_resize(&self, arguments: impl ::std::convert::Into<BlockResizeArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::BlockResize> {
        self.call::<commands::BlockResize>(arguments.into())
    }
    /// Sends [`device_del`](commands::DeviceDel) with `id`.
    #[inline]
    pub fn device_del(&self, arguments: impl ::std::convert::Into<DeviceDelArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::DeviceDel> {
        self.call::<commands::DeviceDel>(arguments.into())
    }
    /// Sends [`device_add`](commands::DeviceAdd) with `driver`; optional: `id`.
    #[inline]
    pub fn device_add(&self, arguments: impl ::std::convert::Into<DeviceAddArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::DeviceAdd> {
        self.call::<commands::DeviceAdd>(arguments.into())
    }
    /// Sends [`blockdev-add`](commands::BlockdevAdd) with `driver`; optional: `node-name`.
    #[inline]
    pub fn blockdev_add(&self, arguments: impl ::std::convert::Into<BlockdevOptions>) -> ::qmp_types::client::Reply<E::Mode, commands::BlockdevAdd> {
        self.call::<commands::BlockdevAdd>(arguments.into())
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

