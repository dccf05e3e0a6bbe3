//! The monitors that the command line of the example `emulator` names.

#[path = "../../emulator/command_line.rs"]
#[allow(dead_code, reason = "the emulator uses the rest")]
mod command_line;

use command_line::{CommandLine, Socket};

fn monitors(arguments: &str) -> Vec<Socket> {
    CommandLine::parse(arguments.split(' ').map(str::to_owned)).monitors().unwrap()
}

#[test]
fn monitors_of_all_kinds() {
    let listening = |address: &str| Socket { address: address.parse().unwrap(), listens: true };
    for (arguments, expected) in [
        ("-S -qmp unix:/tmp/s,server=on,wait=off -daemonize", listening("/tmp/s")),
        ("-chardev socket,id=c,fd=25,server=on,wait=off -mon chardev=c,id=m,mode=control", listening("fd:25")),
        ("-chardev socket,id=c,path=/a,,b,server=on -object monitor-qmp,id=m,chardev=c", listening("/a,b")),
        (
            r#"-chardev socket,id=c,path=/a,server=on -object {"qom-type":"monitor-qmp","id":"m","chardev":"c"}"#,
            listening("/a"),
        ),
        ("-chardev socket,id=c,host=localhost,port=4444,server=on -mon c", listening("tcp:localhost:4444")),
        ("-mon c -chardev socket,id=c,path=s -unknown 3", Socket { listens: false, ..listening("s") }),
    ] {
        assert_eq!(monitors(arguments), [expected], "{arguments}");
    }
}
