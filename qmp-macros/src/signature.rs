//! Reads a handler's signature.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{
    Error, FnArg, GenericParam, Ident, Pat, PatType, Receiver, ReceiverKind, Result, ReturnType, Safety, Type,
    TypeReference,
};

/// A handler's signature, without the state.
pub(crate) struct Signature<'a> {
    pub(crate) is_async: bool,
    /// The place of the `mut` of `&mut self`, if the handler changes the state in place.
    pub(crate) exclusive: Option<Span>,
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// The return type; none if the function has none.
    pub(crate) output: Option<&'a Type>,
}

/// One parameter.
pub(crate) enum Parameter<'a> {
    /// By reference: the context.
    Context(&'a Type),
    /// By value: an argument of the command.
    Argument(Argument<'a>),
}

/// A parameter by value.
pub(crate) struct Argument<'a> {
    /// The parameter's name.
    pub(crate) binding: &'a Ident,
    /// The argument's name.
    pub(crate) name: Ident,
    pub(crate) ty: &'a Type,
}

impl<'a> Signature<'a> {
    /// Reads a method: `&self`, then parameters.
    pub(crate) fn of_method(signature: &'a syn::Signature) -> Result<Self> {
        let Some(receiver) = signature.receiver() else {
            return Err(Error::new_spanned(&signature.ident, NO_RECEIVER));
        };
        let exclusive = mutability(receiver)?;
        check_generics(signature)?;
        Self::behind_state(signature, exclusive)
    }

    /// Reads a free function: the state ([`state`]), then parameters. Its generic parameters are the state's.
    pub(crate) fn of_function(signature: &'a syn::Signature) -> Result<Self> {
        let (_, exclusive) = state(signature)?;
        Self::behind_state(signature, exclusive)
    }

    fn behind_state(signature: &'a syn::Signature, exclusive: Option<Span>) -> Result<Self> {
        if let Safety::Unsafe(token) = &signature.safety {
            return Err(Error::new_spanned(token, UNSAFE));
        }
        let parameters = signature.inputs.iter().skip(1).filter_map(|input| match input {
            FnArg::Typed(parameter) => Some(Parameter::read(parameter)),
            FnArg::Receiver(_) => None,
        });
        Ok(Self {
            is_async: signature.asyncness.is_some(),
            exclusive,
            parameters: parameters.collect::<Result<_>>()?,
            output: output(signature)?,
        })
    }

    /// The parameters by value.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.parameters.iter().filter_map(|parameter| match parameter {
            Parameter::Argument(argument) => Some(argument),
            Parameter::Context(_) => None,
        })
    }
}

/// Returns the type of a free function's state, and the place of `mut` if the function takes it by `&mut`.
pub(crate) fn state(signature: &syn::Signature) -> Result<(&Type, Option<Span>)> {
    match signature.inputs.first() {
        Some(FnArg::Receiver(_)) => Err(Error::new_spanned(&signature.ident, OUTSIDE)),
        Some(FnArg::Typed(parameter)) => match bare(&parameter.ty) {
            Type::Reference(TypeReference { mutability, elem, .. }) => {
                Ok((elem, mutability.as_ref().map(Spanned::span)))
            }
            other => Err(Error::new_spanned(other, NO_STATE)),
        },
        None => Err(Error::new_spanned(&signature.ident, NO_STATE)),
    }
}

impl<'a> Parameter<'a> {
    fn read(parameter: &'a PatType) -> Result<Self> {
        match bare(&parameter.ty) {
            Type::Reference(reference) if is_context(reference) => Ok(Self::Context(&parameter.ty)),
            Type::Reference(_) => Err(Error::new_spanned(&parameter.ty, REFERENCE)),
            Type::ImplTrait(_) => Err(Error::new_spanned(&parameter.ty, GENERIC)),
            ty => Ok(Self::Argument(Argument::new(name(&parameter.pat)?, ty))),
        }
    }
}

impl<'a> Argument<'a> {
    /// The parameter `_size` takes the argument `size`, and does not use it. `_type` takes `type_`, as the generator calls an
    /// argument whose name is a keyword.
    fn new(binding: &'a Ident, ty: &'a Type) -> Self {
        let text = binding.to_string();
        let name = match text.strip_prefix('_') {
            Some(name) if is_keyword(name) => Ident::new(&format!("{name}_"), binding.span()),
            Some(name) if name.starts_with(|first: char| first.is_ascii_alphabetic()) => {
                Ident::new(name, binding.span())
            }
            _ => binding.clone(),
        };
        Self { binding, name, ty }
    }
}

/// Returns whether the name is a keyword in some edition of Rust.
fn is_keyword(name: &str) -> bool {
    name == "gen"
        || syn::parse_str::<Ident>(name).is_err() && name.starts_with(|first: char| first.is_ascii_alphabetic())
}

fn is_context(reference: &TypeReference) -> bool {
    let Type::Path(path) = bare(&reference.elem) else { return false };
    let last = path.path.segments.last();
    reference.mutability.is_none() && last.is_some_and(|segment| segment.ident == "Context")
}

/// Removes what `macro_rules!` puts around a type.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

fn name(pattern: &Pat) -> Result<&Ident> {
    match pattern {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Ok(&name.ident),
        other => Err(Error::new_spanned(other, PATTERN)),
    }
}

/// Returns the place of `mut` in `&mut self`, and nothing for `&self`.
fn mutability(receiver: &Receiver) -> Result<Option<Span>> {
    match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => Ok(mutability.as_ref().map(Spanned::span)),
        _ => Err(Error::new_spanned(receiver, RECEIVER)),
    }
}

fn check_generics(signature: &syn::Signature) -> Result<()> {
    match signature.generics.params.iter().find(|parameter| !matches!(parameter, GenericParam::Lifetime(_))) {
        Some(parameter) => Err(Error::new_spanned(parameter, GENERIC)),
        None => Ok(()),
    }
}

fn output(signature: &syn::Signature) -> Result<Option<&Type>> {
    match &signature.output {
        ReturnType::Default => Ok(None),
        ReturnType::Type(_, ty) if matches!(**ty, Type::ImplTrait(_)) => Err(Error::new_spanned(ty, OPAQUE)),
        ReturnType::Type(_, ty) => Ok(Some(ty)),
    }
}

// The errors: what is expected, and why.
const OUTSIDE: &str =
    "`#[qmp_command]` on a method needs `#[qmp_types::handlers(crate::qmp)]` on the impl block around it";
const NO_RECEIVER: &str = "expected `&self` or `&mut self`: a handler in an impl block is a method; a handler outside takes the state \
                           first, as in `#[qmp_command(crate::qmp)] fn stop(vm: &Vm)`";
const NO_STATE: &str = "expected the state by reference as the first parameter, as in `vm: &Vm`";
const RECEIVER: &str = "expected `&self` or `&mut self`: connections share the state";
const UNSAFE: &str = "a handler cannot be `unsafe`: any client may call it";
const GENERIC: &str = "a handler cannot be generic: the schema fixes its types; the impl block can";
const PATTERN: &str = "expected a name: the name of a parameter says which argument of the command it takes";
const REFERENCE: &str = "expected an argument by value, or `&Context`";
const OPAQUE: &str = "expected the type that the schema has, or a `Result` of it: for a future, write `async fn`";
