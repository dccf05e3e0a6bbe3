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
    pub fn as_str(&self) -> &str {
        match self {
            Self::Flash => "flash",
            Self::Memory => "memory",
            Self::Unknown(text) => text,
        }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    static NAMES: p::Names = p::Names { name: "FirmwareDevice", values: &[
        p::Name::new("flash"), p::Name::new("memory"),
    ] };
    impl p::Enumeration for FirmwareDevice {
        fn names(&self) -> &'static p::Names {
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
    p::enumeration!(FirmwareDevice, &NAMES, FirmwareDevice::Flash);
};

/// `FirmwareFile`, `types.json:3`
#[derive(Clone, PartialEq)]
pub struct FirmwareFile {
    /// `filename`
    pub filename: ::std::string::String,
}
impl FirmwareFile {
    /// Creates a value from the required members.
    #[must_use]
    pub fn new(filename: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { filename: filename.into() }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for FirmwareFile {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "FirmwareFile", members: &[
                p::Member::required(", \"filename\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn p::Field {
            &self.filename
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn p::Field {
            &mut self.filename
        }
    }
    impl p::Blank for FirmwareFile {
        fn blank() -> Self {
            Self { filename: p::Blank::blank() }
        }
    }
    p::record!(FirmwareFile);
    p::debug!(FirmwareFile);
};

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
    pub fn new(filename: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { filename: filename.into(), format: ::std::option::Option::None }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for FirmwareFlash {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "FirmwareFlash", members: &[
                p::Member::required(", \"filename\": "), p::Member::optional(", \"format\": "),
            ], tag: ::std::option::Option::None };
            &TABLE
        }
        fn get(&self, index: usize) -> &dyn p::Field {
            match index {
                0 => &self.filename,
                _ => &self.format,
            }
        }
        fn get_mut(&mut self, index: usize) -> &mut dyn p::Field {
            match index {
                0 => &mut self.filename,
                _ => &mut self.format,
            }
        }
    }
    impl p::Blank for FirmwareFlash {
        fn blank() -> Self {
            Self { filename: p::Blank::blank(), format: p::Blank::blank() }
        }
    }
    p::record!(FirmwareFlash);
    p::debug!(FirmwareFlash);
};

/// `FirmwareMapping`, `types.json:5`
#[derive(Clone, PartialEq)]
pub struct FirmwareMapping {
    /// `device`
    pub device: FirmwareMappingDevice,
}
impl FirmwareMapping {
    /// Creates a value from the required members.
    #[must_use]
    pub fn new(device: impl ::std::convert::Into<FirmwareMappingDevice>) -> Self {
        Self { device: device.into() }
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for FirmwareMapping {
        fn table(&self) -> &'static p::Table {
            static TABLE: p::Table = p::Table { name: "FirmwareMapping", members: &[
                p::Member::required(", \"device\": "),
            ], tag: ::std::option::Option::Some(0) };
            &TABLE
        }
        fn get(&self, _: usize) -> &dyn p::Field {
            &self.device
        }
        fn get_mut(&mut self, _: usize) -> &mut dyn p::Field {
            &mut self.device
        }
        fn branches(&self) -> ::std::option::Option<&dyn p::Branches> {
            ::std::option::Option::Some(&self.device)
        }
        fn branches_mut(&mut self) -> ::std::option::Option<&mut dyn p::Branches> {
            ::std::option::Option::Some(&mut self.device)
        }
    }
    impl p::Blank for FirmwareMapping {
        fn blank() -> Self {
            Self { device: p::Blank::blank() }
        }
    }
    p::record!(FirmwareMapping);
    p::debug!(FirmwareMapping);
};

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
    fn from(value: FirmwareFlash) -> Self {
        Self::Flash(value)
    }
}
impl ::std::convert::From<FirmwareFile> for FirmwareMappingDevice {
    fn from(value: FirmwareFile) -> Self {
        Self::Memory(value)
    }
}
const _: () = {
    use ::qmp_types::private as p;
    static NAMES: p::Names = p::Names { name: "FirmwareDevice", values: &[
        p::Name::new("flash"), p::Name::new("memory"),
    ] };
    impl p::Enumeration for FirmwareMappingDevice {
        fn names(&self) -> &'static p::Names {
            &NAMES
        }
        fn text(&self) -> &str {
            match self {
                Self::Flash(_) => "flash",
                Self::Memory(_) => "memory",
                Self::Unknown(branch) => &branch.value,
            }
        }
        fn select(&mut self, index: usize) {
            *self = match index {
                0 => Self::Flash(p::Blank::blank()),
                _ => Self::Memory(p::Blank::blank()),
            };
        }
        fn unknown(&mut self, text: &str) -> bool {
            *self = Self::Unknown(::qmp_types::UnknownBranch::new(text));
            true
        }
    }
    impl p::Branches for FirmwareMappingDevice {
        fn record(&self) -> ::std::option::Option<&dyn p::Record> {
            match self {
                Self::Flash(branch) => ::std::option::Option::Some(branch),
                Self::Memory(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn record_mut(&mut self) -> ::std::option::Option<&mut dyn p::Record> {
            match self {
                Self::Flash(branch) => ::std::option::Option::Some(branch),
                Self::Memory(branch) => ::std::option::Option::Some(branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
    }
    impl p::Blank for FirmwareMappingDevice {
        fn blank() -> Self {
            Self::Flash(p::Blank::blank())
        }
    }
    p::branches!(FirmwareMappingDevice);
};

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
    fn from(value: ::std::string::String) -> Self {
        Self::Text(value)
    }
}
impl ::std::convert::From<&str> for FirmwareName {
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}
impl ::std::convert::From<::qmp_types::Null> for FirmwareName {
    fn from(value: ::qmp_types::Null) -> Self {
        Self::None(value)
    }
}
const _: () = {
    use ::qmp_types::private as p;
    impl p::Alternate for FirmwareName {
        fn name(&self) -> &'static str {
            "FirmwareName"
        }
        fn select(&mut self, kind: p::Kind) -> ::std::option::Option<&mut dyn p::Field> {
            *self = match kind {
                p::Kind::String => Self::Text(p::Blank::blank()),
                p::Kind::Null => Self::None(p::Blank::blank()),
                _ => return ::std::option::Option::None,
            };
            match self {
                Self::Text(value) => ::std::option::Option::Some(value),
                Self::None(value) => ::std::option::Option::Some(value),
                Self::Unknown(_) => ::std::option::Option::None,
            }
        }
        fn value(&self) -> &dyn p::Field {
            match self {
                Self::Text(value) => value,
                Self::None(value) => value,
                Self::Unknown(value) => value,
            }
        }
        fn unknown(&mut self, value: p::Value) -> bool {
            *self = Self::Unknown(value);
            true
        }
    }
    impl p::Blank for FirmwareName {
        fn blank() -> Self {
            Self::Text(p::Blank::blank())
        }
    }
    p::alternate!(FirmwareName);
};

::qmp_types::private::serde_impls! {
    FirmwareDevice, FirmwareFile, FirmwareFlash, FirmwareMapping, FirmwareName,
}
