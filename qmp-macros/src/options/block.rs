//! Parses the options of `#[handlers]`: those that say whose handlers they are.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitStr, Member, Path, Result, Token, Type, bracketed, token};

use super::Bindings;
use crate::expected::{expected, unknown_option};

/// The options of `#[handlers]`.
pub(crate) struct BlockOptions {
    pub(crate) bindings: Bindings,
    /// The state stays on one thread.
    pub(crate) local: Option<Ident>,
    /// The states that have this one as a part, and its handlers by that.
    pub(crate) part_of: Option<Of<Owner>>,
    /// The types that get the handlers of a trait.
    pub(crate) on: Option<Of<Type>>,
    /// The commands that have no handler and are refused.
    pub(crate) refuse: Option<Of<Ident>>,
    /// How commands without a handler are refused.
    pub(crate) otherwise: Option<(Ident, Otherwise)>,
}

/// An option with one value or a list of them.
pub(crate) struct Of<T> {
    pub(crate) option: Ident,
    pub(crate) all: Vec<T>,
}

/// A state that has another one as a part: `Vm.block`.
pub(crate) struct Owner {
    /// `&mut Vm.block`: the owner itself is behind a lock, so that its parts may be changed.
    pub(crate) exclusive: bool,
    pub(crate) ty: Type,
    pub(crate) fields: Vec<Member>,
}

/// How a command is refused.
pub(crate) enum Otherwise {
    /// With the error that this function makes of the command's name.
    Function(Path),
    /// With this text, in which `{command}` stands for the command's name.
    Text(LitStr),
}

impl Parse for BlockOptions {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let bindings = input.parse()?;
        let mut options = Self { bindings, local: None, part_of: None, on: None, refuse: None, otherwise: None };
        while !input.is_empty() {
            input.parse::<Token![,]>().map_err(|_| expected(input, "`,`"))?;
            if !input.is_empty() {
                options.option(input)?;
            }
        }
        Ok(options)
    }
}

impl BlockOptions {
    fn option(&mut self, input: ParseStream<'_>) -> Result<()> {
        let option = Ident::parse_any(input).map_err(|_| expected(input, "an option, as in `part_of = Vm.block`"))?;
        let at = option.span();
        let is_given = match option.to_string().as_str() {
            "local" => self.local.replace(option).is_some(),
            "part_of" => self.part_of.replace(Of::parse(option, input)?).is_some(),
            "on" => self.on.replace(Of::parse(option, input)?).is_some(),
            "refuse" => self.refuse.replace(Of::parse(option, input)?).is_some(),
            "otherwise" => {
                input.parse::<Token![=]>().map_err(|_| expected(input, "`=`"))?;
                self.otherwise.replace((option, input.parse()?)).is_some()
            }
            "whole" | "blocking" | "short" | "name" => {
                return Err(Error::new(
                    at,
                    format!("the option `{option}` belongs to the `#[qmp_command]` of a handler"),
                ));
            }
            "crate" => return Err(Error::new(at, CRATE)),
            unknown => return Err(unknown_option(unknown, at, &["local", "part_of", "on", "refuse", "otherwise"])),
        };
        if is_given { Err(Error::new(at, "this option is given twice")) } else { Ok(()) }
    }

    /// Returns an option that is given and is for a trait with handlers.
    pub(crate) fn only_for_traits(&self) -> Option<&Ident> {
        let otherwise = self.otherwise.as_ref().filter(|_| self.refuse.is_none());
        self.on.as_ref().map(|on| &on.option).or(otherwise.map(|(option, _)| option))
    }
}

impl<T: Parse> Of<T> {
    /// `= VALUE` or `= [VALUE, VALUE]`
    fn parse(option: Ident, input: ParseStream<'_>) -> Result<Self> {
        input.parse::<Token![=]>().map_err(|_| expected(input, "`=`"))?;
        if !input.peek(token::Bracket) {
            return Ok(Self { option, all: vec![input.parse()?] });
        }
        let list;
        bracketed!(list in input);
        let all = Punctuated::<T, Token![,]>::parse_terminated(&list)?.into_iter().collect();
        Ok(Self { option, all })
    }
}

impl Parse for Owner {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let exclusive =
            input.parse::<Option<Token![&]>>()?.is_some() && input.parse::<Option<Token![mut]>>()?.is_some();
        let ty = input.call(Type::without_plus).map_err(|_| expected(input, OWNER))?;
        let mut fields = Vec::new();
        while input.parse::<Option<Token![.]>>()?.is_some() {
            fields.push(input.parse().map_err(|_| expected(input, OWNER))?);
        }
        if fields.is_empty() { Err(expected(input, OWNER)) } else { Ok(Self { exclusive, ty, fields }) }
    }
}

impl Parse for Otherwise {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Self::Text);
        }
        input.call(Path::parse_mod_style).map(Self::Function).map_err(|_| expected(input, OTHERWISE))
    }
}

const OWNER: &str = "a field of the state that has this one as a part, as in `part_of = Vm.block`";
const CRATE: &str = "`crate` follows the module: `#[handlers(crate::qmp, crate = ::qmp_types, ..)]`";
const OTHERWISE: &str = "a function or a text, as in `otherwise = \"{command} is not supported by this machine\"`";
