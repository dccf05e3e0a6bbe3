//! The catalogue: every rule with the texts that tell of it.

/// What tells of a broken rule. `{0}`, `{1}`... stand for what the pass knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts {
    pub(super) message: &'static str,
    pub(super) label: &'static str,
    pub(super) help: &'static str,
}

macro_rules! catalogue {
    ($($rule:ident $id:literal: $message:literal, $label:literal, $help:literal;)+) => {
        /// The rules of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $message] $rule,)+
        }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Rule] = &[$(Self::$rule),+];

            /// The name of the rule in the JSON form.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$rule => $id,)+
                }
            }

            pub(super) fn texts(self) -> Texts {
                match self {
                    $(Self::$rule => Texts { message: $message, label: $label, help: $help },)+
                }
            }
        }
    };
}

catalogue! {
    // Files
    Unreadable "unreadable":
        "cannot read `{0}`: {1}", "", "";
    NotUtf8 "not-utf8":
        "`{0}` is not UTF-8 from line {1} on", "", "a schema is UTF-8 text";
    IncludeLoop "include-loop":
        "`{0}` includes itself", "this file is being read already", "";
    IncludeTooDeep "include-too-deep":
        "includes are nested too deep", "the 100th file in a chain", "";

    // Tokens
    StrayText "stray-text":
        "stray `{0}`", "not a token",
        "a schema is made of `{` `}` `[` `]` `:` `,` 'strings' `true` and `false`";
    UnterminatedString "unterminated-string":
        "the string does not end on its line", "missing closing `'`", "";
    BadEscape "bad-escape":
        "`{0}` in a string", "unknown escape", "the only escape is `\\\\` for a backslash";
    BadCharacter "bad-character":
        "`{0}` in a string", "not printable ASCII", "strings are made of printable ASCII characters";

    // Expressions
    UnexpectedToken "unexpected-token":
        "expected {0}, found {1}", "unexpected", "";
    NotAnExpression "not-an-expression":
        "expected an object or a documentation comment", "not an object",
        "a schema is a sequence of objects with nothing between them";
    NestedTooDeep "nested-too-deep":
        "objects and lists are nested too deep", "the 200th level", "";
    DuplicateKey "duplicate-key":
        "duplicate key `{0}`", "given again", "";
    DocInExpression "doc-in-expression":
        "documentation comment inside an expression", "starts with `##`",
        "a plain comment starts with a single `#` that no other follows";
    DocFence "doc-fence":
        "junk after `##`", "more than `##`",
        "a documentation comment begins and ends with a line of `##` alone; for a banner put a space after the first `#`";
    DocNotClosed "doc-not-closed":
        "documentation comment is not closed", "opened here", "it ends with a line of `##` alone";

    // Directives
    DirectiveWithKeys "directive-with-keys":
        "`{0}` stands with other keys", "must be the only key", "";
    UnknownPragma "unknown-pragma":
        "unknown pragma `{0}`", "unknown", "";

    // Keys and values
    NoDefinition "no-definition":
        "the expression defines nothing", "no key that says what it is",
        "one key must be `enum`, `struct`, `union`, `alternate`, `command`, `event`, `include` or `pragma`";
    TwoDefinitions "two-definitions":
        "the expression is both {0} and {1}", "a second definition", "";
    UnknownKey "unknown-key":
        "{0} has unknown key `{1}`", "unknown", "";
    MissingKey "missing-key":
        "{0} lacks key `{1}`", "`{1}` is required", "";
    WrongType "wrong-type":
        "{0} must be {1}", "this is {2}", "";
    ArrayType "array-type":
        "an array type is a list of one type's name", "not a list of one name",
        "an array is written [ 'Element' ]; there are no arrays of arrays";
    EmptyAlternate "empty-alternate":
        "an alternate has at least one branch", "empty", "";
    ConditionName "condition-name":
        "`{0}` cannot be a condition", "not the name of a macro",
        "a condition is made of A-Z, 0-9 and `_`, beginning with a letter";
    ConditionOperator "condition-operator":
        "a condition is a string or an object with one key", "not one of `all`, `any`, `not`", "";
    EmptyCondition "empty-condition":
        "`{0}` has no conditions", "empty", "";
    FlagValue "flag-value":
        "`{0}` can only be {1}", "not {1}", "leave it out for {2}";
    OutOfBandCoroutine "oob-coroutine":
        "`allow-oob` and `coroutine` exclude each other", "has both", "";
    BoxedWithoutType "boxed-without-type":
        "`boxed` needs data that is a type's name", "no type", "";

    // Names
    DefinedTwice "defined-twice":
        "`{0}` is defined twice", "defined again", "types, commands and events share their names";
    PredefinedName "predefined-name":
        "`{0}` is predefined", "defined by the language", "";
    UnknownType "unknown-type":
        "unknown type `{0}`", "not defined", "";
    NotAType "not-a-type":
        "`{0}` is not a type", "the name of {1}", "";
    ArrayOfArrays "array-of-arrays":
        "`{0}` is an array itself", "an element that is an array", "";

    // Documentation
    DocWithoutDefinition "doc-without-definition":
        "documentation of `{0}` without its definition", "documented here", "";
}
