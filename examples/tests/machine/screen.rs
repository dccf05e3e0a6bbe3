use std::fs;

use examples::qmp::{ImageFormat, ScreendumpArgs};

use crate::support::{Vm, generic};

/// Width, height and pixels of a portable pixmap.
fn read_ppm(bytes: &[u8]) -> (usize, usize, &[u8]) {
    let mut parts = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
    let mut field = || std::str::from_utf8(parts.next().unwrap()).unwrap().to_owned();
    let (magic, width, height) = (field(), field().parse().unwrap(), field().parse().unwrap());
    assert_eq!(magic, "P6");
    let pixels = parts.next().unwrap().strip_prefix(b"255\n").unwrap();
    assert_eq!(pixels.len(), width * height * 3);
    (width, height, pixels)
}

#[test]
fn a_screendump_is_a_picture_of_the_screen() {
    let vm = Vm::start();
    vm.screendump(vm.file("on.ppm").as_str()).unwrap();
    let on = fs::read(vm.path("on.ppm")).unwrap();
    let (width, height, pixels) = read_ppm(&on);
    assert_eq!((width, height), (320, 200));
    assert_eq!(pixels[..3], [0; 3]);
    assert_eq!(pixels[pixels.len() - 3..], [255; 3]);

    vm.system_powerdown().unwrap();
    vm.screendump(ScreendumpArgs::new(vm.file("off.ppm")).format(ImageFormat::Ppm)).unwrap();
    assert!(read_ppm(&fs::read(vm.path("off.ppm")).unwrap()).2.iter().all(|byte| *byte == 0));
}

#[test]
fn a_picture_that_cannot_be_written_is_refused() {
    let vm = Vm::start();
    let png = ScreendumpArgs::new(vm.file("s.png")).format(ImageFormat::Png);
    assert_eq!(generic(vm.screendump(png)), "This machine writes pictures as ppm only");
    assert!(generic(vm.screendump(vm.file("missing/s.ppm").as_str())).starts_with("Could not open"));
}

#[test]
fn nobody_looks_at_the_screen() {
    assert!(!Vm::start().query_vnc().unwrap().enabled);
}
