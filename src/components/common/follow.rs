//! Follows one item of a list.

use std::sync::Arc;

use leptos::prelude::*;

/// Follows one item in a slice, looked up by `find`. Once the item is gone its last value stays, until its
/// component is removed too.
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
