//! `--cfg` and `--no-cfg`: which names count as defined.

use std::collections::BTreeSet;

use clap::Args;
use qmp_schema::model::Condition;

use crate::output;
use crate::source::Source;

#[derive(Args)]
pub(crate) struct Configuration {
    /// Evaluate conditions, with this name defined; may be given again
    #[arg(long, value_name = "NAME", value_parser = name)]
    cfg: Vec<String>,
    /// Evaluate conditions, with no name defined
    #[arg(long, conflicts_with = "cfg")]
    no_cfg: bool,
}

impl Configuration {
    /// The names that are defined; none if conditions are not to be evaluated.
    pub(crate) fn defined(&self) -> Option<&[String]> {
        (self.no_cfg || !self.cfg.is_empty()).then_some(&self.cfg)
    }

    /// Warns of names that make no difference: none of these names in conditions, which the source has.
    pub(crate) fn warn_of_unused(&self, mentioned: &BTreeSet<&str>, source: &Source) {
        for name in self.cfg.iter().filter(|name| !mentioned.contains(name.as_str())) {
            output::warn(&format!("no condition in `{}` has the name `{name}`", source.name()));
        }
    }
}

fn name(text: &str) -> Result<String, &'static str> {
    match Condition::is_name(text) {
        true => Ok(text.to_owned()),
        false => Err("names in conditions are made of A-Z, 0-9 and _, and begin with a letter"),
    }
}
