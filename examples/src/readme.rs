//! The Rust blocks of all README files and guides as doctests. They stand in this package because they read its schemas.

#[doc = include_str!("../../README.md")]
struct Project;

#[doc = include_str!("../../qmp-types/README.md")]
struct Types;

#[doc = include_str!("../../qmp-schema/README.md")]
struct Schema;

#[doc = include_str!("../../qmp-macros/README.md")]
struct Macros;

#[doc = include_str!("../../qmp-cli/README.md")]
struct Tool;

#[doc = include_str!("../guides/kata.md")]
struct Kata;

#[doc = include_str!("../guides/from-qapi-rs.md")]
struct FromQapiRs;

#[doc = include_str!("../guides/publishing.md")]
struct Publishing;
