//! Mounts the app; everything else is in the library, where the browser tests reach it.

fn main() {
    #[cfg(target_arch = "wasm32")]
    confab::mount();
}
