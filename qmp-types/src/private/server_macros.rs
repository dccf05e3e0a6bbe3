//! Macros for the parts of generated servers that are lists of commands.

/// Marks the commands of the module `commands` that are never executed out of band.
#[doc(hidden)]
#[macro_export]
macro_rules! __in_band {
    ($($command:ident),* $(,)?) => {$(
        impl $crate::server::InBand for commands::$command {}
    )*};
}

/// Implements the traits of these names, each for all states that handle the command of the same name.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    ($($command:ident),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<S: $crate::Handle<super::commands::$command>> $command for S {}
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
        pub fn local_server<S>() -> $crate::Server<$crate::server::Local<S>>
        where
            S: 'static,
            $(S: $crate::HandleMut<commands::$command>,)*
        {
            $crate::Server::local(const { &[$($crate::private::LocalEntry::of::<commands::$command>()),*] }, &SCHEMA)
        }
    };
}
