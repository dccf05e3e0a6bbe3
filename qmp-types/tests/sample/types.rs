// Generated from `schema.json`.

/// How the machine runs.
///
/// `RunState`, `schema.json:10`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RunState {
    /// `paused`
    Paused,
    /// `running`
    Running,
    /// `post-migrate`
    PostMigrate,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl RunState {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::Paused, Self::Running, Self::PostMigrate];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `StatusInfo`, `schema.json:24`, since 0.14
#[derive(Clone, PartialEq)]
pub struct StatusInfo {
    /// `running`: whether the machine runs
    pub running: bool,
    /// **Deprecated.** `singlestep`: whether it runs step by step
    ///
    /// **Deprecated**: `singlestep` goes away
    #[deprecated(note = "`singlestep` goes away")]
    pub singlestep: ::std::option::Option<bool>,
    /// `status`: the state
    pub status: RunState,
}
#[allow(deprecated)]
impl StatusInfo {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(running: bool, status: RunState) -> Self {
        Self { running, singlestep: ::std::option::Option::None, status }
    }
    /// Sets [`singlestep`](#structfield.singlestep).
    #[deprecated(note = "`singlestep` goes away")]
    #[must_use]
    pub fn singlestep(
        mut self, singlestep: impl ::std::convert::Into<::std::option::Option<bool>>,
    ) -> Self {
        self.singlestep = singlestep.into();
        self
    }
}

/// `BlockdevOptionsFile`, `schema.json:32`
#[derive(Clone, PartialEq)]
pub struct BlockdevOptionsFile {
    /// `filename`
    pub filename: ::std::string::String,
}
impl BlockdevOptionsFile {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(filename: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { filename: filename.into() }
    }
}

impl ::std::convert::From<::std::string::String> for BlockdevOptionsFile {
    #[inline]
    fn from(filename: ::std::string::String) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&str> for BlockdevOptionsFile {
    #[inline]
    fn from(filename: &str) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&::std::string::String> for BlockdevOptionsFile {
    #[inline]
    fn from(filename: &::std::string::String) -> Self {
        Self::new(filename)
    }
}

/// `BlockdevOptionsQcow2`, `schema.json:33`
#[derive(Clone, PartialEq)]
pub struct BlockdevOptionsQcow2 {
    /// `file`
    pub file: BlockdevRef,
    /// `backing`
    pub backing: ::std::option::Option<BlockdevRefOrNull>,
}
impl BlockdevOptionsQcow2 {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(file: impl ::std::convert::Into<BlockdevRef>) -> Self {
        Self { file: file.into(), backing: ::std::option::Option::None }
    }
    /// Sets [`backing`](#structfield.backing).
    #[must_use]
    pub fn backing<Via>(
        mut self, backing: impl ::qmp_types::arguments::IntoOption<BlockdevRefOrNull, Via>,
    ) -> Self {
        self.backing = backing.into_option();
        self
    }
}

impl ::std::convert::From<BlockdevRef> for BlockdevOptionsQcow2 {
    #[inline]
    fn from(file: BlockdevRef) -> Self {
        Self::new(file)
    }
}

/// `BlockdevOptions`, `schema.json:34`
#[derive(Clone, PartialEq)]
pub struct BlockdevOptions {
    /// `driver`
    pub driver: BlockdevOptionsDriver,
    /// `node-name`
    pub node_name: ::std::option::Option<::std::string::String>,
}
impl BlockdevOptions {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(driver: impl ::std::convert::Into<BlockdevOptionsDriver>) -> Self {
        Self { driver: driver.into(), node_name: ::std::option::Option::None }
    }
    /// Sets [`node-name`](#structfield.node_name).
    #[must_use]
    pub fn node_name<Via>(
        mut self, node_name: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.node_name = node_name.into_option();
        self
    }
}

impl BlockdevOptions {
    /// Creates a value whose `driver` is `null-co`.
    #[must_use]
    #[inline]
    pub fn null_co() -> Self {
        Self::new(BlockdevOptionsDriver::NullCo)
    }
    /// Creates a value whose `driver` is `file`.
    #[must_use]
    #[inline]
    pub fn file(branch: impl ::std::convert::Into<BlockdevOptionsFile>) -> Self {
        Self::new(BlockdevOptionsDriver::File(branch.into()))
    }
    /// Creates a value whose `driver` is `qcow2`.
    #[must_use]
    #[inline]
    pub fn qcow2(branch: impl ::std::convert::Into<BlockdevOptionsQcow2>) -> Self {
        Self::new(BlockdevOptionsDriver::Qcow2(branch.into()))
    }
}
/// The `driver` discriminator of `BlockdevOptions` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum BlockdevOptionsDriver {
    /// `null-co`
    NullCo,
    /// `file`
    File(BlockdevOptionsFile),
    /// `qcow2`
    Qcow2(BlockdevOptionsQcow2),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<BlockdevOptionsFile> for BlockdevOptionsDriver {
    #[inline]
    fn from(value: BlockdevOptionsFile) -> Self {
        Self::File(value)
    }
}
impl ::std::convert::From<BlockdevOptionsQcow2> for BlockdevOptionsDriver {
    #[inline]
    fn from(value: BlockdevOptionsQcow2) -> Self {
        Self::Qcow2(value)
    }
}

/// `BlockdevRef`, `schema.json:36`
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum BlockdevRef {
    /// `definition`
    Definition(::std::boxed::Box<BlockdevOptions>),
    /// `reference`
    Reference(::std::string::String),
    /// A value of a JSON type that the schema does not define, as a newer peer may send it.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<BlockdevOptions> for BlockdevRef {
    #[inline]
    fn from(value: BlockdevOptions) -> Self {
        Self::Definition(::std::boxed::Box::new(value))
    }
}
impl ::std::convert::From<::std::string::String> for BlockdevRef {
    #[inline]
    fn from(value: ::std::string::String) -> Self {
        Self::Reference(value)
    }
}
impl ::std::convert::From<&str> for BlockdevRef {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Reference(value.into())
    }
}

/// `BlockdevRefOrNull`, `schema.json:37`
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum BlockdevRefOrNull {
    /// `definition`
    Definition(::std::boxed::Box<BlockdevOptions>),
    /// `reference`
    Reference(::std::string::String),
    /// `null`
    Null(::qmp_types::Null),
    /// A value of a JSON type that the schema does not define, as a newer peer may send it.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<BlockdevOptions> for BlockdevRefOrNull {
    #[inline]
    fn from(value: BlockdevOptions) -> Self {
        Self::Definition(::std::boxed::Box::new(value))
    }
}
impl ::std::convert::From<::std::string::String> for BlockdevRefOrNull {
    #[inline]
    fn from(value: ::std::string::String) -> Self {
        Self::Reference(value)
    }
}
impl ::std::convert::From<&str> for BlockdevRefOrNull {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Reference(value.into())
    }
}
impl ::std::convert::From<::qmp_types::Null> for BlockdevRefOrNull {
    #[inline]
    fn from(value: ::qmp_types::Null) -> Self {
        Self::Null(value)
    }
}

/// The arguments of [`block_resize`](commands::BlockResize).
#[derive(Clone, PartialEq)]
pub struct BlockResizeArgs {
    /// `device`
    pub device: ::std::option::Option<::std::string::String>,
    /// `node-name`
    pub node_name: ::std::option::Option<::std::string::String>,
    /// `size`
    pub size: i64,
}
impl BlockResizeArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(size: i64) -> Self {
        Self { device: ::std::option::Option::None, node_name: ::std::option::Option::None, size }
    }
    /// Sets [`device`](#structfield.device).
    #[must_use]
    pub fn device<Via>(
        mut self, device: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.device = device.into_option();
        self
    }
    /// Sets [`node-name`](#structfield.node_name).
    #[must_use]
    pub fn node_name<Via>(
        mut self, node_name: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.node_name = node_name.into_option();
        self
    }
}

impl ::std::convert::From<i64> for BlockResizeArgs {
    #[inline]
    fn from(size: i64) -> Self {
        Self::new(size)
    }
}

/// The arguments of [`device_del`](commands::DeviceDel).
#[derive(Clone, PartialEq)]
pub struct DeviceDelArgs {
    /// `id`
    pub id: ::std::string::String,
}
impl DeviceDelArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(id: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { id: id.into() }
    }
}

impl ::std::convert::From<::std::string::String> for DeviceDelArgs {
    #[inline]
    fn from(id: ::std::string::String) -> Self {
        Self::new(id)
    }
}
impl ::std::convert::From<&str> for DeviceDelArgs {
    #[inline]
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}
impl ::std::convert::From<&::std::string::String> for DeviceDelArgs {
    #[inline]
    fn from(id: &::std::string::String) -> Self {
        Self::new(id)
    }
}

/// The arguments of [`device_add`](commands::DeviceAdd).
#[derive(Clone, PartialEq)]
pub struct DeviceAddArgs {
    /// `driver`
    pub driver: ::std::string::String,
    /// `id`
    pub id: ::std::option::Option<::std::string::String>,
    /// The arguments that the schema does not name.
    pub extra: ::qmp_types::Map<::std::string::String, ::qmp_types::Value>,
}
::qmp_types::private::properties!(DeviceAddArgs);
impl DeviceAddArgs {
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

impl ::std::convert::From<::std::string::String> for DeviceAddArgs {
    #[inline]
    fn from(driver: ::std::string::String) -> Self {
        Self::new(driver)
    }
}
impl ::std::convert::From<&str> for DeviceAddArgs {
    #[inline]
    fn from(driver: &str) -> Self {
        Self::new(driver)
    }
}
impl ::std::convert::From<&::std::string::String> for DeviceAddArgs {
    #[inline]
    fn from(driver: &::std::string::String) -> Self {
        Self::new(driver)
    }
}

/// The commands, as marker types. Each has the documentation of its command.
///
/// The examples call the blocking client; calls of the asynchronous client need `.await`.
pub mod commands {
    /// `query-status`, `schema.json:26`
    ///
    /// # Returns
    ///
    /// [`StatusInfo`](super::StatusInfo)
    ///
    /// # Call
    ///
    /// ```text
    /// let reply = client.query_status()?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn query_status(&self) -> Result<StatusInfo>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct QueryStatus;
    impl ::qmp_types::Command for QueryStatus {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-status", "schema.json:26").allow_preconfig();
        type Arguments = ();
        type Return = super::StatusInfo;
    }
    ::qmp_types::private::definition!(Command QueryStatus);
    /// `stop`, `schema.json:27`
    ///
    /// # Call
    ///
    /// ```text
    /// client.stop()?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn stop(&self) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Stop;
    impl ::qmp_types::Command for Stop {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("stop", "schema.json:27");
        type Arguments = ();
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Stop);
    /// `block_resize`, `schema.json:28`
    ///
    /// # Arguments
    ///
    /// The fields of [`BlockResizeArgs`](super::BlockResizeArgs):
    ///
    /// - [`device`](field@super::BlockResizeArgs::device): `Option<String>`
    /// - [`node-name`](field@super::BlockResizeArgs::node_name): `Option<String>`
    /// - [`size`](field@super::BlockResizeArgs::size): `i64`
    ///
    /// # Call
    ///
    /// ```text
    /// client.block_resize(BlockResizeArgs::new(size).device(device).node_name(node_name))?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn block_resize(
    ///     &self,
    ///     device: Option<String>,
    ///     node_name: Option<String>,
    ///     size: i64,
    /// ) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct BlockResize;
    impl ::qmp_types::Command for BlockResize {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("block_resize", "schema.json:28");
        type Arguments = super::BlockResizeArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command BlockResize);
    /// `device_del`, `schema.json:29`
    ///
    /// # Arguments
    ///
    /// The fields of [`DeviceDelArgs`](super::DeviceDelArgs):
    ///
    /// - [`id`](field@super::DeviceDelArgs::id): `String`
    ///
    /// # Call
    ///
    /// ```text
    /// client.device_del(id)?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn device_del(&self, id: String) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct DeviceDel;
    impl ::qmp_types::Command for DeviceDel {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("device_del", "schema.json:29");
        type Arguments = super::DeviceDelArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command DeviceDel);
    /// `device_add`, `schema.json:30`
    ///
    /// # Arguments
    ///
    /// The fields of [`DeviceAddArgs`](super::DeviceAddArgs):
    ///
    /// - [`driver`](field@super::DeviceAddArgs::driver): `String`
    /// - [`id`](field@super::DeviceAddArgs::id): `Option<String>`
    ///
    /// # Call
    ///
    /// ```text
    /// client.device_add(DeviceAddArgs::new(driver).id(id))?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn device_add(
    ///     &self,
    ///     driver: String,
    ///     id: Option<String>,
    ///     extra: Map<String, Value>,
    /// ) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct DeviceAdd;
    impl ::qmp_types::Command for DeviceAdd {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("device_add", "schema.json:30");
        type Arguments = super::DeviceAddArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command DeviceAdd);
    /// `blockdev-add`, `schema.json:38`
    ///
    /// # Arguments
    ///
    /// The fields of [`BlockdevOptions`](super::BlockdevOptions):
    ///
    /// - [`driver`](field@super::BlockdevOptions::driver): `BlockdevOptionsDriver`
    /// - [`node-name`](field@super::BlockdevOptions::node_name): `Option<String>`
    ///
    /// # Call
    ///
    /// ```text
    /// client.blockdev_add(BlockdevOptions::new(driver).node_name(node_name))?;
    /// ```
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn blockdev_add(&self, arguments: BlockdevOptions) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct BlockdevAdd;
    impl ::qmp_types::Command for BlockdevAdd {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("blockdev-add", "schema.json:38");
        type Arguments = super::BlockdevOptions;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command BlockdevAdd);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{
        QueryStatus as query_status, Stop as stop, BlockResize as block_resize, DeviceDel as device_del,
        DeviceAdd as device_add, BlockdevAdd as blockdev_add,
    };
}

#[allow(deprecated)]
const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::QueryStatus {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "StatusInfo", "'returns': 'StatusInfo'", "schema.json:26"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::Stop {
        const SIGNATURE: p::Signature = p::Signature::inline("()", &[
        ], p::Parameter::new("", "()", "", "schema.json:27"));
        type Types = ();
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::BlockResize {
        const SIGNATURE: p::Signature = p::Signature::inline("BlockResizeArgs", &[
            p::Parameter::new("device", "Option<String>", "'*device': 'str'", "schema.json:28"),
            p::Parameter::new("node_name", "Option<String>", "'*node-name': 'str'", "schema.json:28"),
            p::Parameter::new("size", "i64", "'size': 'int'", "schema.json:28"),
        ], p::Parameter::new("", "()", "", "schema.json:28"));
        type Types = (::std::option::Option<::std::string::String>, (::std::option::Option<::std::string::String>, (i64, ())));
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::DeviceDel {
        const SIGNATURE: p::Signature = p::Signature::inline("DeviceDelArgs", &[
            p::Parameter::new("id", "String", "'id': 'str'", "schema.json:29"),
        ], p::Parameter::new("", "()", "", "schema.json:29"));
        type Types = (::std::string::String, ());
        type Sole = p::Is<::std::string::String>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments.id)
        }
    }
    impl p::Handled for commands::DeviceAdd {
        const SIGNATURE: p::Signature = p::Signature::inline("DeviceAddArgs", &[
            p::Parameter::new("driver", "String", "'driver': 'str'", "schema.json:30"),
            p::Parameter::new("id", "Option<String>", "'*id': 'str'", "schema.json:30"),
            p::Parameter::new("extra", "Map<String, Value>", "'gen': false", "schema.json:30"),
        ], p::Parameter::new("", "()", "", "schema.json:30"));
        type Types = (::std::string::String, (::std::option::Option<::std::string::String>, (::qmp_types::Map<::std::string::String, ::qmp_types::Value>, ())));
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
    impl p::Handled for commands::BlockdevAdd {
        const SIGNATURE: p::Signature = p::Signature::named(&[
            p::Parameter::new("", "BlockdevOptions", "'data': 'BlockdevOptions'", "schema.json:38"),
        ], p::Parameter::new("", "()", "", "schema.json:38"));
        type Types = (BlockdevOptions, ());
        type Sole = p::Is<BlockdevOptions>;
        #[inline]
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            p::Is(arguments)
        }
    }
};

// How values are read and written.
#[allow(deprecated)]
const _: () = {
    use ::qmp_types::private as p;
    impl p::Enumeration for RunState {
        const NAMES: &'static p::Names = &p::Names { owner: "RunState", all: &[
            "paused", "running", "post-migrate",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Paused => ::std::result::Result::Ok(0),
                Self::Running => ::std::result::Result::Ok(1),
                Self::PostMigrate => ::std::result::Result::Ok(2),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Paused,
                1 => Self::Running,
                _ => Self::PostMigrate,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for RunState {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Paused
        }
    }
    p::enumeration!(RunState);

    impl p::Record for StatusInfo {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "StatusInfo", all: &[
                "running", "singlestep", "status",
            ], slots: b"", features: b"\x00\x01\x00" },
            required: &[0b101],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.running, reader),
                1 => p::Field::read(&mut self.singlestep, reader),
                _ => p::Field::read(&mut self.status, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"running\": ", &self.running);
            visitor.special_member(p::Features(1), b"\"singlestep\": ", &self.singlestep);
            visitor.member(b"\"status\": ", &self.status);
        }
    }
    impl p::Generated for StatusInfo {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { running: p::Field::blank(), singlestep: p::Field::blank(), status: p::Field::blank() }
        }
    }
    p::debug!(StatusInfo);
    p::eq!(StatusInfo);

    impl p::Record for BlockdevOptionsFile {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "BlockdevOptionsFile", all: &[
                "filename",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.filename, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"filename\": ", &self.filename);
        }
    }
    impl p::Generated for BlockdevOptionsFile {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { filename: p::Field::blank() }
        }
    }
    p::debug!(BlockdevOptionsFile);
    p::eq!(BlockdevOptionsFile);

    impl p::Record for BlockdevOptionsQcow2 {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "BlockdevOptionsQcow2", all: &[
                "file", "backing",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.file, reader),
                _ => p::Field::read(&mut self.backing, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"file\": ", &self.file);
            visitor.member(b"\"backing\": ", &self.backing);
        }
    }
    impl p::Generated for BlockdevOptionsQcow2 {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { file: p::Field::blank(), backing: p::Field::blank() }
        }
    }
    p::debug!(BlockdevOptionsQcow2);
    p::eq!(BlockdevOptionsQcow2);

    impl p::Record for BlockdevOptions {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "BlockdevOptions", all: &[
                "driver", "node-name",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.driver, reader),
                _ => p::Field::read(&mut self.node_name, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"driver\": ", &self.driver);
            visitor.member(b"\"node-name\": ", &self.node_name);
            visitor.branch(&self.driver);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.driver)
        }
    }
    impl p::Generated for BlockdevOptions {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { driver: p::Field::blank(), node_name: p::Field::blank() }
        }
    }
    p::debug!(BlockdevOptions);
    p::eq!(BlockdevOptions);

    impl p::Enumeration for BlockdevOptionsDriver {
        const NAMES: &'static p::Names = &p::Names { owner: "BlockdevDriver", all: &[
            "null-co", "file", "qcow2",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::NullCo => ::std::result::Result::Ok(0),
                Self::File(_) => ::std::result::Result::Ok(1),
                Self::Qcow2(_) => ::std::result::Result::Ok(2),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::NullCo,
                1 => Self::File(p::Field::blank()),
                _ => Self::Qcow2(p::Field::blank()),
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for BlockdevOptionsDriver {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::NullCo => ::std::option::Option::None,
                Self::File(branch) => ::std::option::Option::Some(branch),
                Self::Qcow2(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::NullCo => {},
                Self::File(branch) => p::Record::visit(branch, visitor),
                Self::Qcow2(branch) => p::Record::visit(branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for BlockdevOptionsDriver {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::NullCo
        }
    }
    p::eq!(BlockdevOptionsDriver);

    impl p::Alternate for BlockdevRef {
        const NAME: &'static str = "BlockdevRef";
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
    impl p::Field for BlockdevRef {
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
    p::eq!(BlockdevRef);

    impl p::Alternate for BlockdevRefOrNull {
        const NAME: &'static str = "BlockdevRefOrNull";
        #[inline]
        fn read_branch(&mut self, kind: p::Kind, reader: &mut p::Reader<'_>) -> ::std::option::Option<p::Result> {
            *self = match kind {
                p::Kind::Object => Self::Definition(p::Field::blank()),
                p::Kind::String => Self::Reference(p::Field::blank()),
                p::Kind::Null => Self::Null(p::Field::blank()),
                _ => return ::std::option::Option::None,
            };
            ::std::option::Option::Some(match self {
                Self::Definition(value) => p::Field::read(value, reader),
                Self::Reference(value) => p::Field::read(value, reader),
                Self::Null(value) => p::Field::read(value, reader),
                Self::Unknown(_) => return ::std::option::Option::None,
            })
        }
        #[inline]
        fn unknown(value: p::Value) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(value))
        }
    }
    impl p::Field for BlockdevRefOrNull {
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
                Self::Null(value) => p::Field::write(value, writer),
                Self::Unknown(value) => writer.unknown_branch::<Self>(value),
            }
        }
        #[inline]
        fn feed(&self, hasher: &mut dyn p::Hasher) {
            match self {
                Self::Definition(value) => p::Field::feed(value, hasher),
                Self::Reference(value) => p::Field::feed(value, hasher),
                Self::Null(value) => p::Field::feed(value, hasher),
                Self::Unknown(value) => p::Field::feed(value, hasher),
            }
        }
    }
    p::eq!(BlockdevRefOrNull);

    impl p::Record for BlockResizeArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_block_resize-arg", all: &[
                "device", "node-name", "size",
            ], slots: b"", features: b"" },
            required: &[0b100],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.device, reader),
                1 => p::Field::read(&mut self.node_name, reader),
                _ => p::Field::read(&mut self.size, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"device\": ", &self.device);
            visitor.member(b"\"node-name\": ", &self.node_name);
            visitor.member(b"\"size\": ", &self.size);
        }
    }
    impl p::Generated for BlockResizeArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { device: p::Field::blank(), node_name: p::Field::blank(), size: p::Field::blank() }
        }
    }
    p::debug!(BlockResizeArgs);
    p::eq!(BlockResizeArgs);

    impl p::Record for DeviceDelArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_device_del-arg", all: &["id"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.id, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"id\": ", &self.id);
        }
    }
    impl p::Generated for DeviceDelArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { id: p::Field::blank() }
        }
    }
    p::debug!(DeviceDelArgs);
    p::eq!(DeviceDelArgs);

    impl p::Record for DeviceAddArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_device_add-arg", all: &[
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
    impl p::Generated for DeviceAddArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { driver: p::Field::blank(), id: p::Field::blank(), extra: p::Map::new() }
        }
    }
    p::debug!(DeviceAddArgs);
    p::eq!(DeviceAddArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[
        "STOP",
        "DEVICE_DELETED",
        "STATUS_CHANGED",
    ];

    /// `STOP`, `schema.json:39`
    #[derive(Clone, PartialEq, Default)]
    pub struct Stop {}

    impl Stop {
        /// The name of the event.
        pub const NAME: &'static str = "STOP";
    }
    impl ::qmp_types::Event for Stop {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event Stop);

    /// `DEVICE_DELETED`, `schema.json:40`
    #[derive(Clone, PartialEq)]
    pub struct DeviceDeleted {
        /// `device`
        pub device: ::std::option::Option<::std::string::String>,
        /// `path`
        pub path: ::std::string::String,
    }
    impl DeviceDeleted {
        /// Creates a value from the required members.
        #[must_use]
        #[inline]
        pub fn new(path: impl ::std::convert::Into<::std::string::String>) -> Self {
            Self { device: ::std::option::Option::None, path: path.into() }
        }
        /// Sets [`device`](#structfield.device).
        #[must_use]
        pub fn device<Via>(
            mut self, device: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
        ) -> Self {
            self.device = device.into_option();
            self
        }
    }

    impl DeviceDeleted {
        /// The name of the event.
        pub const NAME: &'static str = "DEVICE_DELETED";
    }
    impl ::qmp_types::Event for DeviceDeleted {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event DeviceDeleted);

    /// `STATUS_CHANGED`, `schema.json:41`
    #[derive(Clone, Debug, PartialEq)]
    pub struct StatusChanged(pub super::StatusInfo);
    ::qmp_types::private::newtype!(StatusChanged, super::StatusInfo);
    ::qmp_types::private::eq!(StatusChanged);
    impl StatusChanged {
        /// The name of the event.
        pub const NAME: &'static str = "STATUS_CHANGED";
    }
    impl ::qmp_types::Event for StatusChanged {
        const NAME: &'static str = Self::NAME;
    }
    ::qmp_types::private::definition!(Event StatusChanged);

    // How values are read and written.
    #[allow(deprecated)]
    const _: () = {
        use ::qmp_types::private as p;
        impl p::Record for Stop {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_empty", all: &[], slots: b"", features: b"" },
                required: &[],
                tag: ::std::option::Option::None,
            };
            fn visit<V: p::Visitor>(&self, _: &mut V) {}
        }
        impl p::Generated for Stop {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self {  }
            }
        }
        p::debug!(Stop);
        p::eq!(Stop);

        impl p::Record for DeviceDeleted {
            const TABLE: &'static p::Table = &p::Table {
                members: p::Names { owner: "q_obj_DEVICE_DELETED-arg", all: &[
                    "device", "path",
                ], slots: b"", features: b"" },
                required: &[0b10],
                tag: ::std::option::Option::None,
            };
            #[inline]
            fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
                match index {
                    0 => p::Field::read(&mut self.device, reader),
                    _ => p::Field::read(&mut self.path, reader),
                }
            }
            fn visit<V: p::Visitor>(&self, visitor: &mut V) {
                visitor.member(b"\"device\": ", &self.device);
                visitor.member(b"\"path\": ", &self.path);
            }
        }
        impl p::Generated for DeviceDeleted {
            type Shape = p::Struct;
            #[inline]
            fn blank() -> Self {
                Self { device: p::Field::blank(), path: p::Field::blank() }
            }
        }
        p::debug!(DeviceDeleted);
        p::eq!(DeviceDeleted);
    };

}

::qmp_types::private::serde_impls! {
    RunState, StatusInfo, BlockdevOptionsFile, BlockdevOptionsQcow2, BlockdevOptions, BlockdevRef,
    BlockdevRefOrNull, BlockResizeArgs, DeviceDelArgs, DeviceAddArgs,
}
