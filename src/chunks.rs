//! The app in chunks: the first one has the sign-in page, the others are loaded when they are needed.
//!
//! A function declared with [`chunk!`] is in a chunk with everything that only such functions reach.
//! `scripts/split/wasm-bindgen` does the splitting. Builds without it (the tests, `trunk serve`) have everything in
//! one file, where a chunk is always there.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use wasm_bindgen_futures::spawn_local;

/// A chunk could not be loaded. Loading it again may succeed.
pub type Missing = leptos::wasm_split::SplitLoaderError;

/// Declares a function that is in a chunk.
///
/// `$name` loads the chunk and calls the function, `$load` only loads it. All functions of a chunk come in one
/// file. Types must not be generic or `impl`, and the function not `async`.
macro_rules! chunk {
    ($(#[$meta:meta])* $chunk:ident, $load:ident, fn $name:ident($($arg:ident: $type:ty),* $(,)?) -> $out:ty $body:block) => {
        #[cfg(confab_split)]
        #[leptos::wasm_split::wasm_split($chunk, wasm_split_path = ::leptos::wasm_split, preload($load), fallible)]
        $(#[$meta])*
        #[allow(unused_braces, reason = "the body may be one expression")]
        pub(crate) fn $name($($arg: $type),*) -> Result<$out, $crate::chunks::Missing> { Ok($body) }

        #[cfg(not(confab_split))]
        $(#[$meta])*
        #[allow(clippy::unused_async, reason = "it loads, where the app is split")]
        pub(crate) async fn $name($($arg: $type),*) -> Result<$out, $crate::chunks::Missing> { Ok($body) }

        #[cfg(not(confab_split))]
        #[allow(dead_code, clippy::unused_async, reason = "it loads, where the app is split")]
        pub(crate) async fn $load() -> Result<(), $crate::chunks::Missing> { Ok(()) }
    };
}
pub(crate) use chunk;

/// The result of a future that needs no waiting, such as a call into a chunk that is there.
pub fn at_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Option<F::Output> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// Starts a future; the result waits for the rest of it.
pub fn started<T>(future: impl Future<Output = T>) -> impl Future<Output = T> {
    let mut future = Box::pin(future);
    let first = at_once(future.as_mut());
    async move {
        match first {
            Some(value) => value,
            None => future.await,
        }
    }
}

/// Passes on the result of a future: at once, if it needs no waiting.
pub fn when_ready<T: 'static>(future: impl Future<Output = T> + 'static, then: impl FnOnce(T) + 'static) {
    let mut future = Box::pin(future);
    match at_once(future.as_mut()) {
        Some(value) => then(value),
        None => spawn_local(async move { then(future.await) }),
    }
}
