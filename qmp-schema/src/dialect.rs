//! The dialects of documentation comments: a row of rules for each QEMU release that changed them.
//!
//! A new release is a variant of [`Docs`], its row here, and a test file `tests/lang/accept/NAME.qemu-X.Y.json`. The passes ask for
//! a rule, never for a version.

use crate::diagnostic::Severity;

/// The dialects of documentation comments. QEMU's generator changed them between releases, so that none of its releases
/// accepts every schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Docs {
    /// Accepts everything that QEMU 7.2 and later releases write; malformed documentation is a warning.
    #[default]
    Lenient,
    /// The rules of QEMU 8.2, as errors.
    Qemu8_2,
    /// The rules of QEMU 10.0, as errors.
    Qemu10_0,
    /// The rules of QEMU 10.2, as errors.
    Qemu10_2,
}

impl Docs {
    /// All dialects.
    pub const ALL: [Self; 4] = [Self::Lenient, Self::Qemu8_2, Self::Qemu10_0, Self::Qemu10_2];

    /// Returns the name of the dialect on a command line: `lenient`, `qemu-8.2`...
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rules().name
    }

    pub(crate) fn rules(self) -> &'static Dialect {
        match self {
            Self::Lenient => &LENIENT,
            Self::Qemu8_2 => &QEMU_8_2,
            Self::Qemu10_0 => &QEMU_10_0,
            Self::Qemu10_2 => &QEMU_10_2,
        }
    }
}

const LENIENT: Dialect = Dialect {
    name: "lenient",
    severity: Severity::Warning,
    counts_padding: false,
    allows_space_before_colon: true,
    headings: Headings::Anywhere,
    checks_style: false,
    has_errors_section: true,
    has_note_sections: true,
    double_colon_is_text: true,
    parts_begin: Begin::AnyLine,
    parts_end: End::Paragraph { ends_sections: true, allows_dedent: true },
    features: Features::Section,
    refuses_spaced_names: false,
    requires_all_members: false,
    checks_returns: false,
    has_documentation_exceptions: true,
    max_features: None,
};

const QEMU_8_2: Dialect = Dialect {
    name: "qemu-8.2",
    severity: Severity::Error,
    counts_padding: true,
    allows_space_before_colon: false,
    headings: Headings::FreeForm,
    checks_style: false,
    has_errors_section: false,
    has_note_sections: true,
    double_colon_is_text: false,
    parts_begin: Begin::AnyLine,
    parts_end: End::Paragraph { ends_sections: false, allows_dedent: false },
    features: Features::Switch,
    refuses_spaced_names: false,
    requires_all_members: false,
    checks_returns: false,
    has_documentation_exceptions: false,
    max_features: None,
};

const QEMU_10_0: Dialect = Dialect {
    name: "qemu-10.0",
    severity: Severity::Error,
    counts_padding: false,
    allows_space_before_colon: false,
    headings: Headings::FirstLine,
    checks_style: false,
    has_errors_section: true,
    has_note_sections: false,
    double_colon_is_text: true,
    parts_begin: Begin::Paragraph,
    parts_end: End::Dedent,
    features: Features::DescribedSection,
    refuses_spaced_names: true,
    requires_all_members: true,
    checks_returns: true,
    has_documentation_exceptions: true,
    max_features: Some(64),
};

const QEMU_10_2: Dialect = Dialect { name: "qemu-10.2", headings: Headings::Anywhere, checks_style: true, ..QEMU_10_0 };

/// The rules of one dialect.
#[derive(Debug)]
pub(crate) struct Dialect {
    name: &'static str,
    /// The severity of documentation that breaks a rule.
    pub(crate) severity: Severity,

    // Lines
    /// Whether white space behind `@NAME:` in a block's first line is an error.
    pub(crate) counts_padding: bool,
    /// Whether `@NAME : text` describes NAME, as in QEMU 7.2's schema.
    pub(crate) allows_space_before_colon: bool,
    pub(crate) headings: Headings,
    /// Whether lines of more than 70 columns and single spaces between sentences are errors.
    pub(crate) checks_style: bool,

    // Sections
    /// Whether `Errors:` begins a section.
    pub(crate) has_errors_section: bool,
    /// Whether `Note:`, `Example:` and their plurals begin a section; otherwise they are errors.
    pub(crate) has_note_sections: bool,
    /// Whether `TAG::` is text, as in reStructuredText.
    pub(crate) double_colon_is_text: bool,
    pub(crate) parts_begin: Begin,
    pub(crate) parts_end: End,
    pub(crate) features: Features,

    // Contents
    /// Whether `@several words:` in free-form documentation is an error; `@word:` always is.
    pub(crate) refuses_spaced_names: bool,
    /// Whether every member must be described.
    pub(crate) requires_all_members: bool,
    /// Whether `Returns:` is an error for a command that returns nothing.
    pub(crate) checks_returns: bool,
    /// Whether there is a pragma `documentation-exceptions`.
    pub(crate) has_documentation_exceptions: bool,
    /// The most features that a schema may have, `deprecated` and `unstable` included.
    pub(crate) max_features: Option<usize>,
}

/// Where headings, `= Title`, are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Headings {
    /// Anywhere: such a line may also be mere text.
    Anywhere,
    /// In free-form documentation.
    FreeForm,
    /// In the first line of free-form documentation. A heading is looked for only where a paragraph begins.
    FirstLine,
}

/// Where `@name:` and `TAG:` begin a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    AnyLine,
    /// At the first line of a paragraph, and right after a description or a section.
    Paragraph,
}

/// Where the description of a member or feature ends, unless another part begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// At an unindented line after a blank one.
    Paragraph {
        /// Whether sections end there too. Notes and examples never do: they were often written unindented.
        ends_sections: bool,
        /// Whether lines may be indented less than those before them.
        allows_dedent: bool,
    },
    /// At a line that is indented less. So does a section.
    Dedent,
}

/// The effect of the line `Features:`, behind which `@name:` describes a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Features {
    /// It is recognised once, in the body or after a paragraph that belongs to a member. Text after it still belongs to the
    /// part before it.
    Switch,
    /// It begins a part.
    Section,
    /// It begins a part and must be followed by a description.
    DescribedSection,
}
