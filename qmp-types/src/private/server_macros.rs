//! Macros for the parts of generated servers that are lists of commands.

/// Marks the commands of the module `commands` that are never executed out of band.
#[doc(hidden)]
#[macro_export]
macro_rules! __in_band {
    ($($command:ident),* $(,)?) => {$(
        impl $crate::server::InBand for commands::$command {}
    )*};
}

/// Defines the function `local_server` for commands of the module `commands`, which are sorted by name.
#[doc(hidden)]
#[macro_export]
macro_rules! __local_server {
    ($($command:ident),* $(,)?) => {
        /// Creates a server of a state that stays on one thread, for an event loop of your own. The state, which the server
        /// does not contain, has a handler for each command.
        #[must_use]
        pub fn local_server<S: 'static>() -> $crate::Server<$crate::server::Local<S>>
        where
            $(S: $crate::HandleMut<commands::$command>,)*
        {
            $crate::Server::local(const { &[$($crate::private::LocalEntry::of::<commands::$command>()),*] }, &SCHEMA)
        }
    };
}
