//! The route of build scripts: the macro that takes in what they generated.

/// Takes in the Rust that the build script generated with `qmp_schema::compile("schema/NAME.json")`, as items of the module it
/// stands in: `mod qmp { qmp_types::include_schema!("NAME"); }`.
///
/// Neither this macro nor the build script builds a procedural macro, so depend on `qmp-types` with
/// `default-features = false`. The crate `examples/build-route` of the project is a complete example.
///
/// # Errors
///
/// It is a compile error if no build script compiled a schema, or none of this name; the error names those that there are.
#[macro_export]
macro_rules! include_schema {
    ($name:literal) => {
        // `env!` is expanded before `include!` and `concat!`. Its second argument is the text of the error.
        ::core::include!(::core::env!(
            ::core::concat!("QMP_SCHEMA_", $name),
            ::core::concat!(
                "expected the name of a schema that `build.rs` compiles (",
                ::core::env!(
                    "QMP_SCHEMAS",
                    "no build script has compiled a schema\n\
                     help: write a `build.rs` beside `Cargo.toml`, with `qmp-schema` among the `[build-dependencies]`:\n\
                     \n    fn main() {\n        qmp_schema::compile(\"schema/vm.json\");\n    }\n\n\
                     help: and include it by the name of its file: `include_schema!(\"vm\")`"
                ),
                "), found `",
                $name,
                "`"
            )
        ));
    };
    ($($other:tt)*) => {
        ::core::compile_error!("expected the name of a schema, as in `include_schema!(\"vm\")` for `schema/vm.json`");
    };
}
