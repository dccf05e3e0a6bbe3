//! The reply to `query-qmp-schema` as a hand-written fast program reads it: one flat struct of all members, with serde
//! derive. Strings have the type `S`: borrowed from the text, or owned.

#![allow(dead_code, reason = "the members are read, that is all")]

use serde::Deserialize;
use serde_json::Value;

/// A definition of any kind.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", bound(deserialize = "S: Deserialize<'de>"))]
pub struct Entity<S> {
    pub name: S,
    pub meta_type: MetaType,
    #[serde(default = "Vec::new")]
    pub features: Vec<S>,
    pub json_type: Option<JsonType>,
    pub element_type: Option<S>,
    pub members: Option<Vec<Member<S>>>,
    pub values: Option<Vec<S>>,
    pub tag: Option<S>,
    pub variants: Option<Vec<Variant<S>>>,
    pub arg_type: Option<S>,
    pub ret_type: Option<S>,
    pub allow_oob: Option<bool>,
}

/// A member of an object, a value of an enumeration, a branch of an alternate.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
pub struct Member<S> {
    pub name: Option<S>,
    #[serde(rename = "type")]
    pub ty: Option<S>,
    pub default: Option<Value>,
    #[serde(default = "Vec::new")]
    pub features: Vec<S>,
}

/// A branch of a union.
#[derive(Debug, Deserialize)]
pub struct Variant<S> {
    pub case: S,
    #[serde(rename = "type")]
    pub ty: S,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetaType {
    Builtin,
    Enum,
    Array,
    Object,
    Alternate,
    Command,
    Event,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JsonType {
    String,
    Number,
    Int,
    Boolean,
    Null,
    Object,
    Array,
    Value,
}
