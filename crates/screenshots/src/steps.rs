//! Steps that more than one scene uses.

use e2e::{Arrival, Name, Outcome, Person, Server};

use crate::portrait::{Format, film};

/// Accessible names of the way in and the room, in one language.
pub struct Labels {
    pub to_create: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub create: &'static str,
    pub enter: &'static str,
    pub leave: &'static str,
    pub join: &'static str,
}

pub const ENGLISH: Labels = Labels {
    to_create: "Create an account",
    name: "User name",
    password: "Password",
    create: "Create account",
    enter: "Join room",
    leave: "Leave room",
    join: "Join group call",
};

pub const CHINESE: Labels = Labels {
    to_create: "注册账号",
    name: "用户名",
    password: "密码",
    create: "注册",
    enter: "进入房间",
    leave: "离开房间",
    join: "加入多人通话",
};

/// Long enough for an account.
pub const PASSWORD: &str = "tea at half past 4";

/// A person with a drawn face.
pub fn portrayed(name: &str) -> Arrival {
    Arrival::of(name).films(&film(name, Format::FULL))
}

/// Opens a room's link, creates an account and stops at the page before the room.
pub async fn stands_before(
    arrival: Arrival,
    server: &Server,
    room: &str,
    labels: &Labels,
) -> Outcome<Person> {
    let person = arrival.at(&server.url()).await?;
    person.goes_to(&format!("room/{room}")).await?;
    person.button(labels.to_create).click().await?;
    person.field(labels.name).types(person.name()).await?;
    person.field(labels.password).types(PASSWORD).await?;
    person.button(labels.create).click().await?;
    person.button(labels.enter).is_enabled().await?;
    Ok(person)
}

/// Like [`stands_before`], and joins the room.
pub async fn comes(arrival: Arrival, server: &Server, room: &str, labels: &Labels) -> Outcome<Person> {
    let person = stands_before(arrival, server, room, labels).await?;
    person.button(labels.enter).click().await?;
    person.button(labels.leave).is_shown().await?;
    Ok(person)
}

/// Joins everyone to the group call of their room.
pub async fn join(people: &[&Person], labels: &Labels) -> Outcome {
    for person in people {
        person
            .button(Name::Begins(labels.join.to_owned()))
            .click()
            .await?;
    }
    Ok(())
}

/// One person calls another, who answers with video.
pub async fn calls(one: &Person, other: &Person) -> Outcome {
    one.button(format!("Call {}", other.name())).click().await?;
    other.button("Answer with video").click().await
}

/// Sends a chat message and waits until it is shown.
pub async fn writes(person: &Person, line: &str) -> Outcome {
    person.field("Message").types(line).await?;
    person.button("Send").click().await?;
    person.reads(line).await
}
