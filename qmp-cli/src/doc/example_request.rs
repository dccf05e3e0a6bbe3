//! Generates example requests: a command with its required arguments, or with one optional argument if none is required.

use qmp_schema::model::{Builtin, Command, Member, Schema, TypeId, TypeKind};

use super::minimal_value::{Cost, MinimalValues, doubt};
use crate::pretty::pretty;

/// The largest number of values in a request: a schema may demand exponentially many.
const MAX_VALUES: u32 = 200;

/// The depth at which nested lists are empty.
const MAX_LISTS: usize = 3;

/// The width at which a request is broken into lines.
const MAX_WIDTH: usize = 76;

const ENDLESS: &str = "No finite request exists: a required argument contains itself.";
/// A shorter request may exist, with parts that are deprecated, unstable or conditional.
const TOO_LONG: &str = "The recommended request is too long to show.";

/// Generates requests.
pub(super) struct ExampleRequests<'a> {
    schema: &'a Schema,
    minimal: MinimalValues,
}

impl<'a> ExampleRequests<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        Self { schema, minimal: MinimalValues::new(schema) }
    }

    /// Returns a request as JSON, or the reason why there is none.
    pub(super) fn request(&self, command: &Command) -> Result<String, &'static str> {
        let members = command.arguments.map(|id| self.arguments(id)).transpose()?.filter(|members| !members.is_empty());
        let arguments = members.map(|members| format!(", \"arguments\": {}", braced(&members)));
        let request = format!("{{\"execute\": \"{}\"{}}}", command.def.name, arguments.unwrap_or_default());
        Ok(if request.len() > MAX_WIDTH { pretty(&request) } else { request })
    }

    fn arguments(&self, id: TypeId) -> Result<Vec<String>, &'static str> {
        let cost = self.minimal.cost(id).ok_or(ENDLESS)?;
        if cost.values > MAX_VALUES {
            return Err(TOO_LONG);
        }
        let mut writer = Writer { requests: self, spare: MAX_VALUES - cost.values, open: Vec::new() };
        let members = writer.object(id);
        if !members.is_empty() {
            return Ok(members);
        }
        let optional = self.schema.members(id).into_iter().find(|member| self.is_advisable(member));
        Ok(optional.map(|member| writer.member(member)).into_iter().collect())
    }

    /// Whether the member can be recommended.
    fn is_advisable(&self, member: &Member) -> bool {
        let cost = self.minimal.cost(member.ty);
        let is_small = |cost: Cost| cost.doubtful == 0 && cost.values < MAX_VALUES;
        doubt(&member.features, &member.condition) == Cost::default() && cost.is_some_and(is_small)
    }
}

/// Writes one request. All types in it have finite values.
struct Writer<'a> {
    requests: &'a ExampleRequests<'a>,
    /// The number of values that may still be added as elements of lists.
    spare: u32,
    /// The element types of the lists that are being written.
    open: Vec<TypeId>,
}

impl<'a> Writer<'a> {
    /// Writes the required members: `"name": value`.
    fn object(&mut self, id: TypeId) -> Vec<String> {
        let requests = self.requests;
        let required = requests.schema.members(id).into_iter().filter(|member| !member.optional);
        let variants = requests.schema.object(id).and_then(|object| object.variants.as_ref());
        let branch = variants.zip(requests.minimal.choice(id));
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

    /// Writes a value for the member of this name.
    fn value(&mut self, id: TypeId, name: &str) -> String {
        let choice = self.requests.minimal.choice(id).unwrap_or(0);
        match &self.requests.schema.ty(id).kind {
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

    /// Writes a list with one element. The list is empty if the request would get too long or the element is within an element of the
    /// same type.
    fn list(&mut self, element: TypeId, name: &str) -> String {
        let cost = self.requests.minimal.cost(element);
        let spare = cost.and_then(|cost| self.spare.checked_sub(cost.values));
        let is_open = self.open.len() == MAX_LISTS || self.open.contains(&element);
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
