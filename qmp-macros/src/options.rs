//! Parses the options of the attributes.

mod block;

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, Path, Result, Token, parse_quote};

pub(crate) use block::{BlockOptions, Otherwise, Owner};

use crate::expected::{expected, unknown_option};

/// The schema that handlers belong to: `crate::qmp`, or `crate::qmp, crate = ::path::of::qmp_types`.
pub(crate) struct Bindings {
    /// The module with the generated code.
    pub(crate) module: Path,
    /// The runtime crate.
    pub(crate) runtime: Path,
}

impl Parse for Bindings {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let module = input.call(Path::parse_mod_style).map_err(|_| expected(input, MODULE))?;
        let renamed = input.peek(Token![,]) && input.peek2(Token![crate]) && input.peek3(Token![=]);
        if !renamed {
            return Ok(Self { module, runtime: parse_quote!(::qmp_types) });
        }
        input.parse::<Token![,]>()?;
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        let runtime = input.call(Path::parse_mod_style);
        Ok(Self { module, runtime: runtime.map_err(|_| expected(input, RUNTIME))? })
    }
}

/// The options of one handler.
#[derive(Default)]
pub(crate) struct CommandOptions {
    /// One parameter takes all arguments.
    pub(crate) whole: Option<Ident>,
    /// The handler may take long.
    pub(crate) blocking: Option<Ident>,
    /// The handler returns at once.
    pub(crate) short: Option<Ident>,
    /// The command's name in Rust, if the function has another name.
    pub(crate) name: Option<Ident>,
}

impl Parse for CommandOptions {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            options.option(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>().map_err(|_| expected(input, "`,`"))?;
            }
        }
        Ok(options)
    }
}

impl CommandOptions {
    fn option(&mut self, input: ParseStream<'_>) -> Result<()> {
        let option = Ident::parse_any(input).map_err(|_| expected(input, "an option, as in `blocking`"))?;
        let at = option.span();
        let earlier = match option.to_string().as_str() {
            "whole" => self.whole.replace(option),
            "blocking" => self.blocking.replace(option),
            "short" => self.short.replace(option),
            "name" => self.name.replace(command(input)?),
            unknown => return Err(unknown_option(unknown, at, &["whole", "blocking", "short", "name"])),
        };
        match earlier {
            Some(_) => Err(Error::new(at, "this option is given twice")),
            None => Ok(()),
        }
    }
}

/// `= device_add`
fn command(input: ParseStream<'_>) -> Result<Ident> {
    input.parse::<Token![=]>().and_then(|_| input.call(Ident::parse_any)).map_err(|_| expected(input, COMMAND))
}

/// The options of a free function: the schema, then those of a handler.
pub(crate) struct FunctionOptions {
    pub(crate) bindings: Bindings,
    pub(crate) command: CommandOptions,
}

impl Parse for FunctionOptions {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let bindings = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>().map_err(|_| expected(input, "`,`"))?;
        }
        Ok(Self { bindings, command: input.parse()? })
    }
}

const MODULE: &str = "the module with the generated code of the schema, as in `crate::qmp`";
const RUNTIME: &str = "the path of a crate, as in `crate = ::qmp_types`";
const COMMAND: &str = "the command's name in Rust without quotes, as in `name = device_add`";
