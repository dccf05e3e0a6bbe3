/// `FirmwareDevice`, `types.json:2`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FirmwareDevice {
    /// `flash`
    Flash,
    /// `memory`
    Memory,
    /// A value that the schema does not define, as a newer peer may send it.
    Unknown(::std::string::String),
}
impl FirmwareDevice {
    /// All values that the schema defines.
    pub const ALL: &'static [Self] = &[Self::Flash, Self::Memory];
    /// Returns the value as it is on the wire.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        ::qmp_types::private::Enumeration::text(self)
    }
}

/// `FirmwareFile`, `types.json:3`
#[derive(Clone, PartialEq)]
pub struct FirmwareFile {
    /// `filename`
    pub filename: ::std::string::String,
}
impl FirmwareFile {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(filename: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { filename: filename.into() }
    }
}

impl ::std::convert::From<::std::string::String> for FirmwareFile {
    #[inline]
    fn from(filename: ::std::string::String) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&str> for FirmwareFile {
    #[inline]
    fn from(filename: &str) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&::std::string::String> for FirmwareFile {
    #[inline]
    fn from(filename: &::std::string::String) -> Self {
        Self::new(filename)
    }
}

/// `FirmwareFlash`, `types.json:4`
#[derive(Clone, PartialEq)]
pub struct FirmwareFlash {
    /// `filename`
    pub filename: ::std::string::String,
    /// `format`
    pub format: ::std::option::Option<::std::string::String>,
}
impl FirmwareFlash {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(filename: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { filename: filename.into(), format: ::std::option::Option::None }
    }
    /// Sets [`format`](#structfield.format).
    #[must_use]
    pub fn format<Via>(
        mut self, format: impl ::qmp_types::arguments::IntoOption<::std::string::String, Via>,
    ) -> Self {
        self.format = format.into_option();
        self
    }
}

impl ::std::convert::From<::std::string::String> for FirmwareFlash {
    #[inline]
    fn from(filename: ::std::string::String) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&str> for FirmwareFlash {
    #[inline]
    fn from(filename: &str) -> Self {
        Self::new(filename)
    }
}
impl ::std::convert::From<&::std::string::String> for FirmwareFlash {
    #[inline]
    fn from(filename: &::std::string::String) -> Self {
        Self::new(filename)
    }
}

/// `FirmwareMapping`, `types.json:5`
#[derive(Clone, PartialEq)]
pub struct FirmwareMapping {
    /// `device`
    pub device: FirmwareMappingDevice,
}
impl FirmwareMapping {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(device: impl ::std::convert::Into<FirmwareMappingDevice>) -> Self {
        Self { device: device.into() }
    }
}

impl FirmwareMapping {
    /// Creates a value whose `device` is `flash`.
    #[must_use]
    #[inline]
    pub fn flash(branch: impl ::std::convert::Into<FirmwareFlash>) -> Self {
        Self::new(FirmwareMappingDevice::Flash(branch.into()))
    }
    /// Creates a value whose `device` is `memory`.
    #[must_use]
    #[inline]
    pub fn memory(branch: impl ::std::convert::Into<FirmwareFile>) -> Self {
        Self::new(FirmwareMappingDevice::Memory(branch.into()))
    }
}
/// The `device` discriminator of `FirmwareMapping` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum FirmwareMappingDevice {
    /// `flash`
    Flash(FirmwareFlash),
    /// `memory`
    Memory(FirmwareFile),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<FirmwareFlash> for FirmwareMappingDevice {
    #[inline]
    fn from(value: FirmwareFlash) -> Self {
        Self::Flash(value)
    }
}
impl ::std::convert::From<FirmwareFile> for FirmwareMappingDevice {
    #[inline]
    fn from(value: FirmwareFile) -> Self {
        Self::Memory(value)
    }
}

/// `FirmwareName`, `types.json:7`
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum FirmwareName {
    /// `text`
    Text(::std::string::String),
    /// `none`
    None(::qmp_types::Null),
    /// A value of a JSON type that the schema does not define, as a newer peer may send it.
    Unknown(::qmp_types::Value),
}
impl ::std::convert::From<::std::string::String> for FirmwareName {
    #[inline]
    fn from(value: ::std::string::String) -> Self {
        Self::Text(value)
    }
}
impl ::std::convert::From<&str> for FirmwareName {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}
impl ::std::convert::From<::qmp_types::Null> for FirmwareName {
    #[inline]
    fn from(value: ::qmp_types::Null) -> Self {
        Self::None(value)
    }
}

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Enumeration for FirmwareDevice {
        const NAMES: &'static p::Names = &p::Names { owner: "FirmwareDevice", all: &[
            "flash", "memory",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Flash => ::std::result::Result::Ok(0),
                Self::Memory => ::std::result::Result::Ok(1),
                Self::Unknown(text) => ::std::result::Result::Err(text),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Flash,
                _ => Self::Memory,
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(text.into()))
        }
    }
    impl p::Generated for FirmwareDevice {
        type Shape = p::Enum;
        #[inline]
        fn blank() -> Self {
            Self::Flash
        }
    }
    p::enumeration!(FirmwareDevice);

    impl p::Record for FirmwareFile {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "FirmwareFile", all: &["filename"], slots: b"", features: b"" },
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
    impl p::Generated for FirmwareFile {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { filename: p::Field::blank() }
        }
    }
    p::debug!(FirmwareFile);
    p::eq!(FirmwareFile);

    impl p::Record for FirmwareFlash {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "FirmwareFlash", all: &[
                "filename", "format",
            ], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.filename, reader),
                _ => p::Field::read(&mut self.format, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"filename\": ", &self.filename);
            visitor.member(b"\"format\": ", &self.format);
        }
    }
    impl p::Generated for FirmwareFlash {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { filename: p::Field::blank(), format: p::Field::blank() }
        }
    }
    p::debug!(FirmwareFlash);
    p::eq!(FirmwareFlash);

    impl p::Record for FirmwareMapping {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "FirmwareMapping", all: &["device"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.device, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"device\": ", &self.device);
            visitor.branch(&self.device);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.device)
        }
    }
    impl p::Generated for FirmwareMapping {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { device: p::Field::blank() }
        }
    }
    p::debug!(FirmwareMapping);
    p::eq!(FirmwareMapping);

    impl p::Enumeration for FirmwareMappingDevice {
        const NAMES: &'static p::Names = &p::Names { owner: "FirmwareDevice", all: &[
            "flash", "memory",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Flash(_) => ::std::result::Result::Ok(0),
                Self::Memory(_) => ::std::result::Result::Ok(1),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Flash(p::Field::blank()),
                _ => Self::Memory(p::Field::blank()),
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for FirmwareMappingDevice {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::Flash(branch) => ::std::option::Option::Some(branch),
                Self::Memory(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::Flash(branch) => p::Record::visit(branch, visitor),
                Self::Memory(branch) => p::Record::visit(branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for FirmwareMappingDevice {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::Flash(p::Field::blank())
        }
    }
    p::eq!(FirmwareMappingDevice);

    impl p::Alternate for FirmwareName {
        const NAME: &'static str = "FirmwareName";
        #[inline]
        fn read_branch(&mut self, kind: p::Kind, reader: &mut p::Reader<'_>) -> ::std::option::Option<p::Result> {
            *self = match kind {
                p::Kind::String => Self::Text(p::Field::blank()),
                p::Kind::Null => Self::None(p::Field::blank()),
                _ => return ::std::option::Option::None,
            };
            ::std::option::Option::Some(match self {
                Self::Text(value) => p::Field::read(value, reader),
                Self::None(value) => p::Field::read(value, reader),
                Self::Unknown(_) => return ::std::option::Option::None,
            })
        }
        #[inline]
        fn unknown(value: p::Value) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(value))
        }
    }
    impl p::Field for FirmwareName {
        #[inline]
        fn blank() -> Self {
            Self::Text(p::Field::blank())
        }
        #[inline]
        fn read(&mut self, reader: &mut p::Reader<'_>) -> p::Result {
            reader.alternate(self)
        }
        #[inline]
        fn write(&self, writer: &mut p::Writer) {
            match self {
                Self::Text(value) => p::Field::write(value, writer),
                Self::None(value) => p::Field::write(value, writer),
                Self::Unknown(value) => writer.unknown_branch::<Self>(value),
            }
        }
        #[inline]
        fn feed(&self, hasher: &mut dyn p::Hasher) {
            match self {
                Self::Text(value) => p::Field::feed(value, hasher),
                Self::None(value) => p::Field::feed(value, hasher),
                Self::Unknown(value) => p::Field::feed(value, hasher),
            }
        }
    }
    p::eq!(FirmwareName);
};

::qmp_types::private::serde_impls! {
    FirmwareDevice, FirmwareFile, FirmwareFlash, FirmwareMapping, FirmwareName,
}
