//! What a running server permits and hides, and how that changes.

use std::os::unix::net::UnixStream;
use std::thread;

use qmp_types::server::{InputPolicy, OutputPolicy, Policy};
use qmp_types::{Context, Error, Map, Result, ServerHandle, Value};
use serde_json::json;

use crate::log::errors_of;
use crate::qmp::{Engine, EngineRef, Part, PartKind, Speed, Wheel, events, server};
use crate::recordings::Client;

struct Factory;

/// Handlers whose return values fit the schema or do not, at once and later.
#[qmp_types::handlers(crate::qmp)]
impl Factory {
    #[qmp_command]
    fn build(
        &self,
        parts: Option<Vec<Part>>,
        _engine: Option<EngineRef>,
        _speeds: Option<Vec<Speed>>,
        _note: Option<Value>,
    ) -> Vec<Part> {
        parts.unwrap_or_else(|| vec![Part::new(PartKind::Fast(Wheel::new(Speed::Unknown("none".into()), 1)))])
    }

    #[qmp_command]
    async fn inspect(&self) -> Engine {
        Engine { power: Some(7), x_heat: Some(2.5), ..Engine::new(Speed::Slow) }
    }

    #[qmp_command(blocking)]
    fn measure(&self) -> Engine {
        Engine { power: Some(1), x_heat: Some(f64::NAN), ..Engine::new(Speed::Fast) }
    }

    /// Returns an error that lists the commands that are disabled.
    #[qmp_command]
    fn refer(&self, _engine: EngineRef, cx: &Context) -> Result<()> {
        let commands = cx.commands().into_iter().filter(|command| !command.is_enabled);
        Err(Error::generic(commands.map(|command| command.spec.name).collect::<Vec<_>>().join(" ")))
    }

    #[qmp_command]
    fn x_tune(&self, _wheel: Wheel) {}

    #[qmp_command]
    fn x_scrap(&self, cx: &Context) {
        cx.emit(events::Built(Engine { power: Some(1), ..Engine::new(Speed::Slow) }));
        cx.emit(events::Scrapped {});
        cx.emit(events::XHeat::new(90));
        cx.emit(events::XWarp {});
    }

    #[qmp_command]
    fn plug(&self, arguments: Map<String, Value>) -> Result<()> {
        assert_eq!(Value::Object(arguments), json!({"driver": 5}));
        Ok(())
    }

    #[qmp_command]
    fn start(&self, cx: &Context) {
        assert!(cx.handle().end_preconfig());
    }
}

/// Starts a server, and connects a client to it.
fn run(configure: impl FnOnce(qmp_types::Server<Factory>) -> qmp_types::Server<Factory>) -> (Client, ServerHandle) {
    let server = configure(server(Factory));
    let handle = server.handle();
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    thread::spawn(move || server.serve_stream(theirs));
    (Client::new(ours, false), handle)
}

/// Executes a command, and returns the return value or the error's class and text.
fn execute(client: &mut Client, command: &str) -> Value {
    let mut reply = client.ask(&json!({"execute": command}));
    match reply.get("error") {
        Some(error) => json!(format!("{}: {}", error["class"].as_str().unwrap(), error["desc"].as_str().unwrap())),
        None => reply["return"].take(),
    }
}

const HIDE: OutputPolicy = OutputPolicy::Hide;
const REJECT: InputPolicy = InputPolicy::Reject;

#[test]
fn the_policy_changes_while_the_server_runs() {
    let (mut client, handle) = run(|server| server.policy(Policy::default().deprecated_output(HIDE)));
    assert_eq!(execute(&mut client, "inspect"), json!({"speed": "slow", "x-heat": 2.5}));
    handle.set_policy(handle.policy().unstable_output(HIDE).unstable_input(REJECT));
    assert_eq!(execute(&mut client, "inspect"), json!({"speed": "slow"}));
    assert_eq!(execute(&mut client, "x-scrap"), "CommandNotFound: Unstable command x-scrap disabled by policy");
    handle.set_policy(Policy::default());
    assert_eq!(execute(&mut client, "inspect"), json!({"speed": "slow", "power": 7, "x-heat": 2.5}));
}

#[test]
fn events_are_hidden_and_so_are_their_members() {
    let (mut client, handle) = run(|server| server);
    let mut names = |policy: Policy| {
        handle.set_policy(policy);
        let messages = client.until_reply(&json!({"execute": "x-scrap"}));
        let event = |mut message: Value| (message["event"].as_str().map(str::to_owned), message["data"].take());
        messages.into_iter().map(event).filter_map(|(name, data)| Some((name?, data))).collect::<Vec<_>>()
    };
    let event = |name: &str, data: Value| (name.to_owned(), data);
    let built = || event("BUILT", json!({"speed": "slow", "power": 1}));
    let heat = || event("X_HEAT", json!({"x-degrees": 90}));
    let (scrapped, warp) = (|| event("SCRAPPED", Value::Null), || event("X_WARP", Value::Null));
    assert_eq!(names(Policy::default()), [built(), scrapped(), heat(), warp()]);
    let built_without = event("BUILT", json!({"speed": "slow"}));
    assert_eq!(names(Policy::default().deprecated_output(HIDE)), [built_without, heat(), warp()]);
    let empty = event("X_HEAT", Value::Null);
    assert_eq!(names(Policy::default().unstable_output(HIDE)), [built(), scrapped(), empty]);
}

#[test]
fn commands_are_disabled_by_name() {
    let (mut client, handle) = run(|server| server.disable("inspect", "").disable("query-version", "for the test"));
    assert_eq!(execute(&mut client, "inspect"), "CommandNotFound: Command inspect has been disabled");
    let reason = "CommandNotFound: Command query-version has been disabled: for the test";
    assert_eq!(execute(&mut client, "query-version"), reason);
    let names = |client: &mut Client| {
        let list = execute(client, "query-commands");
        let names = list.as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let listed = names(&mut client);
    assert!(!listed.contains(&"inspect".to_owned()) && listed.contains(&"start".to_owned()), "{listed:?}");
    let error = client.ask(&json!({"execute": "refer", "arguments": {"engine": "a"}}));
    assert_eq!(error["error"]["desc"], "inspect");
    assert!(handle.enable("inspect") && !handle.enable("inspect"));
    handle.disable("start", "later");
    assert!(execute(&mut client, "inspect").is_object());
    assert_eq!(execute(&mut client, "start"), "CommandNotFound: Command start has been disabled: later");
    assert!(names(&mut client).contains(&"inspect".to_owned()));
}

/// A policy comes before the disabled commands, and these before the state of the machine.
#[test]
fn the_first_reason_is_reported() {
    let (mut client, handle) = run(|server| {
        server
            .preconfig()
            .disable("x-scrap", "")
            .disable("inspect", "")
            .policy(Policy::default().unstable_input(REJECT))
    });
    assert_eq!(execute(&mut client, "x-scrap"), "CommandNotFound: Unstable command x-scrap disabled by policy");
    handle.set_policy(Policy::default());
    assert_eq!(execute(&mut client, "x-scrap"), "CommandNotFound: Command x-scrap has been disabled");
    assert_eq!(execute(&mut client, "inspect"), "CommandNotFound: Command inspect has been disabled");
}

#[test]
fn before_machine_initialisation_few_commands_are_permitted() {
    let (mut client, handle) = run(|server| server.preconfig());
    let refused = "GenericError: The command 'inspect' is permitted only after machine initialization has completed";
    assert_eq!(execute(&mut client, "inspect"), refused);
    assert!(execute(&mut client, "query-version").is_object());
    assert_eq!(execute(&mut client, "x-scrap"), json!({}));
    assert!(execute(&mut client, "query-commands").as_array().unwrap().contains(&json!({"name": "inspect"})));
    assert!(handle.is_preconfig());
    assert_eq!(execute(&mut client, "start"), json!({}));
    assert!(!handle.is_preconfig() && !handle.end_preconfig());
    assert!(execute(&mut client, "inspect").is_object());
}

/// A return value that does not fit the schema is an error of that command only.
#[test]
fn invalid_return_values_are_not_sent() {
    let (mut client, handle) = run(|server| server);
    let failed = |name| format!("GenericError: The command {name} failed: its return value does not fit the schema");
    assert_eq!(execute(&mut client, "measure"), failed("measure"));
    assert_eq!(execute(&mut client, "build"), failed("build"));
    assert!(execute(&mut client, "inspect").is_object());
    handle.set_policy(Policy::default().unstable_output(HIDE));
    assert_eq!(
        execute(&mut client, "measure"),
        json!({"speed": "fast", "power": 1}),
        "what is hidden is not looked at"
    );
}

/// The path of the value is for the log, not for the client.
#[test]
fn invalid_values_are_logged_with_their_path() {
    let server = server(Factory);
    let mut session = server.session();
    session.receive(br#"{"execute": "qmp_capabilities"}{"execute": "measure"}{"execute": "build"}"#, Vec::new());
    let logged = errors_of(|| {
        while let Some(request) = session.next() {
            request.run(&server);
        }
        server.events().emit(events::Built(Engine::new(Speed::Unknown("none".into()))));
    });
    let output = String::from_utf8(session.take_output()).unwrap();
    assert!(!output.contains("BUILT") && !output.contains("speed"), "{output}");
    let unknown = "expected a value of Speed, found one that the schema does not define";
    let expected = format!(
        "message: a handler's return value does not fit the schema; command: \"measure\"; \
         invalid: \"`x-heat`: expected a finite number, found an infinity or NaN\"; \n\
         message: a handler's return value does not fit the schema; command: \"build\"; \
         invalid: \"`[0].speed`: {unknown}\"; \n\
         message: the data of an event does not fit the schema: it is not sent; event: \"BUILT\"; \
         invalid: \"`speed`: {unknown}\"; \n"
    );
    assert_eq!(logged, expected);
}

#[test]
fn arguments_of_gen_false_are_not_looked_at() {
    let (mut client, handle) = run(|server| server);
    handle.set_policy(Policy::default().deprecated_input(REJECT).unstable_input(REJECT));
    let reply = client.ask(&json!({"execute": "plug", "arguments": {"driver": 5}}));
    assert_eq!(reply, json!({"return": {}}));
}

/// The built-in commands are described although the schema does not have them, by types that have entries of their own.
#[test]
fn built_in_commands_are_described() {
    let (mut client, _) = run(|server| server);
    let reply = execute(&mut client, "query-qmp-schema");
    let entries = reply.as_array().unwrap();
    let find = |name: &Value| entries.iter().filter(|entry| entry["name"] == *name).count();
    for command in execute(&mut client, "query-commands").as_array().unwrap() {
        assert_eq!(find(&command["name"]), 1, "{command}");
    }
    for entry in entries {
        let mut used: Vec<&Value> = ["arg-type", "ret-type", "element-type"].iter().map(|key| &entry[*key]).collect();
        for list in ["members", "variants"] {
            used.extend(entry[list].as_array().into_iter().flatten().map(|part| &part["type"]));
        }
        assert_eq!(find(&entry["name"]), 1, "{entry}");
        for name in used.into_iter().filter(|name| !name.is_null()) {
            assert_eq!(find(name), 1, "{name} of {entry}");
        }
    }
}
