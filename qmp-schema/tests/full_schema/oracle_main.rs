//! Reads lines `ROLE NAME JSON`, answers `ok JSON` or `refused "TEXT"`.
use std::io::{BufRead, Write, stdin, stdout};

#[allow(unused_imports)]
use BINDINGS::qmp::{commands, events};
use qmp_types::Command;
use qmp_types::private::{Field, Mode, Reader, Writer};

fn main() {
    let mut out = stdout().lock();
    for line in stdin().lock().lines().map(Result::unwrap) {
        let (at, _) = line.match_indices(' ').nth(1).unwrap();
        let answer = match reader(&line[..at])(&line[at + 1..]) {
            Ok(text) => format!("ok {text}"),
            Err(text) => format!("refused {}", serde_json::Value::from(text)),
        };
        writeln!(out, "{answer}").and_then(|()| out.flush()).unwrap();
    }
}

fn read<T: Field>(text: &str) -> Result<String, String> {
    let mut value = T::blank();
    let read = Reader::new(text, Mode::Strict).value(&mut value);
    read.map_err(|error| qmp_types::Error::from(error).to_string())?;
    let mut writer = Writer::new();
    value.write(&mut writer);
    Ok(String::from_utf8(writer.into_bytes()).unwrap())
}

#[allow(deprecated)]
fn reader(what: &str) -> fn(&str) -> Result<String, String> {
    match what {
