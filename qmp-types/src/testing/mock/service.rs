//! The commands of a mock.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::record::{Field, Reader, Writer};
use crate::server::{HandlerKind, Service, StartedCommand};
use crate::testing::introspection::{CommandInfo, Generator, Introspection};
use crate::testing::random::Random;
use crate::{Context, Error, Map, Result, Value};

/// How a command is answered, if not with a random value.
pub(super) enum Override {
    /// Reads the arguments itself, and appends the return value.
    Typed(Box<TypedAnswer>),
    /// Answers arguments that have been checked.
    Untyped(Box<UntypedAnswer>),
    /// Returns the argument `id`, after a byte 0xFF if it is delimited.
    Synchronisation { delimited: bool },
}

type TypedAnswer = dyn Fn(&mut Reader<'_>, &mut Writer) -> StartedCommand<'static> + Send + Sync;
type UntypedAnswer = dyn Fn(&Map<String, Value>) -> Result<Value> + Send + Sync;

/// A command of a mock.
pub(super) struct MockCommand {
    name: &'static str,
    info: CommandInfo,
    overridden: Option<Override>,
    ignores_unknown: bool,
    /// How often it was answered with a random value.
    count: AtomicU64,
}

/// The commands of a mock, by their index in the command table.
pub(super) struct MockService {
    introspection: Arc<Introspection>,
    commands: Vec<MockCommand>,
    seed: u64,
    integers: RangeInclusive<i64>,
}

/// Returns how a guest agent answers a command of this name, if it is one by which clients synchronise.
pub(super) fn synchronisation(command: &str) -> Option<Override> {
    match command {
        "guest-sync" => Some(Override::Synchronisation { delimited: false }),
        "guest-sync-delimited" => Some(Override::Synchronisation { delimited: true }),
        _ => None,
    }
}

impl MockCommand {
    pub(super) fn new(
        name: &'static str,
        info: CommandInfo,
        overridden: Option<Override>,
        ignores_unknown: bool,
    ) -> Self {
        Self { name, info, overridden, ignores_unknown, count: AtomicU64::new(0) }
    }
}

impl MockService {
    pub(super) fn new(
        introspection: &Arc<Introspection>,
        commands: Vec<MockCommand>,
        seed: u64,
        integers: RangeInclusive<i64>,
    ) -> Self {
        Self { introspection: Arc::clone(introspection), commands, seed, integers }
    }

    /// Reads the arguments, an object, and checks them against the schema.
    fn arguments(&self, command: &MockCommand, reader: &mut Reader<'_>) -> Result<Value> {
        let mut arguments = Value::Null;
        reader.value(&mut arguments)?;
        self.introspection.check_arguments_of(&command.info, &arguments, command.ignores_unknown)?;
        Ok(arguments)
    }

    fn answer(&self, command: &MockCommand, arguments: &Value, context: &Context) -> Result<Value> {
        match &command.overridden {
            Some(Override::Untyped(answer)) => {
                let none = Map::new();
                let value = answer(arguments.as_object().unwrap_or(&none))?;
                self.introspection.check_return_value(command.name, &value).map_err(|error| {
                    Error::generic(format!("the answer that the mock was given does not match the schema: {error}"))
                })?;
                Ok(value)
            }
            Some(Override::Synchronisation { delimited }) => {
                if *delimited {
                    context.delimit_reply();
                }
                Ok(arguments["id"].clone())
            }
            Some(Override::Typed(_)) | None => self.random(command),
        }
    }

    fn random(&self, command: &MockCommand) -> Result<Value> {
        let random = Random::derived(self.seed, command.name, command.count.fetch_add(1, Ordering::Relaxed));
        let mut generator = Generator::new(&self.introspection, random, self.integers.clone());
        generator.value(command.info.returns).ok_or_else(|| {
            Error::generic(format!("The mock cannot answer {}: the schema permits no finite value", command.name))
        })
    }
}

impl Service for MockService {
    fn start<'a>(
        &'a self,
        index: usize,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> StartedCommand<'a> {
        let command = &self.commands[index];
        if let Some(Override::Typed(answer)) = &command.overridden {
            return answer(arguments, out);
        }
        match self.arguments(command, arguments) {
            Ok(arguments) => {
                let answer = self.answer(command, &arguments, context);
                StartedCommand::Done(answer.map(|value| value.write(out)))
            }
            Err(error) => StartedCommand::Refused(error),
        }
    }

    fn kind(&self, _: usize) -> HandlerKind {
        HandlerKind::Plain
    }
}
