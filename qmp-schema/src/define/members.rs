//! Reads members, enum values, branches and references to types.

use super::definer::{Definer, Fields};
use crate::diagnostic::Rule;
use crate::model::{EnumValue, Versions};
use crate::syntax::{Branch, Member, Members, Name, TypeRef};
use crate::value::{Object, Value, ValueKind};

impl Definer<'_> {
    /// Reads a type's name or members in place: a union's base, the data of a command or event.
    pub(super) fn type_or_members(&mut self, key: &str, value: Value) -> Members {
        match value.kind {
            ValueKind::Str(text) => Members::Type(Name { text, span: value.span }),
            ValueKind::Object(_) => Members::Inline(self.members(key, value)),
            _ => self.wrong_type(key, "a type's name or an object of members", &value).unwrap_or(Members::None),
        }
    }

    /// Reads members written in place.
    pub(super) fn members(&mut self, key: &str, value: Value) -> Vec<Member> {
        let object = self.object(key, value).unwrap_or_default();
        object.members.into_iter().filter_map(|(name, value)| self.member(name, value)).collect()
    }

    fn member(&mut self, mut name: Name, value: Value) -> Option<Member> {
        let optional = name.text.starts_with('*');
        if optional {
            name.text.remove(0);
        }
        let mut fields = self.typed("member", &name, value);
        let ty = self.required(&mut fields, "type");
        let is_in_place = ty.is_none() && fields.forget_others(&["if", "features"]);
        let ty = ty.and_then(|ty| self.type_ref("a member's type", ty)).unwrap_or_else(TypeRef::lost);
        let condition = self.condition(&mut fields);
        let features = self.features(&mut fields);
        self.finish(fields);
        if is_in_place {
            let note = "members cannot be nested: define a struct and use its name here";
            self.diagnostics.latest().note(note);
        }
        Some(Member { name, optional, ty, condition, features })
    }

    pub(super) fn union_branch(&mut self, name: Name, value: Value) -> Option<Branch> {
        self.branch(name, value, |definer, ty| definer.string("a branch's type", ty).map(TypeRef::Name))
    }

    pub(super) fn alternate_branch(&mut self, name: Name, value: Value) -> Option<Branch> {
        self.branch(name, value, |definer, ty| definer.type_ref("a branch's type", ty))
    }

    fn branch(
        &mut self,
        name: Name,
        value: Value,
        read_type: impl FnOnce(&mut Self, Value) -> Option<TypeRef>,
    ) -> Option<Branch> {
        let mut fields = self.typed("branch", &name, value);
        let ty = self.required(&mut fields, "type");
        let ty = ty.and_then(|ty| read_type(self, ty)).unwrap_or_else(TypeRef::lost);
        let condition = self.condition(&mut fields);
        self.finish(fields);
        Some(Branch { name, ty, condition })
    }

    pub(super) fn enum_value(&mut self, value: Value) -> Option<EnumValue> {
        let (name, mut fields) = self.named("enum value", value)?;
        let condition = self.condition(&mut fields);
        let features = self.features(&mut fields);
        self.finish(fields);
        name.map(|name| EnumValue { name: name.text, span: name.span, condition, features, versions: Versions::ALL })
    }

    /// Reads a feature or value, which may be written as its name alone. The name may be lost to an error.
    pub(super) fn named(&mut self, what: &'static str, value: Value) -> Option<(Option<Name>, Fields)> {
        match value.kind {
            ValueKind::Str(text) => {
                let name = Name { text, span: value.span };
                let fields = Fields::new(Object::default(), what, name.span);
                Some((Some(name), fields))
            }
            ValueKind::Object(object) => {
                let mut fields = Fields::new(object, what, value.span);
                let name = self.required(&mut fields, "name").and_then(|name| self.string("`name`", name));
                fields.name = name.as_ref().map_or(fields.name, |name| name.span);
                Some((name, fields))
            }
            _ => self.wrong_type(what, "a string or an object", &value),
        }
    }

    /// Reads a member or branch, which may be written as its type alone.
    fn typed(&mut self, what: &'static str, name: &Name, value: Value) -> Fields {
        let object = match value.kind {
            ValueKind::Object(object) => object,
            _ => {
                let members = vec![(Name { text: "type".to_owned(), span: value.span }, value)];
                Object { members, is_flawed: false }
            }
        };
        Fields::new(object, what, name.span)
    }

    /// Reads `'Name'` or `[ 'Name' ]`.
    pub(super) fn type_ref(&mut self, key: &str, value: Value) -> Option<TypeRef> {
        match value.kind {
            ValueKind::Str(text) => Some(TypeRef::Name(Name { text, span: value.span })),
            ValueKind::List(mut elements) => match elements.pop() {
                Some(Value { kind: ValueKind::Str(text), span }) if elements.is_empty() => {
                    Some(TypeRef::Array(Name { text, span }))
                }
                _ => {
                    self.refuse(Rule::ArrayType, value.span, &[]);
                    None
                }
            },
            _ => self.wrong_type(key, "a type's name or a list of one", &value),
        }
    }
}
