//! Mounts the app. The rest is in the library, where the browser tests can reach it.

fn main() {
    #[cfg(target_arch = "wasm32")]
    confab::mount();
}
