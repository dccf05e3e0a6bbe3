//! The attributes `#[handlers]` and `#[qmp_command]`: they find the handlers, and leave the user's own code unchanged.

mod refusal;
mod shared;

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Error, ImplItem, ImplItemFn, Item, ItemFn, ItemImpl, Meta, Result};

use crate::handler::{Handler, Placement};
use crate::options::{BlockOptions, CommandOptions, FunctionOptions};
use crate::signature::{self, Signature};

/// Expands `#[handlers(..)]` on an impl block or a trait.
pub(crate) fn block(options: TokenStream, item: TokenStream) -> TokenStream {
    let options = syn::parse2(options);
    match syn::parse2(item.clone()) {
        Ok(Item::Impl(block)) => of_impl(options, block),
        Ok(Item::Trait(declared)) => shared::of_trait(options, declared),
        Ok(other) => beside(Error::new_spanned(other, ITEM), item),
        Err(error) => beside(Error::new(error.span(), format!("{ITEM}: {error}")), item),
    }
}

fn of_impl(options: Result<BlockOptions>, mut block: ItemImpl) -> TokenStream {
    let attributes = block.items.iter_mut().map(take_attribute).collect::<Vec<_>>();
    match options.and_then(|options| handlers(&options, &block, attributes)) {
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

fn handlers(options: &BlockOptions, block: &ItemImpl, attributes: Vec<Option<Attribute>>) -> Result<TokenStream> {
    if let Some((path, _)) = &block.trait_ {
        return Err(Error::new_spanned(path, TRAIT));
    }
    if let Some(option) = options.only_for_traits() {
        return Err(Error::new_spanned(
            option,
            format!("`{option}` is for a trait with handlers, found an impl block"),
        ));
    }
    let states = std::slice::from_ref(&*block.self_ty);
    let mut tokens = refusal::refusals(options, &block.attrs, &block.generics, states)?;
    let mut names = HashSet::new();
    for (item, attribute) in block.items.iter().zip(attributes) {
        let (ImplItem::Fn(function), Some(attribute)) = (item, attribute) else { continue };
        // rustc itself reports a name that is duplicated in a block.
        if names.insert(&function.sig.ident) {
            match method(options, block, function, &attribute) {
                Ok(handler) => handler.to_tokens(&mut tokens),
                Err(error) => tokens.extend(error.into_compile_error()),
            }
        }
    }
    Ok(tokens)
}

fn method<'a>(
    block_options: &'a BlockOptions,
    block: &'a ItemImpl,
    function: &'a ImplItemFn,
    attribute: &Attribute,
) -> Result<Handler<'a>> {
    let name = &function.sig.ident;
    Ok(Handler {
        bindings: &block_options.bindings,
        options: command_options(attribute)?,
        attributes: block.attrs.iter().chain(&function.attrs).collect(),
        generics: &block.generics,
        states: std::slice::from_ref(&*block.self_ty),
        placement: Placement::of(block_options),
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
        states: std::slice::from_ref(state),
        placement: Placement::default(),
        name,
        callee: name.to_token_stream(),
        signature: Signature::of_function(&function.sig),
    };
    Ok(handler.to_token_stream())
}

/// Removes `#[qmp_command]` from a method.
fn take_attribute(item: &mut ImplItem) -> Option<Attribute> {
    let ImplItem::Fn(ImplItemFn { attrs, .. }) = item else { return None };
    take_command_attribute(attrs)
}

/// Removes `#[qmp_command]`, by whichever path it is named.
fn take_command_attribute(attributes: &mut Vec<Attribute>) -> Option<Attribute> {
    let position = attributes.iter().position(|attribute| {
        let last = attribute.path().segments.last();
        last.is_some_and(|segment| segment.ident == "qmp_command")
    })?;
    Some(attributes.remove(position))
}

fn command_options(attribute: &Attribute) -> Result<CommandOptions> {
    match attribute.meta {
        Meta::Path(_) => Ok(CommandOptions::default()),
        _ => attribute.parse_args(),
    }
}

/// Returns the error and the user's own code, so that no further errors follow from it.
fn beside(error: Error, item: impl ToTokens) -> TokenStream {
    let error = error.into_compile_error();
    quote!(#item #error)
}

const ITEM: &str = "`#[handlers]` is for an impl block or a trait";
const TRAIT: &str = "expected an impl block without a trait: handlers are methods of the state itself; a trait with default \
                     handlers has `#[handlers(.., on = [..])]` on the trait";
