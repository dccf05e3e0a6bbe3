//! The header of a qcow2 image.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// The parts of a header that this machine uses.
#[derive(Debug)]
pub(super) struct Header {
    /// The size of the disk in bytes, as the guest sees it.
    pub(super) size: u64,
    /// The backing file, if there is one: it holds what was never written to the image.
    pub(super) backing_file: Option<String>,
}

impl Header {
    /// Reads the header of the image whose path is `path`. Returns `None` if the file is no qcow2 image.
    pub(super) fn read(file: &File, path: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        file.read_exact_at(&mut bytes, 0).ok()?;
        if !bytes.starts_with(b"QFI\xfb") {
            return None;
        }
        let (name_at, name_len, size) = (number(&bytes[8..16]), number(&bytes[16..20]), number(&bytes[24..32]));
        let backing_file = match name_at {
            0 => None,
            _ => Some(beside(path, &name(file, name_at, name_len)?)),
        };
        Some(Self { size, backing_file })
    }
}

fn name(file: &File, at: u64, len: u64) -> Option<String> {
    // The format allows names of this length at most.
    let len = usize::try_from(len).ok().filter(|len| *len <= 1023)?;
    let mut name = vec![0; len];
    file.read_exact_at(&mut name, at).ok()?;
    String::from_utf8(name).ok()
}

/// Resolves a path in an image: it is relative to the image.
fn beside(image: &str, name: &str) -> String {
    let folder = Path::new(image).parent().unwrap_or(Path::new(""));
    folder.join(name).to_string_lossy().into_owned()
}

/// Reads a big-endian number.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
