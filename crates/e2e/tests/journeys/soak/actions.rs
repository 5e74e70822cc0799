//! Random actions, each of which a person's page allows at that moment.

use e2e::{Outcome, Patience, Person};
use fastrand::Rng;
use serde_json::json;

use super::NAMES;
use super::agreement::PICTURE;

/// Clicks the button whose name begins with NAME, if there is one that can be clicked; returns whether.
const CLICK: &str = "(() => {
    const open = document.querySelector('dialog:modal') ?? document;
    const button = [...open.querySelectorAll('button')].find((button) =>
        (button.ariaLabel ?? button.innerText).trim().startsWith(NAME) && !button.disabled && button.checkVisibility());
    button?.click();
    return Boolean(button);
})()";

pub async fn clicks(person: &Person, name: &str) -> Outcome<bool> {
    let clicked = person
        .evaluate(&CLICK.replace("NAME", &format!("{name:?}")))
        .await?;
    Ok(clicked == true)
}

/// Performs a random action of a person, or an event that happens to them; returns its name.
pub async fn something(person: &Person, chance: &mut Rng) -> Outcome<String> {
    loop {
        if let Some(done) = tries(person, chance).await? {
            return Ok(done);
        }
    }
}

/// Tries a random action; none if the page does not allow it now.
async fn tries(person: &Person, chance: &mut Rng) -> Outcome<Option<String>> {
    let other = NAMES[chance.usize(..NAMES.len())];
    let answer = ["Answer with video", "Answer with audio only", "Decline"][chance.usize(..3)];
    // What the page asks comes first: an incoming call, or what to do after leaving the room or losing the
    // seat.
    for button in [
        answer,
        "Continue here instead",
        "Continue here",
        "Join room",
        "Try again",
    ] {
        if clicks(person, button).await? {
            return Ok(Some(button.to_owned()));
        }
    }
    let (invite, hang_up, cancel) = (
        format!("Call {other}"),
        format!("Hang up with {other}"),
        format!("Cancel the call to {other}"),
    );
    let button = match chance.u8(..20) {
        0 => {
            person.reloads().await?;
            return Ok(Some("reloads".to_owned()));
        }
        1 | 2 => {
            person.evaluate("confabWitness.dropSocket()").await?;
            return Ok(Some("loses the socket".to_owned()));
        }
        3 => "Leave room",
        4..=8 => &invite,
        9..=12 => "Join group call",
        13 | 14 => "Leave call",
        15..=17 => &hang_up,
        _ => &cancel,
    };
    if !clicks(person, button).await? {
        return Ok(None);
    }
    if button == "Leave room" {
        person.goes_to("room/tea").await?;
    }
    Ok(Some(button.to_owned()))
}

/// Answers what the page asks until the person is in the room and nothing rings.
pub async fn settles(person: &Person) -> Outcome {
    let asked = async || {
        for button in [
            "Decline",
            "Continue here instead",
            "Continue here",
            "Join room",
            "Try again",
            "Cancel the call",
        ] {
            clicks(person, button).await?;
        }
        person.evaluate(PICTURE).await
    };
    person
        .until_it_holds(
            "the room with nothing ringing",
            Patience::seconds(60),
            async || {
                let picture = asked().await?;
                let people = picture["people"].as_array();
                let inside = people.is_some_and(|people| people.contains(&json!(person.name())));
                Ok(if inside && picture["ringing"] == 0 {
                    Ok(())
                } else {
                    Err(picture.to_string())
                })
            },
        )
        .await
}
