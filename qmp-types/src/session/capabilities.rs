//! `qmp_capabilities`: what the client wants switched on.

use crate::Error;
use crate::record::{Blank, Enumeration, Field, Member, Mode, Name, Names, Reader, Record, Table};

/// Reads the arguments; whether the client wants to execute commands out of band.
pub(super) fn negotiate(arguments: &str, offers_oob: bool) -> Result<bool, Error> {
    let mut wanted = Arguments { enable: None };
    Reader::new(arguments, Mode::Strict).value(&mut wanted)?;
    let oob = wanted.enable.is_some_and(|enable| !enable.is_empty());
    if oob && !offers_oob {
        return Err(Error::generic("Capability oob not available"));
    }
    Ok(oob)
}

/// The arguments of `qmp_capabilities`.
#[derive(Debug)]
struct Arguments {
    enable: Option<Vec<Capability>>,
}

/// The capabilities there are: one.
#[derive(Debug)]
struct Capability;

static TABLE: Table =
    Table { name: "q_obj_qmp_capabilities-arg", members: &[Member::optional("\"enable\": ")], tag: None };

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
