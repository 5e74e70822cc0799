//! The scenes, each with people and a server of its own, one after the other.

use e2e::{Arrival, Devices, Language, Name, Outcome, Server};

use crate::gallery::keep;
use crate::steps::{CHINESE, ENGLISH, calls, comes, portrayed, writes};

/// Plays the scenes with these names; all of them when there is no name.
pub async fn play(wanted: &[String]) -> Outcome {
    let plays = |scene: &str| {
        let plays = wanted.is_empty() || wanted.iter().any(|name| name == scene);
        if plays {
            println!("==> {scene}");
        }
        plays
    };
    if plays("door") {
        door().await?;
    }
    if plays("invitation") {
        invitation().await?;
    }
    if plays("conference") {
        conference().await?;
    }
    if plays("refused") {
        refused().await?;
    }
    if plays("chinese") {
        chinese().await?;
    }
    Ok(())
}

/// The form at the door, by day, by night, and on a phone.
async fn door() -> Outcome {
    let server = Server::start().await?;
    let arrivals = [
        ("sign-in", Arrival::of("Ann")),
        ("sign-in-dark", Arrival::of("Ann").dark()),
        ("sign-in-phone", Arrival::of("Ann").window(360, 740)),
    ];
    for (picture, arrival) in arrivals {
        let person = arrival.at(&server.url()).await?;
        person.goes_to("room/tea").await?;
        person.button("Sign in").is_enabled().await?;
        person.field("User name").types("Ann").await?;
        keep(&person, picture).await?;
    }
    Ok(())
}

/// Alone in a room; somebody rings; two, and then three, in a call by invitations.
async fn invitation() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea", &ENGLISH).await?;
    ann.button("Copy invite link").is_shown().await?;
    keep(&ann, "room-alone").await?;

    let bea = comes(portrayed("Bea"), &server, "tea", &ENGLISH).await?;
    writes(&ann, "Good that you could come. Shall I ring you?").await?;
    writes(&bea, "Please do.").await?;
    ann.button("Invite Bea").click().await?;
    bea.dialog("Ann wants to talk with you").is_shown().await?;
    keep(&bea, "ringing").await?;
    ann.sees_pictures(1).await?;
    keep(&ann, "ringing-caller").await?;
    bea.button("Answer with camera").click().await?;
    ann.sees_pictures(2).await?;
    keep(&ann, "call-of-2").await?;

    let cem = comes(portrayed("Cem"), &server, "tea", &ENGLISH).await?;
    calls(&ann, &cem).await?;
    calls(&bea, &cem).await?;
    writes(&cem, "Hello, you two!").await?;
    ann.sees_pictures(3).await?;
    keep(&ann, "call-of-3").await
}

/// Everyone in the conference, one of them by night and one on a phone.
async fn conference() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea", &ENGLISH).await?;
    let bea = comes(portrayed("Bea").dark(), &server, "tea", &ENGLISH).await?;
    let cem = comes(portrayed("Cem"), &server, "tea", &ENGLISH).await?;
    let dee = comes(portrayed("Dee").window(360, 740), &server, "tea", &ENGLISH).await?;
    for person in [&ann, &bea, &cem, &dee] {
        person
            .button(Name::Begins("Join everyone".to_owned()))
            .click()
            .await?;
    }
    writes(&ann, "Everyone here? Then let us begin.").await?;
    writes(&bea, "I can see all four of us.").await?;
    for (person, picture) in [
        (&ann, "call-of-4"),
        (&bea, "call-of-4-dark"),
        (&dee, "call-of-4-phone"),
    ] {
        person.sees_pictures(4).await?;
        keep(person, picture).await?;
    }
    Ok(())
}

/// A camera that may not be used, and what can be done about it.
async fn refused() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea", &ENGLISH).await?;
    let bea = comes(
        portrayed("Bea").devices(Devices::Refused),
        &server,
        "tea",
        &ENGLISH,
    )
    .await?;
    calls(&ann, &bea).await?;
    bea.reads("The camera is blocked.").await?;
    bea.sees_pictures(1).await?;
    keep(&bea, "camera-refused").await
}

/// Three who speak Chinese.
async fn chinese() -> Outcome {
    let server = Server::start().await?;
    let from_china = |name| portrayed(name).language(Language::Chinese);
    let lin = comes(from_china("林雨"), &server, "茶室", &CHINESE).await?;
    let wang = comes(from_china("王芳"), &server, "茶室", &CHINESE).await?;
    let xiao = comes(from_china("小安"), &server, "茶室", &CHINESE).await?;
    for person in [&lin, &wang, &xiao] {
        person
            .button(Name::Begins("加入多人通话".to_owned()))
            .click()
            .await?;
    }
    xiao.field("消息").types("大家好！").await?;
    xiao.button("发送").click().await?;
    lin.reads("大家好！").await?;
    lin.sees_pictures(3).await?;
    keep(&lin, "chinese").await
}
