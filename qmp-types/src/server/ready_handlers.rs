//! What the macros for ready-made handlers have in common.

/// Calls the macro `$one` with each of the commands, their types, the type of the state, and the name of a function.
#[doc(hidden)]
#[macro_export]
macro_rules! __ready_handlers {
    ($one:ident, $module:tt, $state:ty, $part:ident, [$($command:ident)*]) => {
        $($crate::__ready_handlers! { @one $one, $module, $state, $part, $command })*
    };
    (@one $one:ident, ($($module:ident)::+), $state:ty, $part:ident, $command:ident) => {
        $crate::$one! { $command, $($module)::+::commands::$command, $state, $part }
    };
}

/// Implements `Handle` for a command. The function `$part` returns what the handler needs of the state.
#[doc(hidden)]
#[macro_export]
macro_rules! __ready_handler {
    ($type:ty, $state:ty, $part:ident, |$value:ident, $arguments:ident, $cx:ident| $result:expr) => {
        impl $crate::Handle<$type> for $state {
            const KIND: $crate::server::HandlerKind = $crate::server::HandlerKind::Short;

            fn handle<'a>(
                &'a self,
                $arguments: <$type as $crate::Command>::Arguments,
                $cx: &'a $crate::Context,
            ) -> $crate::Outcome<'a, $type> {
                let $value = $part(self);
                $crate::Outcome::ready($result)
            }
        }
    };
}
