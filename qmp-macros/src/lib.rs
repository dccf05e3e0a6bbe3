//! The macros of `qmp-types`, which re-exports them: use them from there.
//!
//! [`schema!`] puts the Rust of a schema where it stands; [`handlers`] and [`qmp_command`] make functions the handlers
//! of its commands.

mod expected;
mod handler;
mod handlers;
mod options;
mod schema;
mod signature;

use proc_macro::TokenStream;

/// The Rust of a schema: types, clients, and what a server has to handle, as items of the module it stands in.
///
/// The path starts from the package's directory, where `Cargo.toml` is.
///
/// ```ignore
/// mod qmp {
///     qmp_types::schema!("schema/vm.json");
/// }
///
/// /// A client of QEMU, for what this program uses.
/// mod qemu {
///     qmp_types::schema!(
///         "schema/qapi-schema.json",
///         side = client,
///         commands = ["query-*", "device_add", "device_del"],
///         events = ["DEVICE_DELETED"],
///         docs = false,
///     );
/// }
/// ```
///
/// # Options
///
/// | option | is | without it |
/// | --- | --- | --- |
/// | `side` | `client`, `server` or `both` | `both` |
/// | `commands` | the names of commands, or patterns: `["query-*", "stop"]` | all |
/// | `events` | likewise of events | all |
/// | `types` | likewise of types, generated whether a command or event uses them or not | none; all if no command and no event is selected |
/// | `conditions` | the names that are defined, for the schema's `if`s | whatever has an `if` is there |
/// | `docs` | `false`: the schema's documentation does not become rustdoc. It has a licence of its own | `true` |
/// | `enums` | `closed`: no variant for what a newer peer may send; for servers | `open` |
/// | `crate` | the path of `qmp-types` | `::qmp_types` |
/// | `handle_builtins` | commands that `qmp-types` answers, and this server answers itself: `["query-version"]` | none |
///
/// Only the types that the selected commands and events reach are there.
///
/// # Errors
///
/// A mistake in the schema is a compile error with file, line and what to do about it; all of them are reported at
/// once. If a file of the schema changes, cargo compiles the crate again.
///
/// # Reading what it makes
///
/// With `QMP_EXPAND=/some/folder` in cargo's environment the items are written to a file in that folder, formatted. The
/// same items come from `qmp_schema::compile`, for build scripts.
#[proc_macro]
pub fn schema(input: TokenStream) -> TokenStream {
    schema::expand(input.into()).into()
}

/// Makes methods handlers: those of the impl block with [`#[qmp_command]`](macro@qmp_command).
///
/// In the parentheses stands the module with the generated code of the schema, and `crate = ::path` after it if
/// `qmp-types` goes by another name. A type may have several such blocks, also for several schemas, and may be generic.
///
/// ```
/// # mod qmp { qmp_types::schema!("../qmp-types/tests/sample/schema.json"); }
/// # use qmp::{RunState, StatusInfo};
/// # trait Board { fn is_running(&self) -> bool; }
/// # struct Machine<B>(B);
/// #[qmp_types::handlers(crate::qmp)]
/// impl<B: Board> Machine<B> {
///     #[qmp_command]
///     fn query_status(&self) -> StatusInfo {
///         StatusInfo::new(self.is_running(), RunState::Running)
///     }
///
///     /// Not a handler.
///     fn is_running(&self) -> bool {
///         self.0.is_running()
///     }
/// }
/// # fn main() {}
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
/// ```
/// # mod qmp { qmp_types::schema!("../qmp-types/tests/sample/schema.json"); }
/// # use qmp::{BlockdevOptions, RunState};
/// # struct Vm(std::sync::Mutex<RunState>);
/// use qmp_types::{Context, Error, Result, handlers, qmp_command};
///
/// #[handlers(crate::qmp)]
/// impl Vm {
///     #[qmp_command]
///     fn blockdev_add(&self, options: BlockdevOptions) -> Result<()> {
///         match options.node_name {
///             Some(_) => Ok(()),
///             None => Err(Error::generic("'node-name' must be specified for the root node")),
///         }
///     }
///
///     #[qmp_command]
///     async fn device_del(&self, id: String, cx: &Context) {
///         cx.emit(qmp::events::DeviceDeleted { device: Some(id), ..qmp::events::DeviceDeleted::new("/machine") });
///     }
///
///     #[qmp_command(blocking)]
///     fn block_resize(&self, _device: Option<String>, node_name: Option<String>, size: i64) -> std::io::Result<()> {
///         std::fs::File::options().write(true).open(node_name.unwrap_or_default())?.set_len(size as u64)
///     }
/// }
///
/// #[qmp_command(crate::qmp)]
/// fn stop(vm: &Vm) {
///     *vm.0.lock().unwrap() = RunState::Paused;
/// }
/// # fn main() {}
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
