//! The common type of a place whose types differ between versions.

use super::{Merger, StringOrEnum, within};
use crate::compat::json_kind;
use crate::model::{Alternate, Branch, Builtin, Condition, Definition, ObjectOrigin, Type, TypeId, TypeKind, Versions};
use crate::source::Span;

/// The integers by their range, the smallest first.
const INTEGERS: [(Builtin, i128, i128); 9] = [
    (Builtin::Int8, i8::MIN as i128, i8::MAX as i128),
    (Builtin::Uint8, 0, u8::MAX as i128),
    (Builtin::Int16, i16::MIN as i128, i16::MAX as i128),
    (Builtin::Uint16, 0, u16::MAX as i128),
    (Builtin::Int32, i32::MIN as i128, i32::MAX as i128),
    (Builtin::Uint32, 0, u32::MAX as i128),
    (Builtin::Int64, i64::MIN as i128, i64::MAX as i128),
    (Builtin::Int, i64::MIN as i128, i64::MAX as i128),
    (Builtin::Uint64, 0, u64::MAX as i128),
];

impl Merger<'_> {
    /// Returns the type of the merged schema that takes the values of both types. The contents of types of the same kind are
    /// merged elsewhere.
    pub(super) fn common(&mut self, ours: TypeId, theirs: TypeId, place: &str) -> TypeId {
        let (our_kind, their_kind) = (&self.merged.ty(ours).kind, &self.other.ty(theirs).kind);
        match (our_kind, their_kind) {
            (TypeKind::Builtin(Builtin::Any), _) => ours,
            (_, TypeKind::Builtin(Builtin::Any)) => self.counterpart(theirs),
            (&TypeKind::Array(our_element), &TypeKind::Array(their_element)) => {
                let element = self.common(our_element, their_element, &within(place, "[]"));
                if element == our_element { ours } else { self.array(element) }
            }
            (TypeKind::Object(one), TypeKind::Object(two)) => {
                let is_either_empty = one.origin == ObjectOrigin::Empty || two.origin == ObjectOrigin::Empty;
                match is_either_empty {
                    true => self.common_with_empty(ours, theirs, place),
                    false => self.paired(ours, theirs, place),
                }
            }
            (TypeKind::Enum(_), TypeKind::Enum(_)) | (TypeKind::Alternate(_), TypeKind::Alternate(_)) => {
                self.paired(ours, theirs, place)
            }
            (TypeKind::Enum(_), TypeKind::Builtin(Builtin::Str)) => match self.strings {
                StringOrEnum::Enum => ours,
                StringOrEnum::String => self.counterpart(theirs),
            },
            (TypeKind::Builtin(Builtin::Str), TypeKind::Enum(_)) => match self.strings {
                StringOrEnum::Enum => self.counterpart(theirs),
                StringOrEnum::String => ours,
            },
            (TypeKind::Builtin(one), TypeKind::Builtin(two)) if one == two => ours,
            (&TypeKind::Builtin(one), &TypeKind::Builtin(two)) if json_kind(our_kind) == json_kind(their_kind) => {
                self.common_number(ours, one, theirs, two)
            }
            (TypeKind::Alternate(_), _) => {
                self.add_branch(ours, theirs, None, place);
                ours
            }
            (_, TypeKind::Alternate(_)) => self.extended_alternate(ours, theirs, place),
            _ => self.alternate_of_both(ours, theirs),
        }
    }

    /// Returns our type, into which the contents of the other are merged. Two members of one name, of different branches, may be
    /// of types that stand at no other place together.
    fn paired(&mut self, ours: TypeId, theirs: TypeId, place: &str) -> TypeId {
        let are_predefined = ours == theirs && ours.index() < Builtin::ALL.len() + 2;
        if !are_predefined && !self.pairs.contain(ours, theirs) {
            self.conflict(ours, theirs, place);
        }
        ours
    }

    /// Returns the smallest type that has all numbers of both.
    fn common_number(&mut self, ours: TypeId, our_kind: Builtin, theirs: TypeId, their_kind: Builtin) -> TypeId {
        match (our_kind, their_kind) {
            (Builtin::Number, _) => ours,
            (_, Builtin::Number) => theirs,
            // Introspection data does not say how wide integers are. Only a merged schema has any integer as its own type.
            (Builtin::Integer, _) if ours.index() < Builtin::ALL.len() => theirs,
            (Builtin::Integer, _) | (_, Builtin::Integer) => ours,
            (ours, theirs) => {
                let ((least, most), (other_least, other_most)) = (range(ours), range(theirs));
                let (least, most) = (least.min(other_least), most.max(other_most));
                let holds = |builtin: &Builtin| {
                    let (low, high) = range(*builtin);
                    low <= least && high >= most
                };
                let known = [ours, theirs].into_iter().chain(INTEGERS.map(|(builtin, ..)| builtin)).find(holds);
                match known.and_then(|wanted| Builtin::ALL.iter().position(|builtin| *builtin == wanted)) {
                    Some(index) => TypeId(index as u32),
                    None => self.any_integer(),
                }
            }
        }
    }

    /// Returns the type of any integer, which the language has no name for.
    pub(super) fn any_integer(&mut self) -> TypeId {
        let is_any = |(_, ty): &(TypeId, &Type)| matches!(ty.kind, TypeKind::Builtin(Builtin::Integer));
        if let Some((id, _)) = self.merged.types().skip(Builtin::ALL.len()).find(is_any) {
            return id;
        }
        let def = self.merged.types[0].def.clone();
        let name = Builtin::Integer.name().to_owned();
        self.add_type(Type { def: Definition { name, ..def }, kind: TypeKind::Builtin(Builtin::Integer) })
    }

    /// Returns another schema's alternate with a branch for our type.
    fn extended_alternate(&mut self, ours: TypeId, theirs: TypeId, place: &str) -> TypeId {
        let is_ours = |this: &Self, id: TypeId| match &this.merged.ty(id).kind {
            TypeKind::Alternate(alternate) => alternate.branches.iter().any(|branch| branch.ty == ours),
            _ => false,
        };
        if let Some(known) = self.pairs.counterpart(theirs).filter(|&known| is_ours(self, known)) {
            return known;
        }
        if let Some(&known) = self.alternates.get(&(ours, theirs)) {
            return known;
        }
        let def = &self.other.ty(theirs).def;
        let def = Definition { name: self.free_name(&def.name), ..def.clone() };
        let branches = vec![self.branch(ours, self.merged.ty(ours).def.versions)];
        let id = self.add_type(Type { def, kind: TypeKind::Alternate(Alternate { branches }) });
        self.alternates.insert((ours, theirs), id);
        self.add_branches(id, theirs, place);
        id
    }

    /// Returns a new alternate of two types of different JSON kinds.
    fn alternate_of_both(&mut self, ours: TypeId, theirs: TypeId) -> TypeId {
        if let Some(&known) = self.alternates.get(&(ours, theirs)) {
            return known;
        }
        let added = self.counterpart(theirs);
        let name = format!("{}Or{}", self.name_part(ours), self.name_part(added));
        let our_versions = self.merged.ty(ours).def.versions;
        let def = Definition {
            name: self.free_name(&name),
            span: self.other.ty(theirs).def.span,
            condition: Condition::Always,
            features: Vec::new(),
            doc: None,
            versions: Versions::ALL,
        };
        let branches = vec![self.branch(ours, our_versions), self.branch(added, self.version)];
        let id = self.add_type(Type { def, kind: TypeKind::Alternate(Alternate { branches }) });
        self.alternates.insert((ours, theirs), id);
        id
    }

    /// Returns a branch of an alternate, named after the kind of its values.
    pub(super) fn branch(&self, ty: TypeId, versions: Versions) -> Branch {
        let name = match &self.merged.ty(ty).kind {
            TypeKind::Builtin(builtin) => builtin.name(),
            TypeKind::Enum(_) => "enum",
            TypeKind::Array(_) => "array",
            TypeKind::Object(_) | TypeKind::Alternate(_) => "object",
        };
        let span = Span::NONE;
        Branch { name: name.to_owned(), span, ty, condition: Condition::Always, implicit: false, versions }
    }

    /// Returns a type's name with a capital, as a part of another name.
    fn name_part(&self, id: TypeId) -> String {
        let name = &self.merged.ty(id).def.name;
        let mut letters = name.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    }
}

fn range(builtin: Builtin) -> (i128, i128) {
    let builtin = if builtin == Builtin::Size { Builtin::Uint64 } else { builtin };
    INTEGERS.iter().find(|(known, ..)| *known == builtin).map_or((0, 0), |&(_, least, most)| (least, most))
}
