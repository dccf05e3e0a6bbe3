// Types, arguments, commands and events: what both ends use.

/// An enumeration: closed in the schema, open in Rust.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RunState {
    /// `paused`
    Paused,
    /// `running`
    Running,
    /// `post-migrate`
    PostMigrate,
    /// A value that the schema does not have.
    Unknown(::std::string::String),
}
impl RunState {
    /// Every value of the schema.
    pub const ALL: &'static [Self] = &[Self::Paused, Self::Running, Self::PostMigrate];
    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Paused => "paused",
            Self::Running => "running",
            Self::PostMigrate => "post-migrate",
            Self::Unknown(text) => text,
        }
    }
}
const _: () = {
    use ::qmp_types::private::*;
    static NAMES: Names =
        Names { name: "RunState", values: &[Name::new("paused"), Name::new("running"), Name::new("post-migrate")] };
    impl Enumeration for RunState {
        fn names(&self) -> &'static Names {
            &NAMES
        }
        fn text(&self) -> &str {
            self.as_str()
        }
        fn select(&mut self, index: usize) {
            *self = Self::ALL[index].clone();
        }
        fn unknown(&mut self, text: &str) -> bool {
            *self = Self::Unknown(text.into());
            true
        }
    }
    // Field, Blank, Display, FromStr (Err = qmp_types::UnknownValue), AsRef<str>: the same three lines for every enumeration.
    ::qmp_types::private::enumeration!(RunState, &NAMES, RunState::Paused);
};

#[derive(Clone, Debug, PartialEq)]
pub struct StatusInfo {
    pub running: bool,
    /// Deprecated: `singlestep` goes away
    pub singlestep: ::std::option::Option<bool>,
    pub status: RunState,
}
impl StatusInfo {
    /// With all that is required.
    pub fn new(running: bool, status: RunState) -> Self {
        Self { running, singlestep: ::std::option::Option::None, status }
    }
}
const _: () = {
    use ::qmp_types::private::*;
    static TABLE: Table = Table {
        name: "StatusInfo",
        members: &[
            Member::required("\"running\": "),
            Member::optional("\"singlestep\": ").deprecated(),
            Member::required("\"status\": "),
        ],
        tag: None,
    };
    impl Record for StatusInfo {
        fn table(&self) -> &'static Table {
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn Field {
            match index {
                0 => &self.running,
                1 => &self.singlestep,
                _ => &self.status,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn Field {
            match index {
                0 => &mut self.running,
                1 => &mut self.singlestep,
                _ => &mut self.status,
            }
        }
    }
    impl Blank for StatusInfo {
        fn blank() -> Self {
            Self { running: Blank::blank(), singlestep: Blank::blank(), status: Blank::blank() }
        }
    }
    // Field: the same two functions for every record.
    ::qmp_types::private::record!(StatusInfo);
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct BlockdevOptionsFile {
    pub filename: ::std::string::String,
}
const _: () = {
    use ::qmp_types::private::*;
    static TABLE: Table =
        Table { name: "BlockdevOptionsFile", members: &[Member::required("\"filename\": ")], tag: None };
    impl Record for BlockdevOptionsFile {
        fn table(&self) -> &'static Table {
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn Field {
            &self.filename
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn Field {
            &mut self.filename
        }
    }
    impl Blank for BlockdevOptionsFile {
        fn blank() -> Self {
            Self { filename: Blank::blank() }
        }
    }
    ::qmp_types::private::record!(BlockdevOptionsFile);
};

#[derive(Clone, Debug, PartialEq)]
pub struct BlockdevOptionsQcow2 {
    pub file: BlockdevRef,
    pub backing: ::std::option::Option<BlockdevRefOrNull>,
}
const _: () = {
    use ::qmp_types::private::*;
    static TABLE: Table = Table {
        name: "BlockdevOptionsQcow2",
        members: &[Member::required("\"file\": "), Member::optional("\"backing\": ")],
        tag: None,
    };
    impl Record for BlockdevOptionsQcow2 {
        fn table(&self) -> &'static Table {
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn Field {
            match index {
                0 => &self.file,
                _ => &self.backing,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn Field {
            match index {
                0 => &mut self.file,
                _ => &mut self.backing,
            }
        }
    }
    impl Blank for BlockdevOptionsQcow2 {
        fn blank() -> Self {
            Self { file: Blank::blank(), backing: Blank::blank() }
        }
    }
    ::qmp_types::private::record!(BlockdevOptionsQcow2);
};

/// A union: common members as fields, the discriminator carries the branch.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockdevOptions {
    pub driver: BlockdevOptionsDriver,
    pub node_name: ::std::option::Option<::std::string::String>,
}
impl BlockdevOptions {
    /// With all that is required.
    pub fn new(driver: BlockdevOptionsDriver) -> Self {
        Self { driver, node_name: ::std::option::Option::None }
    }
}
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BlockdevOptionsDriver {
    /// `null-co`
    NullCo,
    /// `file`
    File(BlockdevOptionsFile),
    /// `qcow2`
    Qcow2(BlockdevOptionsQcow2),
    /// A value that the schema does not have, with its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<BlockdevOptionsFile> for BlockdevOptionsDriver {
    fn from(branch: BlockdevOptionsFile) -> Self {
        Self::File(branch)
    }
}
impl ::std::convert::From<BlockdevOptionsQcow2> for BlockdevOptionsDriver {
    fn from(branch: BlockdevOptionsQcow2) -> Self {
        Self::Qcow2(branch)
    }
}
const _: () = {
    use ::qmp_types::private::*;
    static TABLE: Table = Table {
        name: "BlockdevOptions",
        members: &[Member::required("\"driver\": "), Member::optional("\"node-name\": ")],
        tag: Some(0),
    };
    static NAMES: Names =
        Names { name: "BlockdevDriver", values: &[Name::new("null-co"), Name::new("file"), Name::new("qcow2")] };
    impl Record for BlockdevOptions {
        fn table(&self) -> &'static Table {
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn Field {
            match index {
                0 => &self.driver,
                _ => &self.node_name,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn Field {
            match index {
                0 => &mut self.driver,
                _ => &mut self.node_name,
            }
        }
        fn branches(&self) -> Option<&dyn Branches> {
            Some(&self.driver)
        }
        fn branches_mut(&mut self) -> Option<&mut dyn Branches> {
            Some(&mut self.driver)
        }
    }
    impl Blank for BlockdevOptions {
        fn blank() -> Self {
            Self { driver: BlockdevOptionsDriver::NullCo, node_name: Blank::blank() }
        }
    }
    ::qmp_types::private::record!(BlockdevOptions);
    impl Enumeration for BlockdevOptionsDriver {
        fn names(&self) -> &'static Names {
            &NAMES
        }
        fn text(&self) -> &str {
            match self {
                Self::NullCo => "null-co",
                Self::File(_) => "file",
                Self::Qcow2(_) => "qcow2",
                Self::Unknown(branch) => &branch.value,
            }
        }
        fn select(&mut self, index: usize) {
            *self = match index {
                0 => Self::NullCo,
                1 => Self::File(Blank::blank()),
                _ => Self::Qcow2(Blank::blank()),
            };
        }
        fn unknown(&mut self, text: &str) -> bool {
            *self = Self::Unknown(::qmp_types::UnknownBranch::new(text));
            true
        }
    }
    impl Branches for BlockdevOptionsDriver {
        fn record(&self) -> Option<&dyn Record> {
            match self {
                Self::NullCo => None,
                Self::File(branch) => Some(branch),
                Self::Qcow2(branch) => Some(branch),
                Self::Unknown(branch) => Some(branch),
            }
        }
        fn record_mut(&mut self) -> Option<&mut dyn Record> {
            match self {
                Self::NullCo => None,
                Self::File(branch) => Some(branch),
                Self::Qcow2(branch) => Some(branch),
                Self::Unknown(branch) => Some(branch),
            }
        }
    }
    // Field: writes and reads the tag.
    ::qmp_types::private::branches!(BlockdevOptionsDriver);
};

/// An alternate. The edge that makes the type recursive is boxed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BlockdevRef {
    Definition(::std::boxed::Box<BlockdevOptions>),
    Reference(::std::string::String),
    /// A value of a JSON kind that the schema does not have.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<BlockdevOptions> for BlockdevRef {
    fn from(value: BlockdevOptions) -> Self {
        Self::Definition(::std::boxed::Box::new(value))
    }
}
impl ::std::convert::From<::std::string::String> for BlockdevRef {
    fn from(value: ::std::string::String) -> Self {
        Self::Reference(value)
    }
}
impl ::std::convert::From<&str> for BlockdevRef {
    fn from(value: &str) -> Self {
        Self::Reference(value.into())
    }
}
const _: () = {
    use ::qmp_types::private::*;
    impl Alternate for BlockdevRef {
        fn name(&self) -> &'static str {
            "BlockdevRef"
        }
        fn select(&mut self, kind: Kind) -> Option<&mut dyn Field> {
            *self = match kind {
                Kind::Object => Self::Definition(Blank::blank()),
                Kind::String => Self::Reference(Blank::blank()),
                _ => return None,
            };
            match self {
                Self::Definition(value) => Some(value),
                Self::Reference(value) => Some(value),
                Self::Unknown(_) => None,
            }
        }
        fn value(&self) -> &dyn Field {
            match self {
                Self::Definition(value) => value,
                Self::Reference(value) => value,
                Self::Unknown(value) => value,
            }
        }
        fn unknown(&mut self, value: Value) -> bool {
            *self = Self::Unknown(value);
            true
        }
    }
    impl Blank for BlockdevRef {
        fn blank() -> Self {
            Self::Reference(Blank::blank())
        }
    }
    // Field: by JSON kind.
    ::qmp_types::private::alternate!(BlockdevRef);
};

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BlockdevRefOrNull {
    Definition(::std::boxed::Box<BlockdevOptions>),
    Reference(::std::string::String),
    Null(::qmp_types::Null),
    /// A value of a JSON kind that the schema does not have.
    Unknown(::qmp_types::Value),
}
const _: () = {
    use ::qmp_types::private::*;
    impl Alternate for BlockdevRefOrNull {
        fn name(&self) -> &'static str {
            "BlockdevRefOrNull"
        }
        fn select(&mut self, kind: Kind) -> Option<&mut dyn Field> {
            *self = match kind {
                Kind::Object => Self::Definition(Blank::blank()),
                Kind::String => Self::Reference(Blank::blank()),
                Kind::Null => Self::Null(Blank::blank()),
                _ => return None,
            };
            match self {
                Self::Definition(value) => Some(value),
                Self::Reference(value) => Some(value),
                Self::Null(value) => Some(value),
                Self::Unknown(_) => None,
            }
        }
        fn value(&self) -> &dyn Field {
            match self {
                Self::Definition(value) => value,
                Self::Reference(value) => value,
                Self::Null(value) => value,
                Self::Unknown(value) => value,
            }
        }
        fn unknown(&mut self, value: Value) -> bool {
            *self = Self::Unknown(value);
            true
        }
    }
    impl Blank for BlockdevRefOrNull {
        fn blank() -> Self {
            Self::Null(Blank::blank())
        }
    }
    ::qmp_types::private::alternate!(BlockdevRefOrNull);
};

/// Arguments of `block_resize`.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockResizeArgs {
    pub device: ::std::option::Option<::std::string::String>,
    pub node_name: ::std::option::Option<::std::string::String>,
    pub size: i64,
}
impl BlockResizeArgs {
    /// With all that is required.
    pub fn new(size: i64) -> Self {
        Self { device: ::std::option::Option::None, node_name: ::std::option::Option::None, size }
    }
}
// Exactly one required member: the arguments can be had from it.
impl ::std::convert::From<i64> for BlockResizeArgs {
    fn from(size: i64) -> Self {
        Self::new(size)
    }
}
const _: () = {
    use ::qmp_types::private::*;
    static TABLE: Table = Table {
        name: "q_obj_block_resize-arg",
        members: &[
            Member::optional("\"device\": "),
            Member::optional("\"node-name\": "),
            Member::required("\"size\": "),
        ],
        tag: None,
    };
    impl Record for BlockResizeArgs {
        fn table(&self) -> &'static Table {
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn Field {
            match index {
                0 => &self.device,
                1 => &self.node_name,
                _ => &self.size,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn Field {
            match index {
                0 => &mut self.device,
                1 => &mut self.node_name,
                _ => &mut self.size,
            }
        }
    }
    impl Blank for BlockResizeArgs {
        fn blank() -> Self {
            Self { device: Blank::blank(), node_name: Blank::blank(), size: Blank::blank() }
        }
    }
    ::qmp_types::private::record!(BlockResizeArgs);
};

/// Arguments of `device_del`.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceDelArgs {
    pub id: ::std::string::String,
}
impl DeviceDelArgs {
    /// With all that is required; whatever turns into a string will do.
    pub fn new(id: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { id: id.into() }
    }
}
impl ::std::convert::From<::std::string::String> for DeviceDelArgs {
    fn from(id: ::std::string::String) -> Self {
        Self::new(id)
    }
}
impl ::std::convert::From<&str> for DeviceDelArgs {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}
const _: () = {
    use ::qmp_types::private::*;
    static TABLE: Table =
        Table { name: "q_obj_device_del-arg", members: &[Member::required("\"id\": ")], tag: None };
    impl Record for DeviceDelArgs {
        fn table(&self) -> &'static Table {
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn Field {
            &self.id
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn Field {
            &mut self.id
        }
    }
    impl Blank for DeviceDelArgs {
        fn blank() -> Self {
            Self { id: Blank::blank() }
        }
    }
    ::qmp_types::private::record!(DeviceDelArgs);
};

/// Arguments of `device_add`: the schema says `gen: false`, so what it does not name is handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceAddArgs {
    pub driver: ::std::string::String,
    pub id: ::std::option::Option<::std::string::String>,
    /// What the schema does not name.
    pub extra: ::qmp_types::Map<::std::string::String, ::qmp_types::Value>,
}
impl DeviceAddArgs {
    /// With all that is required.
    pub fn new(driver: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { driver: driver.into(), id: ::std::option::Option::None, extra: ::std::default::Default::default() }
    }
}
const _: () = {
    use ::qmp_types::private::*;
    static TABLE: Table = Table {
        name: "q_obj_device_add-arg",
        members: &[Member::required("\"driver\": "), Member::optional("\"id\": ")],
        tag: None,
    };
    impl Record for DeviceAddArgs {
        fn table(&self) -> &'static Table {
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn Field {
            match index {
                0 => &self.driver,
                _ => &self.id,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn Field {
            match index {
                0 => &mut self.driver,
                _ => &mut self.id,
            }
        }
        fn extra(&self) -> Option<&Map<::std::string::String, Value>> {
            Some(&self.extra)
        }
        fn extra_mut(&mut self) -> Option<&mut Map<::std::string::String, Value>> {
            Some(&mut self.extra)
        }
    }
    impl Blank for DeviceAddArgs {
        fn blank() -> Self {
            Self { driver: Blank::blank(), id: Blank::blank(), extra: Map::new() }
        }
    }
    ::qmp_types::private::record!(DeviceAddArgs);
};

/// The commands, as marker types.
pub mod commands {
    /// `query-status`
    #[derive(Clone, Copy, Debug)]
    pub struct QueryStatus;
    impl ::qmp_types::Command for QueryStatus {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("query-status", "schema.json:27").parameters(&[]).allow_preconfig();
        type Arguments = ();
        type Return = super::StatusInfo;
        type Sole = ::qmp_types::private::NotOne;
        fn sole((): ()) -> Self::Sole {
            ::qmp_types::private::NotOne
        }
    }
    /// `stop`
    #[derive(Clone, Copy, Debug)]
    pub struct Stop;
    impl ::qmp_types::Command for Stop {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("stop", "schema.json:28").parameters(&[]);
        type Arguments = ();
        type Return = ();
        type Sole = ::qmp_types::private::NotOne;
        fn sole((): ()) -> Self::Sole {
            ::qmp_types::private::NotOne
        }
    }
    /// `block_resize`
    #[derive(Clone, Copy, Debug)]
    pub struct BlockResize;
    impl ::qmp_types::Command for BlockResize {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("block_resize", "schema.json:29").parameters(&["device", "node_name", "size"]);
        type Arguments = super::BlockResizeArgs;
        type Return = ();
        type Sole = ::qmp_types::private::NotOne;
        fn sole(_: Self::Arguments) -> Self::Sole {
            ::qmp_types::private::NotOne
        }
    }
    /// `device_del`
    #[derive(Clone, Copy, Debug)]
    pub struct DeviceDel;
    impl ::qmp_types::Command for DeviceDel {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("device_del", "schema.json:30").parameters(&["id"]);
        type Arguments = super::DeviceDelArgs;
        type Return = ();
        type Sole = ::qmp_types::private::Is<::std::string::String>;
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            ::qmp_types::private::Is(arguments.id)
        }
    }
    /// `device_add`
    #[derive(Clone, Copy, Debug)]
    pub struct DeviceAdd;
    impl ::qmp_types::Command for DeviceAdd {
        // `extra` is a parameter like the others.
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("device_add", "schema.json:31").parameters(&["driver", "id", "extra"]);
        type Arguments = super::DeviceAddArgs;
        type Return = ();
        type Sole = ::qmp_types::private::NotOne;
        fn sole(_: Self::Arguments) -> Self::Sole {
            ::qmp_types::private::NotOne
        }
    }
    /// `blockdev-add`
    #[derive(Clone, Copy, Debug)]
    pub struct BlockdevAdd;
    impl ::qmp_types::Command for BlockdevAdd {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("blockdev-add", "schema.json:39");
        type Arguments = super::BlockdevOptions;
        type Return = ();
        type Sole = ::qmp_types::private::Is<super::BlockdevOptions>;
        fn sole(arguments: Self::Arguments) -> Self::Sole {
            ::qmp_types::private::Is(arguments)
        }
    }

    // By the name of the handler function, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use {
        BlockResize as block_resize, BlockdevAdd as blockdev_add, DeviceAdd as device_add, DeviceDel as device_del,
        QueryStatus as query_status, Stop as stop,
    };
}

/// The events. An event's type is its data.
pub mod events {
    /// `STOP`
    #[derive(Clone, Debug, PartialEq, Default)]
    pub struct Stop {}
    const _: () = {
        use ::qmp_types::private::*;
        static TABLE: Table = Table { name: "q_empty", members: &[], tag: None };
        impl Record for Stop {
            fn table(&self) -> &'static Table {
                &TABLE
            }
            fn get(&self, _: usize) -> &dyn Field {
                &()
            }
            fn get_mut(&mut self, _: usize) -> &mut dyn Field {
                ::qmp_types::private::no_member()
            }
        }
        impl Blank for Stop {
            fn blank() -> Self {
                Self {}
            }
        }
        ::qmp_types::private::record!(Stop);
    };
    impl ::qmp_types::Event for Stop {
        const NAME: &'static str = "STOP";
    }

    /// `DEVICE_DELETED`
    #[derive(Clone, Debug, PartialEq)]
    pub struct DeviceDeleted {
        pub device: ::std::option::Option<::std::string::String>,
        pub path: ::std::string::String,
    }
    impl DeviceDeleted {
        /// With all that is required.
        pub fn new(path: impl ::std::convert::Into<::std::string::String>) -> Self {
            Self { device: ::std::option::Option::None, path: path.into() }
        }
    }
    const _: () = {
        use ::qmp_types::private::*;
        static TABLE: Table = Table {
            name: "q_obj_DEVICE_DELETED-arg",
            members: &[Member::optional("\"device\": "), Member::required("\"path\": ")],
            tag: None,
        };
        impl Record for DeviceDeleted {
            fn table(&self) -> &'static Table {
                &TABLE
            }
            fn get(&self, index: usize) -> &dyn Field {
                match index {
                    0 => &self.device,
                    _ => &self.path,
                }
            }
            fn get_mut(&mut self, index: usize) -> &mut dyn Field {
                match index {
                    0 => &mut self.device,
                    _ => &mut self.path,
                }
            }
        }
        impl Blank for DeviceDeleted {
            fn blank() -> Self {
                Self { device: Blank::blank(), path: Blank::blank() }
            }
        }
        ::qmp_types::private::record!(DeviceDeleted);
    };
    impl ::qmp_types::Event for DeviceDeleted {
        const NAME: &'static str = "DEVICE_DELETED";
    }

    /// `STATUS_CHANGED`: its data names a type.
    #[derive(Clone, Debug, PartialEq)]
    pub struct StatusChanged(pub super::StatusInfo);
    // Field and Blank (both forward), Deref.
    ::qmp_types::private::newtype!(StatusChanged, super::StatusInfo);
    impl ::qmp_types::Event for StatusChanged {
        const NAME: &'static str = "STATUS_CHANGED";
    }
}

// serde::Serialize and Deserialize: expands to nothing where the runtime's feature `serde` is off.
::qmp_types::private::serde_impls! {
    RunState, StatusInfo, BlockdevOptionsFile, BlockdevOptionsQcow2, BlockdevOptions, BlockdevRef, BlockdevRefOrNull,
    BlockResizeArgs, DeviceDelArgs, DeviceAddArgs,
}
