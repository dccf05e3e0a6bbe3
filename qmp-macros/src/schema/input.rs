//! Parses the input of `schema!`: a path, then options.

use proc_macro2::TokenTree;
use qmp_schema::diagnostic::{Diagnostic, closest};
use qmp_schema::{Config, OtherVersion, Side};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitBool, LitStr, Path, Result, Token, bracketed, parenthesized, token};

use super::manifest_folder;
use crate::expected::{expected, one_of, unknown_option};

/// `"schema/vm.json", side = client, commands = ["query-*"]`
pub(super) struct Input {
    pub(super) path: LitStr,
    pub(super) config: Config,
    /// The strings in the options, for errors to point at.
    strings: Vec<(String, LitStr)>,
}

/// The options, in the order of the documentation.
const OPTIONS: [&str; 13] = [
    "side",
    "commands",
    "events",
    "types",
    "conditions",
    "docs",
    "enums",
    "gen_false",
    "fd_commands",
    "crate",
    "handle_builtins",
    "also",
    "version",
];

const SIDES: [(&str, Side); 3] = [("client", Side::Client), ("server", Side::Server), ("both", Side::Both)];

const ENUMS: [(&str, bool); 2] = [("open", false), ("closed", true)];

const ALSO: &str = r#"also = ["7.2/vm.json", ("old", "vm.json")]"#;

const VERSION: &str = r#"a string, as in `version = "10.0"`"#;

const GEN_FALSE: [(&str, bool); 2] = [("raw", false), ("typed", true)];

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let path: LitStr =
            input.parse().map_err(|_| expected(input, "the path of a schema, as in `\"schema/vm.json\"`"))?;
        let (mut parser, mut wrong) = (Parser::default(), Vec::new());
        while !input.is_empty() {
            comma(input)?;
            if input.is_empty() {
                break;
            }
            if let Err(error) = parser.option(input) {
                wrong.push(error);
                skip_option(input)?;
            }
        }
        match combined(wrong) {
            Some(error) => Err(error),
            None => {
                let config = match parser.seen.iter().any(|option| option == "version") {
                    true => parser.config,
                    // The path that the user wrote names the version, not the absolute one.
                    false => parser.config.version(OtherVersion::from(path.value()).label()),
                };
                Ok(Self { path, config, strings: parser.strings })
            }
        }
    }
}

impl Input {
    /// Points at the options that do not fit the schema; none if it is the schema that is wrong.
    pub(super) fn wrong_options(&self, diagnostics: &[Diagnostic]) -> Option<Error> {
        let errors: Option<Vec<Error>> = diagnostics.iter().map(|diagnostic| self.wrong_option(diagnostic)).collect();
        combined(errors?)
    }

    fn wrong_option(&self, diagnostic: &Diagnostic) -> Option<Error> {
        let wrong = diagnostic.option.as_ref()?;
        let (_, string) =
            self.strings.iter().find(|(option, string)| option == wrong.name && string.value() == wrong.value)?;
        let hint = diagnostic.notes.first().map(|note| format!(": {note}")).unwrap_or_default();
        Some(Error::new(string.span(), format!("{}{hint}", diagnostic.message)))
    }
}

/// The options parsed so far.
#[derive(Default)]
struct Parser {
    config: Config,
    strings: Vec<(String, LitStr)>,
    seen: Vec<String>,
}

impl Parser {
    /// `name = value`
    fn option(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = input.call(Ident::parse_any).map_err(|_| expected(input, "an option, as in `docs = false`"))?;
        let (option, at) = (name.to_string(), name.span());
        if !OPTIONS.contains(&&*option) {
            return Err(unknown_option(&option, at, &OPTIONS));
        }
        if self.seen.contains(&option) {
            return Err(Error::new(at, format!("option `{option}` is given twice")));
        }
        input.parse::<Token![=]>().map_err(|_| expected(input, format!("`=` and a value for `{option}`")))?;
        self.seen.push(option.clone());
        let config = std::mem::take(&mut self.config);
        self.config = match option.as_str() {
            "side" => config.side(word(&option, input, &SIDES)?),
            "commands" => config.commands(self.list(&option, "query-*", input)?),
            "events" => config.events(self.list(&option, "BLOCK_*", input)?),
            "types" => config.types(self.list(&option, "Block*", input)?),
            "conditions" => config.conditions(self.list(&option, "CONFIG_LINUX", input)?),
            "docs" => config.docs(boolean(input)?),
            "enums" => config.closed_enums(word(&option, input, &ENUMS)?),
            "gen_false" => config.typed_gen_false(word(&option, input, &GEN_FALSE)?),
            "fd_commands" => config.fd_commands(self.list(&option, "getfd", input)?),
            "crate" => config.runtime(path(input)?),
            "also" => config.also(self.versions(input)?),
            "version" => config.version(string(input, VERSION)?),
            _ => self.list(&option, "query-version", input)?.into_iter().fold(config, Config::handle_builtin),
        };
        Ok(())
    }

    /// `["query-*", "stop"]`
    fn list(&mut self, option: &str, example: &str, input: ParseStream<'_>) -> Result<Vec<String>> {
        let example = format!("{option} = [\"{example}\"]");
        let strings = items(input, &example, |item| {
            item.parse::<LitStr>().map_err(|_| expected(item, format!("a string, as in `{example}`")))
        })?;
        let values = strings.iter().map(LitStr::value).collect();
        self.strings.extend(strings.into_iter().map(|string| (option.to_owned(), string)));
        Ok(values)
    }

    /// `["7.2/vm.json", ("old", "vm.json")]`
    fn versions(&mut self, input: ParseStream<'_>) -> Result<Vec<OtherVersion>> {
        let versions = items(input, ALSO, |item| {
            let unexpected =
                |item: ParseStream<'_>| expected(item, format!("a path, or its name and a path, as in `{ALSO}`"));
            if !item.peek(token::Paren) {
                let path: LitStr = item.parse().map_err(|_| unexpected(item))?;
                return Ok((OtherVersion::from(path.value()), path));
            }
            let pair;
            parenthesized!(pair in item);
            let label: LitStr = pair.parse().map_err(|_| unexpected(&pair))?;
            comma(&pair)?;
            let path: LitStr = pair.parse().map_err(|_| unexpected(&pair))?;
            if !pair.is_empty() {
                return Err(expected(&pair, "`)`"));
            }
            Ok((OtherVersion::from((label.value(), path.value())), label))
        })?;
        let folder = manifest_folder();
        let in_folder = |(version, string): (OtherVersion, LitStr)| {
            // Errors name the version.
            self.strings.push(("also".to_owned(), LitStr::new(version.label(), string.span())));
            version.in_folder(&folder)
        };
        Ok(versions.into_iter().map(in_folder).collect())
    }
}

/// The items of a list in brackets.
fn items<T>(
    input: ParseStream<'_>,
    example: &str,
    mut item: impl FnMut(ParseStream<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    if !input.peek(token::Bracket) {
        return Err(expected(input, format!("a list, as in `{example}`")));
    }
    let content;
    bracketed!(content in input);
    let mut items = Vec::new();
    while !content.is_empty() {
        items.push(item(&content)?);
        if !content.is_empty() {
            comma(&content)?;
        }
    }
    Ok(items)
}

/// One of a few words.
fn word<T: Copy>(option: &str, input: ParseStream<'_>, words: &[(&str, T)]) -> Result<T> {
    let (at, names) = (input.span(), words.iter().map(|(word, _)| *word).collect::<Vec<_>>());
    let unexpected = expected(input, one_of(&names));
    let found = input.parse::<TokenTree>().map_err(|_| unexpected.clone())?.to_string();
    if let Some((_, value)) = words.iter().find(|(word, _)| found == *word) {
        return Ok(*value);
    }
    let unquoted = found.trim_matches('"');
    match names.iter().copied().find(|word| *word == unquoted).or_else(|| closest(unquoted, names)) {
        Some(meant) => Err(Error::new(at, format!("{unexpected}: did you mean `{option} = {meant}`?"))),
        None => Err(unexpected),
    }
}

fn boolean(input: ParseStream<'_>) -> Result<bool> {
    let value: LitBool = input.parse().map_err(|_| expected(input, "`true` or `false`"))?;
    Ok(value.value)
}

fn string(input: ParseStream<'_>, what: &str) -> Result<String> {
    let unexpected = expected(input, what);
    let value: LitStr = input.parse().map_err(|_| unexpected)?;
    Ok(value.value())
}

fn path(input: ParseStream<'_>) -> Result<String> {
    let path = input.call(Path::parse_mod_style);
    let path = path.map_err(|_| expected(input, "the path of a crate, as in `crate = ::qmp_types`"))?;
    Ok(path.to_token_stream().to_string())
}

fn comma(input: ParseStream<'_>) -> Result<()> {
    input.parse::<Token![,]>().map(drop).map_err(|_| expected(input, "`,`"))
}

/// Skips the rest of an option.
fn skip_option(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn combined(errors: Vec<Error>) -> Option<Error> {
    errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    })
}
