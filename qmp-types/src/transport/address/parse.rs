//! Reads an address from text.

use std::ffi::OsStr;
use std::fmt::Display;
use std::net::Ipv6Addr;
use std::os::unix::ffi::OsStrExt;
use std::str::FromStr;

use super::{Address, AddressError};

const KINDS: &str =
    "`PATH`, `unix:PATH`, `unix-abstract:NAME`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `vsock:CID:PORT`, `fd:N` or `stdio`";
const STDIO: &[u8] = b"stdio";

/// The part of an error that does not depend on the whole text.
struct Mistake {
    reason: String,
    help: String,
}

pub(super) fn address(text: &OsStr) -> Result<Address, AddressError> {
    parse(text).map_err(|Mistake { reason, help }| AddressError { text: text.display().to_string(), reason, help })
}

/// Returns whether a text without a prefix is the path of a Unix socket: a colon may stand only after a slash.
pub(super) fn is_bare_path(text: &[u8]) -> bool {
    let first = text.iter().find(|byte| b":/".contains(byte));
    !text.is_empty() && text != STDIO && first != Some(&b':')
}

fn parse(text: &OsStr) -> Result<Address, Mistake> {
    let bytes = text.as_bytes();
    if bytes == STDIO {
        return Ok(Address::Stdio);
    }
    if is_bare_path(bytes) {
        return Ok(Address::Unix(text.into()));
    }
    let Some(colon) = bytes.iter().position(|&byte| byte == b':') else {
        return Err(mistake("expected an address, found an empty text", format!("write one of {KINDS}")));
    };
    let (kind, rest) = (&bytes[..colon], OsStr::from_bytes(&bytes[colon + 1..]));
    match kind {
        b"unix" => Ok(Address::Unix(named(rest, "expected `unix:PATH`, found no path", "unix:/run/vm.sock")?.into())),
        b"unix-abstract" => {
            let name = named(rest, "expected `unix-abstract:NAME`, found no name", "unix-abstract:vm")?;
            Ok(Address::UnixAbstract(name.into()))
        }
        b"tcp" => host_and_port("tcp", utf8(rest)?).map(|(host, port)| Address::Tcp { host, port }),
        b"tls" => host_and_port("tls", utf8(rest)?).map(|(host, port)| Address::Tls { host, port }),
        b"vsock" => vsock(utf8(rest)?),
        b"fd" => fd(utf8(rest)?),
        _ => Err(unknown_kind(text)),
    }
}

fn named<'a>(name: &'a OsStr, reason: &str, example: &str) -> Result<&'a OsStr, Mistake> {
    match name.is_empty() {
        true => Err(mistake(reason, format!("for example `{example}`"))),
        false => Ok(name),
    }
}

fn utf8(text: &OsStr) -> Result<&str, Mistake> {
    text.to_str().ok_or_else(|| {
        mistake("expected UTF-8, found other bytes", "only paths and names of Unix sockets may have other bytes".into())
    })
}

/// Reads `HOST:PORT`.
fn host_and_port(kind: &str, text: &str) -> Result<(String, u16), Mistake> {
    let expected = format!("expected `{kind}:HOST:PORT`");
    if let Some(bracketed) = text.strip_prefix('[') {
        let Some((host, rest)) = bracketed.split_once(']') else {
            let help = format!("for example `{kind}:[::1]:4444`");
            return Err(mistake(&format!("{expected}, found `[` without `]`"), help));
        };
        if host.split('%').next().is_none_or(|address| address.parse::<Ipv6Addr>().is_err()) {
            let help = "only IPv6 addresses stand in brackets".into();
            return Err(mistake(&format!("expected an IPv6 address in brackets, found `{host}`"), help));
        }
        let Some(port) = rest.strip_prefix(':') else {
            return Err(mistake(&format!("{expected}, found no port"), format!("for example `{kind}:[{host}]:4444`")));
        };
        return Ok((host.into(), tcp_port(port)?));
    }
    let Some((host, port)) = text.rsplit_once(':') else {
        if text.parse::<u16>().is_ok() {
            let help = format!("`{kind}:localhost:{text}` for a port of this machine");
            return Err(mistake(&format!("{expected}, found no host"), help));
        }
        let host = if text.is_empty() || !is_host(text) { "localhost" } else { text };
        return Err(mistake(&format!("{expected}, found no port"), format!("for example `{kind}:{host}:4444`")));
    };
    if host.contains(':') {
        let found = format!("{expected}, found more than one colon");
        return Err(mistake(&found, format!("an IPv6 address stands in brackets: `{kind}:[::1]:4444`")));
    }
    if host.is_empty() {
        let help = format!("`{kind}:localhost:{port}`, or `{kind}:0.0.0.0:{port}` for all interfaces");
        return Err(mistake(&format!("{expected}, found no host"), help));
    }
    if !is_host(host) {
        let help = format!("for example `{kind}:localhost:4444`");
        return Err(mistake(&format!("expected a host name or an IP address, found `{host}`"), help));
    }
    Ok((host.into(), tcp_port(port)?))
}

/// Returns whether this may be a name or an IPv4 address. The resolver has the last word.
fn is_host(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

fn tcp_port(text: &str) -> Result<u16, Mistake> {
    number(text, "a port from 0 to 65535")
}

/// Reads `CID:PORT`.
fn vsock(text: &str) -> Result<Address, Mistake> {
    let Some((cid, port)) = text.split_once(':') else {
        let help = "for example `vsock:2:4444` for port 4444 of the host".into();
        return Err(mistake("expected `vsock:CID:PORT`, found no port", help));
    };
    let cid = match cid {
        "any" => Address::VSOCK_ANY,
        cid => number(cid, "a context id, which is a number or `any`")?,
    };
    Ok(Address::Vsock { cid, port: number(port, "a port from 0 to 4294967295")? })
}

/// Reads the number of a descriptor.
fn fd(text: &str) -> Result<Address, Mistake> {
    number(text, "the number of a descriptor").map(Address::Fd)
}

/// Reads a decimal number without a sign.
fn number<T: FromStr>(text: &str, expected: &str) -> Result<T, Mistake> {
    let found = if text.is_empty() { "nothing".into() } else { format!("`{text}`") };
    let help = match text.split_once(',') {
        Some((before, _)) if !before.is_empty() => "options such as `,server=on` are not part of an address",
        _ => "write the number in decimal digits",
    };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let refuse = || mistake(&format!("expected {expected}, found {found}"), help.into());
    text.parse().ok().filter(|_| digits).ok_or_else(refuse)
}

/// The error for a text with a colon that begins with no known kind.
fn unknown_kind(text: &OsStr) -> Mistake {
    let shown = text.display();
    let host_and_port = text.to_str().and_then(|text| text.rsplit_once(':'));
    let is_tcp = host_and_port.is_some_and(|(host, port)| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        port.parse::<u16>().is_ok() && (is_host(host) || host.parse::<Ipv6Addr>().is_ok()) && !host.is_empty()
    });
    let help: &dyn Display = match is_tcp {
        true => &format_args!("`tcp:{shown}` for a TCP port, or `unix:{shown}` for the path of a Unix socket"),
        false => &format_args!("`unix:{shown}` for the path of a Unix socket"),
    };
    mistake(&format!("expected {KINDS}, found another prefix"), help.to_string())
}

fn mistake(reason: &str, help: String) -> Mistake {
    Mistake { reason: reason.into(), help }
}
