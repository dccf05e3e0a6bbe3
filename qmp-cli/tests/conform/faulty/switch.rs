//! The switches, and the rule that each of them breaks.

/// The server's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// Offers out-of-band execution.
    Monitor,
    /// Does not.
    WithoutOob,
    /// A guest agent.
    Agent,
}

macro_rules! switches {
    ($($variant:ident: { $($switch:ident breaks $rule:literal,)+ })+) => {
        /// A way to break a rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Switch {
            $($($switch,)+)+
        }

        /// Each switch, the kind of server that it is for, and the rule that it breaks.
        pub(crate) const MATRIX: &[(Switch, Variant, &str)] =
            &[$($((Switch::$switch, Variant::$variant, $rule),)+)+];
    };
}

switches! {
    Monitor: {
        NoGreeting breaks "greeting/arrives",
        EventBeforeGreeting breaks "greeting/first",
        VersionIsText breaks "greeting/version",
        CapabilityIsNumber breaks "greeting/capabilities",

        NegotiationReturnsTrue breaks "negotiation/succeeds",
        NoNegotiation breaks "negotiation/required",
        GenericRefusal breaks "negotiation/refusal-class",
        EventBeforeNegotiation breaks "negotiation/quiet",
        NegotiatesTwice breaks "negotiation/once",
        EnablesUnknown breaks "negotiation/unknown-capability",
        NegotiatesOnlyOnce breaks "negotiation/retry",
        InheritsNegotiation breaks "negotiation/per-connection",

        NoIds breaks "ids/echo",
        NoErrorIds breaks "ids/error",
        NoEnvelopeIds breaks "ids/bad-envelope",
        NullId breaks "ids/absent",
        IdsAreText breaks "ids/number",
        NoNullIds breaks "ids/null",
        NoStructuredIds breaks "ids/structure",

        NoLineEnd breaks "framing/line-end",
        LineFeedOnly breaks "framing/crlf",
        Pretty breaks "framing/one-line",
        RawUtf8 breaks "framing/ascii",
        WaitsForLineEnd breaks "framing/no-line-end",
        LineIsMessage breaks "framing/several-lines",
        ReadIsMessage breaks "framing/split",
        OneMessagePerRead breaks "framing/joined",
        SmallBuffer breaks "framing/long",

        SilentOnMistakes breaks "parser/answers",
        TiresOfMistakes breaks "parser/answers-each",
        OwnParseErrorClass breaks "parser/error-class",
        ParseErrorHasId breaks "parser/no-id",
        WaitsForMatch breaks "parser/mismatch",
        NoResync breaks "parser/resync",
        StringSwallowsResync breaks "parser/resync-in-string",
        NestedKeepsState breaks "parser/resync-nested",
        ResyncAnswersTwice breaks "parser/resync-idle",
        IgnoresControlCharacters breaks "parser/resync-control",
        HangsUpOnForeigners breaks "parser/foreign",
        KeepsPartialMessage breaks "parser/per-connection",

        WrongEscape breaks "dialect/escapes",
        NoSurrogatePairs breaks "dialect/surrogates",
        ReadsLatin1 breaks "dialect/utf8",
        NoEscapedNames breaks "dialect/escaped-name",
        IntegersAreFloats breaks "dialect/integers",
        FractionsAreCut breaks "dialect/fractions",
        NoTabs breaks "dialect/white-space",
        NoSingleQuotes breaks "dialect/single-quotes",
        TrailingComma breaks "dialect/no-trailing-comma",
        LeadingZeros breaks "dialect/no-leading-zeros",
        BarePoint breaks "dialect/no-bare-point",
        OtherKeywords breaks "dialect/no-other-keywords",
        OtherEscapes breaks "dialect/no-other-escapes",
        BadUnicode breaks "dialect/no-bad-unicode",
        BareName breaks "dialect/no-bare-name",
        BadUtf8 breaks "dialect/no-bad-utf8",
        ControlCharacters breaks "dialect/no-control-characters",
        LoneSurrogate breaks "dialect/no-lone-surrogate",
        DuplicateMember breaks "dialect/no-duplicate-member",
        PrintsInfinity breaks "dialect/overflow",

        ExtraReplyMember breaks "envelope/success",
        UnknownIsGeneric breaks "envelope/unknown-command",
        ErrorHasHint breaks "envelope/error",
        OwnErrorClass breaks "envelope/error-class",
        IgnoresCase breaks "envelope/exact-names",
        ListIsRequest breaks "envelope/object",
        EmptyIsRequest breaks "envelope/execute",
        NumberIsCommand breaks "envelope/execute-type",
        ArgumentsByPosition breaks "envelope/arguments-type",
        IgnoresMembers breaks "envelope/unexpected-member",
        ErrorsFirst breaks "envelope/order",

        OtherVersion breaks "introspection/version",
        ListOfNames breaks "introspection/commands",
        ListsTwice breaks "introspection/unique",
        HidesBuiltin breaks "introspection/builtins",
        NoSchema breaks "introspection/schema",
        MissingType breaks "introspection/consistent",
        UndescribedCommand breaks "introspection/described",
        UnlistedCommand breaks "introspection/listed",

        RefusesEmpty breaks "arguments/empty",
        IgnoresUnexpected breaks "arguments/unexpected",
        ConvertsArgument breaks "arguments/type",
        ConvertsElement breaks "arguments/element-type",
        NullIsAbsent breaks "arguments/null",
        QueryIgnoresUnexpected breaks "arguments/unexpected-of-queries",
        QueryHasDefault breaks "arguments/missing-of-queries",
        QueryConverts breaks "arguments/type-of-queries",
        ListedCommandIsMissing breaks "arguments/all-commands",
        BadArgumentIsNotFound breaks "arguments/error-class",
        VagueDescription breaks "arguments/description",

        OobWithoutAsking breaks "oob/off",
        OobIsRefused breaks "oob/enables",
        AnythingIsOob breaks "oob/unsuitable",
        BothAreAccepted breaks "oob/both",
        OobHasNoId breaks "oob/executes",
        OobOnly breaks "oob/in-band",
        NothingOvertakes breaks "oob/overtakes",
        EightBlockTheReader breaks "oob/overtakes-eight",

        ReversesReplies breaks "flow/pipelined",
        StaysOpen breaks "flow/half-close",
        MuteAfterLoss breaks "flow/leaves",
        LeaksReplies breaks "flow/no-leak",
        DropsBeyondQueue breaks "flow/backlog",
        OobDropsBeyondQueue breaks "flow/oob-backlog",
        CutsReplies breaks "flow/slow-reader",

        HangsUpOnDepth breaks "limits/depth",
        HangsUpOnLength breaks "limits/length",
        HangsUpOnFlood breaks "limits/mistakes",

        NoTimestamp breaks "events/timestamp",
        ExtraEventMember breaks "events/members",
        UndescribedEvent breaks "events/described",
    }
    WithoutOob: {
        EnablesUnoffered breaks "negotiation/unoffered-capability",
    }
    Agent: {
        AgentGreets breaks "agent/quiet",
        WrongNumber breaks "agent/sync",
        NoDelimiter breaks "agent/delimiter",
        PlainSyncIsDelimited breaks "agent/plain-sync",
        NoInfo breaks "agent/info",
        AgentEndsWithCr breaks "framing/lf",
        AgentConverts breaks "arguments/type",
        AgentHasDefault breaks "arguments/missing",
    }
}
