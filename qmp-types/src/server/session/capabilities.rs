//! `qmp_capabilities`: what the client wants switched on.

use crate::Error;
use crate::record::{Blank, Enumeration, Field, Member, Mode, Name, Names, Reader, Record, Table};

/// The arguments of `qmp_capabilities`.
#[derive(Debug)]
pub(super) struct Wanted {
    enable: Option<Vec<Capability>>,
}

impl Wanted {
    /// Reads the arguments.
    pub(super) fn read(arguments: &str) -> Result<Self, Error> {
        let mut wanted = Self { enable: None };
        Reader::new(arguments, Mode::Strict).value(&mut wanted)?;
        Ok(wanted)
    }

    /// Whether the client wants to execute commands out of band; an error if it cannot.
    pub(super) fn enable(&self, offers_oob: bool) -> Result<bool, Error> {
        let oob = self.enable.as_ref().is_some_and(|enable| !enable.is_empty());
        if oob && !offers_oob {
            return Err(Error::generic("Capability oob not available"));
        }
        Ok(oob)
    }
}

/// The capabilities there are: one.
#[derive(Debug)]
struct Capability;

static TABLE: Table =
    Table { name: "q_obj_qmp_capabilities-arg", members: &[Member::optional(", \"enable\": ")], tag: None };

static NAMES: Names = Names { name: "QMPCapability", values: &[Name::new("oob")] };

impl Record for Wanted {
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

crate::private::record!(Wanted);

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
