//! Types that the sample lacks: every scalar, recursion, many members, unions in unions.

use qmp_types::private::*;
use qmp_types::{Null, UnknownBranch};

/// A record in the fewest words: `required`, `optional` members; `tag` is a union's discriminator.
macro_rules! record_type {
    ($name:ident { $($rule:ident $key:literal $member:ident: $type:ty),* $(,)? } $(tag $tag:literal $branches:ident)?) => {
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $member: $type,)*
        }
        impl Record for $name {
            const TABLE: &'static Table = {
                const REQUIRED: &[bool] = &[$(record_type!(@ $rule)),*];
                &Table {
                    members: Names { owner: stringify!($name), all: &[$($key),*], slots: &[], features: &[] },
                    required: &words::<{ REQUIRED.len().div_ceil(64) }>(REQUIRED),
                    tag: record_type!(@tag $($tag)?),
                }
            };
            fn read_member(&mut self, index: usize, reader: &mut Reader<'_>) -> Result {
                [$(&mut self.$member as &mut dyn Field),*].into_iter().nth(index).unwrap().read(reader)
            }
            fn visit<V: Visitor>(&self, visitor: &mut V) {
                $({
                    const KEY: &str = concat!("\"", $key, "\": ");
                    visitor.member::<{ KEY.len() }, _>(KEY.as_bytes().first_chunk().unwrap(), &self.$member);
                })*
                $(visitor.branch(&self.$branches);)?
            }
            $(
                fn branch(&mut self) -> Option<&mut dyn Object> {
                    Branches::branch(&mut self.$branches)
                }
            )?
        }
        impl Generated for $name {
            type Shape = Struct;
            fn blank() -> Self {
                Self { $($member: Field::blank()),* }
            }
        }
        debug!($name);
    };
    (@ required) => { true };
    (@ optional) => { false };
    (@tag) => { None };
    (@tag $tag:literal) => { Some($tag) };
}

/// A bit for each that is required, in words of 64.
const fn words<const N: usize>(required: &[bool]) -> [u64; N] {
    let (mut words, mut index) = ([0; N], 0);
    while index < required.len() {
        words[index / 64] |= (required[index] as u64) << (index % 64);
        index += 1;
    }
    words
}

/// The discriminator of a union in the fewest words; the last value has no branch.
macro_rules! branches_type {
    ($name:ident { $($value:literal $variant:ident($type:ty)),* } else $plain:literal) => {
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "as in generated code")]
        pub(crate) enum $name {
            $($variant($type),)*
            Plain,
            Unknown(UnknownBranch),
        }
        impl Enumeration for $name {
            const NAMES: &'static Names = &Names { owner: stringify!($name), all: &[$($value,)* $plain], slots: &[], features: &[] };
            fn position(&self) -> std::result::Result<usize, &str> {
                let text = match self {
                    $(Self::$variant(_) => $value,)*
                    Self::Plain => $plain,
                    Self::Unknown(branch) => return Err(&branch.value),
                };
                Ok(Self::NAMES.all.iter().position(|name| *name == text).unwrap())
            }
            fn known(index: usize) -> Self {
                [$((|| Self::$variant(Field::blank())) as fn() -> Self,)* || Self::Plain][index]()
            }
            fn unknown(text: &str) -> Option<Self> {
                Some(Self::Unknown(UnknownBranch::new(text)))
            }
        }
        impl Branches for $name {
            fn branch(&mut self) -> Option<&mut dyn Object> {
                match self {
                    $(Self::$variant(branch) => Some(branch),)*
                    Self::Plain => None,
                    Self::Unknown(branch) => Some(branch),
                }
            }
            fn visit_branch<V: Visitor>(&self, visitor: &mut V) {
                match self {
                    $(Self::$variant(branch) => branch.visit(visitor),)*
                    Self::Plain => {}
                    Self::Unknown(branch) => branch.visit(visitor),
                }
            }
        }
        impl Generated for $name {
            type Shape = Tag;
            fn blank() -> Self {
                Self::Plain
            }
        }
    };
}

record_type!(Scalars {
    optional "i8" i8: Option<i8>,
    optional "i16" i16: Option<i16>,
    optional "i32" i32: Option<i32>,
    optional "i64" i64: Option<i64>,
    optional "u8" u8: Option<u8>,
    optional "u16" u16: Option<u16>,
    optional "u32" u32: Option<u32>,
    optional "u64" u64: Option<u64>,
    optional "number" number: Option<f64>,
    optional "bool" bool: Option<bool>,
    optional "str" str: Option<String>,
    optional "null" null: Option<Null>,
    optional "any" any: Option<Value>,
    optional "u8s" u8s: Option<Vec<u8>>,
    optional "empty" empty: Option<()>,
});

record_type!(Chain { required "value" value: i64, optional "next" next: Option<Box<Chain>>, optional "list" list: Option<Vec<Chain>> });

record_type!(Endless { required "next" next: Option<Box<Endless>> });

record_type!(Choice { required "kind" kind: ChoiceKind, optional "common" common: Option<i64> } tag 0 kind);
branches_type!(ChoiceKind { "outer" Outer(Outer), "nest" Nest(Nest) } else "plain");
record_type!(Nest { required "inner" inner: Box<Choice> });
record_type!(Outer { optional "outer" outer: Option<i64>, required "how" how: OuterHow } tag 1 how);
branches_type!(OuterHow { "middle" Middle(Middle) } else "none");
record_type!(Middle { required "what" what: MiddleWhat, required "middle" middle: i64 } tag 0 what);
branches_type!(MiddleWhat { "deep" Deep(Wide) } else "flat");

/// As many members as take three words of a set.
macro_rules! wide {
    ($($rule:ident $key:literal $member:ident),*) => { record_type!(Wide { $($rule $key $member: Option<i64>),* }); };
}
wide!(
    required "m0" m0, optional "m1" m1, optional "m2" m2, optional "m3" m3, optional "m4" m4, optional "m5" m5,
    optional "m6" m6, optional "m7" m7, optional "m8" m8, optional "m9" m9, optional "m10" m10, optional "m11" m11,
    optional "m12" m12, optional "m13" m13, optional "m14" m14, optional "m15" m15, optional "m16" m16,
    optional "m17" m17, optional "m18" m18, optional "m19" m19, optional "m20" m20, optional "m21" m21,
    optional "m22" m22, optional "m23" m23, optional "m24" m24, optional "m25" m25, optional "m26" m26,
    optional "m27" m27, optional "m28" m28, optional "m29" m29, optional "m30" m30, optional "m31" m31,
    optional "m32" m32, optional "m33" m33, optional "m34" m34, optional "m35" m35, optional "m36" m36,
    optional "m37" m37, optional "m38" m38, optional "m39" m39, optional "m40" m40, optional "m41" m41,
    optional "m42" m42, optional "m43" m43, optional "m44" m44, optional "m45" m45, optional "m46" m46,
    optional "m47" m47, optional "m48" m48, optional "m49" m49, optional "m50" m50, optional "m51" m51,
    optional "m52" m52, optional "m53" m53, optional "m54" m54, optional "m55" m55, optional "m56" m56,
    optional "m57" m57, optional "m58" m58, optional "m59" m59, optional "m60" m60, optional "m61" m61,
    optional "m62" m62, required "m63" m63, required "m64" m64, optional "m65" m65, optional "m66" m66,
    optional "m67" m67, optional "m68" m68, optional "m69" m69, optional "m70" m70, optional "m71" m71,
    optional "m72" m72, optional "m73" m73, optional "m74" m74, optional "m75" m75, optional "m76" m76,
    optional "m77" m77, optional "m78" m78, optional "m79" m79, optional "m80" m80, optional "m81" m81,
    optional "m82" m82, optional "m83" m83, optional "m84" m84, optional "m85" m85, optional "m86" m86,
    optional "m87" m87, optional "m88" m88, optional "m89" m89, optional "m90" m90, optional "m91" m91,
    optional "m92" m92, optional "m93" m93, optional "m94" m94, optional "m95" m95, optional "m96" m96,
    optional "m97" m97, optional "m98" m98, optional "m99" m99, optional "m100" m100, optional "m101" m101,
    optional "m102" m102, optional "m103" m103, optional "m104" m104, optional "m105" m105, optional "m106" m106,
    optional "m107" m107, optional "m108" m108, optional "m109" m109, optional "m110" m110, optional "m111" m111,
    optional "m112" m112, optional "m113" m113, optional "m114" m114, optional "m115" m115, optional "m116" m116,
    optional "m117" m117, optional "m118" m118, optional "m119" m119, optional "m120" m120, optional "m121" m121,
    optional "m122" m122, optional "m123" m123, optional "m124" m124, optional "m125" m125, optional "m126" m126,
    required "m127" m127, required "m128" m128, optional "m129" m129, optional "m130" m130, optional "m131" m131,
    optional "m132" m132, optional "m133" m133, optional "m134" m134, optional "m135" m135, optional "m136" m136,
    optional "m137" m137, optional "m138" m138, optional "m139" m139, optional "m140" m140, optional "m141" m141,
    optional "m142" m142, optional "m143" m143, optional "m144" m144, optional "m145" m145, optional "m146" m146,
    optional "m147" m147, optional "m148" m148, required "m149" m149
);
