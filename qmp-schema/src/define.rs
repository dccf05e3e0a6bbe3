//! Turns expressions into definitions: the keys, and the kinds of their values.

mod c_expression;
mod condition;
mod definer;
mod members;

use crate::diagnostic::{Diagnostics, Rule};
use crate::source::Span;
use crate::syntax::{Command, Definition, Event, Kind, Members, Name, Struct, Union};
use crate::value::{Object, Value, ValueKind};
use definer::{Definer, Fields};

/// The keys that determine what an expression defines.
const METAS: [&str; 6] = ["enum", "struct", "union", "alternate", "command", "event"];

/// Reads one expression. Returns none if it has no name.
pub(crate) fn define(mut object: Object, span: Span, diagnostics: &mut Diagnostics) -> Option<Definition> {
    let (meta, name) = meta_and_name(&mut object, span, diagnostics)?;
    let mut definer = Definer { diagnostics, complete: true };
    let mut fields = Fields::new(object, meta, name.span);
    let condition = definer.condition(&mut fields);
    let features = definer.features(&mut fields);
    let kind = match meta {
        "enum" => definer.enumeration(&mut fields),
        "struct" => definer.structure(&mut fields),
        "union" => definer.union(&mut fields),
        "alternate" => definer.alternate(&mut fields),
        "command" => definer.command(&mut fields),
        _ => definer.event(&mut fields),
    };
    definer.finish(fields);
    Some(Definition { name, kind, condition, features, complete: definer.complete })
}

/// Takes the one key of [`METAS`], whose value is the name.
fn meta_and_name(object: &mut Object, span: Span, diagnostics: &mut Diagnostics) -> Option<(&'static str, Name)> {
    let mut found: Vec<_> = METAS.into_iter().filter_map(|meta| Some((meta, object.take(meta)?))).collect();
    found.sort_by_key(|(_, (key, _))| key.span);
    let mut found = found.into_iter();
    let Some((meta, (_, value))) = found.next() else {
        if object.is_flawed {
            // A duplicate key, which was removed, may have been meant to be one of these.
            return None;
        }
        let note = object.members.iter().find_map(|(key, _)| diagnostics.did_you_mean(&key.text, METAS));
        diagnostics.error(Rule::NoDefinition, span, &[]).notes.extend(note);
        return None;
    };
    if let Some((other, (key, _))) = found.next() {
        diagnostics.error(Rule::TwoDefinitions, key.span, &[meta, other]).related(value.span, "the first name");
        return None;
    }
    match value.kind {
        ValueKind::Str(text) => Some((meta, Name { text, span: value.span })),
        _ => {
            diagnostics.error(Rule::WrongType, value.span, &[&format!("`{meta}`"), "a string", value.describe()]);
            None
        }
    }
}

impl Definer<'_> {
    fn enumeration(&mut self, fields: &mut Fields) -> Kind {
        if let Some(prefix) = fields.take("prefix") {
            self.string("`prefix`", prefix);
        }
        let values = self.required(fields, "data").and_then(|data| self.list("`data`", data)).unwrap_or_default();
        Kind::Enum(values.into_iter().filter_map(|value| self.enum_value(value)).collect())
    }

    fn structure(&mut self, fields: &mut Fields) -> Kind {
        let base = fields.take("base").and_then(|base| self.string("`base`", base));
        let members = self.required(fields, "data").map(|data| self.members("`data`", data)).unwrap_or_default();
        Kind::Struct(Struct { base, members })
    }

    fn union(&mut self, fields: &mut Fields) -> Kind {
        let base = self.required(fields, "base");
        let base = base.map_or(Members::None, |base| self.type_or_members("`base`", base));
        let discriminator =
            self.required(fields, "discriminator").and_then(|value| self.string("`discriminator`", value));
        let discriminator = discriminator.unwrap_or(Name { text: String::new(), span: Span::NONE });
        let data = self.required(fields, "data").and_then(|data| self.object("`data`", data)).unwrap_or_default();
        let branches = data.members.into_iter().filter_map(|(name, value)| self.union_branch(name, value)).collect();
        Kind::Union(Union { base, discriminator, branches })
    }

    fn alternate(&mut self, fields: &mut Fields) -> Kind {
        let data = self.required(fields, "data");
        let Some(data) = data.filter(|data| !self.refuse_empty_alternate(data)) else {
            return Kind::Alternate(Vec::new());
        };
        let data = self.object("`data`", data).unwrap_or_default();
        Kind::Alternate(
            data.members.into_iter().filter_map(|(name, value)| self.alternate_branch(name, value)).collect(),
        )
    }

    fn command(&mut self, fields: &mut Fields) -> Kind {
        let boxed = self.flag(fields, "boxed", true);
        let arguments = self.arguments(fields, boxed.as_ref());
        let returns = fields.take("returns").and_then(|returns| self.type_ref("`returns`", returns));
        let (allow_oob, coroutine) = (self.flag(fields, "allow-oob", true), self.flag(fields, "coroutine", true));
        if let (Some(one), Some(other)) = (&allow_oob, &coroutine) {
            let (first, second) = if one.span < other.span { (one, other) } else { (other, one) };
            self.refuse(Rule::OutOfBandCoroutine, second.span, &[]);
            self.diagnostics.latest().related(first.span, "the other one");
        }
        Kind::Command(Command {
            arguments,
            returns,
            boxed: boxed.is_some(),
            generate: self.flag(fields, "gen", false).is_none(),
            success_response: self.flag(fields, "success-response", false).is_none(),
            allow_oob: allow_oob.is_some(),
            allow_preconfig: self.flag(fields, "allow-preconfig", true).is_some(),
            coroutine: coroutine.is_some(),
        })
    }

    fn event(&mut self, fields: &mut Fields) -> Kind {
        let boxed = self.flag(fields, "boxed", true);
        Kind::Event(Event { arguments: self.arguments(fields, boxed.as_ref()), boxed: boxed.is_some() })
    }

    /// Reads the `data` of a command or event. `boxed` is the key, if it is set.
    fn arguments(&mut self, fields: &mut Fields, boxed: Option<&Name>) -> Members {
        let data = fields.take("data");
        match (&data, boxed) {
            (None, Some(boxed)) => self.refuse(Rule::BoxedWithoutType, boxed.span, &[]),
            (Some(Value { kind: ValueKind::Object(_), span }), Some(boxed)) => {
                self.refuse(Rule::BoxedWithoutType, *span, &[]);
                self.diagnostics.latest().related(boxed.span, "boxed");
            }
            _ => {}
        }
        data.map_or(Members::None, |data| self.type_or_members("`data`", data))
    }

    /// Takes the key of a flag. Its only valid value is the one that is not the default.
    fn flag(&mut self, fields: &mut Fields, key: &'static str, value: bool) -> Option<Name> {
        let (name, written) = fields.take_with_key(key)?;
        let right = matches!(written.kind, ValueKind::Bool(given) if given == value);
        if !right {
            let (value, default) = if value { ("true", "false") } else { ("false", "true") };
            self.refuse(Rule::FlagValue, written.span, &[key, value, default]);
        }
        right.then_some(name)
    }

    fn refuse_empty_alternate(&mut self, data: &Value) -> bool {
        let empty = match &data.kind {
            ValueKind::Object(object) => object.members.is_empty(),
            ValueKind::List(values) => values.is_empty(),
            ValueKind::Str(_) | ValueKind::Bool(_) => false,
        };
        if empty {
            self.refuse(Rule::EmptyAlternate, data.span, &[]);
        }
        empty
    }
}
