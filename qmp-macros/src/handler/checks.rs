//! The checks of a handler that rustc evaluates, each at the token that it is about.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericParam, Type};

use super::{Handler, place};
use crate::signature::{Argument, Signature};

/// The type of the proof that the handler fits: `Checked<{ .. }, Checked<{ .. }, ()>>`. As they are arguments of one type,
/// rustc evaluates all checks and reports each that fails.
pub(super) fn proof(handler: &Handler<'_>, signature: &Signature<'_>) -> TokenStream {
    let at = place(handler.name.span());
    let mut checks = vec![quote_spanned!(at=> __runtime::private::check_command::<__Command>())];
    let locked = signature.exclusive.filter(|_| handler.placement.local.is_none()).map(place);
    checks.extend(locked.map(|at| quote_spanned!(at=> __runtime::private::check_in_band::<__Command>())));
    if handler.options.whole.is_none() {
        let names: Vec<String> = signature.arguments().map(|argument| argument.name.to_string()).collect();
        checks.extend(signature.arguments().map(parameter));
        checks.push(quote_spanned!(at=> __runtime::private::check_parameters::<__Command>(&[#(#names),*])));
    }
    let count = signature.arguments().count();
    checks.extend(signature.arguments().filter_map(|argument| argument_type(handler, argument, count)));
    checks.extend(return_type(handler, signature));
    checks
        .into_iter()
        .rfold(quote!(()), |others, check| quote_spanned!(at=> __runtime::private::Checked<{ #check }, #others>))
}

fn parameter(argument: &Argument<'_>) -> TokenStream {
    let (at, name) = (place(argument.name.span()), argument.name.to_string());
    quote_spanned!(at=> __runtime::private::check_parameter::<__Command>(#name))
}

fn argument_type(handler: &Handler<'_>, argument: &Argument<'_>, count: usize) -> Option<TokenStream> {
    let (ty, at) = (argument.ty, place(argument.ty.span()));
    if depends_on_impl(handler, ty) {
        return None;
    }
    let (name, found) = (argument.name.to_string(), shown(ty.to_token_stream()));
    Some(match handler.options.whole {
        Some(_) => {
            let fits = fits(
                at,
                quote!(Same),
                ty,
                quote!(__runtime::private::Is<<__Command as __runtime::Command>::Arguments>),
            );
            quote_spanned!(at=> __runtime::private::check_whole::<__Command>(#found, #fits))
        }
        None => {
            let index = quote!(__runtime::private::position_of::<__Command>(#name));
            let types = quote!(<__Command as __runtime::private::Handled>::Types);
            let expected = quote!(<#types as __runtime::private::Nth<{ #index }>>::Type);
            let fits = fits(at, quote!(Same), ty, expected);
            quote_spanned!(at=> __runtime::private::check_type::<__Command>(#name, #count, #found, #fits))
        }
    })
}

fn return_type(handler: &Handler<'_>, signature: &Signature<'_>) -> Option<TokenStream> {
    let at = place(signature.output.map_or(handler.name.span(), Spanned::span));
    if signature.output.is_some_and(|ty| depends_on_impl(handler, ty)) {
        return None;
    }
    let ty = signature.output.map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let found = shown(ty.clone());
    let fits = fits(at, quote!(SameReturn), ty, quote!(<__Command as __runtime::Command>::Return));
    Some(quote_spanned!(at=> __runtime::private::check_return::<__Command>(#found, #fits)))
}

/// Whether the two types are the same, as an expression.
fn fits(at: Span, comparison: TokenStream, found: impl ToTokens, expected: TokenStream) -> TokenStream {
    quote_spanned! {at=>
        {
            use __runtime::private::Differs as _;
            __runtime::private::#comparison::<#found, #expected>::SAME
        }
    }
}

/// Whether a type mentions what only the impl block knows. Such types cannot be compared by a constant; rustc compares them
/// when it compiles the call.
fn depends_on_impl(handler: &Handler<'_>, ty: &Type) -> bool {
    let parameters = handler.generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(parameter.ident.to_string()),
        GenericParam::Const(parameter) => Some(parameter.ident.to_string()),
        GenericParam::Lifetime(_) => None,
    });
    mentions(ty.to_token_stream(), &parameters.chain(["Self".to_owned()]).collect::<Vec<_>>())
}

/// Whether one of the names, or a lifetime, is among the tokens.
fn mentions(tokens: TokenStream, names: &[String]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), names),
        TokenTree::Ident(ident) => names.iter().any(|name| ident == name),
        TokenTree::Punct(punct) => punct.as_char() == '\'',
        TokenTree::Literal(_) => false,
    })
}

/// A type as people write it: `BTreeMap<String, u64>`.
fn shown(ty: TokenStream) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for token in ty {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if is_word && after_word {
            text.push(' ');
        }
        after_word = is_word;
        match token {
            TokenTree::Group(group) => text.push_str(&enclosed(&group)),
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Alone && ",;+=".contains(punct.as_char()) => {
                let before = if "+=".contains(punct.as_char()) { " " } else { "" };
                text.push_str(&format!("{before}{punct} "));
            }
            token => text.push_str(&token.to_string()),
        }
    }
    text
}

fn enclosed(group: &Group) -> String {
    let inner = shown(group.stream());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace => format!("{{{inner}}}"),
        Delimiter::None => inner,
    }
}
