//! The arguments of `qmp_capabilities`: the capabilities that the client enables.

use crate::Error;
use crate::record::{Blank, Enumeration, Field, Member, Mode, Name, Names, Reader, Record, Table};

/// The arguments of `qmp_capabilities`.
#[derive(Debug)]
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

static TABLE: Table =
    Table { name: "q_obj_qmp_capabilities-arg", members: &[Member::optional(", \"enable\": ")], tag: None };

static NAMES: Names = Names { name: "QMPCapability", values: &[Name::new("oob")] };

impl Record for Arguments {
    fn table(&self) -> &'static Table {
        &TABLE
    }

    fn get(&self, _: usize) -> &dyn Field {
        &self.enable
    }

    fn get_mut(&mut self, _: usize) -> &mut dyn Field {
        &mut self.enable
    }
}

crate::private::record!(Arguments);

impl Enumeration for Capability {
    fn names(&self) -> &'static Names {
        &NAMES
    }

    fn text(&self) -> &str {
        NAMES.values[0].text
    }

    fn select(&mut self, _: usize) {}

    fn unknown(&mut self, _: &str) -> bool {
        false
    }
}

impl Blank for Capability {
    fn blank() -> Self {
        Self
    }
}

crate::private::branches!(Capability);
