//! The text of addresses.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use expect_test::expect;
use proptest::prelude::*;
use qmp_types::transport::Address;

fn parse(text: &str) -> Address {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_kind_is_parsed_and_printed() {
    let tcp = |host: &str, port| Address::Tcp { host: host.into(), port };
    let cases = [
        ("/run/vm.sock", Address::Unix("/run/vm.sock".into())),
        ("vm.sock", Address::Unix("vm.sock".into())),
        ("./stdio", Address::Unix("./stdio".into())),
        ("./a:b", Address::Unix("./a:b".into())),
        ("/run/tcp:x", Address::Unix("/run/tcp:x".into())),
        ("unix:tcp:x", Address::Unix("tcp:x".into())),
        ("unix:stdio", Address::Unix("stdio".into())),
        ("unix-abstract:vm", Address::UnixAbstract("vm".into())),
        ("unix-abstract:a:/ b", Address::UnixAbstract("a:/ b".into())),
        ("tcp:localhost:4444", tcp("localhost", 4444)),
        ("tcp:127.0.0.1:0", tcp("127.0.0.1", 0)),
        ("tcp:[::1]:65535", tcp("::1", 65535)),
        ("tcp:[fe80::1%eth0]:1", tcp("fe80::1%eth0", 1)),
        ("tls:vm.example:16514", Address::Tls { host: "vm.example".into(), port: 16514 }),
        ("vsock:2:4444", Address::Vsock { cid: 2, port: 4444 }),
        ("vsock:any:4294967295", Address::Vsock { cid: Address::VSOCK_ANY, port: u32::MAX }),
        ("fd:3", Address::Fd(3)),
        ("stdio", Address::Stdio),
    ];
    for (text, address) in cases {
        assert_eq!(parse(text), address);
        assert_eq!(address.to_string(), text);
    }
    // Other spellings of the same.
    assert_eq!(parse("unix:/run/vm.sock"), parse("/run/vm.sock"));
    assert_eq!(parse("vsock:4294967295:1"), parse("vsock:any:1"));
}

#[test]
fn mistakes_are_explained() {
    let texts = [
        "",
        "unix:",
        "unix-abstract:",
        "tcp",
        "tcp:",
        "tcp:localhost",
        "tcp:4444",
        "tcp::4444",
        "tcp:::1:4444",
        "tcp:[::1]",
        "tcp:[::1",
        "tcp:[localhost]:1",
        "tcp:a b:1",
        "tcp:localhost:65536",
        "tcp:localhost:+1",
        "tcp:localhost:",
        "tls:localhost",
        "tcp:localhost:4444,server=on,wait=off",
        "localhost:4444",
        "[::1]:4444",
        "telnet:localhost:4444",
        "C:\\vm",
        "vsock:2",
        "vsock:host:1",
        "vsock:2:x",
        "fd:",
        "fd:monitor",
        "fd:-1",
        "fd:4294967295",
        "stdio:",
        ":",
    ];
    let explain = |text: &str| match text.parse::<Address>() {
        Err(error) => format!("{error}\n"),
        Ok(address) => format!("`{text}` is {address:?}\n"),
    };
    let explained: String = texts.into_iter().map(explain).collect();
    expect![[r#"
        invalid address ``: expected an address, found an empty text; help: write one of `PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`
        invalid address `unix:`: expected `unix:PATH`, found no path; help: for example `unix:/run/vm.sock`
        invalid address `unix-abstract:`: expected `unix-abstract:NAME`, found no name; help: for example `unix-abstract:vm`
        `tcp` is Unix("tcp")
        invalid address `tcp:`: expected `tcp:HOST:PORT`, found no port; help: for example `tcp:localhost:4444`
        invalid address `tcp:localhost`: expected `tcp:HOST:PORT`, found no port; help: for example `tcp:localhost:4444`
        invalid address `tcp:4444`: expected `tcp:HOST:PORT`, found no host; help: `tcp:localhost:4444` for a port of this machine
        invalid address `tcp::4444`: expected `tcp:HOST:PORT`, found no host; help: `tcp:localhost:4444`, or `tcp:0.0.0.0:4444` for all interfaces
        invalid address `tcp:::1:4444`: expected `tcp:HOST:PORT`, found more than one colon; help: an IPv6 address stands in brackets: `tcp:[::1]:4444`
        invalid address `tcp:[::1]`: expected `tcp:HOST:PORT`, found no port; help: for example `tcp:[::1]:4444`
        invalid address `tcp:[::1`: expected `tcp:HOST:PORT`, found `[` without `]`; help: for example `tcp:[::1]:4444`
        invalid address `tcp:[localhost]:1`: expected an IPv6 address in brackets, found `localhost`; help: only IPv6 addresses stand in brackets
        invalid address `tcp:a b:1`: expected a host name or an IP address, found `a b`; help: for example `tcp:localhost:4444`
        invalid address `tcp:localhost:65536`: expected a port from 0 to 65535, found `65536`; help: write the number in decimal digits
        invalid address `tcp:localhost:+1`: expected a port from 0 to 65535, found `+1`; help: write the number in decimal digits
        invalid address `tcp:localhost:`: expected a port from 0 to 65535, found nothing; help: write the number in decimal digits
        invalid address `tls:localhost`: expected `tls:HOST:PORT`, found no port; help: for example `tls:localhost:4444`
        invalid address `tcp:localhost:4444,server=on,wait=off`: expected a port from 0 to 65535, found `4444,server=on,wait=off`; help: options such as `,server=on` are not part of an address
        invalid address `localhost:4444`: expected `PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`, found another prefix; help: `tcp:localhost:4444` for a TCP port, or `unix:localhost:4444` for the path of a Unix socket
        invalid address `[::1]:4444`: expected `PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`, found another prefix; help: `tcp:[::1]:4444` for a TCP port, or `unix:[::1]:4444` for the path of a Unix socket
        invalid address `telnet:localhost:4444`: expected `PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`, found another prefix; help: `unix:telnet:localhost:4444` for the path of a Unix socket
        invalid address `C:\vm`: expected `PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`, found another prefix; help: `unix:C:\vm` for the path of a Unix socket
        invalid address `vsock:2`: expected `vsock:CID:PORT`, found no port; help: for example `vsock:2:4444` for port 4444 of the host
        invalid address `vsock:host:1`: expected a context id, which is a number or `any`, found `host`; help: write the number in decimal digits
        invalid address `vsock:2:x`: expected a port from 0 to 4294967295, found `x`; help: write the number in decimal digits
        invalid address `fd:`: expected the number of a descriptor, found nothing; help: write the number in decimal digits
        invalid address `fd:monitor`: expected the number of a descriptor, found `monitor`; help: write the number in decimal digits
        invalid address `fd:-1`: expected the number of a descriptor, found `-1`; help: write the number in decimal digits
        invalid address `fd:4294967295`: expected the number of a descriptor, found `4294967295`; help: write the number in decimal digits
        invalid address `stdio:`: expected `PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`, found another prefix; help: `unix:stdio:` for the path of a Unix socket
        invalid address `:`: expected `PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`, found another prefix; help: `unix::` for the path of a Unix socket
    "#]].assert_eq(&explained);
}

#[test]
fn paths_need_not_be_utf8() {
    let path = OsStr::from_bytes(b"/run/\xff.sock");
    let with_kind = OsStr::from_bytes(b"unix:/run/\xff.sock");
    let address = Address::from_os_str(path).expect("a path");
    assert_eq!(address.path(), Some(Path::new(path)));
    assert_eq!(Address::try_from(with_kind).expect("a path"), address);
    let error = Address::from_os_str(OsStr::from_bytes(b"tcp:\xff:1")).expect_err("no host");
    assert_eq!(error.reason(), "expected UTF-8, found other bytes");
    assert_eq!(error.help(), "only paths and names of Unix sockets may have other bytes");
}

#[test]
fn a_path_is_not_parsed() {
    assert_eq!(Address::from(Path::new("tcp:localhost:1")).to_string(), "unix:tcp:localhost:1");
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?",
        any::<std::net::Ipv4Addr>().prop_map(|address| address.to_string()),
        any::<std::net::Ipv6Addr>().prop_map(|address| address.to_string()),
    ]
}

fn address() -> impl Strategy<Value = Address> {
    prop_oneof![
        "(tcp:|fd:|stdio|/|[.]|:)?[^\0]{1,20}".prop_map(|path| Address::Unix(path.into())),
        ".{1,20}".prop_map(|name| Address::UnixAbstract(name.into())),
        (host(), any::<u16>()).prop_map(|(host, port)| Address::Tcp { host, port }),
        (host(), any::<u16>()).prop_map(|(host, port)| Address::Tls { host, port }),
        (prop_oneof![0..4u32, u32::MAX - 2..=u32::MAX], any::<u32>())
            .prop_map(|(cid, port)| Address::Vsock { cid, port }),
        (0..=i32::MAX).prop_map(Address::Fd),
        Just(Address::Stdio),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_is_parsed(address in address()) {
        prop_assert_eq!(parse(&address.to_string()), address);
    }

    #[test]
    fn no_text_causes_a_panic(text in "(unix|tcp|tls|vsock|fd)?:?[\\[\\]:0-9a-z%.,/ -]{0,24}") {
        if let Ok(address) = text.parse::<Address>() {
            prop_assert_eq!(parse(&address.to_string()), address);
        }
    }
}
