//! A program made of the bindings of one schema: it is given values, reads them strictly as a server reads arguments,
//! writes them again, and says what came out.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::Value;

use crate::bindings::Bindings;
use crate::sources::Source;

/// Where a type stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    Arguments,
    Return,
    Event,
}

/// The running program.
pub(crate) struct Oracle {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Oracle {
    /// Builds and starts the program for a schema.
    pub(crate) fn start(source: &Source) -> Self {
        let mut child = Bindings::of(source)
            .program("oracle", &main(source))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, input, output }
    }

    /// The value, read and written again; else the error's text.
    pub(crate) fn read(&mut self, role: Role, name: &str, value: &Value) -> Result<Value, String> {
        writeln!(self.input, "{role:?} {name} {value}").expect("the program reads");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the program answers");
        match line.trim_end().split_once(' ') {
            Some(("ok", text)) => Ok(serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))),
            Some(("refused", text)) => Err(serde_json::from_str(text).expect("a JSON string")),
            _ => panic!("the program died of {role:?} {name} {value}"),
        }
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The source of the program: one row per place where a type stands, in any version.
fn main(source: &Source) -> String {
    let mut rows = BTreeSet::new();
    for schema in source.versions() {
        for command in &schema.commands {
            let name = &command.def.name;
            let marker = name.replace('-', "_");
            for role in ["Arguments", "Return"] {
                rows.insert(format!("        \"{role} {name}\" => read::<<commands::{marker} as Command>::{role}>,\n"));
            }
        }
        for event in &schema.events {
            let name = &event.def.name;
            let camel: String = name.split('_').map(|word| word[..1].to_owned() + &word[1..].to_lowercase()).collect();
            rows.insert(format!("        \"Event {name}\" => read::<events::{camel}>,\n"));
        }
    }
    let rows: String = rows.into_iter().collect();
    // Bindings of several versions are for clients, which keep strings that are not values of an enum.
    let mode = if source.also.is_empty() { "Mode::Strict" } else { "Mode::Lenient" };
    include_str!("oracle_main.rs").replace("Mode::Strict", mode)
        + &rows
        + "        other => panic!(\"{other}\"),\n    }\n}\n"
}
