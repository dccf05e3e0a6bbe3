//! Unions: the discriminator and the branches.

use std::collections::HashSet;

use super::checker::Checker;
use crate::diagnostic::Rule;
use crate::model::{Condition, Member, TypeId, TypeKind, Variants};
use crate::source::Span;
use crate::syntax::{Branch, Members, Name, Origin, Union};

impl<'a> Checker<'a> {
    pub(super) fn union(&mut self, syntax: &Union, id: TypeId) {
        let schema = self.schema;
        let Some((object, variants)) = schema.object(id).and_then(|object| Some((object, object.variants.as_ref()?)))
        else {
            return;
        };
        let sound = match (&syntax.base, object.base) {
            (Members::Type(name), Some(base)) => self.nesting.is_finite(id) && self.check_base(name, base),
            _ => true,
        };
        if sound && self.is_complete(id) {
            self.discriminator(&syntax.discriminator, object.base);
            let must_have_branches = self.syntax.origin == Origin::Files;
            if variants.branches.is_empty() && must_have_branches && !self.is_lost(variants.tag_type) {
                self.diagnostics.error(Rule::NoBranches, syntax.discriminator.span, &[self.name(variants.tag_type)]);
            }
        }
        let base = object.base.filter(|_| sound && self.nesting.is_finite(id));
        // A type that several branches share is checked once, for the first of them.
        let mut seen = HashSet::new();
        // The branches of unions without a discriminator, which QAPI had once, could be of any type.
        let has_discriminator = syntax.discriminator.span != Span::NONE;
        for (branch, lowered) in syntax.branches.iter().zip(&variants.branches) {
            self.branch_value(branch, variants);
            if has_discriminator {
                self.branch_type(branch, lowered.ty);
            }
            if let Some(base) = base {
                self.refuse_common_members(branch, lowered.ty, base, &mut seen);
            }
        }
    }

    fn discriminator(&mut self, name: &Name, base: Option<TypeId>) {
        let found = base.and_then(|base| self.find_member(base, &name.text));
        let Some((_, tag)) = found.filter(|(_, tag)| tag.name == name.text) else {
            return self.unknown_discriminator(name, base);
        };
        if tag.optional {
            self.refuse_tag(Rule::DiscriminatorOptional, name, tag, "");
        }
        if tag.condition != Condition::Always {
            self.refuse_tag(Rule::DiscriminatorConditional, name, tag, "");
        }
        if !matches!(self.kind(tag.ty), Some(TypeKind::Enum(_)) | None) {
            let ty = match self.kind(tag.ty) {
                Some(&TypeKind::Array(element)) => format!("[ '{}' ]", self.name(element)),
                _ => self.name(tag.ty).to_owned(),
            };
            self.refuse_tag(Rule::DiscriminatorNotEnum, name, tag, &ty);
        }
    }

    fn unknown_discriminator(&mut self, name: &Name, base: Option<TypeId>) {
        let lineage = base.into_iter().flat_map(|base| self.lineage(base));
        let members: Vec<&str> = lineage.flat_map(|(_, object)| &object.members).map(|member| &*member.name).collect();
        let note = match name.text.strip_prefix('*').filter(|name| members.contains(name)) {
            Some(member) => Some(format!("write `{member}`: a discriminator must always be there")),
            None => self.diagnostics.did_you_mean(&name.text, members.iter().copied()),
        };
        let note = note.or_else(|| list("members of the base", members.iter().copied()));
        let error = self.diagnostics.error(Rule::DiscriminatorUnknown, name.span, &[&name.text]);
        error.notes.extend(note);
        if members.is_empty() {
            error.note("the base has no members");
        }
    }

    fn refuse_tag(&mut self, rule: Rule, name: &Name, tag: &Member, ty: &str) {
        self.diagnostics.error(rule, name.span, &[&name.text, ty]).related(tag.span, "the member of the base");
    }

    /// Reports a branch that is not for a value of the discriminator's enum.
    fn branch_value(&mut self, branch: &Branch, variants: &Variants) {
        let id = variants.tag_type;
        let Some(TypeKind::Enum(tag)) = self.kind(id) else { return };
        let values = tag.values.iter().map(|value| &*value.name);
        let known = self.values.entry(id).or_insert_with(|| values.clone().collect());
        if known.contains(&*branch.name.text) || self.lowered.incomplete.contains(&id) {
            return;
        }
        let def = &self.schema.ty(id).def;
        let note = self.diagnostics.did_you_mean(&branch.name.text, values.clone()).or_else(|| list("values", values));
        let error = self.diagnostics.error(Rule::UnknownBranch, branch.name.span, &[&branch.name.text, &def.name]);
        error.related(def.span, "the discriminator's enum").notes.extend(note);
    }

    fn branch_type(&mut self, branch: &Branch, id: TypeId) {
        if !matches!(self.kind(id), Some(TypeKind::Object(_)) | None) {
            self.wrong_kind(Rule::BranchNotObject, branch.ty.name(), id);
        }
    }

    /// Reports members of a branch, or of its own branches, that clash with the union's common members.
    fn refuse_common_members(&mut self, branch: &Branch, id: TypeId, base: TypeId, seen: &mut HashSet<TypeId>) {
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            let Some(object) = self.schema.object(id).filter(|_| seen.insert(id)) else { continue };
            left.extend(object.base);
            left.extend(object.variants.iter().flat_map(|variants| &variants.branches).map(|inner| inner.ty));
            if self.has_none_of(id, object.members.len(), base) {
                continue;
            }
            for member in &object.members {
                if let Some((_, common)) = self.find_member(base, &member.name) {
                    self.refuse_common(branch, self.name(id), member, common);
                    if member.span == common.span {
                        // The branch has the union's base: all others clash too.
                        break;
                    }
                }
            }
        }
    }

    /// A quick test that an object with `count` members has none that the base has: many unions may share a large branch.
    fn has_none_of(&self, id: TypeId, count: usize, base: TypeId) -> bool {
        let common: usize = self.lineage(base).map(|(_, object)| object.members.len()).sum();
        let mut members = self.lineage(base).flat_map(|(_, object)| &object.members);
        common < count && members.all(|member| self.members.get(id, &member.name).is_none())
    }

    fn refuse_common(&mut self, branch: &Branch, owner: &str, member: &Member, common: &Member) {
        let arguments = [&*branch.name.text, &*member.name, owner, &*common.name];
        let error = self.diagnostics.error(Rule::CommonMember, branch.ty.name().span, &arguments);
        if member.span == common.span {
            error.related(member.span, "a member of both");
        } else {
            error.related(member.span, "the branch's member").related(common.span, "the union's member");
        }
    }
}

/// Returns all names as a note, if they are few.
fn list<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<String> = names.take(9).map(|name| format!("`{name}`")).collect();
    (1..=8).contains(&names.len()).then(|| format!("the {what} are {}", names.join(", ")))
}
