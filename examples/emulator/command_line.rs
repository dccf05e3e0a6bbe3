//! The command line, as far as it matters here: monitors, `-name`, `-S`, `-daemonize` and the like.

use std::collections::BTreeMap;
use std::path::PathBuf;

use qmp_types::transport::Address;
use qmp_types::{Error, Result, Value};

/// The options.
#[derive(Debug, Default)]
pub(crate) struct CommandLine {
    pub(crate) name: Option<String>,
    pub(crate) uuid: Option<String>,
    /// `-S`: the machine does not run until a client sends `cont`.
    pub(crate) stopped: bool,
    /// `--preconfig`: the machine can be configured until a client sends `x-exit-preconfig`.
    pub(crate) preconfig: bool,
    /// `-no-shutdown`: the emulator stays when the guest has shut down.
    pub(crate) no_shutdown: bool,
    pub(crate) daemonize: Daemonize,
    pub(crate) pidfile: Option<PathBuf>,
    /// The socket of QEMU's tests, which the emulator connects to.
    pub(crate) qtest: Option<PathBuf>,
    /// `-chardev`: the properties of each, by id.
    chardevs: BTreeMap<String, Properties>,
    /// `-mon`: the ids of the chardevs.
    monitors: Vec<String>,
    /// `-qmp`.
    sockets: Vec<Properties>,
}

/// Whether the emulator goes to the background.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Daemonize {
    #[default]
    No,
    /// `-daemonize`: a process in the background takes over.
    Requested,
    /// This is the process in the background.
    Background,
}

/// The socket of a monitor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Socket {
    pub(crate) address: Address,
    /// Whether clients connect, or the emulator does.
    pub(crate) listens: bool,
}

/// The option with which [`Daemonize::Requested`] starts [`Daemonize::Background`].
pub(crate) const IN_BACKGROUND: &str = "-daemonized";

/// The properties of an option: `socket,id=c0,path=/tmp/s,server=on`.
type Properties = BTreeMap<String, String>;

impl CommandLine {
    /// Reads the arguments. Unknown options are ignored, and so are their values, which do not begin with a dash.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Self {
        let mut this = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(option) = arguments.next() {
            let mut value = || arguments.next().unwrap_or_default();
            match option.strip_prefix("--").or(option.strip_prefix('-')) {
                Some("name") => this.name = properties(&value(), "guest").remove("guest"),
                Some("uuid") => this.uuid = Some(value()),
                Some("S") => this.stopped = true,
                Some("preconfig") => this.preconfig = true,
                Some("no-shutdown") => this.no_shutdown = true,
                Some("daemonize") => this.daemonize = Daemonize::Requested,
                Some("daemonized") => this.daemonize = Daemonize::Background,
                Some("pidfile") => this.pidfile = Some(value().into()),
                Some("qtest") => {
                    this.qtest = properties(&value(), "address").get("address").and_then(|path| unix(path))
                }
                Some("qmp") => this.sockets.push(properties(&value(), "address")),
                Some("chardev") => {
                    let chardev = properties(&value(), "backend");
                    this.chardevs.insert(chardev.get("id").cloned().unwrap_or_default(), chardev);
                }
                Some("mon") => this.monitors.extend(properties(&value(), "chardev").remove("chardev")),
                // Since QEMU 11.1, a monitor can be an object.
                Some("object") => {
                    let object = properties(&value(), "qom-type");
                    if object.get("qom-type").is_some_and(|name| name == "monitor-qmp") {
                        this.monitors.extend(object.get("chardev").cloned());
                    }
                }
                _ => {}
            }
        }
        this
    }

    /// The sockets of the monitors.
    pub(crate) fn monitors(&self) -> Result<Vec<Socket>> {
        let chardevs = self.monitors.iter().map(|id| self.chardevs.get(id).ok_or_else(|| no_chardev(id)));
        chardevs.chain(self.sockets.iter().map(Ok)).map(|properties| Socket::new(properties?)).collect()
    }
}

impl Socket {
    fn new(properties: &Properties) -> Result<Self> {
        let address = match ["address", "path", "fd", "port"].map(|name| properties.get(name)) {
            [Some(address), ..] => address.parse()?,
            [_, Some(path), ..] => Address::Unix(path.into()),
            [_, _, Some(number), _] => format!("fd:{number}").parse()?,
            [.., Some(port)] => format!("tcp:{}:{port}", properties.get("host").map_or("", String::as_str)).parse()?,
            _ => {
                let text = "expected a socket with an address, found no `path=`, `fd=` or `port=`; help: `socket,id=ID,path=PATH`";
                return Err(Error::generic(text));
            }
        };
        Ok(Self { address, listens: properties.get("server").is_some_and(|server| server != "off") })
    }
}

fn no_chardev(id: &str) -> Error {
    let help = format!("add `-chardev socket,id={id},path=PATH`");
    Error::generic(format!("expected the id of a chardev, found `{id}`; help: {help}"))
}

fn unix(address: &str) -> Option<PathBuf> {
    Some(address.parse::<Address>().ok()?.path()?.to_owned())
}

/// Reads `first,name=value,flag`: the value of the name `first` may stand first, without its name; `,,` is a comma in a value.
/// Reads an object in JSON, too.
fn properties(text: &str, first: &str) -> Properties {
    if let Ok(members) = serde_json::from_str::<BTreeMap<String, Value>>(text) {
        let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return members.into_iter().map(|(name, value)| (name, text(value))).collect();
    }
    let text = text.replace(",,", "\0");
    let property = |(number, part): (usize, &str)| {
        let (name, value) = part.split_once('=').unwrap_or(if number == 0 { (first, part) } else { (part, "on") });
        (name.to_owned(), value.replace('\0', ","))
    };
    text.split(',').enumerate().map(property).collect()
}
