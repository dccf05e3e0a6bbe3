//! The values of `--listen`: an address and the rules for its clients.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use qmp_schema::matches_pattern;
use qmp_types::Error;
use qmp_types::server::AccessControl;
use qmp_types::transport::{Address, AddressError};

/// The commands that a read-only client may execute.
const QUERIES: &str = "query-*";

/// An address to listen on, with the rules for its clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listen {
    pub(crate) address: Address,
    pub(crate) rules: Rules,
}

/// What clients may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    read_only: bool,
    allowed: Vec<String>,
    denied: Vec<String>,
    uids: Vec<u32>,
}

/// A mistake in the value of `--listen`.
#[derive(Debug)]
pub(crate) enum Mistake {
    Address(AddressError),
    Rule(String),
}

impl Listen {
    /// Parses `ADDRESS[,RULE]...`.
    pub(crate) fn parse(text: &OsStr) -> Result<Self, Mistake> {
        let mut parts = split(text.as_bytes()).into_iter();
        let address = parts.next().unwrap_or_default();
        let address = Address::from_os_str(OsString::from_vec(address)).map_err(Mistake::Address)?;
        let mut rules = Rules::default();
        for part in parts {
            rules.add(&String::from_utf8_lossy(&part))?;
        }
        Ok(Self { address, rules })
    }
}

/// Splits a text at its commas. A double comma is a comma of the part.
fn split(text: &[u8]) -> Vec<Vec<u8>> {
    let (mut parts, mut at) = (vec![Vec::new()], 0);
    while let Some(&byte) = text.get(at) {
        let is_double = text[at..].starts_with(b",,");
        match parts.last_mut() {
            Some(part) if byte != b',' || is_double => part.push(byte),
            _ => parts.push(Vec::new()),
        }
        at += if is_double { 2 } else { 1 };
    }
    parts
}

impl Rules {
    fn add(&mut self, rule: &str) -> Result<(), Mistake> {
        match rule.split_once('=') {
            None if rule == "read-only" => self.read_only = true,
            Some(("allow", pattern)) if !pattern.is_empty() => self.allowed.push(pattern.into()),
            Some(("deny", pattern)) if !pattern.is_empty() => self.denied.push(pattern.into()),
            Some(("uid", uid)) => {
                let number = uid.parse().map_err(|_| format!("expected the number of a user in `uid=`, found `{uid}`"));
                self.uids.push(number.map_err(Mistake::Rule)?);
            }
            _ => {
                let expected = "`read-only`, `allow=PATTERN`, `deny=PATTERN` or `uid=UID`";
                let help = "double a comma that belongs to the address";
                return Err(Mistake::Rule(format!("expected {expected}, found `{rule}`; help: {help}")));
            }
        }
        Ok(())
    }

    /// Returns the rules as the server has them.
    pub(crate) fn access(&self) -> AccessControl {
        let mut access = AccessControl::new();
        if !self.uids.is_empty() {
            access = access.allow_uids(self.uids.iter().copied());
        }
        if !self.allows_all() {
            let rules = self.clone();
            access = access.authorize(move |request| rules.check(request.command()));
        }
        access
    }

    fn allows_all(&self) -> bool {
        !self.read_only && self.allowed.is_empty() && self.denied.is_empty()
    }

    /// Checks whether clients may execute a command.
    fn check(&self, command: &str) -> Result<(), Error> {
        let matches = |pattern: &String| matches_pattern(pattern, command);
        let is_listed = || self.allowed.iter().any(matches) || self.read_only && matches_pattern(QUERIES, command);
        let is_restricted = self.read_only || !self.allowed.is_empty();
        let is_allowed = !is_restricted || is_listed();
        if command == "qmp_capabilities" || is_allowed && !self.denied.iter().any(matches) {
            return Ok(());
        }
        let reason = if self.read_only && !is_allowed {
            "this session is read-only"
        } else {
            "it is not on the list of this socket"
        };
        Err(Error::generic(format!("The command {} is not allowed: {reason}", shortened(command))))
    }
}

/// Returns the beginning of a name, which a client may have made very long.
fn shortened(name: &str) -> String {
    name.chars().take(100).collect()
}

/// Prints the rules behind the address: ` (read-only, allow=screendump)`.
impl fmt::Display for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read_only = self.read_only.then(|| "read-only".to_owned());
        let allowed = self.allowed.iter().map(|pattern| format!("allow={pattern}"));
        let denied = self.denied.iter().map(|pattern| format!("deny={pattern}"));
        let uids = self.uids.iter().map(|uid| format!("uid={uid}"));
        let rules: Vec<_> = read_only.into_iter().chain(allowed).chain(denied).chain(uids).collect();
        if rules.is_empty() { Ok(()) } else { write!(f, " ({})", rules.join(", ")) }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(error) => error.fmt(f),
            Self::Rule(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Mistake {}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(text: &str) -> String {
        match Listen::parse(OsStr::new(text)) {
            Ok(listen) => format!("{}{}", listen.address, listen.rules),
            Err(mistake) => mistake.to_string(),
        }
    }

    #[test]
    fn addresses_and_rules() {
        for (text, expected) in [
            ("/run/vm.sock", "/run/vm.sock"),
            ("unix:/run/a,,b.sock,read-only", "/run/a,b.sock (read-only)"),
            (
                "tcp:localhost:4,allow=block-*,deny=query-vnc,uid=7",
                "tcp:localhost:4 (allow=block-*, deny=query-vnc, uid=7)",
            ),
            ("stdio,uid=root", "expected the number of a user in `uid=`, found `root`"),
            (
                "tcp:localhost",
                "invalid address `tcp:localhost`: expected `tcp:HOST:PORT`, found no port; help: for example `tcp:localhost:4444`",
            ),
        ] {
            assert_eq!(listen(text), expected, "{text}");
        }
        for mistake in ["/run/vm.sock,readonly", "/run/vm.sock,", "/run/vm.sock,allow=", "/run/vm.sock,read-only=1"] {
            assert!(
                listen(mistake).starts_with("expected `read-only`, `allow=PATTERN`"),
                "{mistake}: {}",
                listen(mistake)
            );
        }
    }

    #[test]
    fn what_clients_may_execute() {
        for (rules, allowed, refused) in [
            ("", "stop query-status", ""),
            (",read-only", "query-status qmp_capabilities", "stop query"),
            (",read-only,allow=screendump,deny=query-v*", "query-status screendump", "query-vnc stop"),
            (",allow=query-status,allow=block-*", "block-commit query-status qmp_capabilities", "query-vnc stop"),
            (",deny=quit,deny=qmp_capabilities", "stop qmp_capabilities", "quit"),
        ] {
            let listen = Listen::parse(OsStr::new(&format!("/vm.sock{rules}"))).unwrap();
            let is_allowed = |command: &str| listen.rules.check(command).is_ok();
            assert!(allowed.split_whitespace().all(is_allowed), "{rules}");
            assert!(!refused.split_whitespace().any(is_allowed), "{rules}");
        }
    }
}
