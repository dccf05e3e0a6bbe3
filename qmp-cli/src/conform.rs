//! `qmp conform`: tries a running server against the rules of the protocol.

mod bytes;
mod connection;
mod finding;
mod flavour;
mod inbox;
mod introspection;
mod message;
mod report;
mod rule;
mod rules;
mod run;
mod target;
mod transcript;

use std::collections::HashSet;
use std::io;
use std::time::Duration;

use clap::{Args, ValueEnum};
use qmp_types::transport::Address;

use crate::failure::Failure;
use crate::progress::Steps;
use crate::seconds::seconds;
use crate::server::{ONE_CLIENT, address, connect_options};
use crate::{Verdict, output};
use flavour::Flavour;
use rule::Rule;
use target::Target;

/// Try a running server against the rules of the protocol
///
/// Each rule is tried on a connection of its own. The report says for each whether the server keeps it, and shows the bytes sent
/// and received, and the rule's reason, where it does not. Rules of the class `compat` are habits of QEMU that some clients rely
/// on; a server without them gets a warning.
///
/// The probes change nothing in a server: they are queries, malformed requests, unknown commands, and commands whose arguments
/// are wrong, so that a server refuses them before it executes them. Servers that serve one client at a time, as QEMU does,
/// have to be free.
#[derive(Args)]
#[command(after_help = "\
Exit status:
  0  the server keeps all rules that were tried (warnings are allowed)
  1  the server breaks a rule of the class `protocol`
  2  failure: wrong usage, no server at ADDRESS

Examples:
  qmp conform /run/vm.sock
  qmp conform tcp:localhost:4444
  qmp conform --list --rule 'oob/*'         what the rules are, and why
  qmp conform --rule 'ids/*' /run/vm.sock   these, and those that they need
  qmp conform --invasive /tmp/test.sock     with floods; for test servers
  qmp conform --agent /run/qga.sock         a guest agent
  qmp conform --format junit /run/vm.sock > report.xml")]
pub(crate) struct Conform {
    /// The server: the path of its Unix socket, or another address (see `qmp --help`)
    #[arg(value_name = "ADDRESS", required_unless_present = "list", value_parser = address())]
    address: Option<Address>,
    /// The server is a guest agent: no greeting, no negotiation
    #[arg(long)]
    agent: bool,
    /// Also send floods, long messages and deep nesting, which could disturb a server in use
    #[arg(long)]
    invasive: bool,
    /// Try only rules that match (`ids/*`, `?`), and those that they need; repeatable
    #[arg(long = "rule", value_name = "PATTERN")]
    rules: Vec<String>,
    /// List the rules instead of trying them
    #[arg(long)]
    list: bool,
    /// How long to wait for each message of the server
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    timeout: Duration,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For continuous integration
    Junit,
}

impl Conform {
    pub(crate) fn run(&self) -> Result<Verdict, Failure> {
        let rules = self.selected()?;
        match &self.address {
            Some(address) if !self.list => self.try_server(address, &rules),
            _ => self.print_list(&rules).map(|()| Verdict::Fine),
        }
    }

    fn print_list(&self, rules: &[&Rule]) -> Result<(), Failure> {
        output::print(&match self.format {
            Format::Text => report::text_list(rules),
            Format::Json => report::json_list(rules),
            Format::Junit => {
                return Err(Failure::new("a list of rules has no results, which JUnit needs")
                    .help("use `--format json` or `--format text`"));
            }
        })
    }

    fn try_server(&self, address: &Address, rules: &[&'static Rule]) -> Result<Verdict, Failure> {
        if matches!(address, Address::Fd(_) | Address::Stdio) {
            return Err(Failure::new(format!("cannot try `{address}`: expected an address that a server listens on"))
                .help("each rule needs a connection of its own, so one that exists already will not do"));
        }
        let options = connect_options(address, self.timeout)?;
        let target = Target::new(address.clone(), options, self.flavour(), self.timeout);
        let target = target.map_err(|error| no_server(&error))?;
        let mut steps = Steps::new();
        let outcomes = run::run(rules, &target, |position, rule| {
            steps.show(&format!("{} of {}: {}", position + 1, rules.len(), rule.id));
        });
        drop(steps);
        let name = address.to_string();
        output::print(&match self.format {
            Format::Text => report::text(&name, &outcomes),
            Format::Json => report::json(&name, &outcomes),
            Format::Junit => report::junit(&name, &outcomes)
                .map_err(|error| Failure::new(format!("cannot write the report as XML: {error}")))?,
        })?;
        let is_broken = outcomes.iter().any(run::Outcome::is_failure);
        Ok(if is_broken { Verdict::Found } else { Verdict::Fine })
    }

    fn flavour(&self) -> Flavour {
        if self.agent { Flavour::Agent } else { Flavour::Monitor }
    }

    /// Returns the rules that the options select, and those that they need.
    fn selected(&self) -> Result<Vec<&'static Rule>, Failure> {
        let flavour = self.flavour();
        // A list has the invasive rules in any case.
        let is_offered = |rule: &&Rule| rule.applies_to(flavour) && (!rule.is_invasive || self.invasive || self.list);
        let offered: Vec<&Rule> = rules::all().filter(is_offered).collect();
        if self.rules.is_empty() {
            return Ok(offered);
        }
        let mut wanted = HashSet::new();
        for pattern in &self.rules {
            let ids = offered.iter().map(|rule| rule.id);
            let matching: Vec<&str> = ids.filter(|id| qmp_schema::matches_pattern(pattern, id)).collect();
            if matching.is_empty() {
                return Err(Failure::new(format!("no rule matches `{pattern}`"))
                    .help("`qmp conform --list` has the names; some rules need --agent or --invasive"));
            }
            wanted.extend(matching);
        }
        // A rule comes after those that it needs, so one pass from the end finds all.
        for rule in offered.iter().rev().filter(|_| !self.list) {
            if wanted.contains(rule.id) {
                wanted.extend(rule.needs);
            }
        }
        Ok(offered.into_iter().filter(|rule| wanted.contains(rule.id)).collect())
    }
}

fn no_server(error: &qmp_types::Error) -> Failure {
    let failure = Failure::new(format!("cannot connect to {error}"));
    match error.io().map(io::Error::kind) {
        Some(io::ErrorKind::WouldBlock) => failure.help(ONE_CLIENT),
        _ => failure.help("name the address of a running server"),
    }
}
