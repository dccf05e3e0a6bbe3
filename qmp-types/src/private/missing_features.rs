//! Stand-ins for what a feature of this crate would add to generated code. Their use is a compile error that names the
//! feature: no type implements the traits.

#[cfg(not(feature = "tokio"))]
use std::future::Pending;

#[cfg(not(feature = "compat"))]
use crate::client::{Execute, Reply};
#[cfg(not(feature = "compat"))]
use crate::{Command, CommandSpec, Value};

/// Implemented by no type: the feature `tokio` is off.
#[cfg(not(feature = "tokio"))]
#[diagnostic::on_unimplemented(
    message = "the asynchronous client needs the feature `tokio` of `qmp-types`",
    label = "the feature `tokio` is off",
    note = "enable it in Cargo.toml, `qmp-types = {{ version = \"..\", features = [\"tokio\"] }}`, or use `blocking::Client`"
)]
pub trait NeedsTokio {
    /// The client that is connected.
    type Client;

    /// Connects.
    fn connect(self) -> Pending<crate::Result<Self::Client>>;
}

/// Implemented by no type: the feature `compat` is off.
#[cfg(not(feature = "compat"))]
#[diagnostic::on_unimplemented(
    message = "`schema_changes` needs the feature `compat` of `qmp-types`",
    label = "the feature `compat` is off",
    note = "enable it in Cargo.toml: `qmp-types = {{ version = \"..\", features = [\"compat\"] }}`"
)]
pub trait NeedsCompat: Execute {
    /// Asks the server.
    fn schema_changes(&self) -> Reply<Self::Mode, SchemaChanges>;
}

/// The command that asks the server, for the type of its reply.
#[cfg(not(feature = "compat"))]
#[derive(Debug, Clone, Copy)]
pub struct SchemaChanges;

#[cfg(not(feature = "compat"))]
impl Command for SchemaChanges {
    const SPEC: &'static CommandSpec = &CommandSpec::new("query-qmp-schema", "");
    type Arguments = ();
    type Return = Vec<Value>;
}

/// What the asynchronous client of a program without tokio would be: there is no value of it.
#[cfg(not(feature = "tokio"))]
#[derive(Debug, Clone, Copy)]
pub enum NoTokio {}

/// Expands to the items if this crate has its feature `tokio`, else to a client whose use is an error.
#[cfg(feature = "tokio")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_tokio {
    ($($item:tt)*) => { $($item)* };
}

/// Expands to the items if this crate has its feature `tokio`, else to a client whose use is an error.
#[cfg(not(feature = "tokio"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_tokio {
    ($($item:tt)*) => {
        /// The asynchronous client. It needs the feature `tokio` of `qmp-types`.
        #[doc(hidden)]
        pub type Client = TypedClient<$crate::private::NoTokio>;

        $crate::__without_tokio! {
            connect(address), connect_with(address, _options), connect_unix(path), connect_unix_with(path, _options),
            connect_guest_agent(address), spawn(spawn), from_stream(stream), from_stream_with(stream, _options),
        }
    };
}

/// Defines functions of `Client` that cannot be called, because the feature `tokio` is off.
#[cfg(not(feature = "tokio"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __without_tokio {
    ($($name:ident($target:ident $(, $options:ident)?),)*) => {
        impl Client {
            $(
                #[doc(hidden)]
                pub fn $name<T: $crate::private::NeedsTokio>(
                    $target: T,
                    $($options: &$crate::ClientOptions,)?
                ) -> ::std::future::Pending<$crate::Result<T::Client>> {
                    $target.connect()
                }
            )*
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

/// Defines the method `schema_changes` that cannot be called, if the feature `compat` is off.
#[cfg(feature = "compat")]
#[doc(hidden)]
#[macro_export]
macro_rules! __without_compat {
    () => {};
}

/// Defines the method `schema_changes` that cannot be called, if the feature `compat` is off.
#[cfg(not(feature = "compat"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __without_compat {
    () => {
        impl<E: $crate::client::Execute> TypedClient<E> {
            #[doc(hidden)]
            pub fn schema_changes(&self) -> $crate::client::Reply<E::Mode, $crate::private::SchemaChanges>
            where
                E: $crate::private::NeedsCompat,
            {
                self.0.schema_changes()
            }
        }
    };
}
