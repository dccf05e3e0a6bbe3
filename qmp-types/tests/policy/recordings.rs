//! Sessions with QEMU under policies, which `replays` sends to a server of ours.
//!
//! `sessions.json` has the requests. `recorded/qemu-VERSION.json` has what QEMU answered to each: first without a policy, then
//! with it. The newest version that is set up may have no recordings yet. `UPDATE_EXPECT=1 cargo test -p qmp-types --test policy recordings` records anew.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use serde_json::{Map, Value, json};
use test_support::{Generation, Server};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policy")
}

fn list(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the recorded sessions of each version of QEMU.
pub(crate) fn recorded() -> Vec<(String, Vec<Value>)> {
    let files = fs::read_dir(folder().join("recorded")).expect("recordings");
    let paths = files.map(|file| file.expect("a file").path());
    paths.map(|path| (path.display().to_string(), list(&path))).collect()
}

/// A negotiated connection.
pub(crate) struct Client {
    lines: std::io::Lines<BufReader<UnixStream>>,
    stream: UnixStream,
}

impl Client {
    /// Greets a server, and enables out-of-band execution if it is wanted.
    pub(crate) fn new(stream: UnixStream, oob: bool) -> Self {
        let mut client = Self { lines: BufReader::new(stream.try_clone().expect("a handle")).lines(), stream };
        client.message();
        let enable = if oob { json!(["oob"]) } else { json!([]) };
        client.ask(&json!({"execute": "qmp_capabilities", "arguments": {"enable": enable}}));
        client
    }

    fn message(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().expect("a line").expect("UTF-8")).expect("JSON")
    }

    /// Returns the reply to a request.
    pub(crate) fn ask(&mut self, request: &Value) -> Value {
        self.until_reply(request).pop().expect("a reply")
    }

    /// Returns the events that follow a request, and its reply.
    pub(crate) fn until_reply(&mut self, request: &Value) -> Vec<Value> {
        writeln!(self.stream, "{request}").expect("the server reads");
        let mut messages = vec![self.message()];
        while messages.last().is_some_and(|message| message.get("event").is_some()) {
            messages.push(self.message());
        }
        messages
    }

    /// Returns what the server says about itself: for each command, the arguments that it has of these, or `null` if there is
    /// no such command; and whether it sends the deprecated `values` of enumerations.
    pub(crate) fn description(&mut self, commands: &Value) -> Value {
        let reply = self.ask(&json!({"execute": "query-qmp-schema"}));
        let entries = reply["return"].as_array().expect("a list");
        let find = |name: &Value| entries.iter().find(|entry| entry["name"] == *name);
        let arguments = |(command, names): (&String, &Value)| {
            let described = find(&json!(command)).map(|command| {
                let members = &find(&command["arg-type"]).expect("the type of the arguments")["members"];
                let has =
                    |name: &&Value| members.as_array().expect("members").iter().any(|member| member["name"] == **name);
                names.as_array().expect("names").iter().filter(has).collect::<Vec<_>>()
            });
            (command.clone(), json!(described))
        };
        let arguments: Map<_, _> = commands.as_object().into_iter().flatten().map(arguments).collect();
        let values = entries.iter().any(|entry| entry["meta-type"] == "enum" && entry.get("values").is_some());
        json!({"arguments": arguments, "values": values})
    }
}

/// Runs a session with QEMU. Returns its replies, and its description of the commands that the session asks for.
fn run(generation: Generation, session: &Value, policy: &str) -> Option<(Vec<Value>, Value)> {
    let mut options = "-M none -nodefaults -nographic -S".to_owned();
    if session["preconfig"] == true {
        options += " -preconfig";
    }
    if !policy.is_empty() {
        options = format!("{options} -compat {policy}");
    }
    let server = Server::emulator(generation, &options)?;
    let mut client = Client::new(UnixStream::connect(server.socket()).expect("QEMU listens"), session["oob"] == true);
    let requests = session["requests"].as_array().expect("requests");
    let replies = requests.iter().map(|request| client.ask(request)).collect();
    Some((replies, client.description(&session["described"])))
}

/// Returns the version of QEMU in a generation, which changes for the newest: `MAJOR.MINOR`.
fn version(generation: Generation) -> Option<String> {
    let server = Server::bare_emulator(generation)?;
    let mut client = Client::new(UnixStream::connect(server.socket()).expect("QEMU listens"), false);
    let version = &client.ask(&json!({"execute": "query-version"}))["return"]["qemu"];
    Some(format!("{}.{}", version["major"], version["minor"]))
}

#[test]
fn qemu_answers_as_recorded() {
    for generation in Generation::ALL {
        let mut lines = Vec::new();
        let Some(version) = version(generation) else { continue };
        let path = folder().join(format!("recorded/qemu-{version}.json"));
        if !path.exists() && std::env::var_os("UPDATE_EXPECT").is_none() {
            println!("exempt: policies of QEMU {version}: there are no recordings of this version");
            continue;
        }
        for session in list(&folder().join("sessions.json")).iter().filter(|session| session["except"] != *version) {
            let policy = session["policy"].as_str().expect("a policy");
            let (Some((accepted, all)), Some((replies, described))) =
                (run(generation, session, ""), run(generation, session, policy))
            else {
                return;
            };
            let requests = session["requests"].as_array().expect("requests").iter().zip(accepted).zip(replies);
            let steps = requests.map(|((request, without), with)| json!([request, without, with]).to_string());
            let (head, steps) = (
                json!([
                    policy,
                    session["preconfig"] == true,
                    session["oob"] == true,
                    session["described"],
                    all,
                    described
                ]),
                steps.collect::<Vec<_>>(),
            );
            lines.push(format!("[{head}, [\n{}]]", steps.join(",\n")));
        }
        expect_file![path].assert_eq(&format!("[\n{}\n]\n", lines.join(",\n")));
    }
}
