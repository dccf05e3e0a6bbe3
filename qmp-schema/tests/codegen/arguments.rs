/// `Aio`, `arguments.json:2`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Aio {
    /// `threads`
    Threads,
    /// `native`
    Native,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl Aio {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::Threads, Self::Native];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `Cache`, `arguments.json:3`
#[derive(Clone, PartialEq, Default)]
pub struct Cache {
    /// `direct`
    pub direct: ::std::option::Option<bool>,
    /// `size`
    pub size: ::std::option::Option<u64>,
}
impl Cache {
    /// Creates a value without any member.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        ::std::default::Default::default()
    }
    /// Sets [`direct`](#structfield.direct).
    #[must_use]
    pub fn direct(mut self, direct: impl ::std::convert::Into<::std::option::Option<bool>>) -> Self {
        self.direct = direct.into();
        self
    }
    /// Sets [`size`](#structfield.size).
    #[must_use]
    pub fn size(mut self, size: impl ::std::convert::Into<::std::option::Option<u64>>) -> Self {
        self.size = size.into();
        self
    }
}

impl ::std::convert::From<()> for Cache {
    #[inline]
    fn from((): ()) -> Self {
        ::std::default::Default::default()
    }
}

/// `File`, `arguments.json:4`
#[derive(Clone, PartialEq)]
pub struct File {
    /// `filename`
    pub filename: ::std::string::String,
    /// `aio`
    pub aio: ::std::option::Option<Aio>,
    /// `cache`
    pub cache: ::std::option::Option<Cache>,
}
impl File {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(filename: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            filename: filename.into(), aio: ::std::option::Option::None, cache: ::std::option::Option::None,
         }
    }
    /// Sets [`aio`](#structfield.aio).
    #[must_use]
    pub fn aio(mut self, aio: impl ::std::convert::Into<::std::option::Option<Aio>>) -> Self {
        self.aio = aio.into();
        self
    }
    /// Sets [`cache`](#structfield.cache).
    #[must_use]
    pub fn cache(mut self, cache: impl ::std::convert::Into<::std::option::Option<Cache>>) -> Self {
        self.cache = cache.into();
        self
    }
}

impl ::std::convert::From<::std::string::String> for File {
    #[inline]
    fn from(filename: ::std::string::String) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&str> for File {
    #[inline]
    fn from(filename: &str) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&::std::string::String> for File {
    #[inline]
    fn from(filename: &::std::string::String) -> Self {
        Self::new(filename)
    }
}

/// `Format`, `arguments.json:5`
#[derive(Clone, PartialEq)]
pub struct Format {
    /// `file`
    pub file: BlockRef,
}
impl Format {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(file: impl ::std::convert::Into<BlockRef>) -> Self {
        Self { file: file.into() }
    }
}

impl ::std::convert::From<BlockRef> for Format {
    #[inline]
    fn from(file: BlockRef) -> Self {
        Self::new(file)
    }
}

/// `BlockRef`, `arguments.json:6`
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum BlockRef {
    /// `definition`
    Definition(::std::boxed::Box<Block>),
    /// `reference`
    Reference(::std::string::String),
    /// A value of a JSON type that the schema does not define, as a newer peer may send it.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<Block> for BlockRef {
    #[inline]
    fn from(value: Block) -> Self {
        Self::Definition(::std::boxed::Box::new(value))
    }
}
impl ::std::convert::From<::std::string::String> for BlockRef {
    #[inline]
    fn from(value: ::std::string::String) -> Self {
        Self::Reference(value)
    }
}
impl ::std::convert::From<&str> for BlockRef {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Reference(value.into())
    }
}

/// `Block`, `arguments.json:8`
#[derive(Clone, PartialEq)]
pub struct Block {
    /// `driver`
    pub driver: BlockDriver,
    /// `size`
    pub size: u64,
    /// `note`
    pub note: ::std::option::Option<::std::string::String>,
    /// `read-only`
    pub read_only: ::std::option::Option<bool>,
}
impl Block {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(driver: impl ::std::convert::Into<BlockDriver>, size: u64) -> Self {
        Self {
            driver: driver.into(), size, note: ::std::option::Option::None,
            read_only: ::std::option::Option::None,
         }
    }
    /// Sets [`note`](#structfield.note).
    #[must_use]
    pub fn note<Via>(
        mut self, note: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.note = note.into_option();
        self
    }
    /// Sets [`read-only`](#structfield.read_only).
    #[must_use]
    pub fn read_only(mut self, read_only: impl ::std::convert::Into<::std::option::Option<bool>>) -> Self {
        self.read_only = read_only.into();
        self
    }
}

impl Block {
    /// Creates a value whose `driver` is `file`.
    #[must_use]
    #[inline]
    pub fn file(size: u64, branch: impl ::std::convert::Into<File>) -> Self {
        Self::new(BlockDriver::File(branch.into()), size)
    }
    /// Creates a value whose `driver` is `host-device`.
    #[must_use]
    #[inline]
    pub fn host_device(size: u64, branch: impl ::std::convert::Into<File>) -> Self {
        Self::new(BlockDriver::HostDevice(branch.into()), size)
    }
    /// Creates a value whose `driver` is `raw`.
    #[must_use]
    #[inline]
    pub fn raw(size: u64, branch: impl ::std::convert::Into<Format>) -> Self {
        Self::new(BlockDriver::Raw(branch.into()), size)
    }
    /// Creates a value whose `driver` is `null`.
    #[must_use]
    #[inline]
    pub fn null(size: u64) -> Self {
        Self::new(BlockDriver::Null, size)
    }
    /// Creates a value whose `driver` is `note`.
    #[must_use]
    #[inline]
    pub fn note2(size: u64, branch: impl ::std::convert::Into<File>) -> Self {
        Self::new(BlockDriver::Note(branch.into()), size)
    }
}
/// The `driver` discriminator of `Block` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum BlockDriver {
    /// `file`
    File(File),
    /// `host-device`
    HostDevice(File),
    /// `raw`
    Raw(Format),
    /// `null`
    Null,
    /// `note`
    Note(File),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<Format> for BlockDriver {
    #[inline]
    fn from(value: Format) -> Self {
        Self::Raw(value)
    }
}

/// `Socket`, `arguments.json:13`
#[derive(Clone, PartialEq)]
pub struct Socket {
    /// `path`
    pub path: ::std::string::String,
    /// `mode`
    pub mode: ::std::option::Option<u16>,
}
impl Socket {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(path: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { path: path.into(), mode: ::std::option::Option::None }
    }
    /// Sets [`mode`](#structfield.mode).
    #[must_use]
    pub fn mode(mut self, mode: impl ::std::convert::Into<::std::option::Option<u16>>) -> Self {
        self.mode = mode.into();
        self
    }
}

/// `SocketWrapper`, `arguments.json:14`
#[derive(Clone, PartialEq)]
pub struct SocketWrapper {
    /// `data`
    pub data: Socket,
}
impl SocketWrapper {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(data: Socket) -> Self {
        Self { data }
    }
}

impl ::std::convert::From<Socket> for SocketWrapper {
    #[inline]
    fn from(data: Socket) -> Self {
        Self::new(data)
    }
}
::qmp_types::private::wrapper!(SocketWrapper, data, Socket);

/// `Backend`, `arguments.json:16`
#[derive(Clone, PartialEq)]
pub struct Backend {
    /// `type`
    pub type_: BackendType,
}
impl Backend {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(type_: impl ::std::convert::Into<BackendType>) -> Self {
        Self { type_: type_.into() }
    }
}

impl Backend {
    /// Creates a value whose `type` is `socket`.
    #[must_use]
    #[inline]
    pub fn socket(branch: impl ::std::convert::Into<SocketWrapper>) -> Self {
        Self::new(BackendType::Socket(branch.into()))
    }
}
/// The `type` discriminator of `Backend` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum BackendType {
    /// `socket`
    Socket(SocketWrapper),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<SocketWrapper> for BackendType {
    #[inline]
    fn from(value: SocketWrapper) -> Self {
        Self::Socket(value)
    }
}

/// `Opened`, `arguments.json:18`
#[derive(Clone, PartialEq, Default)]
pub struct Opened {
    /// `path`
    pub path: ::std::option::Option<::std::string::String>,
}

/// `Node`, `arguments.json:20`
#[derive(Clone, PartialEq, Default)]
pub struct Node {
    /// `next`
    pub next: ::std::option::Option<::std::boxed::Box<Node>>,
    /// `name`
    pub name: ::std::option::Option<::std::string::String>,
}
impl Node {
    /// Creates a value without any member.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        ::std::default::Default::default()
    }
    /// Sets [`next`](#structfield.next).
    #[must_use]
    pub fn next(mut self, next: impl ::std::convert::Into<::std::option::Option<Node>>) -> Self {
        self.next = next.into().map(::std::boxed::Box::new);
        self
    }
    /// Sets [`name`](#structfield.name).
    #[must_use]
    pub fn name<Via>(
        mut self, name: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.name = name.into_option();
        self
    }
}

/// The arguments of [`open`](commands::Open).
#[derive(Clone, PartialEq)]
pub struct OpenArgs {
    /// `backend`
    pub backend: Backend,
}
impl OpenArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(backend: Backend) -> Self {
        Self { backend }
    }
}

impl ::std::convert::From<Backend> for OpenArgs {
    #[inline]
    fn from(backend: Backend) -> Self {
        Self::new(backend)
    }
}

/// The arguments of [`walk`](commands::Walk).
#[derive(Clone, PartialEq, Default)]
pub struct WalkArgs {
    /// `from`
    pub from: ::std::option::Option<Node>,
    /// `nodes`
    pub nodes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    /// `counts`
    pub counts: ::std::option::Option<::std::vec::Vec<u16>>,
    /// `value`
    pub value: ::std::option::Option<::qmp_types::Value>,
}
impl WalkArgs {
    /// Creates a value without any member.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        ::std::default::Default::default()
    }
    /// Sets [`from`](#structfield.from).
    #[must_use]
    pub fn from_(mut self, from: impl ::std::convert::Into<::std::option::Option<Node>>) -> Self {
        self.from = from.into();
        self
    }
    /// Sets [`nodes`](#structfield.nodes).
    #[must_use]
    pub fn nodes(
        mut self,
        nodes: impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<::std::string::String>>,
    ) -> Self {
        self.nodes = ::std::option::Option::Some(nodes.into_iter().map(::std::convert::Into::into).collect());
        self
    }
    /// Sets [`counts`](#structfield.counts).
    #[must_use]
    pub fn counts(mut self, counts: impl ::std::iter::IntoIterator<Item = u16>) -> Self {
        self.counts = ::std::option::Option::Some(counts.into_iter().collect());
        self
    }
    /// Sets [`value`](#structfield.value).
    #[must_use]
    pub fn value(mut self, value: impl ::std::convert::Into<::qmp_types::Value>) -> Self {
        self.value = ::std::option::Option::Some(value.into());
        self
    }
}

impl ::std::convert::From<()> for WalkArgs {
    #[inline]
    fn from((): ()) -> Self {
        ::std::default::Default::default()
    }
}

/// The arguments of [`set`](commands::Set).
#[derive(Clone, PartialEq)]
pub struct SetArgs {
    /// `names`
    pub names: ::std::vec::Vec<::std::string::String>,
}
impl SetArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(
        names: impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<::std::string::String>>,
    ) -> Self {
        Self { names: names.into_iter().map(::std::convert::Into::into).collect() }
    }
}

impl ::std::convert::From<::std::vec::Vec<::std::string::String>> for SetArgs {
    #[inline]
    fn from(names: ::std::vec::Vec<::std::string::String>) -> Self {
        Self::new(names)
    }
}
impl<const N: usize> ::std::convert::From<[&str; N]> for SetArgs {
    #[inline]
    fn from(names: [&str; N]) -> Self {
        Self::new(names)
    }
}
impl<const N: usize> ::std::convert::From<[::std::string::String; N]> for SetArgs {
    #[inline]
    fn from(names: [::std::string::String; N]) -> Self {
        Self::new(names)
    }
}

/// The arguments of [`put`](commands::Put).
#[derive(Clone, PartialEq)]
pub struct PutArgs {
    /// `path`
    pub path: ::std::string::String,
    /// `value`
    pub value: ::qmp_types::Value,
}
impl PutArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(
        path: impl ::std::convert::Into<::std::string::String>,
        value: impl ::std::convert::Into<::qmp_types::Value>,
    ) -> Self {
        Self { path: path.into(), value: value.into() }
    }
}

/// The arguments of [`plug`](commands::Plug).
#[derive(Clone, PartialEq)]
pub struct PlugArgs {
    /// `driver`
    pub driver: ::std::string::String,
    /// `id`
    pub id: ::std::option::Option<::std::string::String>,
    /// The arguments that the schema does not name.
    pub extra: ::qmp_types::Map<::std::string::String, ::qmp_types::Value>,
}
::qmp_types::private::properties!(PlugArgs);
impl PlugArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(driver: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            driver: driver.into(), id: ::std::option::Option::None,
            extra: ::std::default::Default::default(),
         }
    }
    /// Sets [`id`](#structfield.id).
    #[must_use]
    pub fn id<Via>(
        mut self, id: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.id = id.into_option();
        self
    }
}

impl ::std::convert::From<::std::string::String> for PlugArgs {
    #[inline]
    fn from(driver: ::std::string::String) -> Self {
        Self::new(driver)
    }
}
impl ::std::convert::From<&str> for PlugArgs {
    #[inline]
    fn from(driver: &str) -> Self {
        Self::new(driver)
    }
}
impl ::std::convert::From<&::std::string::String> for PlugArgs {
    #[inline]
    fn from(driver: &::std::string::String) -> Self {
        Self::new(driver)
    }
}

::qmp_types::private::raw_arguments!(PlugArgs);

/// The arguments of [`name`](commands::Name).
#[derive(Clone, PartialEq)]
pub struct NameArgs {
    /// `new`
    pub new: ::std::option::Option<::std::string::String>,
    /// `default`
    pub default: ::std::option::Option<::std::string::String>,
    /// `clone`
    pub clone: ::std::option::Option<bool>,
    /// `property`
    pub property: ::std::option::Option<::std::string::String>,
    /// `type`
    pub type_: ::std::string::String,
    /// **Deprecated.** `match`
    #[deprecated]
    pub match_: ::std::option::Option<bool>,
}
#[allow(deprecated)]
impl NameArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(type_: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            new: ::std::option::Option::None, default: ::std::option::Option::None,
            clone: ::std::option::Option::None, property: ::std::option::Option::None, type_: type_.into(),
            match_: ::std::option::Option::None,
         }
    }
    /// Sets [`new`](#structfield.new).
    #[must_use]
    pub fn new_<Via>(
        mut self, new: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.new = new.into_option();
        self
    }
    /// Sets [`default`](#structfield.default).
    #[must_use]
    pub fn default_<Via>(
        mut self, default: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.default = default.into_option();
        self
    }
    /// Sets [`clone`](#structfield.clone).
    #[must_use]
    pub fn clone_(mut self, clone: impl ::std::convert::Into<::std::option::Option<bool>>) -> Self {
        self.clone = clone.into();
        self
    }
    /// Sets [`property`](#structfield.property).
    #[must_use]
    pub fn property_<Via>(
        mut self, property: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.property = property.into_option();
        self
    }
    /// Sets [`match`](#structfield.match_).
    #[deprecated]
    #[must_use]
    pub fn match_(mut self, match_: impl ::std::convert::Into<::std::option::Option<bool>>) -> Self {
        self.match_ = match_.into();
        self
    }
}

impl ::std::convert::From<::std::string::String> for NameArgs {
    #[inline]
    fn from(type_: ::std::string::String) -> Self {
        Self::new(type_)
    }
}
impl ::std::convert::From<&str> for NameArgs {
    #[inline]
    fn from(type_: &str) -> Self {
        Self::new(type_)
    }
}
impl ::std::convert::From<&::std::string::String> for NameArgs {
    #[inline]
    fn from(type_: &::std::string::String) -> Self {
        Self::new(type_)
    }
}

/// The commands, as marker types. Each has the documentation of its command.
///
/// The examples call the blocking client; calls of the asynchronous client need `.await`.
pub mod commands {
    /// `add`, `arguments.json:11`
    ///
    /// # Arguments
    ///
    /// The fields of [`Block`](super::Block):
    ///
    /// - [`driver`](field@super::Block::driver): `BlockDriver`
    /// - [`size`](field@super::Block::size): `u64`
    /// - [`note`](field@super::Block::note): `Option<String>`
    /// - [`read-only`](field@super::Block::read_only): `Option<bool>`
    ///
    /// # Call
    ///
    /// ```text
    /// client.add(Block::new(driver, size).note(note).read_only(read_only))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Add;
    impl ::qmp_types::Command for Add {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("add", "arguments.json:11");
        type Arguments = super::Block;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Add);
    /// `open`, `arguments.json:17`
    ///
    /// # Arguments
    ///
    /// The fields of [`OpenArgs`](super::OpenArgs):
    ///
    /// - [`backend`](field@super::OpenArgs::backend): `Backend`
    ///
    /// # Returns
    ///
    /// [`Opened`](super::Opened)
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.open(backend)?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Open;
    impl ::qmp_types::Command for Open {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("open", "arguments.json:17");
        type Arguments = super::OpenArgs;
        type Return = super::Opened;
    }
    ::qmp_types::private::definition!(Command Open);
    /// `walk`, `arguments.json:21`
    ///
    /// # Arguments
    ///
    /// The fields of [`WalkArgs`](super::WalkArgs):
    ///
    /// - [`from`](field@super::WalkArgs::from): `Option<Node>`
    /// - [`nodes`](field@super::WalkArgs::nodes): `Option<Vec<String>>`
    /// - [`counts`](field@super::WalkArgs::counts): `Option<Vec<u16>>`
    /// - [`value`](field@super::WalkArgs::value): `Option<Value>`
    ///
    /// # Call
    ///
    /// ```text
    /// client.walk(WalkArgs::new().from(from).nodes(nodes))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Walk;
    impl ::qmp_types::Command for Walk {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("walk", "arguments.json:21");
        type Arguments = super::WalkArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Walk);
    /// `set`, `arguments.json:22`
    ///
    /// # Arguments
    ///
    /// The fields of [`SetArgs`](super::SetArgs):
    ///
    /// - [`names`](field@super::SetArgs::names): `Vec<String>`
    ///
    /// # Call
    ///
    /// ```text
    /// client.set(names)?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Set;
    impl ::qmp_types::Command for Set {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("set", "arguments.json:22");
        type Arguments = super::SetArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Set);
    /// `put`, `arguments.json:23`
    ///
    /// # Arguments
    ///
    /// The fields of [`PutArgs`](super::PutArgs):
    ///
    /// - [`path`](field@super::PutArgs::path): `String`
    /// - [`value`](field@super::PutArgs::value): `Value`
    ///
    /// # Call
    ///
    /// ```text
    /// client.put(PutArgs::new(path, value))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Put;
    impl ::qmp_types::Command for Put {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("put", "arguments.json:23");
        type Arguments = super::PutArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Put);
    /// `plug`, `arguments.json:24`
    ///
    /// # Arguments
    ///
    /// The fields of [`PlugArgs`](super::PlugArgs):
    ///
    /// - [`driver`](field@super::PlugArgs::driver): `String`
    /// - [`id`](field@super::PlugArgs::id): `Option<String>`
    ///
    /// The schema says `'gen': false`: a handler gets the arguments unchecked, as a map. `try_from` converts the map into the struct.
    ///
    /// # Call
    ///
    /// ```text
    /// client.plug(PlugArgs::new(driver).id(id))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Plug;
    impl ::qmp_types::Command for Plug {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("plug", "arguments.json:24");
        type Arguments = ::qmp_types::Map<::std::string::String, ::qmp_types::Value>;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Plug);
    /// `tune`, `arguments.json:25`
    ///
    /// # Arguments
    ///
    /// Any members.
    ///
    /// # Call
    ///
    /// ```text
    /// client.tune(arguments)?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Tune;
    impl ::qmp_types::Command for Tune {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("tune", "arguments.json:25");
        type Arguments = ::qmp_types::Map<::std::string::String, ::qmp_types::Value>;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Tune);
    /// `configure`, `arguments.json:26`
    ///
    /// # Arguments
    ///
    /// The fields of [`Cache`](super::Cache):
    ///
    /// - [`direct`](field@super::Cache::direct): `Option<bool>`
    /// - [`size`](field@super::Cache::size): `Option<u64>`
    ///
    /// # Call
    ///
    /// ```text
    /// client.configure(Cache::new().direct(direct).size(size))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Configure;
    impl ::qmp_types::Command for Configure {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("configure", "arguments.json:26");
        type Arguments = super::Cache;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Configure);
    /// `name`, `arguments.json:27`
    ///
    /// # Arguments
    ///
    /// The fields of [`NameArgs`](super::NameArgs):
    ///
    /// - [`new`](field@super::NameArgs::new): `Option<String>`
    /// - [`default`](field@super::NameArgs::default): `Option<String>`
    /// - [`clone`](field@super::NameArgs::clone): `Option<bool>`
    /// - [`property`](field@super::NameArgs::property): `Option<String>`
    /// - [`type`](field@super::NameArgs::type_): `String`
    /// - [`match`](field@super::NameArgs::match_): `Option<bool>`, deprecated
    ///
    /// # Call
    ///
    /// ```text
    /// client.name(NameArgs::new(type_).new(new).default(default))?;
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Name;
    impl ::qmp_types::Command for Name {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("name", "arguments.json:27");
        type Arguments = super::NameArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Name);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{
        Add as add, Open as open, Walk as walk, Set as set, Put as put, Plug as plug, Tune as tune,
        Configure as configure, Name as name,
    };
}

// How values are read and written.
#[allow(deprecated)]
const _: () = {
    use ::qmp_types::private as p;
    impl p::Enumeration for Aio {
        const NAMES: &'static p::Names = &p::Names { owner: "Aio", all: &[
            "threads", "native",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Threads => ::std::result::Result::Ok(0),
                Self::Native => ::std::result::Result::Ok(1),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Threads,
                _ => Self::Native,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for Aio {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Threads
        }
    }
    p::enumeration!(Aio);

    impl p::Record for Cache {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Cache", all: &["direct", "size"], slots: b"", features: b"" },
            required: &[0b0],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.direct, reader),
                _ => p::Field::read(&mut self.size, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"direct\": ", &self.direct);
            visitor.member(b"\"size\": ", &self.size);
        }
    }
    impl p::Generated for Cache {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { direct: p::Field::blank(), size: p::Field::blank() }
        }
    }
    p::debug!(Cache);
    p::eq!(Cache);

    impl p::Record for File {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "File", all: &[
                "filename", "aio", "cache",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.filename, reader),
                1 => p::Field::read(&mut self.aio, reader),
                _ => p::Field::read(&mut self.cache, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"filename\": ", &self.filename);
            visitor.member(b"\"aio\": ", &self.aio);
            visitor.member(b"\"cache\": ", &self.cache);
        }
    }
    impl p::Generated for File {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { filename: p::Field::blank(), aio: p::Field::blank(), cache: p::Field::blank() }
        }
    }
    p::debug!(File);
    p::eq!(File);

    impl p::Record for Format {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Format", all: &["file"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.file, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"file\": ", &self.file);
        }
    }
    impl p::Generated for Format {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { file: p::Field::blank() }
        }
    }
    p::debug!(Format);
    p::eq!(Format);

    impl p::Alternate for BlockRef {
        const NAME: &'static str = "BlockRef";
        #[inline]
        fn read_branch(&mut self, kind: p::Kind, reader: &mut p::Reader<'_>) -> ::std::option::Option<p::Result> {
            *self = match kind {
                p::Kind::Object => Self::Definition(p::Field::blank()),
                p::Kind::String => Self::Reference(p::Field::blank()),
                _ => return ::std::option::Option::None,
            };
            ::std::option::Option::Some(match self {
                Self::Definition(value) => p::Field::read(value, reader),
                Self::Reference(value) => p::Field::read(value, reader),
                Self::Unknown(_) => return ::std::option::Option::None,
            })
        }
        #[inline]
        fn unknown(value: p::Value) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(value))
        }
    }
    impl p::Field for BlockRef {
        #[inline]
        fn blank() -> Self {
            Self::Reference(p::Field::blank())
        }
        #[inline]
        fn read(&mut self, reader: &mut p::Reader<'_>) -> p::Result {
            reader.alternate(self)
        }
        #[inline]
        fn write(&self, writer: &mut p::Writer) {
            match self {
                Self::Definition(value) => p::Field::write(value, writer),
                Self::Reference(value) => p::Field::write(value, writer),
                Self::Unknown(value) => writer.unknown_branch::<Self>(value),
            }
        }
        #[inline]
        fn feed(&self, hasher: &mut dyn p::Hasher) {
            match self {
                Self::Definition(value) => p::Field::feed(value, hasher),
                Self::Reference(value) => p::Field::feed(value, hasher),
                Self::Unknown(value) => p::Field::feed(value, hasher),
            }
        }
    }
    p::eq!(BlockRef);

    impl p::Record for Block {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Block", all: &[
                "driver", "size", "note", "read-only",
            ], slots: b"\x01\xff\xff\x02\xff\xff\x00\x03", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.driver, reader),
                1 => p::Field::read(&mut self.size, reader),
                2 => p::Field::read(&mut self.note, reader),
                _ => p::Field::read(&mut self.read_only, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"driver\": ", &self.driver);
            visitor.member(b"\"size\": ", &self.size);
            visitor.member(b"\"note\": ", &self.note);
            visitor.member(b"\"read-only\": ", &self.read_only);
            visitor.branch(&self.driver);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.driver)
        }
    }
    impl p::Generated for Block {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {
                driver: p::Field::blank(), size: p::Field::blank(), note: p::Field::blank(),
                read_only: p::Field::blank(),
             }
        }
    }
    p::debug!(Block);
    p::eq!(Block);

    impl p::Enumeration for BlockDriver {
        const NAMES: &'static p::Names = &p::Names { owner: "Driver", all: &[
            "file", "host-device", "raw", "null", "note",
        ], slots: b"\xff\xff\x01\x00\x04\xff\x03\x02", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::File(_) => ::std::result::Result::Ok(0),
                Self::HostDevice(_) => ::std::result::Result::Ok(1),
                Self::Raw(_) => ::std::result::Result::Ok(2),
                Self::Null => ::std::result::Result::Ok(3),
                Self::Note(_) => ::std::result::Result::Ok(4),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::File(p::Field::blank()),
                1 => Self::HostDevice(p::Field::blank()),
                2 => Self::Raw(p::Field::blank()),
                3 => Self::Null,
                _ => Self::Note(p::Field::blank()),
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for BlockDriver {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::File(branch) => ::std::option::Option::Some(branch),
                Self::HostDevice(branch) => ::std::option::Option::Some(branch),
                Self::Raw(branch) => ::std::option::Option::Some(branch),
                Self::Null => ::std::option::Option::None,
                Self::Note(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::File(branch) => p::Record::visit(branch, visitor),
                Self::HostDevice(branch) => p::Record::visit(branch, visitor),
                Self::Raw(branch) => p::Record::visit(branch, visitor),
                Self::Null => {},
                Self::Note(branch) => p::Record::visit(branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for BlockDriver {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::Null
        }
    }
    p::eq!(BlockDriver);

    impl p::Record for Socket {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Socket", all: &["path", "mode"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.path, reader),
                _ => p::Field::read(&mut self.mode, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"path\": ", &self.path);
            visitor.member(b"\"mode\": ", &self.mode);
        }
    }
    impl p::Generated for Socket {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { path: p::Field::blank(), mode: p::Field::blank() }
        }
    }
    p::debug!(Socket);
    p::eq!(Socket);

    impl p::Record for SocketWrapper {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "SocketWrapper", all: &["data"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.data, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"data\": ", &self.data);
        }
    }
    impl p::Generated for SocketWrapper {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { data: p::Field::blank() }
        }
    }
    p::debug!(SocketWrapper);
    p::eq!(SocketWrapper);

    impl p::Record for Backend {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Backend", all: &["type"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.type_, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"type\": ", &self.type_);
            visitor.branch(&self.type_);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.type_)
        }
    }
    impl p::Generated for Backend {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { type_: p::Field::blank() }
        }
    }
    p::debug!(Backend);
    p::eq!(Backend);

    impl p::Enumeration for BackendType {
        const NAMES: &'static p::Names = &p::Names { owner: "BackendType", all: &[
            "socket",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Socket(_) => ::std::result::Result::Ok(0),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(_: usize) -> Self {
            Self::Socket(p::Field::blank())
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for BackendType {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::Socket(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::Socket(branch) => p::Record::visit(branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for BackendType {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::Socket(p::Field::blank())
        }
    }
    p::eq!(BackendType);

    impl p::Record for Opened {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Opened", all: &["path"], slots: b"", features: b"" },
            required: &[0b0],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.path, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"path\": ", &self.path);
        }
    }
    impl p::Generated for Opened {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { path: p::Field::blank() }
        }
    }
    p::debug!(Opened);
    p::eq!(Opened);

    impl p::Record for Node {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Node", all: &["next", "name"], slots: b"", features: b"" },
            required: &[0b0],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.next, reader),
                _ => p::Field::read(&mut self.name, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"next\": ", &self.next);
            visitor.member(b"\"name\": ", &self.name);
        }
    }
    impl p::Generated for Node {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { next: p::Field::blank(), name: p::Field::blank() }
        }
    }
    p::debug!(Node);
    p::eq!(Node);

    impl p::Record for OpenArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_open-arg", all: &["backend"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.backend, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"backend\": ", &self.backend);
        }
    }
    impl p::Generated for OpenArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { backend: p::Field::blank() }
        }
    }
    p::debug!(OpenArgs);
    p::eq!(OpenArgs);

    impl p::Record for WalkArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_walk-arg", all: &[
                "from", "nodes", "counts", "value",
            ], slots: b"\x01\x02\x03\xff\xff\xff\x00\xff", features: b"" },
            required: &[0b0],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.from, reader),
                1 => p::Field::read(&mut self.nodes, reader),
                2 => p::Field::read(&mut self.counts, reader),
                _ => p::Field::read(&mut self.value, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"from\": ", &self.from);
            visitor.member(b"\"nodes\": ", &self.nodes);
            visitor.member(b"\"counts\": ", &self.counts);
            visitor.member(b"\"value\": ", &self.value);
        }
    }
    impl p::Generated for WalkArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {
                from: p::Field::blank(), nodes: p::Field::blank(), counts: p::Field::blank(),
                value: p::Field::blank(),
             }
        }
    }
    p::debug!(WalkArgs);
    p::eq!(WalkArgs);

    impl p::Record for SetArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_set-arg", all: &["names"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.names, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"names\": ", &self.names);
        }
    }
    impl p::Generated for SetArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { names: p::Field::blank() }
        }
    }
    p::debug!(SetArgs);
    p::eq!(SetArgs);

    impl p::Record for PutArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_put-arg", all: &[
                "path", "value",
            ], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.path, reader),
                _ => p::Field::read(&mut self.value, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"path\": ", &self.path);
            visitor.member(b"\"value\": ", &self.value);
        }
    }
    impl p::Generated for PutArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { path: p::Field::blank(), value: p::Field::blank() }
        }
    }
    p::debug!(PutArgs);
    p::eq!(PutArgs);

    impl p::Record for PlugArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_plug-arg", all: &[
                "driver", "id",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.driver, reader),
                _ => p::Field::read(&mut self.id, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"driver\": ", &self.driver);
            visitor.member(b"\"id\": ", &self.id);
            visitor.extra(&self.extra);
        }
        #[inline]
        fn extra(&mut self) -> ::std::option::Option<&mut p::Map<::std::string::String, p::Value>> {
            ::std::option::Option::Some(&mut self.extra)
        }
    }
    impl p::Generated for PlugArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { driver: p::Field::blank(), id: p::Field::blank(), extra: p::Map::new() }
        }
    }
    p::debug!(PlugArgs);
    p::eq!(PlugArgs);

    impl p::Record for NameArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_name-arg", all: &[
                "new", "default", "clone", "property", "type", "match",
            ], slots: b"\xff\x04\x03\xff\xff\xff\x05\xff\xff\xff\x01\xff\x02\xff\xff\x00", features: b"\x00\x00\x00\x00\x00\x01" },
            required: &[0b10000],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.new, reader),
                1 => p::Field::read(&mut self.default, reader),
                2 => p::Field::read(&mut self.clone, reader),
                3 => p::Field::read(&mut self.property, reader),
                4 => p::Field::read(&mut self.type_, reader),
                _ => p::Field::read(&mut self.match_, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"new\": ", &self.new);
            visitor.member(b"\"default\": ", &self.default);
            visitor.member(b"\"clone\": ", &self.clone);
            visitor.member(b"\"property\": ", &self.property);
            visitor.member(b"\"type\": ", &self.type_);
            visitor.special_member(p::Features(1), b"\"match\": ", &self.match_);
        }
    }
    impl p::Generated for NameArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self {
                new: p::Field::blank(), default: p::Field::blank(), clone: p::Field::blank(),
                property: p::Field::blank(), type_: p::Field::blank(), match_: p::Field::blank(),
             }
        }
    }
    p::debug!(NameArgs);
    p::eq!(NameArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "add", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "open", "meta-type": "command", "arg-type": "2", "ret-type": "3"}, {"name": "walk", "meta-type": "command", "arg-type": "4", "ret-type": "1"}, {"name": "set", "meta-type": "command", "arg-type": "5", "ret-type": "1"}, {"name": "put", "meta-type": "command", "arg-type": "6", "ret-type": "1"}, {"name": "plug", "meta-type": "command", "arg-type": "7", "ret-type": "1"}, {"name": "tune", "meta-type": "command", "arg-type": "1", "ret-type": "1"}, {"name": "configure", "meta-type": "command", "arg-type": "8", "ret-type": "1"}, {"name": "name", "meta-type": "command", "arg-type": "9", "ret-type": "1"}, {"name": "0", "meta-type": "object", "members": [{"name": "driver", "type": "10"}, {"name": "size", "type": "int"}, {"name": "note", "type": "str", "default": null}, {"name": "read-only", "type": "bool", "default": null}], "tag": "driver", "variants": [{"case": "file", "type": "11"}, {"case": "host-device", "type": "11"}, {"case": "raw", "type": "12"}, {"case": "note", "type": "11"}, {"case": "null", "type": "1"}]}, {"name": "1", "meta-type": "object", "members": []}, {"name": "2", "meta-type": "object", "members": [{"name": "backend", "type": "13"}]}, {"name": "3", "meta-type": "object", "members": [{"name": "path", "type": "str", "default": null}]}, {"name": "4", "meta-type": "object", "members": [{"name": "from", "type": "14", "default": null}, {"name": "nodes", "type": "[str]", "default": null}, {"name": "counts", "type": "[int]", "default": null}, {"name": "value", "type": "any", "default": null}]}, {"name": "5", "meta-type": "object", "members": [{"name": "names", "type": "[str]"}]}, {"name": "6", "meta-type": "object", "members": [{"name": "path", "type": "str"}, {"name": "value", "type": "any"}]}, {"name": "7", "meta-type": "object", "members": [{"name": "driver", "type": "str"}, {"name": "id", "type": "str", "default": null}]}, {"name": "8", "meta-type": "object", "members": [{"name": "direct", "type": "bool", "default": null}, {"name": "size", "type": "int", "default": null}]}, {"name": "9", "meta-type": "object", "members": [{"name": "new", "type": "str", "default": null}, {"name": "default", "type": "str", "default": null}, {"name": "clone", "type": "bool", "default": null}, {"name": "property", "type": "str", "default": null}, {"name": "type", "type": "str"}, {"name": "match", "type": "bool", "default": null, "features": ["deprecated"]}]}, {"name": "10", "meta-type": "enum", "members": [{"name": "file"}, {"name": "host-device"}, {"name": "raw"}, {"name": "null"}, {"name": "note"}], "values": ["file", "host-device", "raw", "null", "note"]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "11", "meta-type": "object", "members": [{"name": "filename", "type": "str"}, {"name": "aio", "type": "15", "default": null}, {"name": "cache", "type": "8", "default": null}]}, {"name": "12", "meta-type": "object", "members": [{"name": "file", "type": "16"}]}, {"name": "13", "meta-type": "object", "members": [{"name": "type", "type": "17"}], "tag": "type", "variants": [{"case": "socket", "type": "18"}]}, {"name": "14", "meta-type": "object", "members": [{"name": "next", "type": "14", "default": null}, {"name": "name", "type": "str", "default": null}]}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "[int]", "meta-type": "array", "element-type": "int"}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "15", "meta-type": "enum", "members": [{"name": "threads"}, {"name": "native"}], "values": ["threads", "native"]}, {"name": "16", "meta-type": "alternate", "members": [{"type": "0"}, {"type": "str"}]}, {"name": "17", "meta-type": "enum", "members": [{"name": "socket"}], "values": ["socket"]}, {"name": "18", "meta-type": "object", "members": [{"name": "data", "type": "19"}]}, {"name": "19", "meta-type": "object", "members": [{"name": "path", "type": "str"}, {"name": "mode", "type": "int", "default": null}]}]"#;

/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.
#[doc(hidden)]
pub static CONDITIONS: &str = r#"{}"#;

/// An event of the schema, or one that the schema does not define.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum Event {
    /// An event that the schema does not define, as a newer server may send it.
    Other(::qmp_types::OtherEvent),
}
impl Event {
    /// Returns the name of the event, such as a log shows it.
    pub fn name(&self) -> &str {
        match self {
            Self::Other(event) => &event.name,
        }
    }
}

impl ::qmp_types::AnyEvent for Event {
    #[inline]
    fn read(name: &str, reader: &mut ::qmp_types::private::Reader<'_>) -> ::std::result::Result<Self, ::qmp_types::private::ReadError> {
        ::std::result::Result::Ok(Self::Other(::qmp_types::OtherEvent::read(name, reader)?))
    }
}

/// A method per command, for everything that executes commands: clients, adapters around them, a server in the same process, and a mock of your own.
///
/// A function with a parameter `&impl Commands` can make single calls, and return their replies. A sequence of calls has to wait for replies: see `blocking::Commands` and `AsyncCommands`.
pub trait Commands: ::qmp_types::client::Adapt {
    /// Sends [`add`](commands::Add) with `driver`, `size`; optional: `note`, `read-only`.
    #[inline]
    fn add(&self, arguments: impl ::std::convert::Into<Block>) -> ::qmp_types::client::Reply<Self::Mode, commands::Add> {
        self.call::<commands::Add>(arguments.into())
    }
    /// Sends [`open`](commands::Open) with `backend`. Returns [`Opened`].
    #[inline]
    fn open(&self, arguments: impl ::std::convert::Into<OpenArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Open> {
        self.call::<commands::Open>(arguments.into())
    }
    /// Sends [`walk`](commands::Walk); optional: `from`, `nodes`, `counts`, `value`.
    #[inline]
    fn walk(&self, arguments: impl ::std::convert::Into<WalkArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Walk> {
        self.call::<commands::Walk>(arguments.into())
    }
    /// Sends [`set`](commands::Set) with `names`.
    #[inline]
    fn set(&self, arguments: impl ::std::convert::Into<SetArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Set> {
        self.call::<commands::Set>(arguments.into())
    }
    /// Sends [`put`](commands::Put) with `path`, `value`.
    #[inline]
    fn put(&self, arguments: impl ::std::convert::Into<PutArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Put> {
        self.call::<commands::Put>(arguments.into())
    }
    /// Sends [`plug`](commands::Plug) with `driver`; optional: `id`.
    #[inline]
    fn plug(&self, arguments: impl ::std::convert::Into<PlugArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Plug> {
        self.call::<commands::Plug>(arguments.into().into())
    }
    /// Sends [`tune`](commands::Tune).
    #[inline]
    fn tune(&self, arguments: impl ::std::convert::Into<::qmp_types::Map<::std::string::String, ::qmp_types::Value>>) -> ::qmp_types::client::Reply<Self::Mode, commands::Tune> {
        self.call::<commands::Tune>(arguments.into())
    }
    /// Sends [`configure`](commands::Configure); optional: `direct`, `size`.
    #[inline]
    fn configure(&self, arguments: impl ::std::convert::Into<Cache>) -> ::qmp_types::client::Reply<Self::Mode, commands::Configure> {
        self.call::<commands::Configure>(arguments.into())
    }
    /// Sends [`name`](commands::Name) with `type`; optional: `new`, `default`, `clone`, `property`, `match`.
    #[inline]
    fn name(&self, arguments: impl ::std::convert::Into<NameArgs>) -> ::qmp_types::client::Reply<Self::Mode, commands::Name> {
        self.call::<commands::Name>(arguments.into())
    }
}
impl<E: ::qmp_types::client::Adapt + ?::std::marker::Sized> Commands for E {}

::qmp_types::private::typed_client! {}
impl<E: ::qmp_types::client::Execute> TypedClient<E> {
    /// Sends [`add`](commands::Add) with `driver`, `size`; optional: `note`, `read-only`.
    #[inline]
    pub fn add(&self, arguments: impl ::std::convert::Into<Block>) -> ::qmp_types::client::Reply<E::Mode, commands::Add> {
        self.call::<commands::Add>(arguments.into())
    }
    /// Sends [`open`](commands::Open) with `backend`. Returns [`Opened`].
    #[inline]
    pub fn open(&self, arguments: impl ::std::convert::Into<OpenArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Open> {
        self.call::<commands::Open>(arguments.into())
    }
    /// Sends [`walk`](commands::Walk); optional: `from`, `nodes`, `counts`, `value`.
    #[inline]
    pub fn walk(&self, arguments: impl ::std::convert::Into<WalkArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Walk> {
        self.call::<commands::Walk>(arguments.into())
    }
    /// Sends [`set`](commands::Set) with `names`.
    #[inline]
    pub fn set(&self, arguments: impl ::std::convert::Into<SetArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Set> {
        self.call::<commands::Set>(arguments.into())
    }
    /// Sends [`put`](commands::Put) with `path`, `value`.
    #[inline]
    pub fn put(&self, arguments: impl ::std::convert::Into<PutArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Put> {
        self.call::<commands::Put>(arguments.into())
    }
    /// Sends [`plug`](commands::Plug) with `driver`; optional: `id`.
    #[inline]
    pub fn plug(&self, arguments: impl ::std::convert::Into<PlugArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Plug> {
        self.call::<commands::Plug>(arguments.into().into())
    }
    /// Sends [`tune`](commands::Tune).
    #[inline]
    pub fn tune(&self, arguments: impl ::std::convert::Into<::qmp_types::Map<::std::string::String, ::qmp_types::Value>>) -> ::qmp_types::client::Reply<E::Mode, commands::Tune> {
        self.call::<commands::Tune>(arguments.into())
    }
    /// Sends [`configure`](commands::Configure); optional: `direct`, `size`.
    #[inline]
    pub fn configure(&self, arguments: impl ::std::convert::Into<Cache>) -> ::qmp_types::client::Reply<E::Mode, commands::Configure> {
        self.call::<commands::Configure>(arguments.into())
    }
    /// Sends [`name`](commands::Name) with `type`; optional: `new`, `default`, `clone`, `property`, `match`.
    #[inline]
    pub fn name(&self, arguments: impl ::std::convert::Into<NameArgs>) -> ::qmp_types::client::Reply<E::Mode, commands::Name> {
        self.call::<commands::Name>(arguments.into())
    }
}

/// The blocking client of this schema, and the trait for code that blocks.
pub mod blocking {
    /// The blocking client of this schema, with the methods of [`TypedClient`](super::TypedClient).
    pub type Client = super::TypedClient<::qmp_types::blocking::Client>;
    ::qmp_types::private::blocking_client!(super::Event, super::INTROSPECTION, super::CONDITIONS);
}

// Expands to a client whose use is an error if the runtime's feature `tokio` is off.
::qmp_types::private::if_tokio! {
    /// The asynchronous client of this schema, with the methods of [`TypedClient`].
    pub type Client = TypedClient<::qmp_types::tokio::Client>;
    ::qmp_types::private::tokio_client!(Event, INTROSPECTION, CONDITIONS);
}

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {
    Aio, Cache, File, Format, BlockRef, Block, Socket, SocketWrapper, Backend, Opened, Node, OpenArgs,
    WalkArgs, SetArgs, PutArgs, PlugArgs, NameArgs,
}
