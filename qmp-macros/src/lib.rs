//! The macros of `qmp-types`, which re-exports them: use them from there.
//!
//! `schema!` puts the Rust of a schema where it stands; [`handlers`] and [`qmp_command`] make functions the handlers
//! of its commands.

mod handler;
mod handlers;
mod options;
mod signature;

use proc_macro::TokenStream;

/// Makes methods handlers: those of the impl block with [`#[qmp_command]`](macro@qmp_command).
///
/// In the parentheses stands the module with the generated code of the schema, and `crate = ::path` after it if
/// `qmp-types` goes by another name. A type may have several such blocks, also for several schemas, and may be generic.
///
/// ```ignore
/// mod qmp {
///     qmp_types::schema!("schema/vm.json");
/// }
///
/// #[qmp_types::handlers(crate::qmp)]
/// impl<B: Board> Machine<B> {
///     #[qmp_command]
///     fn query_status(&self) -> StatusInfo {
///         self.status()
///     }
///
///     /// Not a handler.
///     fn status(&self) -> StatusInfo { .. }
/// }
/// ```
///
/// The block itself stays as it is: handlers can be called like any method.
#[proc_macro_attribute]
pub fn handlers(options: TokenStream, item: TokenStream) -> TokenStream {
    handlers::block(options.into(), item.into()).into()
}

/// Makes a function the handler of the command with its name: a method inside of a [`#[handlers]`](macro@handlers) block,
/// or a free function, which takes the state first and says of which schema the command is.
///
/// ```ignore
/// #[qmp_types::handlers(crate::qmp)]
/// impl Vm {
///     #[qmp_command]
///     fn query_status(&self) -> StatusInfo { .. }
///
///     #[qmp_command]
///     async fn block_resize(&self, device: Option<String>, node_name: Option<String>, size: i64) -> Result<()> { .. }
///
///     #[qmp_command(blocking)]
///     fn blockdev_add(&self, options: BlockdevOptions, cx: &Context) -> Result<(), BlockError> { .. }
/// }
///
/// #[qmp_types::qmp_command(crate::qmp)]
/// fn stop(vm: &Vm) { .. }
/// ```
///
/// # The function
///
/// - takes the state by `&self` (a free function: by its first parameter), because connections share it;
/// - takes every argument of the command by value, under the argument's name, in any order. `_size` takes `size`, and
///   does not use it. Where the data of the command names a type, there is one argument, of that type and under any
///   name. A command with `gen: false` has one more, `extra`: the members that the schema does not name;
/// - may take `&Context` anywhere among them: the connection, its events and whether the command was cancelled;
/// - returns what the schema says, or a `Result` of it whose error is, or turns into, `qmp_types::Error`;
/// - may be `async`; its future has to be `Send`;
/// - need not be `pub`, and is not changed.
///
/// What does not fit the schema is a compile error, at the token that is wrong.
///
/// # Options
///
/// | option | says |
/// | --- | --- |
/// | `whole` | one parameter takes all arguments: the generated `..Args` struct |
/// | `blocking` | the function may take long: an asynchronous server calls it where blocking does no harm |
/// | `name = device_add` | the command, in the words of Rust, where the function has another name |
///
/// They stand behind the module in the case of a free function: `#[qmp_command(crate::qmp, blocking)]`.
#[proc_macro_attribute]
pub fn qmp_command(options: TokenStream, item: TokenStream) -> TokenStream {
    handlers::function(options.into(), item.into()).into()
}
