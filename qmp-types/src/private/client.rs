//! The clients of a schema: what is the same for every schema, around the runtime's clients.

/// `struct Client`: the runtime's blocking client, for a schema with these events. Generated code adds the commands.
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_client {
    ($event:ty, $introspection:path) => {
        $crate::__client!(blocking [] [] [::std::convert::Into<$crate::transport::Stream>] $event, $introspection);
    };
}

/// `struct Client`: the runtime's asynchronous client, for a schema with these events. Generated code adds the commands.
#[doc(hidden)]
#[macro_export]
macro_rules! __tokio_client {
    ($event:ty, $introspection:path) => {
        $crate::__client!(tokio [async] [.await] [::std::convert::Into<$crate::transport::Stream>] $event, $introspection);
    };
}

/// A client over the runtime's client in module `$twin`; its functions are `$async` or not.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($twin:ident [$($async:tt)*] [$($await:tt)*] [$($stream:tt)*] $event:ty, $introspection:path) => {
        /// A client of this schema: a method per command, and what it derefs to.
        ///
        /// Clones share the connection, and any number of calls may be on their way at the same time.
        #[derive(Clone, Debug)]
        pub struct Client($crate::$twin::Client);

        impl Client {
            /// Connects to the server's Unix socket and negotiates. Waits a while for the socket to be there, and for the
            /// greeting.
            ///
            /// # Errors
            /// If nobody listens, the server does not greet (it may be busy with another client), or does not speak QMP.
            pub $($async)* fn connect_unix(path: impl ::std::convert::AsRef<::std::path::Path>) -> $crate::Result<Self> {
                $crate::$twin::Client::connect_unix(path)$($await)*.map(Self)
            }

            /// [`connect_unix`](Self::connect_unix) with these options.
            ///
            /// # Errors
            /// As `connect_unix`, or if an option cannot be had.
            pub $($async)* fn connect_unix_with(
                path: impl ::std::convert::AsRef<::std::path::Path>,
                options: &$crate::ClientOptions,
            ) -> $crate::Result<Self> {
                $crate::$twin::Client::connect_unix_with(path, options)$($await)*.map(Self)
            }

            /// Connects to a guest agent's Unix socket: without a greeting, getting in step by `guest-sync-delimited` instead.
            ///
            /// # Errors
            /// If nobody listens, or nobody answers as a guest agent does.
            pub $($async)* fn connect_guest_agent(
                path: impl ::std::convert::AsRef<::std::path::Path>,
            ) -> $crate::Result<Self> {
                $crate::$twin::Client::connect_guest_agent(path)$($await)*.map(Self)
            }

            /// Takes over a connected stream.
            ///
            /// # Errors
            /// If the server does not greet, or does not speak QMP.
            pub $($async)* fn from_stream(stream: impl $($stream)*) -> $crate::Result<Self> {
                $crate::$twin::Client::from_stream(stream)$($await)*.map(Self)
            }

            /// [`from_stream`](Self::from_stream) with these options.
            ///
            /// # Errors
            /// As `from_stream`, or if an option cannot be had.
            pub $($async)* fn from_stream_with(stream: impl $($stream)*, options: &$crate::ClientOptions) -> $crate::Result<Self> {
                $crate::$twin::Client::from_stream_with(stream, options)$($await)*.map(Self)
            }

            /// The same connection, on which every call, and every wait for an event, is given up after this time. The error
            /// then says so, the late reply is dropped, the connection stays usable.
            #[must_use]
            pub fn timeout(&self, limit: ::std::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// Subscribes to all events, from this moment on. Each subscription has a queue of its own, of 1,024 events: when
            /// it is full, the oldest event is lost and counted.
            #[must_use]
            pub fn events(&self) -> $crate::$twin::EventStream<$event> {
                self.0.events()
            }

            /// The next event of the connection's own queue, which hears everything from the moment of the connection, and
            /// holds the last 1,024 events. Clones share it: an event goes to one of them.
            ///
            /// # Errors
            /// If the time is over, the connection ends, or the event does not fit the schema; it is passed over then.
            pub $($async)* fn next_event(&self) -> $crate::Result<$crate::Timestamped<$event>> {
                self.0.next_event()$($await)*
            }
        }

        $crate::__if_compat! {
            impl Client {
                /// What is different at the server from the schema that this client was generated from, as far as the client
                /// knows of it: commands and events that are new to it are left out. Asks with `query-qmp-schema`.
                ///
                /// A removed command, an argument that is required now: [`Change::client`]($crate::compat::Change::client)
                /// tells what breaks.
                ///
                /// # Errors
                /// As for any call; if the server cannot be asked (a guest agent), or answers what is no schema.
                pub $($async)* fn schema_changes(&self) -> $crate::Result<::std::vec::Vec<$crate::compat::Change>> {
                    let arguments = $crate::Value::Object($crate::Map::new());
                    let servers = self.0.call_raw("query-qmp-schema", &arguments)$($await)*?;
                    $crate::compat::met_by_client($introspection, &servers)
                }
            }
        }

        impl ::std::ops::Deref for Client {
            type Target = $crate::$twin::Client;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::std::convert::From<$crate::$twin::Client> for Client {
            fn from(client: $crate::$twin::Client) -> Self {
                Self(client)
            }
        }
    };
}

/// The items, if this crate has its feature `compat`.
#[cfg(feature = "compat")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_compat {
    ($($item:tt)*) => { $($item)* };
}

/// The items, if this crate has its feature `compat`.
#[cfg(not(feature = "compat"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_compat {
    ($($item:tt)*) => {};
}

/// The items, if this crate has its feature `tokio`.
#[cfg(feature = "tokio")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_tokio {
    ($($item:tt)*) => { $($item)* };
}

/// The items, if this crate has its feature `tokio`.
#[cfg(not(feature = "tokio"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_tokio {
    ($($item:tt)*) => {};
}
