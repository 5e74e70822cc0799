//! Takes the screenshots in `docs/screenshots/`, from real calls of real browsers on the real server.
//!
//! `make screenshots` runs it after the app and the server are built. With names of scenes as arguments, it
//! plays only those.

mod gallery;
mod palette;
mod portrait;
mod scenes;
mod steps;

use e2e::Outcome;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    scenes::play(&wanted).await
}
