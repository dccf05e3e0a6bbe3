//! Completion of commands, arguments and values, from a schema.

use qmp_schema::model::{Builtin, Member, Schema, TypeId, TypeKind};

use super::words::{Word, split};
use crate::arguments::{composite, members, path_and_value};

/// The commands of the shell itself.
const OWN: [&str; 2] = ["help", "exit"];

/// Returns where the text to complete begins, and its completions. The line ends at the cursor.
pub(super) fn complete(schema: &Schema, line: &str) -> (usize, Vec<String>) {
    let Ok(mut words) = split(line) else { return (line.len(), Vec::new()) };
    let new = || Word { start: line.len(), end: line.len(), text: String::new() };
    let current = words.pop_if(|word| word.end == line.len()).unwrap_or_else(new);
    // Quoted text is not completed: its length differs from that of its completion.
    if line.get(current.start..) != Some(&current.text) {
        return (line.len(), Vec::new());
    }
    let commands = || schema.commands.iter().map(|command| command.def.name.as_str());
    let names: Vec<&str> = match words.first().map(|word| word.text.as_str()) {
        None => commands().chain(OWN).collect(),
        Some("help") => commands().collect(),
        Some(command) => return arguments(schema, command, &words[1..], &current),
    };
    let mut names: Vec<String> = matching(names, &current.text).map(|name| format!("{name} ")).collect();
    names.sort();
    (current.start, names)
}

/// Completes an argument of a command: the name of a member, or its value.
fn arguments(schema: &Schema, command: &str, given: &[Word], current: &Word) -> (usize, Vec<String>) {
    let command = schema.commands.iter().find(|candidate| candidate.def.name == command);
    let Some(ty) = command.and_then(|command| command.arguments) else { return (current.start, Vec::new()) };
    match path_and_value(&current.text) {
        Some((path, value)) => {
            let values = member(schema, ty, given, path).map(|member| values(schema, member)).unwrap_or_default();
            let values = matching(values, value).map(|value| format!("{value} ")).collect();
            (current.end - value.len(), values)
        }
        None => {
            let (parent, name) = current.text.rsplit_once('.').unwrap_or(("", &current.text));
            let members = object(schema, ty, given, parent).map(|ty| members_at(schema, ty, given, parent));
            let is_given = |member: &&Member| {
                let path = join(parent, &member.name);
                given.iter().any(|word| path_and_value(&word.text).is_some_and(|(given, _)| given == path))
            };
            let mut members: Vec<&Member> = members.unwrap_or_default();
            members.retain(|member| member.name.starts_with(name) && !is_given(member));
            // Required members come first.
            members.sort_by_key(|member| (member.optional, &member.name));
            (current.end - name.len(), members.into_iter().map(|member| with_separator(schema, member)).collect())
        }
    }
}

/// The name of a member, and what follows it.
fn with_separator(schema: &Schema, member: &Member) -> String {
    let takes_members = matches!(schema.ty(member.ty).kind, TypeKind::Object(_));
    format!("{}{}", member.name, if takes_members { '.' } else { '=' })
}

/// Finds the member at a path.
fn member<'s>(schema: &'s Schema, ty: TypeId, given: &[Word], path: &str) -> Option<&'s Member> {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let parent_type = object(schema, ty, given, parent)?;
    members_at(schema, parent_type, given, parent).into_iter().find(|member| member.name == name)
}

/// Finds the object at a path.
fn object(schema: &Schema, mut ty: TypeId, given: &[Word], path: &str) -> Option<TypeId> {
    let mut walked = String::new();
    for name in path.split('.').filter(|_| !path.is_empty()) {
        ty = match &schema.ty(ty).kind {
            TypeKind::Array(element) => *element,
            _ => members_at(schema, ty, given, &walked).into_iter().find(|member| member.name == name)?.ty,
        };
        ty = composite(schema, ty)?;
        walked = join(&walked, name);
    }
    schema.object(ty).map(|_| ty)
}

/// Returns the members of the object at a path, where arguments that are given select its branch.
fn members_at<'s>(schema: &'s Schema, ty: TypeId, given: &[Word], path: &str) -> Vec<&'s Member> {
    members(schema, ty, |tag| {
        let tag = join(path, tag);
        given
            .iter()
            .filter_map(|word| path_and_value(&word.text))
            .find(|(path, _)| *path == tag)
            .map(|(_, value)| value)
    })
}

fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

/// The values of a member that can be listed.
fn values<'s>(schema: &'s Schema, member: &Member) -> Vec<&'s str> {
    match &schema.ty(member.ty).kind {
        TypeKind::Enum(values) => values.values.iter().map(|value| value.name.as_str()).collect(),
        TypeKind::Builtin(Builtin::Bool) => vec!["true", "false"],
        TypeKind::Builtin(Builtin::Null) => vec!["null"],
        _ => Vec::new(),
    }
}

fn matching<'a>(names: Vec<&'a str>, start: &str) -> impl Iterator<Item = &'a str> {
    names.into_iter().filter(move |name| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCHEMA: &str = "
        { 'enum': 'Driver', 'data': [ 'file', 'qcow2' ] }
        { 'struct': 'FileOptions', 'data': { 'filename': 'str', '*locked': 'bool' } }
        { 'struct': 'Qcow2Options', 'data': { 'file': 'Ref', '*lazy': 'bool' } }
        { 'alternate': 'Ref', 'data': { 'definition': 'Options', 'reference': 'str' } }
        { 'union': 'Options', 'base': { 'driver': 'Driver', '*node-name': 'str' }, 'discriminator': 'driver',
          'data': { 'file': 'FileOptions', 'qcow2': 'Qcow2Options' } }
        { 'command': 'add', 'data': 'Options', 'boxed': true }
        { 'command': 'all', 'data': { 'options': 'FileOptions', '*list': ['FileOptions'] } }
        { 'command': 'stop' }
    ";

    #[test]
    fn completions() {
        let schema = schema();
        for (line, start, expected) in [
            ("", 0, "add |all |exit |help |stop "),
            ("a", 0, "add |all "),
            ("help st", 5, "stop "),
            ("stop ", 5, ""),
            ("add ", 4, "driver=|node-name="),
            ("add d", 4, "driver="),
            ("add driver=", 11, "file |qcow2 "),
            ("add driver=q", 11, "qcow2 "),
            ("add driver=file ", 16, "filename=|locked=|node-name="),
            ("add driver=file locked=", 23, "true |false "),
            ("add driver=qcow2 file.", 22, "driver=|node-name="),
            ("add driver=qcow2 file.driver=file file.f", 39, "filename="),
            ("all ", 4, "options.|list="),
            ("all list.0.", 11, "filename=|locked="),
            ("all 'op", 7, ""),
            ("other x", 6, ""),
        ] {
            let (found_start, found) = complete(&schema, line);
            assert_eq!((found_start, found.join("|").as_str()), (start, expected), "{line}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(line in "(add|all|help|x)?[a-z=:.{}\" é]{0,20}|(add|all) (driver|file|list|options)[=.a-z0-9 é]{0,20}") {
            let (start, _) = complete(&schema(), &line);
            prop_assert!(line.is_char_boundary(start));
        }
    }

    fn schema() -> Schema {
        let loaded = qmp_schema::load_text("test", SCHEMA, &qmp_schema::LoadOptions::default());
        loaded.unwrap_or_else(|report| panic!("{}", report.render(false))).schema
    }
}
