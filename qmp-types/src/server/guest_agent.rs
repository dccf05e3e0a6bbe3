//! The ready-made handlers of a guest agent.

/// Makes the handlers of `guest-sync`, `guest-sync-delimited`, `guest-ping` and `guest-info`, which every guest agent has.
///
/// It takes the module with the generated code of the schema and the type of the state. For a schema that has only some of
/// the commands, name them: `[guest_sync, guest_ping]`. [`Server::guest_agent`](crate::Server::guest_agent) makes the
/// server speak as a guest agent does.
///
#[cfg_attr(feature = "macros", doc = "```no_run")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// mod qga {
///     qmp_types::schema!("schema/agent.json");
/// }
///
/// struct Agent;
///
/// qmp_types::guest_agent_handlers!(crate::qga, Agent);
///
/// fn main() -> qmp_types::Result<()> {
///     qga::server(Agent).guest_agent().serve_unix("/run/qga.sock")
/// }
/// ```
///
/// The schema describes the commands as QEMU's does:
///
/// ```python
#[doc = include_str!("../../schema/agent.json")]
/// ```
///
/// `guest-info` lists the commands of the schema, and which of them are enabled now.
#[macro_export]
macro_rules! guest_agent_handlers {
    ($($module:ident)::+, $state:ty $(,)?) => {
        $crate::guest_agent_handlers!(
            $($module)::+, $state, [guest_sync, guest_sync_delimited, guest_ping, guest_info]
        );
    };
    ($($module:ident)::+, $state:ty, [$($command:ident),* $(,)?] $(,)?) => {
        const _: () = {
            fn nothing(_: &$state) {}
            $crate::__ready_handlers! { __guest_agent_handler, ($($module)::+), $state, nothing, [$($command)*] }
        };
    };
}

/// Implements `Handle` for one of the commands.
#[doc(hidden)]
#[macro_export]
macro_rules! __guest_agent_handler {
    (guest_sync, $type:ty, $state:ty, $nothing:ident) => {
        $crate::__ready_handler! { $type, $state, $nothing, |_state, arguments, _cx| ::std::result::Result::Ok(arguments.id) }
    };
    (guest_sync_delimited, $type:ty, $state:ty, $nothing:ident) => {
        $crate::__ready_handler! { $type, $state, $nothing, |_state, arguments, cx| {
            cx.delimit_reply();
            ::std::result::Result::Ok(arguments.id)
        } }
    };
    (guest_ping, $type:ty, $state:ty, $nothing:ident) => {
        $crate::__ready_handler! { $type, $state, $nothing, |_state, _arguments, _cx| ::std::result::Result::Ok(()) }
    };
    (guest_info, $type:ty, $state:ty, $nothing:ident) => {
        $crate::__ready_handler! { $type, $state, $nothing, |_state, _arguments, cx| {
            let mut info: <$type as $crate::Command>::Return = $crate::private::Field::blank();
            info.version = cx.version().to_string();
            info.supported_commands = cx
                .commands()
                .into_iter()
                .map(|command| {
                    let mut item = $crate::private::blank_item(&info.supported_commands);
                    item.name = command.spec.name.to_owned();
                    item.enabled = command.is_enabled;
                    item.success_response = command.spec.success_response;
                    item
                })
                .collect();
            ::std::result::Result::Ok(info)
        } }
    };
    ($other:ident, $type:ty, $state:ty, $nothing:ident) => {
        ::std::compile_error!(::std::concat!(
            "expected `guest_sync`, `guest_sync_delimited`, `guest_ping` or `guest_info`, found `",
            ::std::stringify!($other),
            "`"
        ));
    };
}
