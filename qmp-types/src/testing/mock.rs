//! A server that answers with random values which are valid by a schema.

mod built_in;
mod events;
mod service;
mod specs;

use std::collections::HashMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use self::built_in::{is_built_in, with_built_in};
use self::events::RandomEvents;
use self::service::{MockCommand, MockService, Override};
use super::introspection::{Introspection, InvalidIntrospection};
use crate::record::{Field, Reader, Writer};
use crate::server::StartedCommand;
use crate::testing::closest::closest;
use crate::{Command, Map, Result, Server, Value};

/// A QMP server that answers every command of a schema with a random value, valid by the schema.
///
/// It shows whether a client copes with what the schema permits: optional members that are absent, all branches of unions,
/// empty lists, text with quotes and any characters. The arguments of commands are checked as QEMU checks them, with its
/// error texts. Greeting, negotiation and out-of-band execution are those of every [`Server`] of this crate.
///
/// To use it, give it introspection data, which is generated as `qmp::INTROSPECTION` or what a running server returns from
/// `query-qmp-schema`. Set the [`seed`](Self::seed), define the commands whose answers matter with [`on`](Self::on), then
/// convert it [`into_server`](Self::into_server).
///
/// # Examples
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// use qmp::{StatusInfo, commands};
/// use qmp_types::testing::{MockServer, ServerThread};
///
/// mod qmp {
///     qmp_types::schema!("schema/quickstart.json");
/// }
///
/// let mock = MockServer::new(qmp::INTROSPECTION)?
///     .seed(7)
///     .on::<commands::QueryStatus>(|()| Ok(StatusInfo::new(true, qmp::RunState::Running)));
/// let server = ServerThread::new(mock.into_server().version(10, 0, 2));
///
/// let vm = qmp::blocking::Client::from_stream(server.connect()?)?;
/// assert!(vm.call::<commands::QueryStatus>(())?.running);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Seeds
///
/// The `n`th answer to a command depends on the seed, the command and `n`; other commands and other clients do not change
/// it. A seed gives the same answers with every release of this crate that has the same major and minor version.
///
/// # Integers
///
/// Introspection data does not tell the width of integers. Integers are 0 to 127, which fit every width, unless
/// [`integers`](Self::integers) sets another range, or the data has types with the names of QAPI's integers, such as
/// `uint16`: `qmp mock` makes such data of a schema file, and then uses their whole ranges.
pub struct MockServer {
    introspection: Introspection,
    /// The reply to `query-qmp-schema`, if that is not the introspection data itself.
    published: Option<String>,
    seed: u64,
    integers: RangeInclusive<i64>,
    overrides: HashMap<String, Override>,
    ignores_unknown: Vec<String>,
    event_interval: Option<Duration>,
    is_agent: bool,
}

/// The state of the server that a [`MockServer`] becomes.
pub struct Mock {
    seed: u64,
    /// Dropped with the server, which ends the thread that emits events.
    _alive: Sender<()>,
}

impl MockServer {
    /// Creates a mock of the server with this introspection data.
    ///
    /// The seed is random. [`Mock::seed`] returns it, so that a test can print it.
    ///
    /// # Errors
    /// If the text is not introspection data.
    pub fn new(introspection: &str) -> Result<Self, InvalidIntrospection> {
        Ok(Self {
            introspection: Introspection::parse(introspection)?,
            published: None,
            seed: random_seed(),
            integers: 0..=i64::from(i8::MAX),
            overrides: HashMap::new(),
            ignores_unknown: Vec::new(),
            event_interval: None,
            is_agent: false,
        })
    }

    /// Sets the seed of the random answers. Default: a random one.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the range of the integers whose width the introspection data does not tell. Default: 0 to 127.
    #[must_use]
    pub fn integers(mut self, range: RangeInclusive<i64>) -> Self {
        self.integers = range;
        self
    }

    /// Sets the reply to `query-qmp-schema`. Default: the introspection data that the mock was made of. What a schema does not
    /// say of the commands that every server has is added.
    #[must_use]
    pub fn published(mut self, introspection: impl Into<String>) -> Self {
        self.published = Some(introspection.into());
        self
    }

    /// Sets how the command `C` is answered: with what the function returns for the arguments.
    ///
    /// # Panics
    /// If the introspection data has no such command.
    #[must_use]
    #[track_caller]
    pub fn on<C: Command>(
        mut self,
        answer: impl Fn(C::Arguments) -> Result<C::Return> + Send + Sync + 'static,
    ) -> Self {
        let answer = move |reader: &mut Reader<'_>, out: &mut Writer| {
            let mut arguments = C::Arguments::blank();
            if let Err(error) = reader.value(&mut arguments) {
                return StartedCommand::Refused(error.into());
            }
            StartedCommand::Done(answer(arguments).map(|value| value.write(out)))
        };
        self.checked(C::SPEC.name);
        self.overrides.insert(C::SPEC.name.to_owned(), Override::Typed(Box::new(answer)));
        self
    }

    /// Sets how a command is answered, by its name: with what the function returns for the arguments, which have been
    /// checked. A return value that does not match the schema becomes an error that says so.
    ///
    /// ```
    /// # fn example(mock: qmp_types::testing::MockServer) -> qmp_types::testing::MockServer {
    /// use qmp_types::Error;
    /// use serde_json::json;
    ///
    /// mock.on_command("query-name", |_| Ok(json!({"name": "vm1"})))
    ///     .on_command("device_del", |arguments| Err(Error::device_not_found(&arguments["id"])))
    /// # }
    /// ```
    ///
    /// # Panics
    /// If the introspection data has no such command.
    #[must_use]
    #[track_caller]
    pub fn on_command(
        mut self,
        name: &str,
        answer: impl Fn(&Map<String, Value>) -> Result<Value> + Send + Sync + 'static,
    ) -> Self {
        self.checked(name);
        self.overrides.insert(name.to_owned(), Override::Untyped(Box::new(answer)));
        self
    }

    /// Makes a command ignore arguments that the schema does not have. QEMU's `device_add` and `netdev_add` do, which is
    /// not part of introspection data.
    ///
    /// # Panics
    /// If the introspection data has no such command.
    #[must_use]
    #[track_caller]
    pub fn ignore_unknown_arguments(mut self, command: &str) -> Self {
        self.checked(command);
        self.ignores_unknown.push(command.to_owned());
        self
    }

    /// Emits a random event of the schema, with random data, at this interval. Default: none.
    #[must_use]
    pub fn event_interval(mut self, interval: Duration) -> Self {
        self.event_interval = Some(interval);
        self
    }

    /// Makes the mock speak as QEMU's guest agent does: see [`Server::guest_agent`]. `guest-sync` and `guest-sync-delimited`
    /// return their `id`, as clients require.
    #[must_use]
    pub fn guest_agent(mut self) -> Self {
        self.is_agent = true;
        self
    }

    /// Panics if there is no such command.
    #[track_caller]
    fn checked(&self, command: &str) {
        if self.introspection.command(command).is_none() {
            let closest = closest(command, self.introspection.commands());
            let help = closest.map(|name| format!("; help: did you mean `{name}`?")).unwrap_or_default();
            panic!("the introspection data of the mock has no command `{command}`{help}");
        }
    }

    /// Converts to a server, which can be configured further and serves as every server does.
    #[must_use]
    pub fn into_server(self) -> Server<Mock> {
        let Self { introspection, published, seed, integers, mut overrides, ignores_unknown, event_interval, is_agent } =
            self;
        let introspection = Arc::new(introspection);
        let commands: Vec<_> = (introspection.all_commands().iter())
            .filter(|(name, _)| is_agent || !is_built_in(name) || overrides.contains_key(*name))
            .map(|(name, info)| (specs::interned(name, info), info.clone()))
            .collect();
        let specs: Vec<_> = commands.iter().map(|(spec, _)| *spec).collect();
        let commands = commands.into_iter().map(|(spec, info)| {
            let overridden =
                overrides.remove(spec.name).or(if is_agent { service::synchronisation(spec.name) } else { None });
            MockCommand::new(spec.name, info, overridden, ignores_unknown.iter().any(|name| name == spec.name))
        });
        let service = MockService::new(&introspection, commands.collect(), seed, integers.clone());
        let (alive, server_gone) = mpsc::channel();
        let state = Arc::new(Mock { seed, _alive: alive });
        let published = with_built_in(published.unwrap_or_else(|| introspection.text().to_owned()));
        let server = Server::with_service(state, Arc::new(service), specs.into_iter(), published);
        if let Some(interval) = event_interval {
            let names = introspection.events().map(specs::interned_name).collect();
            let events = RandomEvents::new(&introspection, names, seed, integers);
            events.start(interval, server.events(), server_gone);
        }
        if is_agent { server.guest_agent() } else { server }
    }
}

impl Mock {
    /// Returns the seed of the answers.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

/// Returns a random number that people can type.
fn random_seed() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish() % 1_000_000
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("seed", &self.seed).finish_non_exhaustive()
    }
}
