//! A client's request, as peers without a schema see it.

use std::fmt;

use crate::record::{Field, Mode, Reader, Writer};
use crate::{Error, ErrorClass, Map, Value};

/// A client's request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Request {
    pub(super) command: String,
    pub(super) arguments: Map<String, Value>,
    pub(super) id: Option<Value>,
    /// The client asks for out-of-band execution.
    pub(super) oob: bool,
}

impl Request {
    /// Reads a message. Returns the reason if it is not a request.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut message = Value::Null;
        Reader::new(text, Mode::Strict).value(&mut message).map_err(|error| error.to_string())?;
        let Value::Object(mut message) = message else { return Err("expected an object".to_owned()) };
        let (oob, name) = match (message.remove("execute"), message.remove("exec-oob")) {
            (Some(name), None) => (false, name),
            (None, Some(name)) => (true, name),
            _ => return Err("expected a member `execute` or `exec-oob`".to_owned()),
        };
        let Value::String(command) = name else { return Err("expected the name of a command".to_owned()) };
        let arguments = match message.remove("arguments") {
            None => Map::new(),
            Some(Value::Object(arguments)) => arguments,
            Some(_) => return Err("expected an object as `arguments`".to_owned()),
        };
        Ok(Self { command, arguments, id: message.remove("id"), oob })
    }

    /// Returns the reply that contains this return value, which is JSON.
    pub(super) fn success(id: Option<&Value>, value: &str) -> Vec<u8> {
        let mut out = Writer::new();
        out.literal("{\"return\": ");
        out.literal(value);
        if let Some(id) = id {
            out.literal(", \"id\": ");
            id.write(&mut out);
        }
        out.literal("}\r\n");
        out.into_bytes()
    }

    /// Returns the error reply.
    pub(super) fn failure(id: Option<&Value>, class: &ErrorClass, desc: &str) -> Vec<u8> {
        let mut error = Writer::new();
        error.literal("{\"class\": ");
        error.string(class.as_str());
        error.literal(", \"desc\": ");
        error.string(desc);
        error.literal("}");
        Self::raw_failure(id, &String::from_utf8_lossy(&error.into_bytes()))
    }

    /// Returns the error reply that contains this error, which is JSON.
    pub(super) fn raw_failure(id: Option<&Value>, error: &str) -> Vec<u8> {
        let mut out = Writer::new();
        out.literal("{");
        if let Some(id) = id {
            out.literal("\"id\": ");
            id.write(&mut out);
            out.literal(", ");
        }
        out.literal("\"error\": ");
        out.literal(error);
        out.literal("}\r\n");
        out.into_bytes()
    }

    /// Returns the error reply for an error of any kind.
    pub(super) fn failure_of(id: Option<&Value>, error: &Error) -> Vec<u8> {
        let class = error.class().unwrap_or(&ErrorClass::GenericError);
        let desc = error.desc().map_or_else(|| error.to_string(), str::to_owned);
        Self::failure(id, class, &desc)
    }
}

/// Formats the command with its arguments: `device_del {"id": "net0"}`.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.command)?;
        if !self.arguments.is_empty() {
            write!(f, " {}", json_text(&self.arguments))?;
        }
        Ok(())
    }
}

/// Returns a value as JSON text in QEMU's style.
pub(super) fn json_text(value: &impl Field) -> String {
    let mut out = Writer::new();
    value.write(&mut out);
    String::from_utf8_lossy(&out.into_bytes()).into_owned()
}
