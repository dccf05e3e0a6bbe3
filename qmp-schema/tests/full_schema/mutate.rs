//! One-step mutations of a value: one thing added, taken away or replaced, anywhere in it.

use fastrand::Rng;
use serde_json::{Value, json};

/// A copy of `value` with one random change.
pub(crate) fn mutate(value: &Value, rng: &mut Rng) -> Value {
    let mut mutant = value.clone();
    let places = count(&mutant);
    change(&mut mutant, rng.usize(..places), rng);
    mutant
}

/// How many values there are in `value`, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value at `place`, counted as `count` does.
fn change(value: &mut Value, mut place: usize, rng: &mut Rng) {
    if place == 0 {
        return replace(value, rng);
    }
    place -= 1;
    let inner: Box<dyn Iterator<Item = &mut Value>> = match value {
        Value::Array(items) => Box::new(items.iter_mut()),
        Value::Object(members) => Box::new(members.values_mut()),
        _ => return,
    };
    for item in inner {
        let size = count(item);
        if place < size {
            return change(item, place, rng);
        }
        place -= size;
    }
}

fn replace(value: &mut Value, rng: &mut Rng) {
    match value {
        Value::Object(members) if rng.u8(0..4) != 0 => {
            let keys: Vec<String> = members.keys().cloned().collect();
            match keys.as_slice() {
                [] => drop(members.insert("odd-one".into(), json!(1))),
                keys if rng.bool() => drop(members.remove(&keys[rng.usize(..keys.len())])),
                keys => {
                    let key = &keys[rng.usize(..keys.len())];
                    let moved = members[key].clone();
                    members.insert(format!("{key}x"), moved);
                }
            }
        }
        _ => *value = other(rng),
    }
}

/// A value of some kind, small enough for every integer type.
fn other(rng: &mut Rng) -> Value {
    match rng.u8(0..8) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(3),
        3 => json!(1.5),
        4 => json!("odd"),
        5 => json!(""),
        6 => json!([]),
        _ => json!({}),
    }
}
