//! The attributes `#[handlers]` and `#[qmp_command]`: they find the handlers, and leave the user's own code unchanged.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Error, ImplItem, ImplItemFn, ItemFn, ItemImpl, Meta, Result};

use crate::handler::Handler;
use crate::options::{Bindings, BlockOptions, CommandOptions, FunctionOptions};
use crate::signature::{self, Signature};

/// Expands `#[handlers(..)]` on an impl block.
pub(crate) fn block(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut block: ItemImpl = match syn::parse2(item.clone()) {
        Ok(block) => block,
        Err(error) => {
            return beside(Error::new(error.span(), format!("`#[handlers]` is for an impl block: {error}")), item);
        }
    };
    let attributes = block.items.iter_mut().map(take_attribute).collect::<Vec<_>>();
    let handlers = syn::parse2(options).and_then(|BlockOptions(bindings)| handlers(&bindings, &block, attributes));
    match handlers {
        Ok(handlers) => quote!(#block #handlers),
        Err(error) => beside(error, block),
    }
}

/// Expands `#[qmp_command(..)]` on a free function. (In a `#[handlers]` block, that removes the attribute before rustc sees it.)
pub(crate) fn function(options: TokenStream, item: TokenStream) -> TokenStream {
    let handler = match syn::parse2(item.clone()) {
        Ok(function) => free_handler(options, &function),
        Err(error) => Err(Error::new(error.span(), format!("`#[qmp_command]` is for a function: {error}"))),
    };
    match handler {
        Ok(handler) => quote!(#item #handler),
        Err(error) => beside(error, item),
    }
}

fn handlers(bindings: &Bindings, block: &ItemImpl, attributes: Vec<Option<Attribute>>) -> Result<TokenStream> {
    if let Some((path, _)) = &block.trait_ {
        return Err(Error::new_spanned(path, TRAIT));
    }
    let mut tokens = TokenStream::new();
    let mut names = HashSet::new();
    for (item, attribute) in block.items.iter().zip(attributes) {
        let (ImplItem::Fn(function), Some(attribute)) = (item, attribute) else { continue };
        // rustc itself reports a name that is duplicated in a block.
        if names.insert(&function.sig.ident) {
            match method(bindings, block, function, &attribute) {
                Ok(handler) => handler.to_tokens(&mut tokens),
                Err(error) => tokens.extend(error.into_compile_error()),
            }
        }
    }
    Ok(tokens)
}

fn method<'a>(
    bindings: &'a Bindings,
    block: &'a ItemImpl,
    function: &'a ImplItemFn,
    attribute: &Attribute,
) -> Result<Handler<'a>> {
    let name = &function.sig.ident;
    Ok(Handler {
        bindings,
        options: match attribute.meta {
            Meta::Path(_) => CommandOptions::default(),
            _ => attribute.parse_args()?,
        },
        attributes: block.attrs.iter().chain(&function.attrs).collect(),
        generics: &block.generics,
        state: &block.self_ty,
        name,
        callee: quote_spanned!(name.span()=> Self::#name),
        signature: Signature::of_method(&function.sig),
    })
}

fn free_handler(options: TokenStream, function: &ItemFn) -> Result<TokenStream> {
    let (state, _) = signature::state(&function.sig)?;
    let FunctionOptions { bindings, command } = syn::parse2(options)?;
    let name = &function.sig.ident;
    let handler = Handler {
        bindings: &bindings,
        options: command,
        attributes: function.attrs.iter().collect(),
        generics: &function.sig.generics,
        state,
        name,
        callee: name.to_token_stream(),
        signature: Signature::of_function(&function.sig),
    };
    Ok(handler.to_token_stream())
}

/// Removes `#[qmp_command]` from a method, by whichever path it is named.
fn take_attribute(item: &mut ImplItem) -> Option<Attribute> {
    let ImplItem::Fn(ImplItemFn { attrs, .. }) = item else { return None };
    let position = attrs.iter().position(|attribute| {
        let last = attribute.path().segments.last();
        last.is_some_and(|segment| segment.ident == "qmp_command")
    })?;
    Some(attrs.remove(position))
}

/// Returns the error and the user's own code, so that no further errors follow from it.
fn beside(error: Error, item: impl ToTokens) -> TokenStream {
    let error = error.into_compile_error();
    quote!(#item #error)
}

const TRAIT: &str = "expected an impl block without a trait: handlers are methods of the state itself";
