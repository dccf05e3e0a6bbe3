//! `schema!`: calls the generator from a macro.

mod input;

use std::env;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use qmp_schema::Report;
use quote::quote;
use syn::{Error, LitStr};

use input::Input;

/// Returns the items of the schema, or the errors of the schema or of the options.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: Input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let (items, watched) = match input.config.expand(beside_manifest(&input.path)) {
        Ok(expansion) => {
            let items = expansion.source().parse().map_err(|error| Error::new(input.path.span(), error));
            (items, expansion.files)
        }
        Err(report) => {
            let existing = report.files().filter(|file| file.exists());
            (Err(rejected(&input, &report)), existing.map(Path::to_owned).collect())
        }
    };
    let items: TokenStream = items.unwrap_or_else(Error::into_compile_error);
    let watched = watched.iter().map(|file| file.to_string_lossy());
    // Stable Rust has no other way to say which files and variables a macro depends on.
    quote! {
        #items
        #(const _: &[u8] = ::core::include_bytes!(#watched);)*
        const _: ::core::option::Option<&str> = ::core::option_env!("QMP_EXPAND");
    }
}

fn rejected(input: &Input, report: &Report) -> Error {
    let of_schema = || {
        let text = format!("cannot use the schema `{}`:\n\n{report}", input.path.value());
        Error::new(input.path.span(), text)
    };
    input.wrong_options(report.diagnostics()).unwrap_or_else(of_schema)
}

/// Resolves a path from the package's directory, as a build script does.
fn beside_manifest(path: &LitStr) -> PathBuf {
    manifest_folder().join(path.value())
}

/// The package's directory.
fn manifest_folder() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default().into()
}

#[cfg(test)]
mod tests;
