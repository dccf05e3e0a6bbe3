//! Values that belong to a session.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex};

use crate::sync::lock;

/// Values of any types, at most one of each. They are dropped when the session ends.
#[derive(Default)]
pub(super) struct SessionValues(Mutex<Vec<Arc<dyn Any + Send + Sync>>>);

impl SessionValues {
    /// Returns the value of this type, which is created at the first call.
    pub(super) fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut values = lock(&self.0);
        if let Some(value) = values.iter().find_map(|value| Arc::clone(value).downcast().ok()) {
            return value;
        }
        let value = Arc::<T>::default();
        values.push(Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
        value
    }

    /// Drops all values that no command uses.
    pub(super) fn clear(&self) {
        let values = std::mem::take(&mut *lock(&self.0));
        drop(values);
    }
}

impl fmt::Debug for SessionValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionValues").finish_non_exhaustive()
    }
}
