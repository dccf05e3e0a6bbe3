//! The catalogue of rules, each with the texts of its diagnostics.

/// The texts of a diagnostic. `{0}`, `{1}`... are replaced by arguments.
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

            /// Returns the name of the rule in JSON.
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
        "the file is not UTF-8", "not UTF-8 from here on", "schemas are UTF-8 text";
    IncludeLoop "include-loop":
        "`{0}` includes itself", "this file includes the current one", "";
    IncludeTooDeep "include-too-deep":
        "includes are nested too deep", "file {1} of a chain", "this is a limit of qmp-schema; QAPI has none";

    // Tokens
    StrayText "stray-text":
        "stray `{0}`", "not a token",
        "the tokens are `{` `}` `[` `]` `:` `,` 'strings' `true` and `false`";
    UnterminatedString "unterminated-string":
        "the string does not end on its line", "missing closing `'`", "";
    BadEscape "bad-escape":
        "{0} in a string", "unknown escape", "the only escape is `\\\\` for a backslash";
    BadCharacter "bad-character":
        "{0} in a string", "not printable ASCII", "strings have only printable ASCII characters";

    // Expressions
    UnexpectedToken "unexpected-token":
        "expected {0}, found {1}", "unexpected", "";
    NotAnExpression "not-an-expression":
        "expected an object or a documentation comment", "not an object",
        "a schema is a sequence of objects without separators";
    NestedTooDeep "nested-too-deep":
        "objects and lists are nested too deep", "level {0}", "this is a limit of qmp-schema; QAPI has none";
    DuplicateKey "duplicate-key":
        "duplicate key `{0}`", "duplicate", "";
    DocInExpression "doc-in-expression":
        "documentation comment inside an expression", "starts with `##`",
        "a plain comment starts with a single `#`";
    DocFence "doc-fence":
        "junk after `##`", "more than `##`",
        "a documentation comment begins and ends with a line that is just `##`; in a banner, put a space after the first `#`";
    DocNotClosed "doc-not-closed":
        "documentation comment is not closed", "expected a comment", "it ends with a line that is just `##`";

    // Directives
    DirectiveWithKeys "directive-with-keys":
        "`{0}` has other keys beside it", "must be the only key", "the other keys are {1}";
    UnknownPragma "unknown-pragma":
        "unknown pragma `{0}`", "unknown", "";

    // Keys and values
    NoDefinition "no-definition":
        "the expression defines nothing", "no key that names a definition",
        "one key must be `enum`, `struct`, `union`, `alternate`, `command`, `event`, `include` or `pragma`";
    TwoDefinitions "two-definitions":
        "the expression defines two things, {0} and {1}", "second definition", "";
    UnknownKey "unknown-key":
        "{0} has an unknown key `{1}`", "unknown", "";
    MissingKey "missing-key":
        "{0} lacks {1}", "{2} required", "";
    WrongType "wrong-type":
        "expected {1} as {0}, found {2}", "not {1}", "";
    ArrayType "array-type":
        "expected a list of one type's name as an array type", "not a list of one name",
        "an array is written [ 'Element' ]; an array of arrays is not possible";
    EmptyAlternate "empty-alternate":
        "expected at least one branch of the alternate", "empty", "";
    ConditionName "condition-name":
        "`{0}` cannot be a condition", "not the name of a macro",
        "a condition is a name of A-Z, 0-9 and `_` that begins with a letter";
    ConditionOperator "condition-operator":
        "expected a condition: a string, or an object with one key, `all`, `any` or `not`", "{0}", "";
    EmptyCondition "empty-condition":
        "`{0}` has no conditions", "empty", "";
    FlagValue "flag-value":
        "`{0}` can only be {1}", "not {1}", "omit it for {2}";
    OutOfBandCoroutine "oob-coroutine":
        "`allow-oob` and `coroutine` exclude each other", "second one of them", "";
    BoxedWithoutType "boxed-without-type":
        "`boxed` requires the name of a type as data", "no type", "";

    // Names
    DefinedTwice "defined-twice":
        "`{0}` is defined twice", "defined again", "types, commands and events share one namespace";
    PredefinedName "predefined-name":
        "`{0}` is predefined", "defined by the language", "";
    UnknownType "unknown-type":
        "unknown type `{0}`", "not defined", "";
    NotAType "not-a-type":
        "`{0}` is not a type", "the name of {1}", "";
    ArrayOfArrays "array-of-arrays":
        "`{0}` is an array already", "element that is an array", "";

    InvalidName "invalid-name":
        "`{0}` cannot be the name of {1}", "invalid name",
        "a name is {2}, followed by letters, digits, `-` and `_`; it may have a prefix `__DOMAIN_` or `x-`";
    ReservedName "reserved-name":
        "the name `{0}` is reserved", "begins with `q_`", "names that become `q_...` in C belong to QEMU's generator";
    TypeCase "type-case":
        "type `{0}` is not in CamelCase", "not CamelCase",
        "the name of a type begins with A-Z, and has a-z, but no `-` or `_`";
    TypeNamedList "type-named-list":
        "the name `{0}` ends in `List`", "reserved for arrays", "";
    CommandCase "command-case":
        "command `{0}` is not in lower-case", "has upper-case letters or `_`",
        "separate words by `-`; `{ 'pragma': { 'command-name-exceptions': [ 'COMMAND', ... ] } }` allows a `_`";
    EventCase "event-case":
        "event `{0}` is not in UPPER_CASE", "has lower-case letters or `-`", "separate words by `_`";
    MemberCase "member-case":
        "{0} `{1}` is not in lower-case", "has upper-case letters or `_`",
        "separate words by `-`; `{ 'pragma': { 'member-name-exceptions': [ 'TYPE', ... ] } }` allows other names";
    StrictCase "strict-case":
        "{0} `{1}` is not in lower-case", "has upper-case letters or `_`", "separate words by `-`";
    ReservedMember "reserved-member":
        "the member name `{0}` is reserved", "reserved", "`u` and names that begin with `has-` belong to QEMU's generator";
    DuplicateName "duplicate-name":
        "{0} `{1}` is duplicated", "duplicate", "";
    Clash "clash":
        "{0} `{1}` clashes with `{2}`", "the same when `-` and `.` become `_`",
        "names must differ in more than `-`, `_` and `.`, even if their conditions exclude each other";

    // Types
    ContainsItself "contains-itself":
        "`{0}` contains itself", "contains itself as a base or branch", "";
    ObjectTooDeep "object-too-deep":
        "the bases and branches of `{0}` are nested too deep", "more than {1} levels",
        "this is a limit of qmp-schema; QAPI has none";
    BaseNotStruct "base-not-struct":
        "base `{0}` is not a struct", "{1}", "";
    InheritedMember "inherited-member":
        "member `{0}` clashes with `{1}` of base `{2}`", "the base has it too", "";

    // Unions
    DiscriminatorUnknown "discriminator-unknown":
        "discriminator `{0}` is not a member of the base", "not in the base", "";
    DiscriminatorOptional "discriminator-optional":
        "discriminator `{0}` is optional", "must be mandatory", "remove the `*` from the base's member";
    DiscriminatorConditional "discriminator-conditional":
        "discriminator `{0}` has a condition", "must be unconditional", "remove the `if` from the base's member";
    DiscriminatorNotEnum "discriminator-not-enum":
        "discriminator `{0}` is not of an enum type", "of type `{1}`", "each branch belongs to one value of an enum";
    NoBranches "no-branches":
        "the union has no branches", "enum `{0}` has no values", "";
    UnknownBranch "unknown-branch":
        "branch `{0}` is not a value of enum `{1}`", "no such value", "";
    BranchNotObject "branch-not-object":
        "the type `{0}` of the branch is not a struct or union", "{1}", "";
    CommonMember "common-member":
        "branch `{0}`: member `{1}` of `{2}` clashes with the union's `{3}`", "the union has it too",
        "members of a branch and of the union are in the same object";

    // Alternates
    AlternateBranchType "alternate-branch-type":
        "`{0}` cannot be a branch of an alternate", "{1}", "the JSON kind of a value must determine its branch";
    AlternateKinds "alternate-kinds":
        "branch `{0}` cannot be distinguished from branch `{1}`", "{2}",
        "each JSON kind has at most one branch; on the command line, a string may also be a number or a boolean";

    // Commands, events, features
    ArgumentsNotObject "arguments-not-object":
        "data `{0}` is not a struct", "{1}", "arguments are the members of a struct, or of a union if `boxed` is true";
    UnionNotBoxed "union-not-boxed":
        "data `{0}` is a union, which needs `'boxed': true`", "a union", "";
    ConditionalArgument "conditional-argument":
        "`{0}` has a conditional argument `{1}`, which needs `'boxed': true`", "not boxed",
        "put the arguments into a struct and set `boxed`";
    ReturnsNotObject "returns-not-object":
        "the returned `{0}` is not a struct or union, or an array of one", "{1}",
        "such a value cannot be extended later; `{ 'pragma': { 'command-returns-exceptions': [ 'COMMAND', ... ] } }` allows it";
    SpecialFeature "special-feature":
        "feature `{0}` has no meaning on {1} `{2}`", "not allowed on types",
        "it is allowed on commands, events, members and enum values";

    // Documentation
    DocWithoutDefinition "doc-without-definition":
        "documentation of `{0}` without its definition", "documented here",
        "the definition must follow; only plain comments may be in between";
    DocLine "doc-line":
        "junk after `#` in a documentation comment", "not a space", "a line is just `#`, or `# ` and text";
    DocSymbol "doc-symbol":
        "expected `@NAME:` as the first line of a definition's documentation", "not a name and `:`", "";
    DocHeading "doc-heading":
        "heading in a documentation comment", "{0}", "";
    DocFreeFormName "doc-free-form-name":
        "`@{0}:` in free-form documentation", "a description",
        "the documentation of a definition begins with `@NAME:`";
    DocFreeForm "doc-free-form":
        "free-form documentation right before a definition", "no `@{0}:` in its first line", "";
    DocOtherName "doc-other-name":
        "documentation of `{0}` before the definition of `{1}`", "another name", "";
    DocRequired "doc-required":
        "`{0}` is not documented", "no documentation comment before it", "pragma `doc-required` requires one";
    DocEmptyName "doc-empty-name":
        "description without a name", "expected a name between `@` and `:`", "";
    DocTwice "doc-twice":
        "{0} is documented twice", "again", "";
    DocNoText "doc-no-text":
        "`{0}` has no text", "no text follows", "";
    DocDedent "doc-dedent":
        "documentation line is indented too little", "expected at least {0} spaces",
        "the line after the first one of a description sets its indentation";
    DocAfterSection "doc-after-section":
        "`@{0}:` after a section has begun", "a description", "descriptions come before all sections";
    DocUnknownMember "doc-unknown-member":
        "documented `{0}` is not in {1} `{2}`", "no such name",
        "only names written in the definition itself can be described";
    DocNoMember "doc-no-member":
        "`{0}` is not documented", "no description",
        "pragma `documentation-exceptions` can allow definitions without descriptions";
    DocUnknownFeature "doc-unknown-feature":
        "documented feature `{0}` is not in `{1}`", "no such feature", "";
    DocNoFeature "doc-no-feature":
        "feature `{0}` is not documented", "no description", "features are described after a line `Features:`";
    DocNoFeatures "doc-no-features":
        "`Features:` is not followed by a feature", "followed by something else", "";
    DocNotCommand "doc-not-command":
        "`{0}` is for commands only", "not a command", "";
    DocNothingReturned "doc-nothing-returned":
        "`{0}` returns nothing", "no return value to document", "";
    DocOldTag "doc-old-tag":
        "section `{0}` no longer exists", "until QEMU 9.0", "write `.. note::` or `.. qmp-example::`";
    DocLineTooLong "doc-line-too-long":
        "documentation line is too long", "more than 70 columns", "";
    DocSentence "doc-sentence":
        "one space between sentences", "expected two", "";
    TooManyFeatures "too-many-features":
        "the schema has more than {0} different features", "number {1}", "";

    // Introspection as a schema
    Introspection "introspection":
        "invalid introspection data: {0}", "", "";

    // Versions of a schema
    VersionTwice "version-twice":
        "two versions are called `{0}`", "", "name the versions, as in `also = [(\"7.2\", \"old/schema.json\")]`";
    TooManyVersions "too-many-versions":
        "the schema has more than {0} versions", "", "this is a limit of qmp-schema";
    NoCommonType "no-common-type":
        "{0}: {1} and {2} have no common type", "{1}, in {3}",
        "leave the command or event out, or generate bindings of one of the versions";
    DifferentReplies "different-replies":
        "command `{0}` has a reply on success in some versions only", "in {1}",
        "leave the command out, or generate bindings of one of the versions";

    // Options of the generator
    VersionsOfServer "versions-of-server":
        "bindings of several versions are for clients only", "",
        "a server has one version: generate its side from that one alone, in a module of its own";
    NotWritten "not-written":
        "cannot write `{0}`: {1}", "", "";
    NothingSelected "nothing-selected":
        "no {0} matches `{1}`", "", "";
    DiffersFromProtocol "differs-from-protocol":
        "command `{0}` is not QMP's", "{1}",
        "QMP itself defines this command, and every server answers it: define it as QMP does, or leave it out";
}
