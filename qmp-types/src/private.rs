//! The items that generated code and macro expansions refer to. They are not part of the public interface, and may change
//! with every release: the generator and this crate must have the same version.

mod client;
mod generated;
mod handlers;
mod missing_features;
mod record;
mod record_macros;
pub mod sans_io;
#[cfg(feature = "serde")]
mod serde_support;
mod server_macros;

#[cfg(feature = "serde")]
pub use serde;

pub use serde_json::{Map, Value};
pub use std::hash::Hasher;

pub use self::handlers::{
    Argument, Checked, Differs, Handled, IntoError, Is, NotOne, Nth, Parameter, PartOf, Proof, Refusal, Returned, Same,
    SameReturn, Signature, Unchecked, check_command, check_in_band, check_parameter, check_parameters, check_return,
    check_type, check_whole, part_of, position_of,
};
#[cfg(not(feature = "compat"))]
pub use self::missing_features::{NeedsCompat, SchemaChanges};
#[cfg(not(feature = "tokio"))]
pub use self::missing_features::{NeedsTokio, NoTokio};
pub use self::record::{Result, blank_item, debug, parse, raw_arguments, read, typed_arguments};
#[cfg(feature = "serde")]
pub use self::serde_support::{deserialize, serialize};
#[cfg(feature = "__harness")]
pub use crate::client::dialogue::{ClientDialogue, Received};
pub use crate::record::{
    Alternate, Branches, Enum, Enumeration, Features, Field, Generated, Kind, Mode, Names, Object, ReadError, Reader,
    Record, Shape, Struct, Table, Tag, Visitor, Writer,
};
pub use crate::server::{Entry, LocalEntry, ServerSchema};
pub use crate::{
    __blocking_client as blocking_client, __if_tokio as if_tokio, __tokio_client as tokio_client,
    __typed_client as typed_client,
};
pub use crate::{
    __debug as debug, __definition as definition, __enumeration as enumeration, __eq as eq, __generated as generated,
    __in_band as in_band, __local_server as local_server, __newtype as newtype, __properties as properties,
    __raw_arguments as raw_arguments, __required as required, __serde_impls as serde_impls, __wrapper as wrapper,
};
