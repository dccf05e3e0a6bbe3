//! Runs the program in a temporary directory, and servers for it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;

use tempfile::TempDir;

/// A valid schema.
pub(crate) const VM: &str = "\
##
# @Status:
#
# What it does.
#
# @on: it runs
#
# Since: 1.0
##
{ 'enum': 'Status', 'data': [ 'on', { 'name': 'off', 'if': 'CAN_STOP' } ] }
{ 'struct': 'StatusInfo', 'data': { 'status': 'Status', '*size': 'size' } }
{ 'command': 'query-status', 'returns': 'StatusInfo' }
{ 'command': 'stop', 'data': { 'id': 'str', '*force': 'bool' }, 'features': [ 'deprecated' ], 'if': 'CAN_STOP' }
{ 'event': 'STOPPED', 'data': { 'at': 'int' } }
";

/// A directory with files, in which the program runs.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// With these files: name and text.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        for (name, text) in files {
            fs::write(folder.path(name), text).expect("a file to write");
        }
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The program with these arguments, separated by blanks.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qmp"));
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        // The width of help depends on the terminal.
        command.stdin(Stdio::null()).env_remove("COLUMNS");
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// All output of a run, and the exit status.
    pub(crate) fn transcript(&self, arguments: &str) -> String {
        transcript(&self.run(arguments))
    }

    /// The same with this on standard input.
    pub(crate) fn transcript_of(&self, arguments: &str, input: &[u8]) -> String {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("its input").write_all(input).expect("it reads");
        transcript(&child.wait_with_output().expect("it ends"))
    }

    /// Standard output of a successful run.
    pub(crate) fn stdout(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "qmp {arguments}: {}", transcript(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// A server on a socket in the folder that answers `query-qmp-schema` with this text, once.
    pub(crate) fn serve(&self, socket: &str, schema: String) {
        let listener = UnixListener::bind(self.path(socket)).expect("a socket");
        thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a client");
            let mut writer = &stream;
            let greeting = r#"{"QMP": {"version": {"qemu": {"major": 1, "minor": 0, "micro": 0}, "package": ""}, "capabilities": []}}"#;
            let _ = writeln!(writer, "{greeting}");
            let requests = BufReader::new(&stream).split(b'\n').map_while(Result::ok);
            for (request, answer) in requests.zip(["{}", &schema]) {
                let request: serde_json::Value = serde_json::from_slice(&request).expect("a request");
                let id = request.get("id").map_or(String::new(), |id| format!(r#", "id": {id}"#));
                let _ = writeln!(writer, r#"{{"return": {answer}{id}}}"#);
            }
        });
    }
}

/// All output of a run, and the exit status.
pub(crate) fn transcript(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let mut all = text(&output.stdout);
    for line in text(&output.stderr).lines() {
        all.push_str(format!("stderr: {line}").trim_end());
        all.push('\n');
    }
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    all + "status: " + &status + "\n"
}
