//! Commands without a handler: what they are refused with.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Attribute, Error, Generics, Ident, Result, Type};

use crate::handler::{Implementations, place};
use crate::options::{Bindings, BlockOptions, Otherwise};

/// The handlers of the commands that the option `refuse` names.
pub(super) fn refusals(
    options: &BlockOptions,
    attributes: &[Attribute],
    generics: &Generics,
    states: &[Type],
) -> Result<TokenStream> {
    let Some(refuse) = &options.refuse else { return Ok(TokenStream::new()) };
    let Some((_, otherwise)) = &options.otherwise else { return Err(Error::new_spanned(&refuse.option, OTHERWISE)) };
    let conditions: Vec<&Attribute> = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let Bindings { module, runtime } = &options.bindings;
    let owners = options.part_of.as_ref().map_or(&[][..], |part_of| &part_of.all);
    let refusal = |command: &Ident| {
        let at = place(command.span());
        let error = error(&options.bindings, otherwise, command);
        let body = quote_spanned! {at=>
            let _ = (arguments, context);
            __runtime::Outcome::ready(::std::result::Result::Err(#error))
        };
        let implementations =
            Implementations { at, generics, states, owners, exclusive: false, kind: "Short" }.with(&body);
        quote_spanned! {at=>
            #(#conditions)*
            #[allow(deprecated)]
            const _: () = {
                use #runtime as __runtime;
                type __Command = #module::commands::#command;
                #implementations
            };
        }
    };
    let all = refuse.all.iter().map(refusal);
    Ok(quote!(#(#all)*))
}

/// The error that a command is refused with, as an expression.
pub(super) fn error(bindings: &Bindings, otherwise: &Otherwise, command: &Ident) -> TokenStream {
    let Bindings { module, runtime } = bindings;
    let at = place(command.span());
    let name = quote_spanned!(at=> <#module::commands::#command as #runtime::Command>::SPEC.name);
    match otherwise {
        Otherwise::Function(function) => quote!(#function(#name)),
        Otherwise::Text(text) if text.value().contains("{command}") => {
            quote!(#runtime::Error::generic(::std::format!(#text, command = #name)))
        }
        Otherwise::Text(text) => quote!(#runtime::Error::generic(::std::format!(#text))),
    }
}

const OTHERWISE: &str = "`refuse` needs `otherwise`, which says how: \
                         `otherwise = \"{command} is not supported by this machine\"`";
