//! Definitions of types, one function per kind.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use qmp_schema::model::{Alternate, Branch, Enum, Member, ObjectOrigin, TypeId, TypeKind, Variants};
use quote::{format_ident, quote};

use super::Emitter;
use super::names::{pascal, snake};

/// The definition of one type.
pub(super) fn definition(emitter: &Emitter<'_>, id: TypeId) -> TokenStream {
    match &emitter.schema.ty(id).kind {
        TypeKind::Builtin(_) | TypeKind::Array(_) => TokenStream::new(),
        TypeKind::Enum(values) => enumeration(&emitter.name(id), values),
        TypeKind::Alternate(choice) => alternate(emitter, id, choice),
        TypeKind::Object(object) if object.origin == ObjectOrigin::Empty => TokenStream::new(),
        TypeKind::Object(object) => {
            let branches = object.variants.as_ref().map(|variants| branches(emitter, id, variants));
            let object = structure(emitter, id, object.variants.as_ref());
            quote!(#object #branches)
        }
    }
}

/// A struct with the base's members and its own; a union's tag gives way to its branches.
fn structure(emitter: &Emitter<'_>, id: TypeId, variants: Option<&Variants>) -> TokenStream {
    let name = emitter.name(id);
    let members: Vec<_> = emitter
        .schema
        .members(id)
        .into_iter()
        .filter(|member| variants.is_none_or(|variants| variants.tag != member.name))
        .collect();
    let fields = members.iter().map(|member| field(emitter, id, member));
    let branches = variants.map(|variants| {
        let (field, ty) = (format_ident!("{}", snake(&variants.tag)), branches_name(emitter, id));
        quote!(#[serde(flatten)] pub #field: #ty,)
    });
    let extra = emitter
        .keeps_extra(id)
        .then(|| quote!(#[serde(flatten)] pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,));
    let nothing_required = branches.is_none() && members.iter().all(|member| member.optional);
    let default = nothing_required.then(|| quote!(, Default));
    let new = (!nothing_required).then(|| constructor(emitter, id, &members, variants));
    quote! {
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize #default)]
        pub struct #name { #(#fields)* #branches #extra }
        #new
    }
}

fn field(emitter: &Emitter<'_>, owner: TypeId, member: &Member) -> TokenStream {
    let (wire, name, ty) = (&member.name, ident(member), emitter.member_type(owner, member.ty));
    if member.optional {
        quote! {
            #[serde(rename = #wire, default, skip_serializing_if = "::std::option::Option::is_none")]
            pub #name: ::std::option::Option<#ty>,
        }
    } else {
        quote!(#[serde(rename = #wire)] pub #name: #ty,)
    }
}

/// `new` with all that is required.
fn constructor(emitter: &Emitter<'_>, id: TypeId, members: &[&Member], variants: Option<&Variants>) -> TokenStream {
    let name = emitter.name(id);
    let (required, optional): (Vec<&Member>, Vec<&Member>) = members.iter().partition(|member| !member.optional);
    let tag = variants.map(|variants| (format_ident!("{}", snake(&variants.tag)), branches_name(emitter, id)));
    let (tag_name, tag_type): (Vec<_>, Vec<_>) = tag.into_iter().unzip();
    let (given, absent): (Vec<_>, Vec<_>) =
        (required.iter().map(|m| ident(m)).collect(), optional.iter().map(|m| ident(m)).collect());
    let extra = emitter.keeps_extra(id).then(|| quote!(, extra: ::std::default::Default::default()));
    let types = required.iter().map(|member| emitter.member_type(id, member.ty));
    quote! {
        impl #name {
            pub fn new(#(#tag_name: #tag_type,)* #(#given: #types),*) -> Self {
                Self { #(#tag_name,)* #(#given,)* #(#absent: ::std::option::Option::None),* #extra }
            }
        }
    }
}

fn ident(member: &Member) -> Ident {
    format_ident!("{}", snake(&member.name))
}

fn branches_name(emitter: &Emitter<'_>, id: TypeId) -> Ident {
    format_ident!("{}Branches", emitter.name(id))
}

/// The enum that stands for a union's tag and branch.
fn branches(emitter: &Emitter<'_>, id: TypeId, variants: &Variants) -> TokenStream {
    let (name, tag) = (branches_name(emitter, id), &variants.tag);
    let cases = variants.branches.iter().map(|branch| {
        let (wire, variant) = (&branch.name, variant(&branch.name));
        let content = (!is_empty(emitter, branch.ty)).then(|| emitter.member_type(id, branch.ty));
        let content = content.map(|ty| quote!((#ty)));
        quote!(#[serde(rename = #wire)] #variant #content)
    });
    let conversions = conversions(emitter, id, &name, &variants.branches);
    quote! {
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = #tag)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases,)*
            #[serde(untagged)]
            Unrecognised(::serde_json::Map<::std::string::String, ::serde_json::Value>),
        }
        #conversions
    }
}

fn is_empty(emitter: &Emitter<'_>, id: TypeId) -> bool {
    emitter.schema.object(id).is_some_and(|object| object.origin == ObjectOrigin::Empty)
}

fn alternate(emitter: &Emitter<'_>, id: TypeId, alternate: &Alternate) -> TokenStream {
    let name = emitter.name(id);
    let cases = alternate.branches.iter().map(|branch| {
        let (variant, ty) = (variant(&branch.name), emitter.member_type(id, branch.ty));
        quote!(#variant(#ty))
    });
    let conversions = conversions(emitter, id, &name, &alternate.branches);
    quote! {
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #name { #(#cases,)* Unrecognised(::serde_json::Value) }
        #conversions
    }
}

/// `From` for each branch whose type no other branch has.
fn conversions(emitter: &Emitter<'_>, owner: TypeId, name: &Ident, branches: &[Branch]) -> TokenStream {
    let (mut once, mut again) = (BTreeSet::new(), BTreeSet::new());
    for branch in branches {
        if !once.insert(branch.ty) {
            again.insert(branch.ty);
        }
    }
    let unique = branches.iter().filter(|branch| !again.contains(&branch.ty) && !is_empty(emitter, branch.ty));
    let conversions = unique.map(|branch| {
        let (variant, ty) = (variant(&branch.name), emitter.rust_type(branch.ty));
        let boxed = emitter.holds(branch.ty, owner);
        let value = if boxed { quote!(::std::boxed::Box::new(value)) } else { quote!(value) };
        quote! {
            impl ::std::convert::From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    });
    quote!(#(#conversions)*)
}

fn enumeration(name: &Ident, values: &Enum) -> TokenStream {
    let wire: Vec<_> = values.values.iter().map(|value| &value.name).collect();
    let variants: Vec<_> = wire.iter().map(|name| variant(name)).collect();
    quote! {
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum #name {
            #(#[serde(rename = #wire)] #variants,)*
            #[serde(untagged)]
            Unrecognised(::std::string::String),
        }
        impl #name {
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #wire,)*
                    Self::Unrecognised(text) => text,
                }
            }
        }
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::std::convert::AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::std::str::FromStr for #name {
            type Err = ::std::string::String;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                match text {
                    #(#wire => ::std::result::Result::Ok(Self::#variants),)*
                    _ => ::std::result::Result::Err(text.into()),
                }
            }
        }
    }
}

fn variant(name: &str) -> Ident {
    format_ident!("{}", pascal(name))
}
