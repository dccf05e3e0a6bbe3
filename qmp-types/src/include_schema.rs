//! The build script's route.

/// Takes in what the build script generated with `qmp_schema::compile("schema/NAME.json")`.
///
/// ```ignore
/// mod qmp {
///     qmp_types::include_schema!("vm");
/// }
/// ```
#[macro_export]
macro_rules! include_schema {
    ($name:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", $name, ".rs"));
    };
}
