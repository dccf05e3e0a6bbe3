//! What stands in the parentheses of the attributes.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, Path, Result, Token, parse_quote};

/// Which schema handlers belong to: `crate::qmp`, or `crate::qmp, crate = ::path::of::qmp_types`.
pub(crate) struct Bindings {
    /// The module with the generated code.
    pub(crate) module: Path,
    /// The runtime crate.
    pub(crate) runtime: Path,
}

impl Parse for Bindings {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let module = input.call(Path::parse_mod_style).map_err(|error| {
            Error::new(error.span(), "expected the module with the generated code of the schema, as in `crate::qmp`")
        })?;
        let renamed = input.peek(Token![,]) && input.peek2(Token![crate]) && input.peek3(Token![=]);
        if !renamed {
            return Ok(Self { module, runtime: parse_quote!(::qmp_types) });
        }
        input.parse::<Token![,]>()?;
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        Ok(Self { module, runtime: input.call(Path::parse_mod_style)? })
    }
}

/// What `#[qmp_command]` says about one handler.
#[derive(Default)]
pub(crate) struct CommandOptions {
    /// The handler takes all arguments as one value, whatever the schema says.
    pub(crate) whole: Option<Ident>,
    /// The handler may take long.
    pub(crate) blocking: Option<Ident>,
    /// The command, where the function has another name.
    pub(crate) name: Option<Ident>,
}

impl Parse for CommandOptions {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            options.option(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl CommandOptions {
    fn option(&mut self, input: ParseStream<'_>) -> Result<()> {
        let option = Ident::parse_any(input)?;
        match option.to_string().as_str() {
            "whole" => self.whole = Some(option),
            "blocking" => self.blocking = Some(option),
            "name" => {
                input.parse::<Token![=]>()?;
                self.name = Some(input.parse()?);
            }
            unknown => {
                let text = format!("no option `{unknown}`; there are `whole`, `blocking` and `name = other_command`");
                return Err(Error::new(option.span(), text));
            }
        }
        Ok(())
    }
}

/// A free function has it all in one place: `crate::qmp, blocking`.
pub(crate) struct FunctionOptions {
    pub(crate) bindings: Bindings,
    pub(crate) command: CommandOptions,
}

impl Parse for FunctionOptions {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let bindings = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(Self { bindings, command: input.parse()? })
    }
}
