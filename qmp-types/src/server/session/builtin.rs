//! Commands that every server has: what they return needs no handler.

use super::protocol::Protocol;
use crate::Error;
use crate::record::{Mode, Reader, Writer};

/// The queries that the runtime answers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Builtin {
    Version,
    Commands,
    QmpSchema,
}

impl Builtin {
    pub(super) const ALL: &'static [Self] = &[Self::Version, Self::Commands, Self::QmpSchema];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Version => "query-version",
            Self::Commands => "query-commands",
            Self::QmpSchema => "query-qmp-schema",
        }
    }

    /// The return value.
    pub(super) fn run(self, protocol: &Protocol, arguments: &str) -> Result<Writer, Error> {
        Reader::new(arguments, Mode::Strict).value(&mut ())?;
        let mut out = Writer::new();
        match self {
            Self::Version => protocol.version.write(&mut out),
            Self::QmpSchema => out.literal(protocol.introspection),
            Self::Commands => {
                out.literal("[");
                for (position, name) in protocol.names().into_iter().enumerate() {
                    out.literal(if position == 0 { "{\"name\": " } else { ", {\"name\": " });
                    out.string(name);
                    out.literal("}");
                }
                out.literal("]");
            }
        }
        Ok(out)
    }
}
