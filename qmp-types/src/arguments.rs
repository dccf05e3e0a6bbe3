//! What generated setters and constructors accept, and members that a schema does not name.
//!
//! A generated struct has `new` for its required members, and a setter for each optional one:
//!
//! - Strings, alternates and `any` accept everything that converts into them: `&str` for a `String`.
//! - Lists accept everything that can be iterated over: arrays, vectors, iterators.
//! - `new` takes the required members in the order of the schema, those of a base first. QEMU's `BlockdevBackup`, whose base
//!   requires `device` and `sync`, has `new(device, sync, target)`.
//! - A setter accepts a value or an `Option` of one, so that `None` leaves the member absent ([`IntoOption`]). Setters of lists
//!   and of `any` accept values only.
//! - A union has a constructor for each of its branches.
//! - Arguments of commands whose schema says `'gen': false`, such as QEMU's `device_add`, have `property` and `properties`
//!   for arguments that the schema does not name ([`IntoProperty`], [`Properties`]).

mod into_option;
mod properties;
mod property;

pub use into_option::{ByOption, ByValue, IntoOption};
pub use properties::Properties;
pub use property::IntoProperty;
