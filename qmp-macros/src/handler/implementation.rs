//! The implementations of `Handle` for states, and for the states that have them as parts.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, Type};

use super::place;
use crate::options::Owner;

/// The states that have a handler.
pub(crate) struct Implementations<'a> {
    pub(crate) at: Span,
    pub(crate) generics: &'a Generics,
    pub(crate) states: &'a [Type],
    /// The states that have these as parts.
    pub(crate) owners: &'a [Owner],
    /// The handler needs exclusive access to the state.
    pub(crate) exclusive: bool,
    /// The name of the kind of handler.
    pub(crate) kind: &'static str,
}

impl Implementations<'_> {
    /// Implements `Handle`, or `HandleMut`, with this body for the states, and for their owners by means of that.
    pub(crate) fn with(&self, body: &TokenStream) -> TokenStream {
        let kind = Ident::new(self.kind, self.at);
        let kind = quote_spanned!(self.at=> __runtime::server::HandlerKind::#kind);
        let states = self.states.iter().map(|state| self.implementation(self.at, self.exclusive, state, &kind, body));
        let owners = self.owners.iter().map(|owner| self.forward(owner));
        quote!(#(#states)* #(#owners)*)
    }

    fn implementation(
        &self,
        at: Span,
        exclusive: bool,
        state: &Type,
        kind: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        let (parameters, _, bounds) = self.generics.split_for_impl();
        let kind = quote_spanned!(at=> const KIND: __runtime::server::HandlerKind = #kind;);
        let (trait_, kind, method, mutability) = match exclusive {
            false => (quote!(Handle), Some(kind), quote!(handle), None),
            true => (quote!(HandleMut), None, quote!(handle_mut), Some(quote!(mut))),
        };
        quote_spanned! {at=>
            impl #parameters __runtime::#trait_<__Command> for #state #bounds {
                #kind

                fn #method<'__a>(
                    &'__a #mutability self,
                    arguments: <__Command as __runtime::Command>::Arguments,
                    context: &'__a __runtime::Context,
                ) -> __runtime::Outcome<'__a, __Command> {
                    #body
                }
            }
        }
    }

    /// Makes the handler one of a state that has this one as a part.
    fn forward(&self, owner: &Owner) -> TokenStream {
        let Owner { ty, fields, .. } = owner;
        let at = place(fields.last().map_or(ty.span(), Spanned::span));
        let exclusive = self.exclusive && owner.exclusive;
        let part = quote_spanned!(at=> __runtime::private::part_of::<__Command, Self, _>(|owner| &owner #(.#fields)*));
        let kind = quote_spanned!(at=> #part.kind);
        let body = match exclusive {
            false => quote_spanned!(at=> #part.handle(self, arguments, context)),
            true => quote_spanned! {at=>
                __runtime::HandleMut::<__Command>::handle_mut(&mut self #(.#fields)*, arguments, context)
            },
        };
        self.implementation(place(ty.span()), exclusive, ty, &kind, &body)
    }
}
