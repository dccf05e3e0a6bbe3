//! Writes the model as text in the QAPI language.

mod definition;
mod documentation;
mod pragmas;
mod uses;

use crate::layout::{Group, lay_out};
use crate::model::{Definition, Entity, FreeForm, Schema};
use crate::source::Span;
use uses::Uses;

/// The comment above a schema made of introspection data.
const INTROSPECTED: &str = "\
# The schema of a server, made of its answer to `query-qmp-schema`.
#
# The answer does not name types: each is named here after its first use, and a
# comment above it lists its uses. Nor does it say how wide integers are: all
# are `int`.
";

impl Schema {
    /// Returns the schema as one file in the QAPI language, formatted by [`format`](crate::format()). Loading that file results in
    /// the same schema, with one exception: the language requires a branch of every alternate and a value of every discriminator,
    /// which a [configured](Self::configure) or [imported](crate::import()) schema may not have. There the file has a placeholder
    /// with a comment.
    ///
    /// ```
    /// use qmp_schema::{LoadOptions, Selection, load_text};
    ///
    /// let text = "{ 'command': 'stop' } { 'command': 'eject', 'data': { 'device': 'str', '*force': 'bool' } }";
    /// let mut schema = load_text("vm.json", text, &LoadOptions::default())?.schema;
    /// Selection { commands: Some(vec!["ej*".into()]), ..Selection::default() }.apply(&mut schema)?;
    /// let expected = "\
    /// { 'command': 'eject',
    ///   'data': { 'device': 'str', '*force': 'bool' } }
    /// ";
    /// assert_eq!(schema.to_qapi(), expected);
    /// # Ok::<(), qmp_schema::Report>(())
    /// ```
    #[must_use]
    pub fn to_qapi(&self) -> String {
        let mut parts = Vec::new();
        if self.is_introspected() {
            parts.push(INTROSPECTED.to_owned());
        }
        parts.extend(self.pragmas().iter().map(|pragma| lay_out(pragma) + "\n"));
        parts.extend(self.definitions());
        parts.join("\n")
    }

    /// Returns the definitions and the documentation between them, in the order written. If the schema was made of introspection
    /// data, commands and events come first.
    fn definitions(&self) -> Vec<String> {
        let uses = Uses::new(self);
        let mut parts: Vec<(Span, String)> = Vec::new();
        for entity in &self.interface {
            let (def, expression) = match *entity {
                Entity::Command(index) => (&self.commands[index].def, self.print_command(&self.commands[index])),
                Entity::Event(index) => (&self.events[index].def, self.print_event(&self.events[index])),
            };
            parts.push((def.span, text_of(def, String::new(), &expression)));
        }
        for (id, ty) in self.defined_types() {
            if let Some((expression, comment)) = self.print_type(id, ty) {
                parts.push((ty.def.span, text_of(&ty.def, uses.comment(id) + &comment, &expression)));
            }
        }
        if !self.is_introspected() {
            parts.extend(self.free_form.iter().map(|text| (text.span, free_form(text))));
            parts.sort_by_key(|&(span, _)| span);
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

fn text_of(def: &Definition, comment: String, expression: &Group<'_>) -> String {
    let doc = def.doc.as_ref().map(|doc| documentation::block(&def.name, doc)).unwrap_or_default();
    format!("{comment}{doc}{}\n", lay_out(expression))
}

fn free_form(text: &FreeForm) -> String {
    let lines: String = text.text.lines().map(documentation::line).collect();
    format!("##\n{lines}##\n")
}
