//! The arguments of `qmp_capabilities`: the capabilities that the client enables.

use crate::Error;
use crate::record::{Blank, Enumeration, Field, Mode, Names, ReadError, Reader, Record, Table, Visitor};

/// The arguments of `qmp_capabilities`.
pub(super) struct Arguments {
    enable: Option<Vec<Capability>>,
}

impl Arguments {
    /// Reads the arguments.
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

/// A capability. QMP has one.
#[derive(Debug)]
struct Capability;

static TABLE: Table = Table {
    members: Names { owner: "q_obj_qmp_capabilities-arg", all: &["enable"], slots: &[] },
    required: &[0],
    tag: None,
};

static NAMES: Names = Names { owner: "QMPCapability", all: &["oob"], slots: &[] };

impl Record for Arguments {
    fn table(&self) -> &'static Table {
        &TABLE
    }

    fn read_member(&mut self, _: usize, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.enable.read(reader)
    }

    fn visit<V: Visitor>(&self, visitor: &mut V) {
        visitor.member("\"enable\": ", &self.enable);
    }
}

crate::private::record!(Arguments);

impl Enumeration for Capability {
    fn names() -> &'static Names {
        &NAMES
    }

    fn text(&self) -> &str {
        NAMES.all[0]
    }

    fn known(_: usize) -> Self {
        Self
    }

    fn unknown(_: &str) -> Option<Self> {
        None
    }
}

impl Blank for Capability {
    fn blank() -> Self {
        Self
    }
}

crate::private::branches!(Capability);
