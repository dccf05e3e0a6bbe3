//! Help: on the shell, and on commands by a schema.

use qmp_schema::model::{Command, Schema, TypeId, TypeKind};

use crate::arguments::members;
use crate::plain_text::{on_one_line, without_markup};

/// The most values of an enum that are listed.
const MOST_VALUES: usize = 16;

/// Help on the shell.
pub(super) const OVERVIEW: &str = "\
COMMAND ARGUMENT..   executes a command. ARGUMENT is one of
  KEY=VALUE          the type in the schema decides what VALUE is: text, a number, ...
  KEY:=JSON          VALUE is JSON
  {JSON}             an object with several arguments
  KEY.KEY=VALUE      a member of an object; KEY.0=VALUE is an element of a list
{\"execute\": ...}     executes a request as it is sent; it may have several lines
help COMMAND         describes a command
exit                 ends the shell, as Ctrl-D does
Tab completes commands, arguments and values. Quotes keep blanks together: name='a b'.";

/// Describes a command: by the schema of the server, and by the text of another schema if the server's has none.
pub(super) fn command(schema: &Schema, documented: Option<&Schema>, name: &str) -> Option<String> {
    let command = find(schema, name).or_else(|| find(documented?, name))?;
    let schema = if find(schema, name).is_some() { schema } else { documented? };
    let doc = documented.and_then(|documented| find(documented, name)?.def.doc.as_ref()).or(command.def.doc.as_ref());
    let mut lines = vec![name.to_owned()];
    if let Some(body) = doc.map(|doc| without_markup(doc.body.trim())).filter(|body| !body.is_empty()) {
        lines.extend(body.lines().map(|line| format!("  {line}")));
    }
    for feature in &command.def.features {
        lines.push(format!("  feature: {}", feature.name));
    }
    if let Some(ty) = command.arguments {
        lines.push("arguments:".to_owned());
        for member in members(schema, ty, |_| None::<&str>) {
            let text = doc.and_then(|doc| doc.members.iter().find(|(name, _)| *name == member.name));
            let text = text.map(|(_, text)| on_one_line(text)).filter(|text| !text.is_empty());
            let text = text.map_or(String::new(), |text| format!(" - {text}"));
            let optional = if member.optional { " (optional)" } else { "" };
            lines.push(format!("  {}: {}{optional}{text}", member.name, type_text(schema, member.ty)));
        }
        if let Some(variants) = schema.object(ty).and_then(|object| object.variants.as_ref()) {
            lines.push(format!("  more, which depend on `{}`", variants.tag));
        }
    }
    if let Some(ty) = command.returns {
        lines.push(format!("returns: {}", type_text(schema, ty)));
    }
    Some(lines.join("\n"))
}

fn find<'s>(schema: &'s Schema, name: &str) -> Option<&'s Command> {
    schema.commands.iter().find(|command| command.def.name == name)
}

/// Describes a type in a few words.
fn type_text(schema: &Schema, ty: TypeId) -> String {
    match &schema.ty(ty).kind {
        TypeKind::Builtin(builtin) => builtin.name().to_owned(),
        TypeKind::Array(element) => format!("list of {}", type_text(schema, *element)),
        TypeKind::Enum(values) => {
            let names: Vec<&str> = values.values.iter().take(MOST_VALUES).map(|value| value.name.as_str()).collect();
            let more = if values.values.len() > MOST_VALUES { "|..." } else { "" };
            format!("{}{more}", names.join("|"))
        }
        TypeKind::Object(_) | TypeKind::Alternate(_) => schema.ty(ty).def.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use qmp_schema::LoadOptions;

    #[test]
    fn a_documented_command() {
        let text = "
##
# @eject:
#
# Ejects a *medium*.
#
# @device: the name of
#     the device
#
# Since: 1.0
##
{ 'command': 'eject', 'data': { 'device': 'str', '*mode': 'Mode', '*ids': ['int'] }, 'returns': 'Info',
  'features': [ 'deprecated' ] }
{ 'enum': 'Mode', 'data': [ 'soft', 'hard' ] }
{ 'struct': 'Info', 'data': { 'size': 'size' } }
";
        let loaded = qmp_schema::load_text("test", text, &LoadOptions::default());
        let schema = loaded.unwrap_or_else(|report| panic!("{}", report.render(false))).schema;
        expect![[r#"
            eject
              Ejects a medium.
              feature: deprecated
            arguments:
              device: str - the name of the device
              mode: soft|hard (optional)
              ids: list of int (optional)
            returns: Info"#]]
        .assert_eq(&super::command(&schema, Some(&schema), "eject").expect("the command"));
        assert_eq!(super::command(&schema, None, "other"), None);
    }
}
