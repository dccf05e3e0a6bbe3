//! Normalises introspection data: without unreachable entries and independent of the numbers of types.

use std::collections::HashMap;

use serde_json::Value;

/// Returns the commands and events, then the types in the order in which they are first reached, numbered in this order.
pub(crate) fn reachable(list: &str) -> Vec<Value> {
    let entries: Vec<Value> = serde_json::from_str(list).expect("a list");
    let (interface, types): (Vec<Value>, Vec<Value>) =
        entries.into_iter().partition(|entry| entry["meta-type"] == "command" || entry["meta-type"] == "event");
    let types: HashMap<String, Value> = types.into_iter().map(|entry| (entry["name"].to_string(), entry)).collect();
    let mut order = Order { seen: HashMap::new(), names: Vec::new() };
    let mut all: Vec<Value> = interface.into_iter().map(|entry| order.numbered(entry)).collect();
    let mut next = 0;
    while let Some(name) = order.names.get(next).cloned() {
        let mut entry = types[&name].clone();
        entry["name"] = next.into();
        all.push(order.numbered(entry));
        next += 1;
    }
    all
}

struct Order {
    seen: HashMap<String, usize>,
    names: Vec<String>,
}

impl Order {
    /// Replaces the references of an entry by numbers.
    fn numbered(&mut self, mut entry: Value) -> Value {
        for key in ["arg-type", "ret-type", "element-type"] {
            entry.get_mut(key).into_iter().for_each(|name| self.number(name));
        }
        for key in ["members", "variants"] {
            let items = entry.get_mut(key).and_then(Value::as_array_mut);
            items.into_iter().flatten().filter_map(|item| item.get_mut("type")).for_each(|name| self.number(name));
        }
        entry
    }

    fn number(&mut self, name: &mut Value) {
        let text = name.to_string();
        let next = self.names.len();
        let number = *self.seen.entry(text.clone()).or_insert(next);
        if number == next {
            self.names.push(text);
        }
        *name = number.into();
    }
}
