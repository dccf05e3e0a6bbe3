//! The protocol of QEMU's tests (qtest). Tests of QMP send one line of it: `endianness`.

use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;

/// Connects to the test, and answers it on a thread.
pub(crate) fn connect(path: &Path) -> io::Result<()> {
    let stream = UnixStream::connect(path)?;
    thread::spawn(move || {
        for line in BufReader::new(&stream).lines().map_while(Result::ok) {
            let answer = match line.as_str() {
                "endianness" => "OK little".to_owned(),
                other => format!("FAIL Unknown command '{other}'"),
            };
            if writeln!(&stream, "{answer}").is_err() {
                return;
            }
        }
    });
    Ok(())
}
