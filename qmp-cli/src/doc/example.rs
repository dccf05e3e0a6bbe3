//! An example request, made from the schema: what has to be given; an optional argument if nothing has to.

use qmp_schema::model::{Builtin, Command, Member, Schema, TypeId, TypeKind};

use super::smallest::{Cost, Smallest, doubt};
use crate::pretty::pretty;

/// The most values that a request may have: a schema may demand endless ones.
const MOST: u32 = 200;

/// Lists within the elements of so many lists are empty.
const LISTS: usize = 3;

/// Longer requests are broken into lines.
const WIDTH: usize = 76;

const ENDLESS: &str = "No request is complete: the arguments have no value that comes to an end.";
/// There may be a shorter one, with something in it that is deprecated, unstable or not always there.
const LONG: &str = "The request to recommend is too long to be shown here.";

/// Makes requests.
pub(super) struct Examples<'a> {
    schema: &'a Schema,
    smallest: Smallest,
}

impl<'a> Examples<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        Self { schema, smallest: Smallest::new(schema) }
    }

    /// The request, as JSON, or why there is none.
    pub(super) fn request(&self, command: &Command) -> Result<String, &'static str> {
        let members = command.arguments.map(|id| self.arguments(id)).transpose()?.filter(|members| !members.is_empty());
        let arguments = members.map(|members| format!(", \"arguments\": {}", braced(&members)));
        let request = format!("{{\"execute\": \"{}\"{}}}", command.def.name, arguments.unwrap_or_default());
        Ok(if request.len() > WIDTH { pretty(&request) } else { request })
    }

    fn arguments(&self, id: TypeId) -> Result<Vec<String>, &'static str> {
        let cost = self.smallest.cost(id).ok_or(ENDLESS)?;
        if cost.values > MOST {
            return Err(LONG);
        }
        let mut writer = Writer { examples: self, spare: MOST - cost.values, open: Vec::new() };
        let members = writer.object(id);
        if !members.is_empty() {
            return Ok(members);
        }
        let optional = self.schema.members(id).into_iter().find(|member| self.is_advisable(member));
        Ok(optional.map(|member| writer.member(member)).into_iter().collect())
    }

    /// Whether nothing about the member is doubtful.
    fn is_advisable(&self, member: &Member) -> bool {
        let cost = self.smallest.cost(member.ty);
        let is_small = |cost: Cost| cost.doubtful == 0 && cost.values < MOST;
        doubt(&member.features, &member.condition) == Cost::default() && cost.is_some_and(is_small)
    }
}

/// Writes one request. All types in it have values that come to an end.
struct Writer<'a> {
    examples: &'a Examples<'a>,
    /// How many values more than necessary there may be: elements of lists.
    spare: u32,
    /// The elements of the lists that are being written.
    open: Vec<TypeId>,
}

impl<'a> Writer<'a> {
    /// The required members: `"name": value`.
    fn object(&mut self, id: TypeId) -> Vec<String> {
        let examples = self.examples;
        let required = examples.schema.members(id).into_iter().filter(|member| !member.optional);
        let variants = examples.schema.object(id).and_then(|object| object.variants.as_ref());
        let branch = variants.zip(examples.smallest.choice(id));
        let branch = branch.and_then(|(variants, choice)| Some((variants, variants.branches.get(choice)?)));
        let member = |member: &Member| match branch {
            Some((variants, branch)) if variants.tag == member.name => {
                format!("\"{}\": \"{}\"", variants.tag, branch.name)
            }
            _ => self.member(member),
        };
        let mut members: Vec<String> = required.map(member).collect();
        members.extend(branch.map(|(_, branch)| self.object(branch.ty)).into_iter().flatten());
        members
    }

    fn member(&mut self, member: &Member) -> String {
        format!("\"{}\": {}", member.name, self.value(member.ty, &member.name))
    }

    /// A value for the member of this name.
    fn value(&mut self, id: TypeId, name: &str) -> String {
        let choice = self.examples.smallest.choice(id).unwrap_or(0);
        match &self.examples.schema.ty(id).kind {
            TypeKind::Builtin(builtin) => scalar(*builtin, name),
            TypeKind::Enum(kind) => format!("\"{}\"", kind.values.get(choice).map_or("", |value| &value.name)),
            TypeKind::Array(element) => self.list(*element, name),
            TypeKind::Object(_) => braced(&self.object(id)),
            TypeKind::Alternate(alternate) => match alternate.branches.get(choice) {
                Some(branch) => self.value(branch.ty, name),
                None => "null".to_owned(),
            },
        }
    }

    /// One element, unless it would be too much or is within such an element already.
    fn list(&mut self, element: TypeId, name: &str) -> String {
        let cost = self.examples.smallest.cost(element);
        let spare = cost.and_then(|cost| self.spare.checked_sub(cost.values));
        let is_open = self.open.len() == LISTS || self.open.contains(&element);
        let Some(spare) = spare.filter(|_| !is_open) else { return "[]".to_owned() };
        self.spare = spare;
        self.open.push(element);
        let element = self.value(element, name);
        self.open.pop();
        format!("[{element}]")
    }
}

fn scalar(builtin: Builtin, name: &str) -> String {
    match builtin {
        Builtin::Str => format!("\"{name}0\""),
        Builtin::Bool => "true".to_owned(),
        Builtin::Null | Builtin::Any => "null".to_owned(),
        Builtin::Size => "1048576".to_owned(),
        _ => "1".to_owned(),
    }
}

fn braced(members: &[String]) -> String {
    format!("{{{}}}", members.join(", "))
}
