//! Calls by invitation, and group calls.

use e2e::steps::{PASSWORD, joins_group_call};
use e2e::{Arrival, Language, Name, Outcome, Person, Server};

use crate::gallery::keep;
use crate::portrait::{Format, film};
use crate::steps::{calls, comes, portrayed, writes};

/// Alone in a room; an incoming call; then calls of two and of three by invitation.
pub async fn invitation() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea").await?;
    ann.button("Copy invite link").is_shown().await?;
    keep(&ann, "room-alone").await?;

    let bea = comes(portrayed("Bea"), &server, "tea").await?;
    writes(&ann, "Good that you could come. Shall I ring you?").await?;
    writes(&bea, "Please do.").await?;
    ann.button("Call Bea").click().await?;
    bea.dialog("Ann is calling").is_shown().await?;
    keep(&bea, "ringing").await?;
    ann.sees_videos(1).await?;
    keep(&ann, "ringing-caller").await?;
    bea.button("Answer with video").click().await?;
    ann.sees_videos(2).await?;
    keep(&ann, "call-of-2").await?;

    let cem = comes(portrayed("Cem"), &server, "tea").await?;
    calls(&ann, &cem).await?;
    calls(&bea, &cem).await?;
    writes(&cem, "Hello, you two!").await?;
    ann.sees_videos(3).await?;
    keep(&ann, "call-of-3").await
}

/// A group call of four, on one dark page and one phone.
pub async fn conference() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea").await?;
    let bea = comes(portrayed("Bea").dark(), &server, "tea").await?;
    let cem = comes(portrayed("Cem"), &server, "tea").await?;
    let dee = comes(portrayed("Dee").window(360, 740), &server, "tea").await?;
    for person in [&ann, &bea, &cem, &dee] {
        joins_group_call(person).await?;
    }
    writes(&ann, "Everyone here? Then let us begin.").await?;
    writes(&bea, "I can see all four of us.").await?;
    for (person, picture) in [
        (&ann, "call-of-4"),
        (&bea, "call-of-4-dark"),
        (&dee, "call-of-4-phone"),
    ] {
        person.sees_videos(4).await?;
        keep(person, picture).await?;
    }
    Ok(())
}

/// A full group call, with videos and windows that eight browsers on one machine can handle.
pub async fn eight() -> Outcome {
    let server = Server::start().await?;
    let mut people = Vec::new();
    for name in ["Ann", "Bea", "Cem", "Dee", "Eva", "Finn", "Gil", "Hua"] {
        let arrival = Arrival::of(name).films(&film(name, Format::SPARING));
        // The screenshot is of the first window only.
        let arrival = if people.is_empty() {
            arrival
        } else {
            arrival.window(360, 480)
        };
        people.push(comes(arrival, &server, "tea").await?);
    }
    for person in &people {
        joins_group_call(person).await?;
    }
    people[0].sees_videos(8).await?;
    keep(&people[0], "call-of-8").await
}

/// Slides shared with another person, beside the cameras.
pub async fn screen() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann").shares_slides(), &server, "tea").await?;
    let bea = comes(portrayed("Bea"), &server, "tea").await?;
    calls(&ann, &bea).await?;
    writes(&ann, "Here is the plan for today.").await?;
    let slides = ann.opens_slides_with(PLAN).await?;
    ann.button("Share screen").click().await?;
    bea.tile("Ann's screen").is_shown().await?;
    bea.sees_videos(3).await?;
    keep(&bea, "screen-share").await?;
    ann.closes(slides).await
}

/// A group call of three in Chinese.
pub async fn chinese() -> Outcome {
    let server = Server::start().await?;
    let lin = comes_in_chinese("林雨", &server).await?;
    let wang = comes_in_chinese("王芳", &server).await?;
    let xiao = comes_in_chinese("小安", &server).await?;
    for person in [&lin, &wang, &xiao] {
        let join = Name::Begins("加入多人通话".to_owned());
        person.button(join).click().await?;
    }
    xiao.field("消息").types("大家好！").await?;
    xiao.button("发送").click().await?;
    lin.reads("大家好！").await?;
    lin.sees_videos(3).await?;
    keep(&lin, "chinese").await
}

/// Opens a room's link in a Chinese browser, creates an account and joins the room.
async fn comes_in_chinese(name: &str, server: &Server) -> Outcome<Person> {
    let arrival = portrayed(name).language(Language::Chinese);
    let person = arrival.at(&server.url()).await?;
    person.goes_to("room/茶室").await?;
    person.button("注册账号").click().await?;
    person.field("用户名").types(name).await?;
    person.field("密码").types(PASSWORD).await?;
    person.button("注册").click().await?;
    person.button("进入房间").click().await?;
    person.button("离开房间").is_shown().await?;
    Ok(person)
}

/// Slides on a plan for the day. Its dot moves because a still image would be sent only once.
const PLAN: &str = "<style>
  body { margin: 0; padding: 7vw; min-height: 100vh; box-sizing: border-box }
  body { font: 3.2vw system-ui; color: #1d2b3a; background: #fbf7ef }
  h1 { margin: 0 0 4vw; font-size: 6vw; color: #0b6b5d }
  li { margin: 1.6vw 0 }
  b { position: fixed; bottom: 4vw; width: 2vw; height: 2vw; border-radius: 50%; background: #e2725b }
  b { animation: go 4s linear infinite alternate }
  @keyframes go { from { left: 7vw } to { left: 90vw } }
</style>
<h1>Tea at half past four</h1>
<ol><li>What we tried last week</li><li>What we saw</li><li>Who brings the biscuits</li></ol><b></b>";
