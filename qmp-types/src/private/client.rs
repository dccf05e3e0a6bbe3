//! Macros for the part of generated clients that is the same for every schema.

/// Defines `struct Client` around the runtime's blocking client. Generated code adds the commands.
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_client {
    ($event:ty, $introspection:path) => {
        $crate::__client!(blocking [] [] [::std::convert::Into<$crate::transport::Stream>] [::std::convert::TryInto<$crate::transport::Address, Error: ::std::convert::Into<$crate::transport::AddressError>>] $event, $introspection);
    };
}

/// Defines `struct Client` around the runtime's asynchronous client. Generated code adds the commands.
#[doc(hidden)]
#[macro_export]
macro_rules! __tokio_client {
    ($event:ty, $introspection:path) => {
        $crate::__client!(tokio [async] [.await] [::std::convert::Into<$crate::transport::Stream>] [::std::convert::TryInto<$crate::transport::Address, Error: ::std::convert::Into<$crate::transport::AddressError>>] $event, $introspection);
    };
}

/// Defines `struct Client` around the runtime's client in the module `$twin`, which is blocking or asynchronous.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($twin:ident [$($async:tt)*] [$($await:tt)*] [$($stream:tt)*] [$($address:tt)*] $event:ty, $introspection:path) => {
        /// A client of this schema, with a method per command.
        ///
        /// It dereferences to the runtime's client, whose documentation describes errors, events, time limits and file
        /// descriptors. Clones share the connection, and any number of calls may be in flight at the same time.
        #[derive(Clone, Debug)]
        pub struct Client($crate::$twin::Client);

        impl Client {
            /// Connects to the server at an address and negotiates, with the default options: waits for a server that
            /// is starting, and for the greeting.
            ///
            /// The address may be a text, such as `/run/vm.sock` or `tcp:127.0.0.1:4444`, a path or an `Address`.
            ///
            /// # Errors
            /// If the address is malformed, no server listens there, the server does not greet (another client may be
            /// connected), or the peer does not speak QMP.
            pub $($async)* fn connect(address: impl $($address)*) -> $crate::Result<Self> {
                $crate::$twin::Client::connect(address)$($await)*.map(Self)
            }

            /// Connects as [`connect`](Self::connect) does, with other options.
            ///
            /// # Errors
            /// As for `connect`, or if the server does not offer what an option enables.
            pub $($async)* fn connect_with(
                address: impl $($address)*,
                options: &$crate::ClientOptions,
            ) -> $crate::Result<Self> {
                $crate::$twin::Client::connect_with(address, options)$($await)*.map(Self)
            }

            /// Connects to the server on a Unix socket, as [`connect`](Self::connect) does. The path is not parsed.
            ///
            /// # Errors
            /// As for `connect`.
            pub $($async)* fn connect_unix(path: impl ::std::convert::AsRef<::std::path::Path>) -> $crate::Result<Self> {
                $crate::$twin::Client::connect_unix(path)$($await)*.map(Self)
            }

            /// Connects to the server on a Unix socket, as [`connect_with`](Self::connect_with) does. The path is not
            /// parsed.
            ///
            /// # Errors
            /// As for `connect_with`.
            pub $($async)* fn connect_unix_with(
                path: impl ::std::convert::AsRef<::std::path::Path>,
                options: &$crate::ClientOptions,
            ) -> $crate::Result<Self> {
                $crate::$twin::Client::connect_unix_with(path, options)$($await)*.map(Self)
            }

            /// Connects to the guest agent at an address, and synchronises with it.
            ///
            /// # Errors
            /// If the address is malformed, no process listens there, or the peer does not reply as a guest agent does.
            pub $($async)* fn connect_guest_agent(address: impl $($address)*) -> $crate::Result<Self> {
                $crate::$twin::Client::connect_guest_agent(address)$($await)*.map(Self)
            }

            /// Takes over a connected stream and negotiates: a `UnixStream` or `TcpStream` of the standard library, or
            /// one end of a `Stream::pair`.
            ///
            /// # Errors
            /// If the server does not greet, or the peer does not speak QMP.
            pub $($async)* fn from_stream(stream: impl $($stream)*) -> $crate::Result<Self> {
                $crate::$twin::Client::from_stream(stream)$($await)*.map(Self)
            }

            /// Takes over a connected stream as [`from_stream`](Self::from_stream) does, with other options.
            ///
            /// # Errors
            /// As for `from_stream`, or if the server does not offer what an option enables.
            pub $($async)* fn from_stream_with(stream: impl $($stream)*, options: &$crate::ClientOptions) -> $crate::Result<Self> {
                $crate::$twin::Client::from_stream_with(stream, options)$($await)*.map(Self)
            }

            /// Returns a client of the same connection that gives up every call, and every wait for an event, after
            /// this time. The error then satisfies `is_timeout`. A late reply is dropped, and the connection remains
            /// usable.
            #[must_use]
            pub fn timeout(&self, limit: ::std::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }

            /// Subscribes to all events from now on.
            ///
            /// Each subscription has its own queue of 1,024 events. If it is full, the oldest event is lost.
            #[must_use]
            pub fn events(&self) -> $crate::$twin::EventStream<$event> {
                self.0.events()
            }

            /// Waits for the next event in the connection's own queue, which holds the last 1,024 events since the
            /// socket was connected. Clones of the client share the queue: each event goes to one of them.
            ///
            /// # Errors
            /// If the time limit passes, the connection ends, or the event does not match the schema; such an event is
            /// skipped.
            pub $($async)* fn next_event(&self) -> $crate::Result<$crate::Timestamped<$event>> {
                self.0.next_event()$($await)*
            }
        }

        $crate::__if_compat! {
            impl Client {
                /// Returns the changes from the schema that this client was generated from to the server's, except for
                /// new commands and events. Asks the server with `query-qmp-schema`.
                ///
                /// `Change::client` says whether a change breaks this client, as a removed command or an argument that
                /// is now required does.
                ///
                /// # Errors
                /// As for any call, or if the server does not support `query-qmp-schema` or its reply is not a schema.
                pub $($async)* fn schema_changes(&self) -> $crate::Result<::std::vec::Vec<$crate::compat::Change>> {
                    let arguments = $crate::Value::Object($crate::Map::new());
                    let servers = self.0.call_raw("query-qmp-schema", &arguments)$($await)*?;
                    $crate::compat::changes_for_client($introspection, &servers)
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

/// Expands to the items if this crate has its feature `compat`, else to nothing.
#[cfg(feature = "compat")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_compat {
    ($($item:tt)*) => { $($item)* };
}

/// Expands to the items if this crate has its feature `compat`, else to nothing.
#[cfg(not(feature = "compat"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_compat {
    ($($item:tt)*) => {};
}

/// Expands to the items if this crate has its feature `tokio`, else to nothing.
#[cfg(feature = "tokio")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_tokio {
    ($($item:tt)*) => { $($item)* };
}

/// Expands to the items if this crate has its feature `tokio`, else to nothing.
#[cfg(not(feature = "tokio"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_tokio {
    ($($item:tt)*) => {};
}
