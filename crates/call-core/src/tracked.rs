//! Change tracking: a value with a dirty flag, which says whether the view must be rebuilt from it.

use std::ops::{Deref, DerefMut};

/// A value with a dirty flag. Creating it and every mutable borrow count as a change.
#[derive(Clone, Debug)]
pub(crate) struct Tracked<T> {
    value: T,
    changed: bool,
}

impl<T> Tracked<T> {
    /// Wraps a value, marked as changed.
    pub(crate) fn new(value: T) -> Self {
        Self { value, changed: true }
    }

    /// Returns whether the value may have changed since the flag was last cleared.
    pub(crate) fn changed(&self) -> bool {
        self.changed
    }

    /// Returns whether the value may have changed, and clears the flag.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Replaces the value; counts as a change only if the new one differs.
    pub(crate) fn put(&mut self, value: T)
    where
        T: PartialEq,
    {
        if self.value != value {
            *self = Self::new(value);
        }
    }
}

impl<T: Copy + PartialEq> Tracked<T> {
    /// Replaces the value as [`Self::put`] does, and returns the old one.
    pub(crate) fn replace(&mut self, value: T) -> T {
        let before = self.value;
        self.put(value);
        before
    }
}

impl<T: Default> Default for Tracked<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> Deref for Tracked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Tracked<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.changed = true;
        &mut self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_marks_as_changed() {
        let mut list = Tracked::new(vec![1]);
        assert!(list.take_changed(), "a new value counts as changed");
        assert_eq!(list.len(), 1);
        list.put(vec![1]);
        assert!(!list.changed(), "the value is the same");
        list.push(2);
        assert!(list.take_changed());
        list.put(vec![]);
        assert!(list.take_changed() && !list.changed());
    }
}
