/// `Chain`, `recursion.json:2`
#[derive(Clone, PartialEq)]
pub struct Chain {
    /// `name`
    pub name: ::std::string::String,
    /// `next`
    pub next: ::std::option::Option<::std::boxed::Box<Chain>>,
    /// `children`
    pub children: ::std::vec::Vec<Chain>,
}
impl Chain {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(
        name: impl ::std::convert::Into<::std::string::String>,
        children: impl ::std::iter::IntoIterator<Item = Chain>,
    ) -> Self {
        Self {
            name: name.into(), next: ::std::option::Option::None, children: children.into_iter().collect(),
         }
    }
}

/// `Node`, `recursion.json:4`
#[derive(Clone, PartialEq)]
pub struct Node {
    /// `left`
    pub left: Tree,
    /// `right`
    pub right: Tree,
}
impl Node {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(left: Tree, right: Tree) -> Self {
        Self { left, right }
    }
}

/// `Leaf`, `recursion.json:5`
#[derive(Clone, PartialEq)]
pub struct Leaf {
    /// `value`
    pub value: i64,
}
impl Leaf {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(value: i64) -> Self {
        Self { value }
    }
}

/// `Tree`, `recursion.json:6`
#[derive(Clone, PartialEq)]
pub struct Tree {
    /// `kind`
    pub kind: TreeKind,
}
impl Tree {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(kind: impl ::std::convert::Into<TreeKind>) -> Self {
        Self { kind: kind.into() }
    }
}

/// The `kind` discriminator of `Tree` and its branch.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum TreeKind {
    /// `leaf`
    Leaf(Leaf),
    /// `node`
    Node(::std::boxed::Box<Node>),
    /// A value that the schema does not define, as a newer peer may send it, and its members.
    Unknown(::qmp_types::UnknownBranch),
}
impl ::std::convert::From<Leaf> for TreeKind {
    #[inline]
    fn from(value: Leaf) -> Self {
        Self::Leaf(value)
    }
}
impl ::std::convert::From<Node> for TreeKind {
    #[inline]
    fn from(value: Node) -> Self {
        Self::Node(::std::boxed::Box::new(value))
    }
}

/// `Endless`, `recursion.json:7`
#[derive(Clone, PartialEq)]
pub struct Endless {
    /// `self`
    pub self_: ::std::option::Option<::std::boxed::Box<Endless>>,
    /// `other`
    pub other: Ping,
}
impl Endless {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(self_: ::std::option::Option<::std::boxed::Box<Endless>>, other: Ping) -> Self {
        Self { self_, other }
    }
}

/// `Ping`, `recursion.json:8`
#[derive(Clone, PartialEq)]
pub struct Ping {
    /// `pong`
    pub pong: ::std::option::Option<::std::boxed::Box<Pong>>,
}
impl Ping {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(pong: ::std::option::Option<::std::boxed::Box<Pong>>) -> Self {
        Self { pong }
    }
}

/// `Pong`, `recursion.json:9`
#[derive(Clone, PartialEq)]
pub struct Pong {
    /// `ping`
    pub ping: ::std::option::Option<::std::boxed::Box<Ping>>,
    /// `endless`
    pub endless: Chain,
}
impl Pong {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(ping: ::std::option::Option<::std::boxed::Box<Ping>>, endless: Chain) -> Self {
        Self { ping, endless }
    }
}

/// The arguments of [`walk`](commands::Walk).
#[derive(Clone, PartialEq)]
pub struct WalkArgs {
    /// `chain`
    pub chain: Chain,
    /// `tree`
    pub tree: Tree,
    /// `endless`
    pub endless: Endless,
}
impl WalkArgs {
    /// Creates a value from the required members.
    #[must_use]
    #[inline]
    pub fn new(chain: Chain, tree: Tree, endless: Endless) -> Self {
        Self { chain, tree, endless }
    }
}

/// The commands, as marker types. Each has the documentation of its command.
pub mod commands {
    /// `walk`, `recursion.json:10`
    ///
    /// # Arguments
    ///
    /// The fields of [`WalkArgs`](super::WalkArgs):
    ///
    /// - [`chain`](field@super::WalkArgs::chain): `Chain`
    /// - [`tree`](field@super::WalkArgs::tree): `Tree`
    /// - [`endless`](field@super::WalkArgs::endless): `Endless`
    ///
    /// # Handler
    ///
    /// ```text
    /// #[qmp_command]
    /// fn walk(&self, chain: Chain, tree: Tree, endless: Endless) -> Result<()>
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct Walk;
    impl ::qmp_types::Command for Walk {
        const SPEC: &'static ::qmp_types::CommandSpec =
            &::qmp_types::CommandSpec::new("walk", "recursion.json:10");
        type Arguments = super::WalkArgs;
        type Return = ();
    }
    ::qmp_types::private::definition!(Command Walk);
    // By the names of handler functions, for `#[qmp_command]`.
    #[doc(hidden)]
    pub use self::{Walk as walk};
}

const _: () = {
    use ::qmp_types::private as p;
    impl p::Handled for commands::Walk {
        const SIGNATURE: p::Signature = p::Signature::inline("WalkArgs", &[
            p::Parameter::new("chain", "Chain", "'chain': 'Chain'", "recursion.json:10"),
            p::Parameter::new("tree", "Tree", "'tree': 'Tree'", "recursion.json:10"),
            p::Parameter::new("endless", "Endless", "'endless': 'Endless'", "recursion.json:10"),
        ], p::Parameter::new("", "()", "", "recursion.json:10"));
        type Types = (Chain, (Tree, (Endless, ())));
        type Sole = p::NotOne;
        #[inline]
        fn sole(_: Self::Arguments) -> Self::Sole {
            p::NotOne
        }
    }
};

// How values are read and written.
const _: () = {
    use ::qmp_types::private as p;
    impl p::Record for Chain {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Chain", all: &[
                "name", "next", "children",
            ], slots: b"", features: b"" },
            required: &[0b101],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.name, reader),
                1 => p::Field::read(&mut self.next, reader),
                _ => p::Field::read(&mut self.children, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"name\": ", &self.name);
            visitor.member(b"\"next\": ", &self.next);
            visitor.member(b"\"children\": ", &self.children);
        }
    }
    impl p::Generated for Chain {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { name: p::Field::blank(), next: p::Field::blank(), children: p::Field::blank() }
        }
    }
    p::debug!(Chain);
    p::eq!(Chain);

    impl p::Record for Node {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Node", all: &["left", "right"], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.left, reader),
                _ => p::Field::read(&mut self.right, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"left\": ", &self.left);
            visitor.member(b"\"right\": ", &self.right);
        }
    }
    impl p::Generated for Node {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { left: p::Field::blank(), right: p::Field::blank() }
        }
    }
    p::debug!(Node);
    p::eq!(Node);

    impl p::Record for Leaf {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Leaf", all: &["value"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.value, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"value\": ", &self.value);
        }
    }
    impl p::Generated for Leaf {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { value: p::Field::blank() }
        }
    }
    p::debug!(Leaf);
    p::eq!(Leaf);

    impl p::Record for Tree {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Tree", all: &["kind"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::Some(0),
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.kind, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"kind\": ", &self.kind);
            visitor.branch(&self.kind);
        }
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            p::Branches::branch(&mut self.kind)
        }
    }
    impl p::Generated for Tree {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { kind: p::Field::blank() }
        }
    }
    p::debug!(Tree);
    p::eq!(Tree);

    impl p::Enumeration for TreeKind {
        const NAMES: &'static p::Names = &p::Names { owner: "Kind", all: &[
            "leaf", "node",
        ], slots: b"", features: b"" };
        #[inline]
        fn position(&self) -> ::std::result::Result<usize, &str> {
            match self {
                Self::Leaf(_) => ::std::result::Result::Ok(0),
                Self::Node(_) => ::std::result::Result::Ok(1),
                Self::Unknown(branch) => ::std::result::Result::Err(&branch.value),
            }
        }
        #[inline]
        fn known(index: usize) -> Self {
            match index {
                0 => Self::Leaf(p::Field::blank()),
                _ => Self::Node(p::Field::blank()),
            }
        }
        #[inline]
        fn unknown(text: &str) -> ::std::option::Option<Self> {
            ::std::option::Option::Some(Self::Unknown(::qmp_types::UnknownBranch::new(text)))
        }
    }
    impl p::Branches for TreeKind {
        #[inline]
        fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object> {
            match self {
                Self::Leaf(branch) => ::std::option::Option::Some(branch),
                Self::Node(branch) => ::std::option::Option::Some(&mut **branch),
                Self::Unknown(branch) => ::std::option::Option::Some(branch),
            }
        }
        fn visit_branch<V: p::Visitor>(&self, visitor: &mut V) {
            match self {
                Self::Leaf(branch) => p::Record::visit(branch, visitor),
                Self::Node(branch) => p::Record::visit(&**branch, visitor),
                Self::Unknown(branch) => p::Record::visit(branch, visitor),
            }
        }
    }
    impl p::Generated for TreeKind {
        type Shape = p::Tag;
        #[inline]
        fn blank() -> Self {
            Self::Leaf(p::Field::blank())
        }
    }
    p::eq!(TreeKind);

    impl p::Record for Endless {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Endless", all: &["self", "other"], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.self_, reader),
                _ => p::Field::read(&mut self.other, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"self\": ", &self.self_);
            visitor.member(b"\"other\": ", &self.other);
        }
    }
    impl p::Generated for Endless {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { self_: p::Field::blank(), other: p::Field::blank() }
        }
    }
    p::debug!(Endless);
    p::eq!(Endless);

    impl p::Record for Ping {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Ping", all: &["pong"], slots: b"", features: b"" },
            required: &[0b1],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, _: usize, reader: &mut p::Reader<'_>) -> p::Result {
            p::Field::read(&mut self.pong, reader)
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"pong\": ", &self.pong);
        }
    }
    impl p::Generated for Ping {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { pong: p::Field::blank() }
        }
    }
    p::debug!(Ping);
    p::eq!(Ping);

    impl p::Record for Pong {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "Pong", all: &["ping", "endless"], slots: b"", features: b"" },
            required: &[0b11],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.ping, reader),
                _ => p::Field::read(&mut self.endless, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"ping\": ", &self.ping);
            visitor.member(b"\"endless\": ", &self.endless);
        }
    }
    impl p::Generated for Pong {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { ping: p::Field::blank(), endless: p::Field::blank() }
        }
    }
    p::debug!(Pong);
    p::eq!(Pong);

    impl p::Record for WalkArgs {
        const TABLE: &'static p::Table = &p::Table {
            members: p::Names { owner: "q_obj_walk-arg", all: &[
                "chain", "tree", "endless",
            ], slots: b"", features: b"" },
            required: &[0b111],
            tag: ::std::option::Option::None,
        };
        #[inline]
        fn read_member(&mut self, index: usize, reader: &mut p::Reader<'_>) -> p::Result {
            match index {
                0 => p::Field::read(&mut self.chain, reader),
                1 => p::Field::read(&mut self.tree, reader),
                _ => p::Field::read(&mut self.endless, reader),
            }
        }
        fn visit<V: p::Visitor>(&self, visitor: &mut V) {
            visitor.member(b"\"chain\": ", &self.chain);
            visitor.member(b"\"tree\": ", &self.tree);
            visitor.member(b"\"endless\": ", &self.endless);
        }
    }
    impl p::Generated for WalkArgs {
        type Shape = p::Struct;
        #[inline]
        fn blank() -> Self {
            Self { chain: p::Field::blank(), tree: p::Field::blank(), endless: p::Field::blank() }
        }
    }
    p::debug!(WalkArgs);
    p::eq!(WalkArgs);
};

/// The events. The type of an event is its data.
pub mod events {
    /// The names of all events, in the order of the schema.
    pub const NAMES: &[&str] = &[];
}

/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON.
pub static INTROSPECTION: &str = r#"[{"name": "walk", "meta-type": "command", "arg-type": "0", "ret-type": "1"}, {"name": "0", "meta-type": "object", "members": [{"name": "chain", "type": "2"}, {"name": "tree", "type": "3"}, {"name": "endless", "type": "4"}]}, {"name": "1", "meta-type": "object", "members": []}, {"name": "2", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "next", "type": "2", "default": null}, {"name": "children", "type": "[2]"}]}, {"name": "3", "meta-type": "object", "members": [{"name": "kind", "type": "5"}], "tag": "kind", "variants": [{"case": "node", "type": "6"}, {"case": "leaf", "type": "7"}]}, {"name": "4", "meta-type": "object", "members": [{"name": "self", "type": "4"}, {"name": "other", "type": "8"}]}, {"name": "str", "meta-type": "builtin", "json-type": "string"}, {"name": "[2]", "meta-type": "array", "element-type": "2"}, {"name": "5", "meta-type": "enum", "members": [{"name": "leaf"}, {"name": "node"}], "values": ["leaf", "node"]}, {"name": "6", "meta-type": "object", "members": [{"name": "left", "type": "3"}, {"name": "right", "type": "3"}]}, {"name": "7", "meta-type": "object", "members": [{"name": "value", "type": "int"}]}, {"name": "8", "meta-type": "object", "members": [{"name": "pong", "type": "9"}]}, {"name": "int", "meta-type": "builtin", "json-type": "int"}, {"name": "9", "meta-type": "object", "members": [{"name": "ping", "type": "8"}, {"name": "endless", "type": "2"}]}]"#;

/// The commands that a server handles: one trait each, so that the compiler can name a missing handler.
#[doc(hidden)]
pub mod required {
    #[diagnostic::on_unimplemented(
        message = "no handler for command `walk` (recursion.json:10): write it, or leave it out of the selection",
        label = "`{Self}` does not handle `walk`",
        note = "a handler is a function `walk` with `#[qmp_command]`",
        note = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`"
    )]
    pub trait Walk: ::qmp_types::Handle<super::commands::Walk> {}
    ::qmp_types::private::required! { Walk }
}

::qmp_types::private::in_band! { Walk }

static SCHEMA: ::qmp_types::private::ServerSchema = ::qmp_types::private::ServerSchema {
    introspection: INTROSPECTION,
    builtins: r#"{"name": "qmp_capabilities", "meta-type": "command", "arg-type": "11", "ret-type": "12"}, {"name": "query-version", "meta-type": "command", "arg-type": "12", "ret-type": "14"}, {"name": "query-commands", "meta-type": "command", "arg-type": "12", "ret-type": "[15]"}, {"name": "query-qmp-schema", "meta-type": "command", "arg-type": "12", "ret-type": "[29]"}, {"name": "10", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}, {"name": "[10]", "meta-type": "array", "element-type": "10"}, {"name": "11", "meta-type": "object", "members": [{"name": "enable", "type": "[10]", "default": null}]}, {"name": "12", "meta-type": "object", "members": []}, {"name": "13", "meta-type": "object", "members": [{"name": "major", "type": "int"}, {"name": "minor", "type": "int"}, {"name": "micro", "type": "int"}]}, {"name": "14", "meta-type": "object", "members": [{"name": "qemu", "type": "13"}, {"name": "package", "type": "str"}]}, {"name": "15", "meta-type": "object", "members": [{"name": "name", "type": "str"}]}, {"name": "[15]", "meta-type": "array", "element-type": "15"}, {"name": "[str]", "meta-type": "array", "element-type": "str"}, {"name": "16", "meta-type": "enum", "members": [{"name": "builtin"}, {"name": "enum"}, {"name": "array"}, {"name": "object"}, {"name": "alternate"}, {"name": "command"}, {"name": "event"}], "values": ["builtin", "enum", "array", "object", "alternate", "command", "event"]}, {"name": "17", "meta-type": "enum", "members": [{"name": "string"}, {"name": "number"}, {"name": "int"}, {"name": "boolean"}, {"name": "null"}, {"name": "value"}], "values": ["string", "number", "int", "boolean", "null", "value"]}, {"name": "18", "meta-type": "object", "members": [{"name": "json-type", "type": "17"}]}, {"name": "19", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[19]", "meta-type": "array", "element-type": "19"}, {"name": "20", "meta-type": "object", "members": [{"name": "values", "type": "[str]"}, {"name": "members", "type": "[19]", "default": null}]}, {"name": "21", "meta-type": "object", "members": [{"name": "element-type", "type": "str"}]}, {"name": "any", "meta-type": "builtin", "json-type": "value"}, {"name": "22", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "type", "type": "str"}, {"name": "default", "type": "any", "default": null}, {"name": "features", "type": "[str]", "default": null}]}, {"name": "[22]", "meta-type": "array", "element-type": "22"}, {"name": "23", "meta-type": "object", "members": [{"name": "case", "type": "str"}, {"name": "type", "type": "str"}]}, {"name": "[23]", "meta-type": "array", "element-type": "23"}, {"name": "24", "meta-type": "object", "members": [{"name": "members", "type": "[22]"}, {"name": "tag", "type": "str", "default": null}, {"name": "variants", "type": "[23]", "default": null}]}, {"name": "25", "meta-type": "object", "members": [{"name": "type", "type": "str"}]}, {"name": "[25]", "meta-type": "array", "element-type": "25"}, {"name": "26", "meta-type": "object", "members": [{"name": "members", "type": "[25]"}]}, {"name": "bool", "meta-type": "builtin", "json-type": "boolean"}, {"name": "27", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}, {"name": "ret-type", "type": "str"}, {"name": "allow-oob", "type": "bool", "default": null}]}, {"name": "28", "meta-type": "object", "members": [{"name": "arg-type", "type": "str"}]}, {"name": "29", "meta-type": "object", "members": [{"name": "name", "type": "str"}, {"name": "features", "type": "[str]", "default": null}, {"name": "meta-type", "type": "16"}], "tag": "meta-type", "variants": [{"case": "builtin", "type": "18"}, {"case": "enum", "type": "20"}, {"case": "array", "type": "21"}, {"case": "object", "type": "24"}, {"case": "alternate", "type": "26"}, {"case": "command", "type": "27"}, {"case": "event", "type": "28"}]}, {"name": "[29]", "meta-type": "array", "element-type": "29"}"#,
};

/// Creates a server for this schema. The state has a handler for each command.
#[must_use]
pub fn server<S>(state: S) -> ::qmp_types::Server<S>
where
    S: ::std::marker::Send + ::std::marker::Sync + 'static,
    S: required::Walk,
{
    // Sorted by name.
    ::qmp_types::Server::new(state, const { &[
        ::qmp_types::private::Entry::of::<commands::Walk>(),
    ] }, &SCHEMA)
}

::qmp_types::private::local_server! { Walk }

/// The items of this schema for `use ..::prelude::*`, without those that would hide Rust's own of the same name.
pub mod prelude {
    pub use super::*;
    pub use ::qmp_types::{Command as _, Event as _, client::Adapt as _, client::Execute as _};
}

::qmp_types::private::serde_impls! {Chain, Node, Leaf, Tree, Endless, Ping, Pong, WalkArgs}
