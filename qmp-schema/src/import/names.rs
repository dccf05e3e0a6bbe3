//! Names for types that have none: by where a type is first used, seen from the commands and events.
//!
//! What `query-block` returns is `BlockInfo`, what another command `do-it` returns is `DoItResult`; data that stands in its
//! command or event is not named. A member's type is its owner's name, without such an ending, and the member's, unless the
//! one ends in the other: `BlockInserted`. Several of one name are numbered. Names that a list does tell (unmasked) are kept.

use std::collections::{HashMap, HashSet, VecDeque};

use super::entry::{Entry, Kind, Role};
use super::resolved::Resolved;

/// Beyond this, a name begins anew with the member's.
const LONG: usize = 60;

/// What an unmasked list calls the empty object.
const EMPTY: &str = "q_empty";

/// What is called what.
#[derive(Debug)]
pub(super) struct Names {
    /// By the index of the entry.
    names: HashMap<usize, String>,
    /// The types that have to be defined, in the order of first use.
    defined: Vec<usize>,
    /// The object that stands for "no arguments" and "returns nothing".
    empty: Option<usize>,
    /// The objects that stand in their command or event.
    inline: HashSet<usize>,
}

impl Names {
    pub(super) fn new(list: &Resolved) -> Self {
        let names = Self { names: HashMap::new(), defined: Vec::new(), empty: empty(list), inline: inline(list) };
        let mut namer = Namer { list, names, taken: HashSet::from(["QType".to_owned()]), numbers: HashMap::new() };
        let mut queue = VecDeque::new();
        for entry in list.entries.iter().filter(|entry| !entry.is_type()) {
            namer.interface(entry, &mut queue);
        }
        while let Some(User { index, name }) = queue.pop_front() {
            namer.parts(&list.entries[index], &name, &mut queue);
        }
        namer.names
    }

    /// The types to define, with their names.
    pub(super) fn defined(&self) -> impl Iterator<Item = (usize, &str)> {
        self.defined.iter().map(|&index| (index, self.names[&index].as_str()))
    }

    /// The name of a type that is defined.
    pub(super) fn of(&self, index: usize) -> &str {
        &self.names[&index]
    }

    pub(super) fn is_empty(&self, index: usize) -> bool {
        self.empty == Some(index)
    }

    pub(super) fn is_inline(&self, index: usize) -> bool {
        self.inline.contains(&index)
    }
}

/// Of the objects without members, the one that the list calls so, or else the one that most commands have for "nothing".
fn empty(list: &Resolved) -> Option<usize> {
    let is_empty = |index: &usize| {
        let entry = &list.entries[*index];
        entry.features.is_empty() && matches!(&entry.kind, Kind::Object(members, None) if members.is_empty())
    };
    let told = list.entries.iter().position(|entry| entry.name == EMPTY);
    if told.as_ref().is_some_and(is_empty) {
        return told;
    }
    let mut uses: HashMap<usize, usize> = HashMap::new();
    for entry in list.entries.iter().filter(|entry| !entry.is_type()) {
        for index in entry.references().into_iter().map(|(name, _)| list.find(name)).filter(is_empty) {
            *uses.entry(index).or_default() += 1;
        }
    }
    uses.into_iter().max_by_key(|&(index, uses)| (uses, std::cmp::Reverse(index))).map(|(index, _)| index)
}

/// The objects that can be written in their command or event: nothing else is of them, the list does not tell what they
/// are called, and the language lets the names of their members stand there.
fn inline(list: &Resolved) -> HashSet<usize> {
    let mut uses: HashMap<usize, usize> = HashMap::new();
    for (name, _) in list.entries.iter().flat_map(Entry::references) {
        *uses.entry(list.find(name)).or_default() += 1;
    }
    let data = list.entries.iter().filter_map(|entry| match &entry.kind {
        Kind::Command { arguments, .. } => Some(list.find(arguments)),
        Kind::Event(data) => Some(list.find(data)),
        _ => None,
    });
    let can_stand = |entry: &Entry| is_plain(entry) && !is_type_name(&entry.name);
    data.filter(|index| uses[index] == 1 && can_stand(&list.entries[*index])).collect()
}

fn is_plain(data: &Entry) -> bool {
    let is_lower = |name: &str| !name.bytes().any(|byte| byte == b'_' || byte.is_ascii_uppercase());
    data.features.is_empty()
        && matches!(&data.kind, Kind::Object(members, None) if members.iter().all(|member| is_lower(&member.name)))
}

/// An entry whose references are to be named, and how these names begin.
struct User {
    index: usize,
    name: String,
}

struct Namer<'a> {
    list: &'a Resolved,
    names: Names,
    taken: HashSet<String>,
    /// The numbers to try next.
    numbers: HashMap<String, usize>,
}

impl Namer<'_> {
    /// Names what a command or event refers to.
    fn interface(&mut self, entry: &Entry, queue: &mut VecDeque<User>) {
        let stem = camel(&entry.name);
        for (name, role) in entry.references() {
            match role {
                Role::Returned => match entry.name.strip_prefix("query-") {
                    Some(queried) => self.visit(name, camel(queried), "Info", queue),
                    None => self.visit(name, stem.clone(), "Result", queue),
                },
                Role::Arguments => self.visit(name, stem.clone(), "Arguments", queue),
                _ => self.visit(name, stem.clone(), "Data", queue),
            }
        }
    }

    /// Names what a type refers to.
    fn parts(&mut self, entry: &Entry, owner: &str, queue: &mut VecDeque<User>) {
        let owner = if owner.len() > LONG { "" } else { owner };
        for (name, role) in entry.references() {
            match role {
                Role::Member(part) | Role::Branch(part) => self.visit(name, joined(owner, &camel(part)), "", queue),
                _ => self.visit(name, owner.to_owned(), self.alternate_ending(name), queue),
            }
        }
    }

    /// What the type of an alternate's branch is called beside the others.
    fn alternate_ending(&self, name: &str) -> &'static str {
        match &self.list.entries[self.list.element(name)].kind {
            Kind::Enum(_) => "Name",
            _ => "Value",
        }
    }

    /// Names a type, or the element of an array, `STEM` and `ENDING` if it has no name yet. Names of what it refers to begin
    /// with the stem.
    fn visit(&mut self, ty: &str, stem: String, ending: &str, queue: &mut VecDeque<User>) {
        let index = self.list.element(ty);
        let entry = &self.list.entries[index];
        if self.names.names.contains_key(&index) || self.names.is_empty(index) {
            return;
        }
        let told = Some(&entry.name).filter(|name| is_type_name(name));
        let (name, stem) = match (&entry.kind, told) {
            (Kind::Builtin(builtin), _) => ((*builtin).to_owned(), stem),
            (_, Some(told)) if told == "QType" => (told.clone(), stem),
            (_, Some(told)) => (self.claim(told.clone()), told.clone()),
            _ if self.names.is_inline(index) => (String::new(), stem),
            _ if ending.is_empty() => self.claimed_with_stem(stem),
            _ => (self.claim(stem.clone() + ending), stem),
        };
        let is_defined = !name.is_empty() && name != "QType" && !matches!(entry.kind, Kind::Builtin(_));
        self.names.defined.extend(is_defined.then_some(index));
        self.names.names.insert(index, name);
        queue.push_back(User { index, name: stem });
    }

    fn claimed_with_stem(&mut self, stem: String) -> (String, String) {
        let name = self.claim(stem);
        (name.clone(), name)
    }

    /// The name in the form that the language wants, and with a number if it is taken.
    fn claim(&mut self, name: String) -> String {
        let mut name = name;
        if !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            name.insert_str(0, "Type");
        }
        // The language keeps `List` for arrays, and wants lower-case letters.
        if name.ends_with("List") || !name.bytes().any(|byte| byte.is_ascii_lowercase()) {
            name.push_str("Type");
        }
        if self.taken.insert(name.clone()) {
            return name;
        }
        let number = self.numbers.entry(name.clone()).or_insert(2);
        loop {
            let numbered = format!("{name}{number}");
            *number += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// The status of a `Status` is not called `StatusStatus`.
fn joined(owner: &str, part: &str) -> String {
    if owner.ends_with(part) { owner.to_owned() } else { owner.to_owned() + part }
}

/// Whether a list tells the name: masked ones are numbers, and implicit types have names that only the language gives.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !name.ends_with("List")
}

/// `do-it` is `DoIt`, `DEVICE_DELETED` is `DeviceDeleted`.
fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let is_loud = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.extend(letters.map(|letter| if is_loud { letter.to_ascii_lowercase() } else { letter }));
    }
    camel
}
