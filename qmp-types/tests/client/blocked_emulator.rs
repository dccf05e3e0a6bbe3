//! A command that blocks QEMU.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use qmp_types::Value;
use serde_json::json;
use tempfile::TempDir;

/// Arguments with which `blockdev-add` blocks QEMU: it opens a configuration file that is a pipe without a writer.
pub(crate) struct BlockingCommand {
    pub(crate) arguments: Value,
    fifo: PathBuf,
    _folder: TempDir,
}

impl BlockingCommand {
    pub(crate) const NAME: &str = "blockdev-add";

    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("config");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let image = json!({ "driver": "null-co" });
        let arguments = json!({ "driver": "blkdebug", "node-name": "b", "config": fifo, "image": image });
        Self { arguments, fifo, _folder: folder }
    }

    /// Lets the command succeed.
    pub(crate) fn unblock(&self) {
        fs::write(&self.fifo, "").unwrap();
    }
}
