//! The ready-made handlers of the commands for descriptors.

/// Makes the handlers of `getfd`, `closefd`, `add-fd`, `remove-fd` and `query-fdsets`, which keep descriptors in an
/// [`FdStore`](crate::server::FdStore).
///
/// It takes the module with the generated code of the schema, the type of the state, and a closure (or the path of a
/// function) that returns the state's store. For a schema that has only some of the commands, name them:
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// mod qmp {
///     qmp_types::schema!("schema/fds.json", commands = ["getfd", "closefd"]);
/// }
///
/// #[derive(Default)]
/// struct Vm {
///     fds: qmp_types::server::FdStore,
/// }
///
/// qmp_types::fd_handlers!(crate::qmp, Vm, |vm| &vm.fds, [getfd, closefd]);
/// # fn main() { let _ = qmp::server(Vm::default()); }
/// ```
///
/// The schema describes the commands as QEMU's does:
///
/// ```python
#[doc = include_str!("../../../schema/fds.json")]
/// ```
#[macro_export]
macro_rules! fd_handlers {
    ($($module:ident)::+, $state:ty, $store:expr $(,)?) => {
        $crate::fd_handlers!($($module)::+, $state, $store, [getfd, closefd, add_fd, remove_fd, query_fdsets]);
    };
    ($($module:ident)::+, $state:ty, $store:expr, [$($command:ident),* $(,)?] $(,)?) => {
        const _: () = {
            fn store(state: &$state) -> &$crate::server::FdStore {
                let store: fn(&$state) -> &$crate::server::FdStore = $store;
                store(state)
            }
            $crate::__ready_handlers! { __fd_handler, ($($module)::+), $state, store, [$($command)*] }
        };
    };
}

/// Implements `Handle` for one of the commands.
#[doc(hidden)]
#[macro_export]
macro_rules! __fd_handler {
    (getfd, $type:ty, $state:ty, $store:ident) => {
        $crate::__ready_handler! { $type, $state, $store, |fds, arguments, cx| fds.getfd(cx, arguments.fdname) }
    };
    (closefd, $type:ty, $state:ty, $store:ident) => {
        $crate::__ready_handler! { $type, $state, $store, |fds, arguments, cx| {
            fds.closefd(cx, &arguments.fdname)
        } }
    };
    (add_fd, $type:ty, $state:ty, $store:ident) => {
        $crate::__ready_handler! { $type, $state, $store, |fds, arguments, cx| {
            fds.add_fd(cx, arguments.fdset_id, arguments.opaque).map(|added| {
                let mut info: <$type as $crate::Command>::Return = $crate::private::Field::blank();
                info.fdset_id = added.fdset_id;
                info.fd = added.fd;
                info
            })
        } }
    };
    (remove_fd, $type:ty, $state:ty, $store:ident) => {
        $crate::__ready_handler! { $type, $state, $store, |fds, arguments, _cx| {
            fds.remove_fd(arguments.fdset_id, arguments.fd)
        } }
    };
    (query_fdsets, $type:ty, $state:ty, $store:ident) => {
        $crate::__ready_handler! { $type, $state, $store, |fds, _arguments, _cx| {
            let mut sets: <$type as $crate::Command>::Return = $crate::private::Field::blank();
            for set in fds.fdsets() {
                let mut info = $crate::private::blank_item(&sets);
                info.fdset_id = set.fdset_id;
                info.fds = $crate::private::Field::blank();
                for member in set.fds {
                    let mut fd = $crate::private::blank_item(&info.fds);
                    fd.fd = member.fd;
                    fd.opaque = member.opaque;
                    info.fds.push(fd);
                }
                sets.push(info);
            }
            ::std::result::Result::Ok(sets)
        } }
    };
    ($other:ident, $type:ty, $state:ty, $store:ident) => {
        ::std::compile_error!(::std::concat!(
            "expected `getfd`, `closefd`, `add_fd`, `remove_fd` or `query_fdsets`, found `",
            ::std::stringify!($other),
            "`"
        ));
    };
}
