//! What becomes of a request: the envelope, negotiation and the commands.

use std::io;
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::commands::{self, Command, Refusal};
use super::session::{Session, Stage};
use super::switch::{Switch, Variant};

/// The command that a request invokes.
struct Invocation {
    name: String,
    arguments: Option<Map<String, Value>>,
    is_oob: bool,
}

impl Session {
    /// Executes a request.
    pub(super) fn invoke(&mut self, request: &Value) -> io::Result<Result<Value, (Stage, Refusal)>> {
        let Invocation { name, arguments, is_oob } = match self.envelope(request) {
            Ok(Some(invocation)) => invocation,
            Ok(None) => return Ok(Ok(json!({}))),
            Err(text) => return Ok(Err((Stage::Envelope, ("GenericError", text.to_owned())))),
        };
        if name == "qmp_capabilities" && !self.is_agent() {
            let negotiated = self.negotiate(arguments.as_ref());
            if negotiated.is_ok() {
                self.tick()?;
            }
            return Ok(negotiated.map_err(|refusal| (Stage::Command, refusal)));
        }
        if !self.is_negotiated && !self.has(Switch::NoNegotiation) {
            let class = if self.has(Switch::GenericRefusal) { "GenericError" } else { "CommandNotFound" };
            return Ok(Err((Stage::Command, (class, "not negotiated".to_owned()))));
        }
        self.remains().is_negotiated |= self.has(Switch::InheritsNegotiation);
        let executed = self.execute(&name, arguments.as_ref(), is_oob);
        Ok(executed.map_err(|refusal| (Stage::Command, refusal)))
    }

    /// Reads the envelope: the command, its arguments, and whether it is out of band. `None` stands for something that is no
    /// command, and is answered as if it were one.
    fn envelope(&self, request: &Value) -> Result<Option<Invocation>, &'static str> {
        let Some(members) = request.as_object() else {
            return if self.has(Switch::ListIsRequest) { Ok(None) } else { Err("not an object") };
        };
        let knows_oob = self.has_oob || self.has(Switch::OobWithoutAsking);
        for key in members.keys() {
            match key.as_str() {
                "execute" | "arguments" | "id" => {}
                "exec-oob" if knows_oob => {}
                "argument" if self.has(Switch::IgnoresMembers) => {}
                _ => return Err("an unexpected member"),
            }
        }
        let arguments = match members.get("arguments") {
            None => None,
            Some(Value::Object(arguments)) => Some(arguments.clone()),
            Some(Value::Array(_)) if self.has(Switch::ArgumentsByPosition) => None,
            Some(_) => return Err("arguments that are not an object"),
        };
        match (members.get("execute"), members.get("exec-oob")) {
            (None, None) if self.has(Switch::EmptyIsRequest) => Ok(None),
            (None, None) => Err("no command"),
            (Some(_), Some(_)) if !self.has(Switch::BothAreAccepted) => Err("two commands"),
            (Some(Value::Number(_) | Value::Array(_)), _) if self.has(Switch::NumberIsCommand) => Ok(None),
            (Some(Value::String(name)), _) => Ok(Some(Invocation { name: name.clone(), arguments, is_oob: false })),
            (None, Some(Value::String(name))) => Ok(Some(Invocation { name: name.clone(), arguments, is_oob: true })),
            _ => Err("a command that is not a string"),
        }
    }

    fn negotiate(&mut self, arguments: Option<&Map<String, Value>>) -> Result<Value, Refusal> {
        let is_heir = self.remains().is_negotiated;
        let is_again = self.is_negotiated && !is_heir || self.has_failed && self.has(Switch::NegotiatesOnlyOnce);
        if is_again && !self.has(Switch::NegotiatesTwice) {
            return Err(("CommandNotFound", "negotiated already".to_owned()));
        }
        self.has_failed = true;
        let (none, has) = (Map::new(), |switch| self.has(switch));
        let arguments = arguments.unwrap_or(&none);
        commands::all(false)[0].check(arguments, &has)?;
        let enables_oob = arguments.get("enable").is_some_and(|list| list == &json!(["oob"]));
        let is_offered = self.variant == Variant::Monitor && !self.has(Switch::OobIsRefused);
        if enables_oob && !is_offered && !self.has(Switch::EnablesUnoffered) {
            return Err(("GenericError", "not available".to_owned()));
        }
        self.has_oob = enables_oob;
        self.is_negotiated = true;
        Ok(if self.has(Switch::NegotiationReturnsTrue) { json!(true) } else { json!({}) })
    }

    fn execute(&mut self, name: &str, arguments: Option<&Map<String, Value>>, is_oob: bool) -> Result<Value, Refusal> {
        let has = |switch| self.has(switch);
        let spelt = if has(Switch::IgnoresCase) { name.to_lowercase().replace('_', "-") } else { name.to_owned() };
        let is_missing = |command: &&Command| match command.name {
            "set-item" => has(Switch::ListedCommandIsMissing),
            "query-qmp-schema" => has(Switch::NoSchema),
            "guest-info" => has(Switch::NoInfo),
            _ => false,
        };
        let found = commands::all(self.is_agent()).iter().find(|command| command.name == spelt);
        let Some(command) = found.filter(|command| !is_missing(command)) else {
            let class = if has(Switch::UnknownIsGeneric) { "GenericError" } else { "CommandNotFound" };
            return Err((class, format!("no command `{name}`")));
        };
        if is_oob && !command.allows_oob && !has(Switch::AnythingIsOob) {
            return Err(("GenericError", "not out of band".to_owned()));
        }
        if !is_oob && command.allows_oob && has(Switch::OobOnly) {
            return Err(("GenericError", "only out of band".to_owned()));
        }
        let none = Map::new();
        // Without arguments, there is no empty object to refuse.
        match arguments {
            None if has(Switch::RefusesEmpty) && command.name == "query-version" => {}
            _ => command.check(arguments.unwrap_or(&none), &has)?,
        }
        Ok(self.value(command, arguments.unwrap_or(&none)))
    }

    fn value(&self, command: &Command, arguments: &Map<String, Value>) -> Value {
        let has = |switch| self.has(switch);
        match command.name {
            "query-version" => version(if has(Switch::OtherVersion) { 4 } else { 3 }),
            "query-commands" => commands::list(&has),
            "query-qmp-schema" => {
                // Slow enough to be overtaken.
                let is_slow = self.has_oob;
                thread::sleep(Duration::from_millis(if is_slow { 80 } else { 0 }));
                commands::schema(&has)
            }
            "guest-sync-delimited" if has(Switch::WrongNumber) => json!(0),
            "guest-sync" | "guest-sync-delimited" => arguments.get("id").cloned().unwrap_or(json!(0)),
            "guest-info" => {
                let names = commands::all(true).iter().map(|command| json!({"name": command.name, "enabled": true}));
                json!({"version": "1.2.3", "supported_commands": names.collect::<Value>()})
            }
            _ => json!({}),
        }
    }
}

pub(super) fn version(micro: u32) -> Value {
    json!({"qemu": {"major": 1, "minor": 2, "micro": micro}, "package": ""})
}
