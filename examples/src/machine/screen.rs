//! The screen and the pointer.

use qmp_types::{Error, Result, qmp_command};

use super::Machine;
use super::memory::{Memory, write_file};
use crate::qmp::{ImageFormat, VncInfo};

/// The address of the screen in memory. A pixel is one byte, from black to white.
const ADDRESS: usize = 0xa0000;
const WIDTH: usize = 320;
const HEIGHT: usize = 200;

/// Paints what the firmware shows: grey bars, brighter to the right.
pub(super) fn paint(memory: &mut Memory) {
    for row in memory.slice_mut(ADDRESS, WIDTH * HEIGHT).chunks_exact_mut(WIDTH) {
        for (x, pixel) in row.iter_mut().enumerate() {
            *pixel = (x * 256 / WIDTH) as u8;
        }
    }
}

/// A machine that is off shows nothing.
pub(super) fn blank(memory: &mut Memory) {
    memory.slice_mut(ADDRESS, WIDTH * HEIGHT).fill(0);
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command(blocking)]
    fn screendump(&self, filename: String, format: Option<ImageFormat>) -> Result<()> {
        if format.is_some_and(|format| format != ImageFormat::Ppm) {
            return Err(Error::generic("This machine writes pictures as ppm only"));
        }
        let pixels = self.lock().memory.slice(ADDRESS as u64, (WIDTH * HEIGHT) as u64)?.to_vec();
        let mut picture = format!("P6\n{WIDTH} {HEIGHT}\n255\n").into_bytes();
        picture.extend(pixels.iter().flat_map(|grey| [*grey; 3]));
        write_file(&filename, &picture)
    }
}

/// This machine has no VNC server.
#[qmp_command(crate::qmp)]
fn query_vnc(_vm: &Machine) -> VncInfo {
    VncInfo::new(false)
}
