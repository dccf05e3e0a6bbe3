//! Names types after their first use, in breadth-first order from the commands and events.
//!
//! The type that `query-block` returns is `BlockInfo`, that of another command `do-it` is `DoItResult`. Data that is written in
//! its command or event has no name. The type of a member or branch is named after the owner, without `Info` and the like, and
//! the member: `BlockInserted`. Types of the same name are numbered. Names in an unmasked list are kept.

use std::collections::{HashMap, HashSet, VecDeque};

use super::entry::{Entry, Kind, Role};
use super::resolved::Resolved;

/// A longer owner's name is not repeated in the names of its members' types.
const LONG: usize = 60;

/// The name of the empty object in an unmasked list.
const EMPTY: &str = "q_empty";

/// The names of types.
#[derive(Debug)]
pub(super) struct Names {
    /// Each name by the index of its entry.
    names: HashMap<usize, String>,
    /// The types that need a definition, in the order of first use.
    defined: Vec<usize>,
    /// The object that stands for "no arguments" and "returns nothing".
    empty: Option<usize>,
    /// The objects that are written in their command or event.
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

    /// Returns the types that need a definition, with their names.
    pub(super) fn defined(&self) -> impl Iterator<Item = (usize, &str)> {
        self.defined.iter().map(|&index| (index, self.names[&index].as_str()))
    }

    /// Returns the name of a type that needs a definition.
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

/// Returns the empty object: the one of that name, otherwise the one that most commands have as arguments or return.
fn empty(list: &Resolved) -> Option<usize> {
    let is_empty = |index: &usize| {
        let entry = &list.entries[*index];
        entry.features.is_empty() && matches!(&entry.kind, Kind::Object(members, None) if members.is_empty())
    };
    let named = list.entries.iter().position(|entry| entry.name == EMPTY);
    if named.as_ref().is_some_and(is_empty) {
        return named;
    }
    let mut uses: HashMap<usize, usize> = HashMap::new();
    for entry in list.entries.iter().filter(|entry| !entry.is_type()) {
        for index in entry.references().into_iter().map(|(name, _)| list.find(name)).filter(is_empty) {
            *uses.entry(index).or_default() += 1;
        }
    }
    uses.into_iter().max_by_key(|&(index, uses)| (uses, std::cmp::Reverse(index))).map(|(index, _)| index)
}

/// Returns the objects that can be written in their command or event: nothing else refers to them, the list has no name for
/// them, and the language allows the names of their members there.
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

/// An entry whose references need names, and the beginning of those names.
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
    /// Names the types that a command or event refers to.
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

    /// Names the types that a type refers to.
    fn parts(&mut self, entry: &Entry, owner: &str, queue: &mut VecDeque<User>) {
        let owner = if owner.len() > LONG { "" } else { owner };
        for (name, role) in entry.references() {
            match role {
                Role::Member(part) | Role::Branch(part) => self.visit(name, joined(owner, &camel(part)), "", queue),
                _ => self.visit(name, owner.to_owned(), self.alternate_ending(name), queue),
            }
        }
    }

    /// Returns the ending for the type of an alternate's branch.
    fn alternate_ending(&self, name: &str) -> &'static str {
        match &self.list.entries[self.list.element(name)].kind {
            Kind::Enum(_) => "Name",
            _ => "Value",
        }
    }

    /// Names a type, or the element of an array, by `stem` and `ending` if it has no name yet. The names of the types that it
    /// refers to begin with the stem.
    fn visit(&mut self, ty: &str, stem: String, ending: &str, queue: &mut VecDeque<User>) {
        let index = self.list.element(ty);
        let entry = &self.list.entries[index];
        if self.names.names.contains_key(&index) || self.names.is_empty(index) {
            return;
        }
        let listed = Some(&entry.name).filter(|name| is_type_name(name));
        let (name, stem) = match (&entry.kind, listed) {
            (Kind::Builtin(builtin), _) => ((*builtin).to_owned(), stem),
            (_, Some(listed)) if listed == "QType" => (listed.clone(), stem),
            (_, Some(listed)) => (self.claim(listed.clone()), listed.clone()),
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

    /// Returns the name in the form that the language requires, with a number if it is taken.
    fn claim(&mut self, name: String) -> String {
        let mut name = name;
        if !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            name.insert_str(0, "Type");
        }
        // The language reserves `List` for arrays, and requires lower-case letters.
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

/// Joins the names of an owner and its part: the status of a `Status` is a `Status`.
fn joined(owner: &str, part: &str) -> String {
    if owner.ends_with(part) { owner.to_owned() } else { owner.to_owned() + part }
}

/// Whether the list has a real name for a type: masked ones are numbers, and implicit types are named `q_obj_...`.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !name.ends_with("List")
}

/// Converts a name to camel case: `do-it` to `DoIt`, `DEVICE_DELETED` to `DeviceDeleted`.
fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let is_upper = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.extend(letters.map(|letter| if is_upper { letter.to_ascii_lowercase() } else { letter }));
    }
    camel
}
