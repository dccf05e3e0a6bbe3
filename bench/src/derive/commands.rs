//! Client methods, the handler trait with its dispatch, and the events.

use proc_macro2::{Ident, TokenStream};
use qmp_schema::model;
use quote::{format_ident, quote};

use super::Emitter;
use super::names::{pascal, snake};

/// A marker type per command, by which generic code names its types.
pub(super) fn markers(emitter: &Emitter<'_>) -> TokenStream {
    let markers = emitter.commands.iter().map(|command| {
        let (wire, name, returns) = (&command.def.name, function(command), returns(emitter, command));
        let arguments = command.arguments.map_or_else(|| quote!(Empty), |id| emitter.rust_type(id));
        quote! {
            #[derive(Clone, Copy, Debug)]
            pub struct #name;
            impl Command for #name {
                const NAME: &'static str = #wire;
                type Arguments = #arguments;
                type Return = #returns;
            }
        }
    });
    quote! {
        #[allow(non_camel_case_types)]
        pub mod commands {
            use super::*;
            #(#markers)*
        }
    }
}

/// A method per command on the client.
pub(super) fn client(emitter: &Emitter<'_>) -> TokenStream {
    let methods = emitter.commands.iter().map(|command| {
        let (name, returns) = (function(command), returns(emitter, command));
        let arguments = command.arguments.map(|id| emitter.rust_type(id));
        let parameter = arguments.iter().map(|ty| quote!(, arguments: impl ::std::convert::Into<#ty>));
        let value = match arguments {
            Some(_) => quote!(::std::option::Option::Some(&arguments.into())),
            None => quote!(::std::option::Option::None),
        };
        quote! {
            pub fn #name(&mut self #(#parameter)*) -> ::std::result::Result<#returns, Error> {
                self.call::<commands::#name>(#value)
            }
        }
    });
    quote!(impl Client { #(#methods)* })
}

/// A trait with a method per command, and the function that finds and calls it.
pub(super) fn handler(emitter: &Emitter<'_>) -> TokenStream {
    let methods = emitter.commands.iter().map(|command| {
        let (name, returns) = (function(command), returns(emitter, command));
        let arguments = command.arguments.map(|id| emitter.rust_type(id));
        let arguments = arguments.map(|ty| quote!(, arguments: #ty));
        quote!(fn #name(&self #arguments) -> ::std::result::Result<#returns, Error>;)
    });
    let arms = emitter.commands.iter().map(|command| {
        let (wire, name) = (&command.def.name, function(command));
        match command.arguments {
            Some(_) => quote!(#wire => respond(&request, out, |arguments| handler.#name(arguments))),
            None => quote!(#wire => respond(&request, out, |_: Empty| handler.#name())),
        }
    });
    quote! {
        pub trait Handler { #(#methods)* }
        pub fn dispatch(handler: &impl Handler, request: Request<'_>, out: &mut ::std::vec::Vec<u8>) {
            match &*request.execute {
                #(#arms,)*
                _ => respond(&request, out, |_: Empty| ::std::result::Result::<Empty, _>::Err(Error::not_found(&request.execute))),
            }
        }
    }
}

/// All events in one enum.
pub(super) fn events(emitter: &Emitter<'_>) -> TokenStream {
    let variants = emitter.events.iter().map(|event| {
        let (wire, name) = (&event.def.name, format_ident!("{}", pascal(&event.def.name.to_lowercase())));
        let data = event.arguments.map(|id| emitter.rust_type(id));
        let data = data.map(|ty| quote!((#ty)));
        quote!(#[serde(rename = #wire)] #name #data)
    });
    quote! {
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "event", content = "data")]
        #[non_exhaustive]
        pub enum Event {
            #(#variants,)*
            #[serde(untagged)]
            Unrecognised(::serde_json::Map<::std::string::String, ::serde_json::Value>),
        }
    }
}

fn function(command: &model::Command) -> Ident {
    format_ident!("{}", snake(&command.def.name))
}

fn returns(emitter: &Emitter<'_>, command: &model::Command) -> TokenStream {
    command.returns.map_or_else(|| quote!(Empty), |id| emitter.rust_type(id))
}
