//! The output of a process to standard error.

use std::io::{self, Read, Write};

/// The end of the output. It is read all the time, so that the process never waits for a full pipe.
#[derive(Debug, Default)]
pub(super) struct StderrTail {
    bytes: Vec<u8>,
    /// Earlier bytes were dropped.
    is_cut: bool,
}

impl StderrTail {
    /// The number of bytes that are kept.
    const KEPT: usize = 4096;

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let excess = self.bytes.len().saturating_sub(Self::KEPT);
        self.is_cut |= excess > 0;
        self.bytes.drain(..excess);
    }

    /// Returns the last lines. Bytes that are not UTF-8 are replaced.
    pub(super) fn text(&self) -> String {
        let newline = self.bytes.iter().position(|&byte| byte == b'\n').filter(|_| self.is_cut);
        let start = newline.map_or(0, |at| at + 1);
        String::from_utf8_lossy(&self.bytes[start..]).into_owned()
    }
}

/// Reads until the end, and copies everything to `sink` if there is one. A sink that fails gets no more.
pub(super) fn read_all(
    mut stderr: impl Read,
    mut sink: Option<Box<dyn Write + Send>>,
    mut keep: impl FnMut(&[u8]),
) -> io::Result<()> {
    let mut chunk = [0; 1024];
    loop {
        let bytes = match stderr.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => &chunk[..count],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        tracing::debug!(text = %String::from_utf8_lossy(bytes).trim_end(), "standard error of the server");
        if let Some(Err(error)) = sink.as_mut().map(|sink| sink.write_all(bytes)) {
            tracing::warn!(%error, "cannot forward the server's standard error");
            sink = None;
        }
        keep(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_are_kept() {
        let mut tail = StderrTail::default();
        tail.push(b"first\nsec");
        tail.push(b"ond\xFF");
        assert_eq!(tail.text(), "first\nsecond\u{FFFD}");
        tail.push(format!("\n{}\nlast\n", "x".repeat(StderrTail::KEPT - 10)).as_bytes());
        assert_eq!(tail.text(), format!("{}\nlast\n", "x".repeat(StderrTail::KEPT - 10)));
    }
}
