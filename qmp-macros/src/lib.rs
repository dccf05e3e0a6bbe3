//! The procedural macros of `qmp-types`, which re-exports them. Depend on that crate, not on this one.
//!
//! QMP, the QEMU Monitor Protocol, is described by a schema in QAPI, QEMU's schema language. [`schema!`] turns a schema into a
//! Rust module with types, commands, events, a server and clients. [`handlers`] and [`qmp_command`] make functions the handlers
//! of its commands, checked by the compiler.
//!
//! # A server
//!
//! A schema:
//!
//! ```python
#![doc = include_str!("../schema/quickstart.json")]
//! ```
//!
//! and a server that handles its commands:
//!
//! ```no_run
//! use qmp::{RunState, StatusInfo, events};
//! use qmp_types::{Context, Error, Result, handlers};
//!
//! mod qmp {
//!     qmp_types::schema!("schema/quickstart.json");
//! }
//!
//! struct Vm;
//!
//! #[handlers(crate::qmp)]
//! impl Vm {
//!     #[qmp_command]
//!     fn query_status(&self) -> StatusInfo {
//!         StatusInfo::new(true, RunState::Running)
//!     }
//!
//!     #[qmp_command]
//!     fn stop(&self, cx: &Context) {
//!         cx.emit(events::Stop {});
//!     }
//!
//!     #[qmp_command]
//!     async fn eject(&self, device: String, force: Option<bool>) -> Result<()> {
//!         Err(Error::device_not_found(device))
//!     }
//! }
//!
//! fn main() -> Result<()> {
//!     qmp::server(Vm).serve_unix("/run/vm.sock")
//! }
//! ```
//!
//! # What the compiler checks
//!
//! | mistake | the error names |
//! | --- | --- |
//! | a parameter that is no argument of the command | the nearest argument |
//! | a parameter or a return value of another type | the schema's text, `'*force': 'bool'`, and its line |
//! | a missing parameter | its name and its type |
//! | a command without a handler | the command and its line in the schema |
//! | an error type that does not convert | how to convert it |
//! | an option that does not exist, or a pattern that matches nothing | what is probably meant |
//!
//! # What to read next
//!
//! | to | read |
//! | --- | --- |
//! | select a part of a schema, set the other options, read the generated Rust | [`schema!`] |
//! | write methods as handlers, several blocks, generic ones | [`handlers`] |
//! | write a handler: its parameters, its result, `async`, blocking ones, free functions | [`qmp_command`] |
//! | generate in a build script, without a procedural macro | `qmp_types::include_schema!` |

mod expected;
mod handler;
mod handlers;
mod options;
mod schema;
mod signature;

use proc_macro::TokenStream;

/// Generates the Rust of a schema, as items of the module it stands in: types, commands, events, a server and clients.
///
/// The path starts from the package's directory, where `Cargo.toml` is. The file is a schema, or the reply of a server to
/// `query-qmp-schema`.
///
/// ```
/// mod qmp {
///     qmp_types::schema!("schema/quickstart.json");
/// }
///
/// /// A client, for the commands that a program uses.
/// mod client {
///     qmp_types::schema!(
///         "schema/quickstart.json",
///         side = client,
///         commands = ["query-*", "stop"],
///         events = ["STOP"],
///         docs = false,
///     );
/// }
/// # fn main() {}
/// ```
///
/// # Options
///
/// | option | is | default |
/// | --- | --- | --- |
/// | `side` | what to generate: `client`, `server` or `both` | `both` |
/// | `commands` | the names of commands, or patterns: `["query-*", "stop"]`. `*` stands for any characters, `?` for one | all |
/// | `events` | the names of events, or patterns | all |
/// | `types` | the names of types, or patterns: types to generate although no command or event uses them | none; all if no command and no event is selected |
/// | `conditions` | the names that are defined for the schema's conditions (`if`): `["CONFIG_LINUX"]` | conditions are ignored, every part is generated |
/// | `docs` | `false`: the schema's documentation does not become rustdoc. It has its own licence | `true` |
/// | `enums` | `closed`: enums, unions and alternates have no variant for values that only a newer peer knows; for servers | `open` |
/// | `gen_false` | `typed`: a server reads the members that the schema names of a command with `'gen': false`, and rejects those of a wrong type; `raw`: its handler gets all arguments as they were sent, as a map | `raw` |
/// | `fd_commands` | the names of commands, or patterns, with which a client sends a file descriptor: `["getfd", "add-fd"]`. Their methods take it: `vm.getfd("fd0", &file)` | none |
/// | `crate` | the path of `qmp-types` | `::qmp_types` |
/// | `handle_builtins` | commands that every server answers by itself and this one handles: `["query-version"]` | none |
/// | `also` | further versions of the schema, to generate a client for all of them: see [below](#several-versions) | none |
/// | `version` | the name of the schema's own version, in the documentation of bindings of several | by its path |
///
/// The types that the selected commands and events use are generated, and no others. A schema that defines only types is
/// generated completely; such types are read and written with the feature `serde` of `qmp-types`.
///
/// # Several versions
///
/// Servers of several versions can share one client:
///
/// ```ignore
/// mod qmp {
///     qmp_types::schema!("qemu-10.0/qapi/qapi-schema.json", also = ["qemu-7.2/qapi/qapi-schema.json", "dumps/11.1.json"]);
/// }
/// ```
///
/// The bindings have every command, event, member, value and branch of all versions, which may be schema files and replies to
/// `query-qmp-schema`. The documentation of what some version lacks says so: "Since 10.0, not in 7.2." Such members are
/// `Option`s, in replies, events and arguments. An argument is required if every version that has the command requires it.
/// The first path is that of the main version: its types keep their names, and `INTROSPECTION` is its own. Only clients are
/// generated, because a server has one version.
///
/// The last number with a dot in a path names the version; otherwise its name is the path. To choose the name, write a pair,
/// `also = [("old", "vm-1.json")]`, and `version = "new"` for the main one.
///
/// Types are matched by where they are used, because replies to `query-qmp-schema` do not name them. Where the types of a member
/// differ, it gets a type that takes the values of all, by the rules of [`qmp_schema::merge`]. If there is none, that is an
/// error with both places.
///
/// With bindings of one version, a client fills members that an older server lacks with empty values, or refuses the reply: see
/// `ClientOptions::missing_members`.
///
/// # Names
///
/// Types and enum values are in `CamelCase`, members and commands in `snake_case`. Keywords get `_` behind them (`type_`), and
/// names that become the same are numbered from the second on. The complete rule is at [`qmp_schema::Config`].
///
/// An event has its name in the schema as a constant, `qmp::events::DeviceTrayMoved::NAME`. `qmp::events::NAMES` lists all.
///
/// A schema may call its types as Rust's prelude calls others: QEMU's has a `String`. For a glob import, take
/// `use qmp::prelude::*`, which leaves such types out.
///
/// # Errors
///
/// A mistake in the schema is a compile error with file, line and what to do about it; all mistakes are reported at once. A
/// wrong option is an error at its own token. If a file of the schema changes, cargo compiles the crate again.
///
/// # Reading the generated Rust
///
/// With `QMP_EXPAND=/some/folder` in cargo's environment the items are written to a file in that folder, formatted:
/// `vm.rs` for `vm.json`, or `home-me-schema-vm.rs` where schemas of that name meet.
/// `qmp_schema::compile`, for build scripts, generates the same items.
#[proc_macro]
pub fn schema(input: TokenStream) -> TokenStream {
    schema::expand(input.into()).into()
}

/// Makes methods the handlers of commands: those of the impl block that have [`#[qmp_command]`](macro@qmp_command).
///
/// The attribute names the module with the generated code of the schema, then options. A type may have several such blocks, also for several schemas, and may be generic.
///
/// ```
/// # mod qmp { qmp_types::schema!("schema/quickstart.json"); }
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
/// The block itself is not changed: handlers can be called like any method.
///
/// # A state of several parts
///
/// `part_of = Vm.block` makes the handlers of a part those of the state that has it in its field `block`. A list names
/// several states.
///
/// ```
/// # mod qmp { qmp_types::schema!("schema/quickstart.json", commands = ["stop", "eject"]); }
/// use std::sync::Mutex;
///
/// struct Vm {
///     run_state: RunState,
///     block: Mutex<Block>,
/// }
///
/// # struct RunState;
/// #[qmp_types::handlers(crate::qmp, part_of = Vm.run_state)]
/// impl RunState {
///     #[qmp_command]
///     fn stop(&self) {}
/// }
///
/// # struct Block { medium: Option<String> }
/// #[qmp_types::handlers(crate::qmp, part_of = Vm.block)]
/// impl Block {
///     #[qmp_command]
///     fn eject(&mut self, _device: String, _force: Option<bool>) {
///         self.medium = None;
///     }
/// }
///
/// # fn main() {
/// qmp::server(Vm { run_state: RunState, block: Mutex::new(Block { medium: None }) });
/// # }
/// ```
///
/// A part whose handlers take `&mut self` has a lock of its own, as `block` here. If the whole state is behind one lock, the
/// option is `part_of = &mut Vm.block` and the field is a plain `Block`: `qmp::server(Mutex::new(vm))`. The field has to be
/// visible where the attribute is.
///
/// So it is for a state that stays on one thread, with `local`: no part has a lock.
///
/// ```
/// # mod qmp { qmp_types::schema!("schema/quickstart.json", commands = ["stop", "eject"]); }
/// #[derive(Default)]
/// struct Standard {
///     stopped: bool,
///     block: Block,
/// }
///
/// #[derive(Default)]
/// struct Micro {
///     block: Block,
/// }
///
/// #[derive(Default)]
/// struct Block {
///     ejected: bool,
/// }
///
/// #[qmp_types::handlers(crate::qmp, local, part_of = [&mut Standard.block, &mut Micro.block])]
/// impl Block {
///     #[qmp_command]
///     fn eject(&mut self, _device: String, _force: Option<bool>) {
///         self.ejected = true;
///     }
/// }
///
/// #[qmp_types::handlers(crate::qmp, local)]
/// impl Standard {
///     #[qmp_command]
///     fn stop(&mut self) {
///         self.stopped = true;
///     }
/// }
///
/// #[qmp_types::handlers(crate::qmp, local, refuse = [stop], otherwise = "{command} is not supported by this machine")]
/// impl Micro {}
///
/// # fn main() {
/// qmp::local_server::<Standard>();
/// qmp::local_server::<Micro>();
/// # }
/// ```
///
/// # Several types with the same handlers
///
/// On a trait, the attribute gives its handlers to the types of `on`. A default method is a handler that they share, unless a
/// type has a better one. With `otherwise`, a handler without a body that returns a `Result` refuses its command, unless a
/// type has the handler. `otherwise` is a text, or a function that makes an [`Error`](https://docs.rs/qmp-types/latest/qmp_types/struct.Error.html)
/// of the command's name.
///
/// ```
/// # mod qmp { qmp_types::schema!("schema/quickstart.json", commands = ["stop", "eject"]); }
/// use qmp_types::Result;
///
/// #[qmp_types::handlers(crate::qmp, on = [Standard, Micro], otherwise = "{command} is not supported by this machine")]
/// trait Machine {
///     fn pause(&self);
///
///     #[qmp_command]
///     fn stop(&self) {
///         self.pause();
///     }
///
///     #[qmp_command]
///     fn eject(&self, device: String, force: Option<bool>) -> Result<()>;
/// }
///
/// struct Standard;
///
/// impl Machine for Standard {
///     fn pause(&self) {}
///
///     fn eject(&self, device: String, force: Option<bool>) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// struct Micro; // refuses `eject`
///
/// impl Machine for Micro {
///     fn pause(&self) {}
/// }
///
/// # fn main() {
/// qmp::server(Standard);
/// qmp::server(Micro);
/// # }
/// ```
///
/// If a machine's type is chosen at run time, the type of `on` may be `dyn Machine`: the state is then an `Arc<dyn Machine>`
/// or an `Arc<Mutex<dyn Machine>>`.
///
/// # Commands without a handler
///
/// `refuse` names commands, by their names in Rust, that the state has no handler for: it refuses them as `otherwise` says.
/// They need no signature.
///
/// ```
/// # mod qmp { qmp_types::schema!("schema/quickstart.json", commands = ["stop", "eject"]); }
/// # struct Micro;
/// #[qmp_types::handlers(crate::qmp, refuse = [eject], otherwise = "{command} is not supported by this machine")]
/// impl Micro {
///     #[qmp_command]
///     fn stop(&self) {}
/// }
/// # fn main() { qmp::server(Micro); }
/// ```
///
/// # Options
///
/// | option | effect |
/// | --- | --- |
/// | `crate = ::path` | `qmp-types` has another name; this option is the first |
/// | `part_of = Vm.block` | the state in the field `block` of a `Vm` has these handlers, and so has `Vm` |
/// | `part_of = &mut Vm.block` | the same for a `Vm` behind one lock, or with `local` |
/// | `on = [Standard, Micro]` | the types that get the handlers of a trait |
/// | `refuse = [eject]` | the commands that have no handler, and are refused |
/// | `otherwise = "text"`, `otherwise = function` | how the commands of `refuse`, and those whose handlers in a trait have no body, are refused |
/// | `local` | the state stays on the thread of an event loop: a `&mut self` handler may be one of a command that allows out-of-band execution, and none is `async` or `blocking` |
#[proc_macro_attribute]
pub fn handlers(options: TokenStream, item: TokenStream) -> TokenStream {
    handlers::block(options.into(), item.into()).into()
}

/// Makes a function the handler of the command with its name: a method in a [`#[handlers]`](macro@handlers) block, or a free
/// function, which takes the state first and names the schema in the attribute.
///
/// ```
/// # mod qmp { qmp_types::schema!("schema/quickstart.json"); }
/// # use qmp::{RunState, StatusInfo};
/// # struct Vm(std::sync::Mutex<RunState>);
/// use qmp_types::{Context, Error, Result, handlers, qmp_command};
///
/// #[handlers(crate::qmp)]
/// impl Vm {
///     #[qmp_command]
///     async fn eject(&self, device: String, force: Option<bool>, cx: &Context) -> Result<()> {
///         if force != Some(true) {
///             return Err(Error::generic(format!("Device '{device}' is locked")));
///         }
///         cx.emit(qmp::events::DeviceTrayMoved::new(device, true));
///         Ok(())
///     }
///
///     #[qmp_command(blocking)]
///     fn query_status(&self) -> std::io::Result<StatusInfo> {
///         let state = std::fs::read_to_string("/run/vm.state")?;
///         Ok(StatusInfo::new(state == "running", RunState::Running))
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
/// - It takes the state by `&self`, because connections share the state, or by `&mut self`. A free function takes it by its
///   first parameter. A state with a `&mut self` handler is put behind a lock, `qmp::server(Mutex::new(vm))`: `HandleMut` of
///   `qmp-types` has the rules.
/// - It takes each argument of the command by value, by the argument's name, in any order. `_size` takes `size`, and does not
///   use it. If the arguments are of a type that the schema names, it takes one value of that type, by any name. For a command
///   with `gen: false` it takes all arguments, unchecked, as one `Map<String, Value>`; with the option `gen_false = typed` of
///   [`schema!`], each argument that the schema names, and the others as `extra`.
/// - It may take `&Context` anywhere among them: the connection, its events, whether the command was cancelled.
/// - It returns the type that the schema has, or a `Result` of it whose error converts into `qmp_types::Error`.
/// - It may be `async`; then its future must be `Send`.
/// - It need not be `pub`, and it is not changed.
/// - If it panics, its command fails and the server goes on. But a `std::sync::Mutex` that it has locked is poisoned, and each
///   `lock().unwrap()` of a later command panics, too. Lock with `lock().unwrap_or_else(PoisonError::into_inner)`, or take the
///   locks of the crate `parking_lot`, which know no poison; the lock around a state with `&mut self` handlers is never
///   poisoned. In a program compiled with `panic = "abort"`, a panic ends the program.
///
/// The documentation of each command, in the module `commands` of the generated code, shows its handler.
///
/// # Options
///
/// | option | effect |
/// | --- | --- |
/// | `whole` | one parameter takes all arguments: the generated `..Args` struct |
/// | `short` | the function returns within microseconds: an asynchronous server calls it without changing the thread |
/// | `blocking` | the function may take long: the replies to earlier commands are sent before it is called |
/// | `name = device_add` | the command's name in Rust, if the function has another name |
///
/// An asynchronous server calls a function that is neither `async` nor `short` on a thread where it may take its time.
///
/// For a free function they follow the module: `#[qmp_command(crate::qmp, blocking)]`.
///
/// # Errors
///
/// A function that does not fit the schema is a compile error at the token that is wrong. The error names the command, what the
/// schema has, and its line there.
#[proc_macro_attribute]
pub fn qmp_command(options: TokenStream, item: TokenStream) -> TokenStream {
    handlers::function(options.into(), item.into()).into()
}

/// The code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
