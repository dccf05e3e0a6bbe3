//! The output of the shell, and the transcript that records it.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::failure::Failure;
use crate::output;

/// Standard output and the transcript. Clones share both.
#[derive(Debug, Clone)]
pub(super) struct Screen {
    transcript: Option<Arc<File>>,
}

impl Screen {
    /// Creates a screen that appends to the transcript, if there is one.
    pub(super) fn new(transcript: Option<&Path>) -> Result<Self, Failure> {
        let open = |path: &Path| {
            let file = OpenOptions::new().create(true).append(true).open(path);
            file.map(Arc::new).map_err(|error| Failure::cannot("write", path, error))
        };
        Ok(Self { transcript: transcript.map(open).transpose()? })
    }

    /// Prints and records a text. Returns whether anyone reads the output.
    pub(super) fn show(&self, text: &str) -> Result<bool, Failure> {
        self.record(text)?;
        output::print_part(&format!("{text}\n"))
    }

    /// Adds a text to the transcript only, such as a line that was typed.
    pub(super) fn record(&self, text: &str) -> Result<(), Failure> {
        let Some(file) = &self.transcript else { return Ok(()) };
        let written = file.as_ref().write_all(format!("{text}\n").as_bytes());
        written.map_err(|error| Failure::new(format!("cannot write the transcript: {error}")))
    }
}
