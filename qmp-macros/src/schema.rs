//! `schema!`: the generator, called from a macro.

use std::env;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use qmp_schema::{Config, Side};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitBool, LitStr, Result, Token, bracketed};

/// The items of the schema, or one error with all that is wrong with it.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let Schema { path, config } = match syn::parse2(input) {
        Ok(schema) => schema,
        Err(error) => return error.into_compile_error(),
    };
    let (items, watched) = match config.expand(beside_manifest(&path)) {
        Ok(expansion) => (expansion.source().parse().map_err(|error| Error::new(path.span(), error)), expansion.files),
        Err(report) => {
            let text = format!("`{}` is not a schema that can be used:\n\n{report}", path.value());
            let existing = report.files().filter(|file| file.exists());
            (Err(Error::new(path.span(), text)), existing.map(Path::to_owned).collect())
        }
    };
    let items: TokenStream = items.unwrap_or_else(Error::into_compile_error);
    let watched = watched.iter().map(|file| file.to_string_lossy());
    // A macro has no other way to tell what it depends on.
    quote! {
        #items
        #(const _: &[u8] = ::core::include_bytes!(#watched);)*
        const _: ::core::option::Option<&str> = ::core::option_env!("QMP_EXPAND");
    }
}

/// Paths start from the package, as those of a build script do.
fn beside_manifest(path: &LitStr) -> PathBuf {
    Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(path.value())
}

/// `"schema/vm.json", side = client, ..`
struct Schema {
    path: LitStr,
    config: Config,
}

impl Parse for Schema {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let path = input.parse()?;
        let mut config = Config::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                config = option(config, input)?;
            }
        }
        Ok(Self { path, config })
    }
}

fn option(config: Config, input: ParseStream<'_>) -> Result<Config> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    Ok(match name.to_string().as_str() {
        "side" => {
            config.side(word(input, &[("client", Side::Client), ("server", Side::Server), ("both", Side::Both)])?)
        }
        "commands" => config.commands(strings(input)?),
        "events" => config.events(strings(input)?),
        "conditions" => config.conditions(strings(input)?),
        "docs" => config.docs(input.parse::<LitBool>()?.value),
        "enums" => config.closed_enums(word(input, &[("open", false), ("closed", true)])?),
        "crate" => config.runtime(input.call(syn::Path::parse_mod_style)?.to_token_stream().to_string()),
        "handle_builtins" => strings(input)?.into_iter().fold(config, Config::handle_builtin),
        unknown => return Err(Error::new(name.span(), format!("no option `{unknown}`; {OPTIONS}"))),
    })
}

const OPTIONS: &str = "there are `side`, `commands`, `events`, `conditions`, `docs`, `enums`, `crate` and \
                       `handle_builtins`";

/// One of a few words.
fn word<T: Copy>(input: ParseStream<'_>, words: &[(&str, T)]) -> Result<T> {
    let found: Ident = input.parse()?;
    match words.iter().find(|(word, _)| found == word) {
        Some((_, value)) => Ok(*value),
        None => {
            let words = words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            Err(Error::new(found.span(), format!("expected one of {words}")))
        }
    }
}

/// `["query-*", "stop"]`
fn strings(input: ParseStream<'_>) -> Result<Vec<String>> {
    let content;
    bracketed!(content in input);
    let strings: Punctuated<LitStr, Token![,]> = content.call(Punctuated::parse_terminated)?;
    Ok(strings.iter().map(LitStr::value).collect())
}

#[cfg(test)]
mod tests;
