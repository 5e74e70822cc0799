//! A value that knows whether it may have changed since what is shown was last made of it.

use std::ops::{Deref, DerefMut};

/// A value of which every borrow for writing counts as a change; so does its beginning.
#[derive(Clone, Debug)]
pub(crate) struct Tracked<T> {
    value: T,
    changed: bool,
}

impl<T> Tracked<T> {
    /// A value that is new.
    pub(crate) fn new(value: T) -> Self {
        Self { value, changed: true }
    }

    /// Whether it may have changed.
    pub(crate) fn changed(&self) -> bool {
        self.changed
    }

    /// Whether it may have changed; from now on it has not.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Puts another value in its place, which is a change only if it differs.
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
    /// Puts another value in its place, and gives the one that was there.
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
    fn reading_changes_nothing_and_writing_does() {
        let mut list = Tracked::new(vec![1]);
        assert!(list.take_changed(), "it is new");
        assert_eq!(list.len(), 1);
        list.put(vec![1]);
        assert!(!list.changed(), "it is the same");
        list.push(2);
        assert!(list.take_changed());
        list.put(vec![]);
        assert!(list.take_changed() && !list.changed());
    }
}
