//! The options `--cfg` and `--no-cfg`: the names that are defined in conditions.

use clap::Args;
use qmp_schema::model::{Condition, Conditions, Schema};

use crate::output;

#[derive(Args)]
pub(crate) struct ConditionOptions {
    /// Evaluate conditions with this name defined; repeatable
    #[arg(long, value_name = "NAME", value_parser = name)]
    cfg: Vec<String>,
    /// Evaluate conditions with no name defined
    #[arg(long, conflicts_with = "cfg")]
    no_cfg: bool,
}

impl ConditionOptions {
    /// The defined names; none if conditions are not evaluated.
    pub(crate) fn defined(&self) -> Option<&[String]> {
        (self.no_cfg || !self.cfg.is_empty()).then_some(&self.cfg)
    }

    /// The conditions to evaluate, if any.
    pub(crate) fn conditions(&self) -> Conditions {
        self.defined().map_or(Conditions::Everything, Conditions::defined)
    }

    /// Warns about names that no condition of the schemas, each with its name, mentions.
    pub(crate) fn warn_of_unused(&self, schemas: &[(&Schema, String)]) {
        let mentioned: Vec<_> = schemas.iter().map(|(schema, _)| schema.condition_names()).collect();
        let names: Vec<String> = schemas.iter().map(|(_, name)| format!("`{name}`")).collect();
        for name in self.cfg.iter().filter(|name| mentioned.iter().all(|names| !names.contains(name.as_str()))) {
            output::warn(&format!("no condition in {} mentions `{name}`", names.join(" or ")));
        }
    }
}

fn name(text: &str) -> Result<String, &'static str> {
    match Condition::is_name(text) {
        true => Ok(text.to_owned()),
        false => Err("expected A-Z, 0-9 and `_`, beginning with a letter"),
    }
}
