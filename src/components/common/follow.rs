//! One thing of a list, as it changes.

use std::sync::Arc;

use leptos::prelude::*;

/// Follows one thing in a slice: `find` looks it up, and when it is gone the last value stays, for the moment
/// until its component goes too.
pub fn follow<V, T>(
    slice: ReadSignal<Arc<V>>,
    initial: T,
    find: impl Fn(&V) -> Option<T> + Send + Sync + 'static,
) -> Memo<T>
where
    V: Send + Sync + 'static,
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |last: Option<&T>| {
        slice
            .with(|slice| find(slice))
            .or_else(|| last.cloned())
            .unwrap_or_else(|| initial.clone())
    })
}
