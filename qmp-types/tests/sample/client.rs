// Any event, and the clients.

/// Any event of the schema, or one that it does not have.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// `STOP`
    Stop(events::Stop),
    /// `DEVICE_DELETED`
    DeviceDeleted(events::DeviceDeleted),
    /// `STATUS_CHANGED`
    StatusChanged(events::StatusChanged),
    /// An event that the schema does not have.
    Other(::qmp_types::OtherEvent),
}
impl ::qmp_types::AnyEvent for Event {
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

/// The blocking client.
pub mod blocking {
    // `struct Client`, `Deref` to `::qmp_types::blocking::Client`, constructors, `timeout`, `next_event`...
    ::qmp_types::private::blocking_client!(super::Event);
    impl Client {
        /// `query-status`
        pub fn query_status(&self) -> ::qmp_types::Result<super::StatusInfo> {
            self.call::<super::commands::QueryStatus>(())
        }
        /// `stop`
        pub fn stop(&self) -> ::qmp_types::Result<()> {
            self.call::<super::commands::Stop>(())
        }
        /// `block_resize`
        pub fn block_resize(
            &self,
            arguments: impl ::std::convert::Into<super::BlockResizeArgs>,
        ) -> ::qmp_types::Result<()> {
            self.call::<super::commands::BlockResize>(arguments.into())
        }
        /// `device_del`
        pub fn device_del(
            &self,
            arguments: impl ::std::convert::Into<super::DeviceDelArgs>,
        ) -> ::qmp_types::Result<()> {
            self.call::<super::commands::DeviceDel>(arguments.into())
        }
        /// `blockdev-add`
        pub fn blockdev_add(
            &self,
            arguments: impl ::std::convert::Into<super::BlockdevOptions>,
        ) -> ::qmp_types::Result<()> {
            self.call::<super::commands::BlockdevAdd>(arguments.into())
        }
    }
}
// The asynchronous client: expands to nothing where the runtime's feature `tokio` is off.
::qmp_types::private::if_tokio! {
    // `struct Client`, `Deref` to `::qmp_types::tokio::Client`, constructors, `timeout`, `next_event`...
    ::qmp_types::private::tokio_client!(Event);
    impl Client {
        /// `query-status`
        pub fn query_status(&self) -> ::qmp_types::tokio::Call<commands::QueryStatus> {
            self.call::<commands::QueryStatus>(())
        }
        /// `stop`
        pub fn stop(&self) -> ::qmp_types::tokio::Call<commands::Stop> {
            self.call::<commands::Stop>(())
        }
        /// `block_resize`
        pub fn block_resize(
            &self,
            arguments: impl ::std::convert::Into<BlockResizeArgs>,
        ) -> ::qmp_types::tokio::Call<commands::BlockResize> {
            self.call::<commands::BlockResize>(arguments.into())
        }
    }
}
