//! The scenes, played one after the other, each with its own people and server.

mod door;
mod errors;
mod guests;
mod labs;
mod moderating;
mod talking;

use e2e::Outcome;

/// Plays the scenes with these names, or all of them when there is no name.
pub async fn play(wanted: &[String]) -> Outcome {
    macro_rules! scenes {
        ($($name:literal: $scene:path),* $(,)?) => {
            let known = [$($name),*];
            if let Some(name) = wanted.iter().find(|name| !known.contains(&name.as_str())) {
                let words = format!("unknown scene {name:?}; the scenes are {}", known.join(", "));
                return Err(std::io::Error::other(words).into());
            }
            $(if wanted.is_empty() || wanted.iter().any(|name| name == $name) {
                println!("==> {}", $name);
                $scene().await?;
            })*
        };
    }
    scenes! {
        "sign-in": door::sign_in,
        "ready": door::ready,
        "invitation": talking::invitation,
        "conference": talking::conference,
        "screen": talking::screen,
        "chinese": talking::chinese,
        "lab-connection": labs::connection,
        "lab-set-up": labs::set_up,
        "moderating": moderating::lobby,
        "guests": guests::guests,
        "camera": errors::camera,
        "password": errors::password,
        "occupied": errors::occupied,
        // Last, since it takes more than two cores.
        "eight": talking::eight,
    }
    Ok(())
}
