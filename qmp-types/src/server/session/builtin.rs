//! The queries that a server answers without a handler.

/// A built-in query.
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
}
