//! Introspection data, indexed for checks and random values.

mod check;
mod generator;
mod parse;
mod types;

use std::collections::BTreeMap;

pub(super) use self::generator::Generator;
pub use self::parse::InvalidIntrospection;
pub(super) use self::types::CommandInfo;

use self::check::check;
use self::types::{Type, TypeId};
use crate::record::ReadError;
use crate::{Error, Result, Value};

/// A schema as clients see it: the return value of `query-qmp-schema`.
///
/// Generated code has that of its schema as `qmp::INTROSPECTION`. A running server returns its own.
///
/// It checks values against the schema, which is how tests prove that a reply, an event or an argument is valid:
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// use qmp_types::testing::Introspection;
/// use serde_json::json;
///
/// mod qmp {
///     qmp_types::schema!("schema/quickstart.json");
/// }
///
/// let schema = Introspection::parse(qmp::INTROSPECTION)?;
/// schema.check_return_value("query-status", &json!({"running": true, "status": "running"}))?;
/// let error = schema.check_return_value("query-status", &json!({"running": true})).unwrap_err();
/// assert_eq!(error.to_string(), "return value of query-status: `status`: required member is missing");
/// let error = schema.check_arguments("eject", &json!({"device": 1})).unwrap_err();
/// assert_eq!(error.to_string(), "Invalid parameter type for 'device', expected: string");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Introspection {
    /// The entries, as compact JSON.
    text: String,
    commands: BTreeMap<String, CommandInfo>,
    events: BTreeMap<String, TypeId>,
    types: Vec<Type>,
}

impl Introspection {
    /// Parses the list that `query-qmp-schema` returns.
    ///
    /// # Errors
    /// If the text is not JSON or not introspection data.
    pub fn parse(text: &str) -> Result<Self, InvalidIntrospection> {
        parse::parse(text)
    }

    /// Returns the names of all commands, sorted.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.commands.keys().map(String::as_str)
    }

    /// Returns the names of all events, sorted.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.events.keys().map(String::as_str)
    }

    /// Returns whether the command can be executed without arguments: it takes none, or all are optional.
    ///
    /// # Examples
    ///
    #[cfg_attr(feature = "macros", doc = "```")]
    #[cfg_attr(not(feature = "macros"), doc = "```ignore")]
    /// # mod qmp { qmp_types::schema!("schema/quickstart.json"); }
    /// # use qmp_types::testing::Introspection;
    /// let schema = Introspection::parse(qmp::INTROSPECTION)?;
    /// assert!(schema.needs_no_arguments("query-status") && !schema.needs_no_arguments("eject"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn needs_no_arguments(&self, command: &str) -> bool {
        self.check_arguments(command, &Value::Object(crate::Map::new())).is_ok()
    }

    /// Checks the arguments of a command, an object, as a server does.
    ///
    /// # Errors
    /// The error that QEMU replies with if they do not match the schema, or if there is no such command.
    pub fn check_arguments(&self, command: &str, arguments: &Value) -> Result<()> {
        let Some(info) = self.command(command) else {
            return Err(Error::command_not_found(format!("The command {command} has not been found")));
        };
        Ok(self.check_arguments_of(info, arguments, false)?)
    }

    /// Checks the return value of a command.
    ///
    /// # Errors
    /// If the value does not match the schema, or if there is no such command.
    pub fn check_return_value(&self, command: &str, value: &Value) -> Result<()> {
        let info =
            self.command(command).ok_or_else(|| Error::protocol(format!("the schema has no command {command}")))?;
        let error = |error: ReadError| Error::protocol(format!("return value of {command}: {error}"));
        check(&self.types, info.returns, value, self::check::Strictness::Answer).map_err(error)
    }

    /// Checks the data of an event, an object.
    ///
    /// # Errors
    /// If the data does not match the schema, or if there is no such event.
    pub fn check_event(&self, event: &str, data: &Value) -> Result<()> {
        let info = self.event(event).ok_or_else(|| Error::protocol(format!("the schema has no event {event}")))?;
        let error = |error: ReadError| Error::protocol(format!("data of {event}: {error}"));
        check(&self.types, info, data, self::check::Strictness::Answer).map_err(error)
    }

    /// Returns the entries, as compact JSON.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn command(&self, name: &str) -> Option<&CommandInfo> {
        self.commands.get(name)
    }

    pub(super) fn all_commands(&self) -> &BTreeMap<String, CommandInfo> {
        &self.commands
    }

    pub(super) fn event(&self, name: &str) -> Option<TypeId> {
        self.events.get(name).copied()
    }

    /// Checks arguments, and permits those that the schema does not have if `skip_unknown`.
    pub(super) fn check_arguments_of(
        &self,
        command: &CommandInfo,
        arguments: &Value,
        skip_unknown: bool,
    ) -> Result<(), ReadError> {
        check(&self.types, command.arguments, arguments, self::check::Strictness::Arguments { skip_unknown })
    }
}
