//! `-daemonize` and `-pidfile`.
//!
//! Forking needs `unsafe` code. Instead, the program starts a second process of itself, and returns when that process reports on its
//! standard output that it is ready. Inherited descriptors keep their numbers.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Command, ExitCode, Stdio};

use crate::command_line::IN_BACKGROUND;

const READY: &str = "ready";

/// Starts the process in the background. Returns the exit status of this process when that one is ready or has failed.
pub(crate) fn start_in_background() -> io::Result<ExitCode> {
    let arguments = std::env::args_os().skip(1);
    let arguments = arguments.map(|argument| if argument == "-daemonize" { IN_BACKGROUND.into() } else { argument });
    let mut child =
        Command::new(std::env::current_exe()?).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line)?;
    if line.trim_end() == READY {
        return Ok(ExitCode::SUCCESS);
    }
    // It has reported the error: both share the standard error.
    child.wait()?;
    Ok(ExitCode::FAILURE)
}

/// Detaches this process from the one that started it, and lets that one return.
pub(crate) fn ready() -> io::Result<()> {
    rustix::process::setsid()?;
    writeln!(io::stdout(), "{READY}")?;
    let null = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&null)?;
    rustix::stdio::dup2_stderr(&null)?;
    Ok(())
}

/// A file with the number of this process. It is removed at the end.
pub(crate) struct PidFile(PathBuf);

impl PidFile {
    pub(crate) fn write(path: &Path) -> io::Result<Self> {
        fs::write(path, format!("{}\n", process::id()))?;
        Ok(Self(path.to_owned()))
    }
}

impl Drop for PidFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
