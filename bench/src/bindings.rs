//! The cost of compiling bindings: CPU time, memory, size of the program.

use std::path::{Path, PathBuf};

use qmp_schema::{Config, Side};

use crate::crates::{Mode, Sources, Workspace};
use crate::report::{Report, Row, Target, Unit};
use crate::rustc::Cost;
use crate::{derive, programs, schemas};

const TEN: [&str; 10] = [
    "query-status",
    "stop",
    "cont",
    "quit",
    "device_add",
    "device_del",
    "blockdev-add",
    "query-block",
    "migrate",
    "query-migrate",
];

/// The commands that our server answers without a handler.
const BUILT_IN: [&str; 4] = ["qmp_capabilities", "query-version", "query-commands", "query-qmp-schema"];

/// Both sides of every command, against the same with serde derive.
pub fn both_sides(report: &mut Report) {
    let path = schemas::qemu();
    let schema = schemas::load(&path);
    let config = BUILT_IN.into_iter().fold(Config::new(), Config::handle_builtin);
    let ours = our_sources("ours-both", &config, &path, Some(programs::ours(&schema))).write();
    let derived = derived_sources(&derive::emit(&schema, None), programs::derived(&schema)).write();
    let pair = Pair { ours, theirs: derived, what: "full bindings, both sides", against: "serde derive" };
    pair.release(report, [0.25, 0.5, 0.45]);
    pair.check(report, [0.30, 0.5]);
}

/// The client's side of every command and a `query-status` program, against `qapi`.
pub fn peer(report: &mut Report) {
    let path = schemas::qapi_qmp();
    let config = Config::new().side(Side::Client);
    let ours = our_sources("ours-client", &config, &path, Some(programs::OURS_STATUS.to_owned())).write();
    let pair =
        Pair { ours, theirs: qapi_sources().write(), what: "full client, query-status", against: "qapi-qmp 0.15" };
    pair.release(report, [0.35, 0.5, 0.5]);
    pair.check(report, [0.35, 0.5]);
}

/// A few commands alone, against all of them.
pub fn selection(report: &mut Report) {
    let path = schemas::qemu();
    let alone = |name, config: Config| our_sources(name, &config, &path, None).write();
    let full = alone("ours-full", Config::new());
    let ten = alone("ours-ten", Config::new().commands(TEN).events([] as [&str; 0]));
    let without = TEN.into_iter().filter(|name| *name != "blockdev-add");
    let nine = alone("ours-nine", Config::new().commands(without).events([] as [&str; 0]));
    for (mode, verb) in [(Mode::Release, "release build"), (Mode::Check, "cargo check")] {
        let [whole, ten, nine] = cheapest([&full, &ten, &nine], mode);
        for (part, what, bound) in [(ten, "ten commands", 0.25), (nine, "... without blockdev-add", 0.1)] {
            let what = format!("{what}, bindings alone: {verb} CPU");
            let (against, target) = ("all commands".to_owned(), Target::AtMost(bound));
            report.row(&Row { what, unit: Unit::Seconds, ours: part.cpu, against, theirs: whole.cpu, target });
        }
    }
}

/// Two workspaces that do the same.
struct Pair {
    ours: Workspace,
    theirs: Workspace,
    what: &'static str,
    against: &'static str,
}

impl Pair {
    fn release(&self, report: &mut Report, [cpu, memory, binary]: [f64; 3]) {
        self.compile(report, Mode::Release, "release build", [cpu, memory]);
        self.row(report, "binary", Unit::Megabytes, [self.ours.binary(), self.theirs.binary()], binary);
    }

    fn check(&self, report: &mut Report, targets: [f64; 2]) {
        self.compile(report, Mode::Check, "cargo check", targets);
    }

    fn compile(&self, report: &mut Report, mode: Mode, verb: &str, [cpu, memory]: [f64; 2]) {
        let [ours, theirs] = cheapest([&self.ours, &self.theirs], mode);
        self.row(report, &format!("{verb} CPU"), Unit::Seconds, [ours.cpu, theirs.cpu], cpu);
        self.row(report, &format!("{verb} peak memory"), Unit::Megabytes, [ours.memory, theirs.memory], memory);
    }

    fn row(&self, report: &mut Report, figure: &str, unit: Unit, [ours, theirs]: [f64; 2], bound: f64) {
        let (what, against) = (format!("{}: {figure}", self.what), self.against.to_owned());
        report.row(&Row { what, unit, ours, against, theirs, target: Target::AtMost(bound) });
    }
}

/// Compiles each in turn, twice; of each the cheaper time: other programs on the machine only ever add to CPU time.
fn cheapest<const N: usize>(workspaces: [&Workspace; N], mode: Mode) -> [Cost; N] {
    let turn = || workspaces.map(|workspace| workspace.cost(mode));
    let (first, second) = (turn(), turn());
    std::array::from_fn(|index| if first[index].cpu < second[index].cpu { first[index] } else { second[index] })
}

fn our_sources(name: &'static str, config: &Config, schema: &Path, program: Option<String>) -> Sources {
    let expansion = config.expand(schema).unwrap_or_else(|report| panic!("{report}"));
    let runtime = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../qmp-types"));
    Sources {
        name,
        dependencies: format!("qmp-types = {{ path = {runtime:?} }}\n"),
        counted: counted(name, program.is_some()),
        bindings: vec![("lib.rs", expansion.items)],
        program,
    }
}

fn derived_sources(items: &str, program: String) -> Sources {
    let name = "derived-both";
    let dependencies = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = { version = \"1\", features = [\"raw_value\"] }\n";
    let root = "pub mod qmp;\npub mod runtime;\n".to_owned();
    let bindings = vec![("lib.rs", root), ("qmp.rs", items.to_owned()), ("runtime.rs", derive::RUNTIME.to_owned())];
    Sources {
        name,
        dependencies: dependencies.to_owned(),
        counted: counted(name, true),
        bindings,
        program: Some(program),
    }
}

/// `qapi`'s bindings are a crate of their own; the client it has on top is not counted, as our runtime is not.
fn qapi_sources() -> Sources {
    Sources {
        name: "qapi",
        dependencies: "qapi = { version = \"0.15\", features = [\"qapi-qmp\"] }\n".to_owned(),
        bindings: Vec::new(),
        program: Some(programs::QAPI_STATUS.to_owned()),
        counted: vec!["qapi_qmp".to_owned(), "qapi_program".to_owned()],
    }
}

/// The names of a workspace's crates.
fn counted(name: &str, program: bool) -> Vec<String> {
    let crates = if program { &["bindings", "program"][..] } else { &["bindings"] };
    crates.iter().map(|kind| format!("{name}-{kind}").replace('-', "_")).collect()
}
