//! Handlers that several types share: the methods of a trait.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Error, ItemTrait, Result, ReturnType, TraitItem, TraitItemFn, Type, parse_quote_spanned};

use super::refusal::{self, refusals};
use super::{beside, command_options, take_command_attribute};
use crate::handler::{Handler, Placement, place};
use crate::options::{BlockOptions, CommandOptions, Otherwise};
use crate::signature::Signature;

/// Expands `#[handlers(..)]` on a trait.
pub(super) fn of_trait(options: Result<BlockOptions>, mut declared: ItemTrait) -> TokenStream {
    let attributes = declared.items.iter_mut().map(take_attribute).collect::<Vec<_>>();
    match options.and_then(|options| handlers(&options, &mut declared, attributes)) {
        Ok(handlers) => quote!(#declared #handlers),
        Err(error) => beside(error, declared),
    }
}

fn handlers(
    options: &BlockOptions,
    declared: &mut ItemTrait,
    attributes: Vec<Option<Attribute>>,
) -> Result<TokenStream> {
    let Some(on) = &options.on else { return Err(Error::new_spanned(&declared.ident, ON)) };
    if let Some(part_of) = &options.part_of {
        return Err(Error::new_spanned(&part_of.option, PART_OF));
    }
    if !declared.generics.params.is_empty() {
        return Err(Error::new_spanned(&declared.generics, GENERIC));
    }
    let mut tokens = refusals(options, &declared.attrs, &declared.generics, &on.all)?;
    for (index, attribute) in attributes.into_iter().enumerate() {
        let Some(attribute) = attribute else { continue };
        let command = match command_options(&attribute) {
            Ok(command) => command,
            Err(error) => {
                tokens.extend(error.into_compile_error());
                continue;
            }
        };
        if let (TraitItem::Fn(method), Some((_, otherwise))) = (&mut declared.items[index], &options.otherwise) {
            give_body(options, otherwise, &command, method);
        }
        if let TraitItem::Fn(method) = &declared.items[index] {
            handler(options, declared, method, command, &on.all).to_tokens(&mut tokens);
        }
    }
    Ok(tokens)
}

/// The handler that the types have from the trait: a type's own one, or the default.
fn handler<'a>(
    options: &'a BlockOptions,
    declared: &'a ItemTrait,
    method: &'a TraitItemFn,
    command: CommandOptions,
    types: &'a [Type],
) -> Handler<'a> {
    let (name, trait_name) = (&method.sig.ident, &declared.ident);
    Handler {
        bindings: &options.bindings,
        options: command,
        attributes: declared.attrs.iter().chain(&method.attrs).collect(),
        generics: &declared.generics,
        states: types,
        placement: Placement::of(options),
        name,
        callee: quote_spanned!(name.span()=> <Self as #trait_name>::#name),
        signature: Signature::of_method(&method.sig),
    }
}

/// Makes a method without a body one that refuses its command. One that returns nothing cannot refuse: each type has its own.
fn give_body(options: &BlockOptions, otherwise: &Otherwise, command: &CommandOptions, method: &mut TraitItemFn) {
    let (None, ReturnType::Type(_, output)) = (&method.default, &method.sig.output) else { return };
    let runtime = &options.bindings.runtime;
    let command = command.name.as_ref().unwrap_or(&method.sig.ident);
    let at = place(command.span());
    let error = refusal::error(&options.bindings, otherwise, command);
    let refusal = quote_spanned!(place(output.span())=> <#output as #runtime::private::Refusal>::refuse);
    method.attrs.push(parse_quote_spanned!(at=> #[allow(unused_variables, deprecated)]));
    method.semi_token = None;
    method.default = Some(parse_quote_spanned!(at=> {
        #refusal(#error)
    }));
}

/// Removes `#[qmp_command]` from a method.
fn take_attribute(item: &mut TraitItem) -> Option<Attribute> {
    let TraitItem::Fn(TraitItemFn { attrs, .. }) = item else { return None };
    take_command_attribute(attrs)
}

const ON: &str =
    "expected the types that get the handlers of this trait, as in `#[handlers(crate::qmp, on = [Standard, Micro])]`";
const PART_OF: &str = "`part_of` is for an impl block, found a trait: the types of `on` have its handlers";
const GENERIC: &str = "a trait with handlers cannot be generic: the schema fixes their types";
