//! The arguments of `qmp_capabilities`: the capabilities that the client enables.

use crate::Error;
use crate::record::{
    Enum, Enumeration, Field, Generated, Mode, Names, ReadError, Reader, Record, Struct, Table, Visitor,
};

/// The arguments of `qmp_capabilities`.
#[derive(Debug)]
pub(super) struct Arguments {
    enable: Option<Vec<Capability>>,
}

impl Arguments {
    /// Reads the arguments from their JSON text.
    ///
    /// # Errors
    /// If the text does not match the command's arguments.
    pub(super) fn read(arguments: &str) -> Result<Self, Error> {
        let mut read = Self { enable: None };
        Reader::new(arguments, Mode::Strict).value(&mut read)?;
        Ok(read)
    }

    /// Returns whether the client enables out-of-band execution.
    ///
    /// # Errors
    /// If the server does not offer it.
    pub(super) fn enables_oob(&self, offers_oob: bool) -> Result<bool, Error> {
        let oob = self.enable.as_ref().is_some_and(|enable| !enable.is_empty());
        if oob && !offers_oob {
            return Err(Error::generic("Capability oob not available"));
        }
        Ok(oob)
    }
}

/// A capability. QMP has only one, `oob`.
#[derive(Debug)]
struct Capability;

impl Generated for Arguments {
    type Shape = Struct;

    fn blank() -> Self {
        Self { enable: None }
    }
}

impl Record for Arguments {
    const TABLE: &'static Table = &Table {
        members: Names { owner: "q_obj_qmp_capabilities-arg", all: &["enable"], slots: &[], features: &[] },
        required: &[0],
        tag: None,
    };

    fn read_member(&mut self, _: usize, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.enable.read(reader)
    }

    fn visit<V: Visitor>(&self, visitor: &mut V) {
        visitor.member(b"\"enable\": ", &self.enable);
    }
}

impl Generated for Capability {
    type Shape = Enum;

    fn blank() -> Self {
        Self
    }
}

impl Enumeration for Capability {
    const NAMES: &'static Names = &Names { owner: "QMPCapability", all: &["oob"], slots: &[], features: &[] };

    fn position(&self) -> Result<usize, &str> {
        Ok(0)
    }

    fn known(_: usize) -> Self {
        Self
    }

    fn unknown(_: &str) -> Option<Self> {
        None
    }
}
