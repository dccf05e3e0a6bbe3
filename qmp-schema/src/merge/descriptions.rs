//! Merges documentation: the merged schema's counts, and the other's describes what it lacks.

use super::Merger;
use super::copies::describe;
use super::pairs::Pair;
use crate::model::{Doc, Entity, ObjectOrigin, documented_members};

impl Merger<'_> {
    /// Adds the documentation of a type's counterpart.
    pub(super) fn describe_type(&mut self, pair: &Pair) {
        let own = match pair.owner {
            Some((_, Entity::Command(index))) => self.other.commands[index].def.doc.as_ref(),
            Some((_, Entity::Event(index))) => self.other.events[index].def.doc.as_ref(),
            None => self.other.ty(pair.other).def.doc.as_ref(),
        };
        let members = documented_members(self.other, pair.other, own);
        let texts: Vec<(&str, &str)> =
            members.iter().filter_map(|member| Some((&*member.member.name, member.description()?))).collect();
        let is_inline = self.merged.object(pair.merged).is_some_and(|object| object.origin == ObjectOrigin::Arguments);
        let doc = match pair.owner {
            Some((Entity::Command(index), _)) if is_inline => &mut self.merged.commands[index].def.doc,
            Some((Entity::Event(index), _)) if is_inline => &mut self.merged.events[index].def.doc,
            _ => {
                let doc = &mut self.merged.types[pair.merged.index()].def.doc;
                add_descriptions(doc, self.other.ty(pair.other).def.doc.as_ref());
                doc
            }
        };
        if !texts.is_empty() {
            let doc = doc.get_or_insert_default();
            texts.iter().for_each(|(name, text)| describe(doc, name, text));
        }
    }
}

/// Adds the descriptions of members and features that ours lacks. If ours lacks all documentation, the other's takes its place.
pub(super) fn add_descriptions(ours: &mut Option<Doc>, theirs: Option<&Doc>) {
    let Some(theirs) = theirs else { return };
    let Some(ours) = ours else { return *ours = Some(theirs.clone()) };
    theirs.members.iter().for_each(|(name, text)| describe(ours, name, text));
    let lacks = |name: &str| ours.features.iter().all(|(known, _)| known != name);
    let added: Vec<_> = theirs.features.iter().filter(|(name, _)| lacks(name)).cloned().collect();
    ours.features.extend(added);
}
