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

/// The blocking client of this schema.
pub mod blocking {
    ::qmp_types::private::blocking_client!(super::Event, super::INTROSPECTION);
    impl Client {
        /// Sends [`query-status`](super::commands::QueryStatus).
        #[inline]
        pub fn query_status(&self) -> ::qmp_types::Result<super::StatusInfo> {
            self.call::<super::commands::QueryStatus>(())
        }
        /// Sends [`stop`](super::commands::Stop).
        #[inline]
        pub fn stop(&self) -> ::qmp_types::Result<()> {
            self.call::<super::commands::Stop>(())
        }
        /// Sends [`block_resize`](super::commands::BlockResize) with `size`; optional: `device`, `node-name`.
        #[inline]
        pub fn block_resize(&self, arguments: impl ::std::convert::Into<super::BlockResizeArgs>) -> ::qmp_types::Result<()> {
            self.call::<super::commands::BlockResize>(arguments.into())
        }
        /// Sends [`device_del`](super::commands::DeviceDel) with `id`.
        #[inline]
        pub fn device_del(&self, arguments: impl ::std::convert::Into<super::DeviceDelArgs>) -> ::qmp_types::Result<()> {
            self.call::<super::commands::DeviceDel>(arguments.into())
        }
        /// Sends [`device_add`](super::commands::DeviceAdd) with `driver`; optional: `id`.
        #[inline]
        pub fn device_add(&self, arguments: impl ::std::convert::Into<super::DeviceAddArgs>) -> ::qmp_types::Result<()> {
            self.call::<super::commands::DeviceAdd>(arguments.into())
        }
        /// Sends [`blockdev-add`](super::commands::BlockdevAdd) with `driver`; optional: `node-name`.
        #[inline]
        pub fn blockdev_add(&self, arguments: impl ::std::convert::Into<super::BlockdevOptions>) -> ::qmp_types::Result<()> {
            self.call::<super::commands::BlockdevAdd>(arguments.into())
        }
    }
}

// The asynchronous client. Expands to nothing if the runtime's feature `tokio` is off.
::qmp_types::private::if_tokio! {
    ::qmp_types::private::tokio_client!(Event, INTROSPECTION);
    impl Client {
        /// Sends [`query-status`](commands::QueryStatus).
        #[inline]
        pub fn query_status(&self) -> ::qmp_types::tokio::Call<commands::QueryStatus> {
            self.call::<commands::QueryStatus>(())
        }
        /// Sends [`stop`](commands::Stop).
        #[inline]
        pub fn stop(&self) -> ::qmp_types::tokio::Call<commands::Stop> {
            self.call::<commands::Stop>(())
        }
        /// Sends [`block_resize`](commands::BlockResize) with `size`; optional: `device`, `node-name`.
        #[inline]
        pub fn block_resize(&self, arguments: impl ::std::convert::Into<BlockResizeArgs>) -> ::qmp_types::tokio::Call<commands::BlockResize> {
            self.call::<commands::BlockResize>(arguments.into())
        }
        /// Sends [`device_del`](commands::DeviceDel) with `id`.
        #[inline]
        pub fn device_del(&self, arguments: impl ::std::convert::Into<DeviceDelArgs>) -> ::qmp_types::tokio::Call<commands::DeviceDel> {
            self.call::<commands::DeviceDel>(arguments.into())
        }
        /// Sends [`device_add`](commands::DeviceAdd) with `driver`; optional: `id`.
        #[inline]
        pub fn device_add(&self, arguments: impl ::std::convert::Into<DeviceAddArgs>) -> ::qmp_types::tokio::Call<commands::DeviceAdd> {
            self.call::<commands::DeviceAdd>(arguments.into())
        }
        /// Sends [`blockdev-add`](commands::BlockdevAdd) with `driver`; optional: `node-name`.
        #[inline]
        pub fn blockdev_add(&self, arguments: impl ::std::convert::Into<BlockdevOptions>) -> ::qmp_types::tokio::Call<commands::BlockdevAdd> {
            self.call::<commands::BlockdevAdd>(arguments.into())
        }
    }
}

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _};
}

