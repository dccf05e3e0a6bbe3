//! Expands a handler into an implementation of `Handle`.
//!
//! Nothing here knows the schema. The expansion describes the function, and rustc compares the description with the generated
//! code by means of `qmp_types::private`. Each token has the place of the user's token that it is about.

mod checks;
mod implementation;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Generics, Result, Type};

pub(crate) use implementation::Implementations;

use crate::options::{Bindings, BlockOptions, CommandOptions, Owner};
use crate::signature::{Argument, Parameter, Signature};

/// A handler.
pub(crate) struct Handler<'a> {
    pub(crate) bindings: &'a Bindings,
    pub(crate) options: CommandOptions,
    /// The function's attributes and those of the impl block around it.
    pub(crate) attributes: Vec<&'a Attribute>,
    pub(crate) generics: &'a Generics,
    /// The state, or all types that have the handlers of a trait.
    pub(crate) states: &'a [Type],
    pub(crate) placement: Placement<'a>,
    /// The function's name.
    pub(crate) name: &'a Ident,
    /// The path of the function: `Self::stop` or `stop`.
    pub(crate) callee: TokenStream,
    pub(crate) signature: Result<Signature<'a>>,
}

/// Where the state of a handler is kept.
#[derive(Default)]
pub(crate) struct Placement<'a> {
    /// The option that says that the state stays on one thread.
    local: Option<&'a Ident>,
    /// The states that have this one as a part.
    owners: &'a [Owner],
}

impl<'a> Placement<'a> {
    pub(crate) fn of(options: &'a BlockOptions) -> Self {
        let owners = options.part_of.as_ref().map_or(&[][..], |part_of| &part_of.all);
        Self { local: options.local.as_ref(), owners }
    }
}

impl ToTokens for Handler<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { bindings: Bindings { module, runtime }, generics, states, name, .. } = self;
        let conditions = self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        let command = self.options.name.as_ref().unwrap_or(name);
        let exclusive = self.signature.as_ref().is_ok_and(|signature| signature.exclusive.is_some());
        let at = place(name.span());
        // A handler with a mistake is implemented all the same: a missing handler would be a second error.
        let (proof, body) = match self.checked() {
            Ok(signature) => (Some(checks::proof(self, signature)), self.body(signature)),
            Err(error) => (None, error.into_compile_error()),
        };
        let proof = proof.map(|checks| quote_spanned!(at=> type __Proof = #checks;));
        let owners = self.placement.owners;
        let implementations =
            Implementations { at, generics, states, owners, exclusive, kind: self.kind() }.with(&body);
        tokens.extend(quote_spanned! {at=>
            #(#conditions)*
            #[allow(deprecated, non_shorthand_field_patterns)]
            const _: () = {
                use #runtime as __runtime;
                type __Command = #module::commands::#command;
                #proof
                #implementations
            };
        });
    }
}

impl<'a> Handler<'a> {
    /// Returns the signature if it fits the options.
    fn checked(&self) -> Result<&Signature<'a>> {
        let signature = self.signature.as_ref().map_err(Error::clone)?;
        match (&self.options.blocking, &self.options.whole) {
            (Some(option), _) if self.placement.local.is_some() => Err(Error::new_spanned(option, LOCAL_BLOCKING)),
            _ if self.placement.local.is_some() && signature.is_async => Err(Error::new(self.name.span(), LOCAL_ASYNC)),
            (Some(option), _) if signature.is_async => Err(Error::new_spanned(option, BLOCKING)),
            _ if self.options.short.is_some() && signature.is_async => {
                Err(Error::new_spanned(&self.options.short, SHORT))
            }
            (Some(option), _) if self.options.short.is_some() => Err(Error::new_spanned(option, BLOCKING_AND_SHORT)),
            (_, Some(option)) if signature.arguments().count() != 1 => {
                let extra = signature.arguments().find(|argument| argument.name == "extra");
                Err(match extra {
                    Some(extra) => Error::new(extra.name.span(), WHOLE_EXTRA),
                    None => Error::new_spanned(option, WHOLE),
                })
            }
            _ => Ok(signature),
        }
    }

    /// Returns the name of the kind of handler.
    fn kind(&self) -> &'static str {
        match &self.options {
            CommandOptions { short: Some(_), .. } => "Short",
            CommandOptions { blocking: Some(_), .. } => "Blocking",
            _ if self.signature.as_ref().is_ok_and(|signature| signature.is_async) => "Async",
            _ => "Plain",
        }
    }

    fn body(&self, signature: &Signature<'_>) -> TokenStream {
        let at = place(self.name.span());
        let arguments = self.arguments(signature);
        let call = self.call(signature);
        let outcome = match (signature.is_async, &self.options.blocking) {
            (true, _) => quote_spanned!(at=> future(async move { #call })),
            (false, Some(_)) => quote_spanned!(at=> blocking(move || #call)),
            (false, None) => quote_spanned!(at=> ready(#call)),
        };
        quote_spanned! {at=>
            #arguments
            __runtime::Outcome::#outcome
        }
    }

    /// Takes the arguments apart, into variables of the parameters' names. Their types depend on the proof: if a check fails,
    /// rustc reports nothing that follows from the same mistake.
    fn arguments(&self, signature: &Signature<'_>) -> TokenStream {
        let at = place(self.name.span());
        let proof = quote_spanned!(at=> <__Proof as __runtime::private::Proof<__Command>>);
        let variables = signature.arguments().map(Argument::variable).collect::<Vec<_>>();
        match (&*variables, &self.options.whole) {
            ([], _) => quote_spanned!(at=> let _: #proof::Arguments = arguments;),
            ([variable], Some(_)) => quote_spanned!(at=> let #variable: #proof::Arguments = arguments;),
            ([variable], None) => quote_spanned! {at=>
                let __runtime::private::Is(#variable): #proof::Sole =
                    <__Command as __runtime::private::Handled>::sole(arguments);
            },
            _ => {
                let names = signature.arguments().map(|argument| &argument.name);
                quote_spanned! {at=>
                    type __Arguments = #proof::Arguments;
                    let __Arguments { #(#names: #variables,)* .. } = arguments;
                }
            }
        }
    }

    /// Calls the function and converts what it returns into the command's result.
    fn call(&self, signature: &Signature<'_>) -> TokenStream {
        let parameters = signature.parameters.iter().map(|parameter| match parameter {
            Parameter::Context(ty) => quote_spanned!(place(ty.span())=> context),
            Parameter::Argument(argument) => {
                let (ty, variable) = (argument.ty, argument.variable());
                quote_spanned!(place(ty.span())=> __runtime::private::Argument::<#ty>::give(#variable))
            }
        });
        let callee = &self.callee;
        let wait = signature.is_async.then(|| quote_spanned!(place(self.name.span())=> .await));
        let at = place(signature.output.map_or(self.name.span(), Spanned::span));
        let output = signature.output.map_or_else(|| quote_spanned!(at=> ()), ToTokens::to_token_stream);
        quote_spanned! {at=>
            <#output as __runtime::private::Returned<
                <__Proof as __runtime::private::Proof<__Command>>::Return,
            >>::into_result(
                #callee(self, #(#parameters),*) #wait
            )
        }
    }
}

impl Argument<'_> {
    /// The variable that holds the argument. rustc points at the type if it does not fit.
    fn variable(&self) -> Ident {
        Ident::new(&self.binding.to_string(), place(self.ty.span()))
    }
}

/// The place of a user's token, for generated tokens: errors are shown there, and names do not clash.
pub(crate) fn place(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

const BLOCKING: &str = "an `async` handler cannot be `blocking`: remove the option, and `.await` what takes long";
const LOCAL_BLOCKING: &str = "a `local` handler cannot be `blocking`: its state stays on the thread of the event loop";
const LOCAL_ASYNC: &str = "a `local` handler cannot be `async`: its state stays on the thread of the event loop, which calls \
                           one handler after the other";
const WHOLE_EXTRA: &str = "`whole` needs exactly one parameter by value, which takes all arguments: those that the schema does \
                           not name are in its field `extra`";
const SHORT: &str = "an `async` handler cannot be `short`: remove the option, or the `async`";
const BLOCKING_AND_SHORT: &str = "a handler cannot be both `blocking` and `short`: remove one of them";
const WHOLE: &str = "`whole` needs exactly one parameter by value, which takes all arguments";
