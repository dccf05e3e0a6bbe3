//! Macros for the part of generated clients that is the same for every schema.

/// Defines `struct TypedClient` around anything that executes commands. Generated code adds the commands.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_client {
    () => {
        /// A method per command, for a client, an adapter around one, a server in the same process, or a mock of your
        /// own.
        ///
        /// It dereferences to what it wraps. `Client` and `blocking::Client` wrap the runtime's clients, whose
        /// documentation describes errors, events, time limits and file descriptors. Clones share the connection, and
        /// any number of calls may be in flight at the same time.
        ///
        /// The trait `Commands` has the same methods, for everything that executes commands.
        #[derive(Clone, Copy, Debug)]
        pub struct TypedClient<E>(E);

        impl<E: $crate::client::Execute> TypedClient<E> {
            /// Executes a command. The methods call this.
            #[inline]
            pub fn call<C: $crate::Command>(&self, arguments: C::Arguments) -> $crate::client::Reply<E::Mode, C> {
                $crate::client::Execute::call::<C>(&self.0, arguments)
            }

            /// Returns an adapter that executes commands out of band: before the commands that the server has queued.
            ///
            /// It has only the methods of commands for which the schema allows that: see the trait `OobCommands`.
            #[must_use]
            pub fn oob(&self) -> $crate::client::Oob<E>
            where
                E: ::std::clone::Clone,
            {
                $crate::client::Adapt::oob(&self.0)
            }

            /// Returns a client that executes a command again if it has failed, as the policy says.
            #[must_use]
            pub fn retry(&self, policy: $crate::client::RetryPolicy) -> TypedClient<$crate::client::Retry<E>>
            where
                E: ::std::clone::Clone,
            {
                TypedClient($crate::client::Adapt::retry(&self.0, policy))
            }

            /// Returns a client that logs each call and its result, with `tracing`.
            #[must_use]
            pub fn logged(&self) -> TypedClient<$crate::client::Logged<E>>
            where
                E: ::std::clone::Clone,
            {
                TypedClient($crate::client::Adapt::logged(&self.0))
            }
        }

        impl<E: $crate::client::Execute> $crate::client::Execute for TypedClient<E> {
            type Mode = E::Mode;

            #[inline]
            fn execute<C: $crate::Command>(
                &self,
                invocation: $crate::client::Invocation<C>,
            ) -> $crate::client::Reply<E::Mode, C> {
                $crate::client::Execute::execute(&self.0, invocation)
            }
        }

        $crate::__without_compat! {}

        impl<E> ::std::ops::Deref for TypedClient<E> {
            type Target = E;

            fn deref(&self) -> &E {
                &self.0
            }
        }

        impl<E: $crate::client::Execute> ::std::convert::From<E> for TypedClient<E> {
            fn from(executor: E) -> Self {
                Self(executor)
            }
        }
    };
}

/// Defines the methods of the blocking `Client` that are not commands, and the trait `Commands` for code that blocks.
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_client {
    ($event:ty, $introspection:path, $conditions:path) => {
        $crate::__client!(blocking [] [] [::std::convert::Into<$crate::transport::Stream>] [::std::convert::TryInto<$crate::transport::Address, Error: ::std::convert::Into<$crate::transport::AddressError>>] $event, $introspection, $conditions);

        /// The methods of everything that executes commands and blocks: for sequences of calls.
        pub trait Commands: super::Commands<Mode = $crate::client::Blocking> {}
        impl<E: super::Commands<Mode = $crate::client::Blocking> + ?::std::marker::Sized> Commands for E {}
    };
}

/// Defines the methods of the asynchronous `Client` that are not commands, and the trait `AsyncCommands`.
#[doc(hidden)]
#[macro_export]
macro_rules! __tokio_client {
    ($event:ty, $introspection:path, $conditions:path) => {
        $crate::__client!(tokio [async] [.await] [::std::convert::Into<$crate::transport::Stream>] [::std::convert::TryInto<$crate::transport::Address, Error: ::std::convert::Into<$crate::transport::AddressError>>] $event, $introspection, $conditions);

        /// The methods of everything that executes commands asynchronously: for sequences of calls, with `.await`.
        pub trait AsyncCommands: Commands<Mode = $crate::client::Async> {}
        impl<E: Commands<Mode = $crate::client::Async> + ?::std::marker::Sized> AsyncCommands for E {}
    };
}

/// Defines the methods of `Client`, a type alias, around the runtime's client in the module `$twin`.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($twin:ident [$($async:tt)*] [$($await:tt)*] [$($stream:tt)*] [$($address:tt)*] $event:ty, $introspection:path, $conditions:path) => {
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

            /// Starts a server, connects to it and negotiates. The client owns the process: it ends when the last clone
            /// is dropped.
            ///
            /// See `qmp_types::client::Spawn`, which describes the command and the socket.
            ///
            /// # Errors
            /// If the program cannot be started, ends, or does not greet in time. The error has its exit status and its
            /// last messages.
            pub $($async)* fn spawn(spawn: impl ::std::convert::Into<$crate::client::Spawn>) -> $crate::Result<Self> {
                $crate::$twin::Client::spawn(spawn)$($await)*.map(Self)
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
            /// Each subscription has its own queue, of 1,024 events by default. The stream reports events that were lost
            /// because it was full. For the events of one type, and for events without a schema, see `events_of`.
            #[must_use]
            pub fn events(&self) -> $crate::$twin::EventStream<$event> {
                self.0.events()
            }

            /// Waits for the next event in the connection's own queue, which holds the events since the socket was
            /// connected, also those before the greeting. Clones of the client share the queue: each event goes to one
            /// of them.
            ///
            /// If the queue becomes full, its events are lost, and later ones too until the next call, which reports
            /// their number.
            ///
            /// # Errors
            /// If the time limit passes, the connection ends, events were lost, or the event does not match the schema;
            /// such an event is skipped.
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
                /// is now required does. If the server was built without a condition (`if`) of the schema, all that
                /// depends on the condition is reported as one change, which breaks nothing. The client deduces the
                /// server's conditions from its introspection.
                ///
                /// # Errors
                /// As for any call, or if the server does not support `query-qmp-schema` or its reply is not a schema.
                pub $($async)* fn schema_changes(&self) -> $crate::Result<::std::vec::Vec<$crate::compat::Change>> {
                    let arguments = $crate::Value::Object($crate::Map::new());
                    let servers = self.0.call_raw("query-qmp-schema", &arguments)$($await)*?;
                    $crate::compat::changes_for_client($introspection, $conditions, &servers)
                }
            }
        }
    };
}
