//! What people do in more than one scene.

use e2e::{Arrival, Name, Outcome, Person, Server};

/// The words of the door and the room, in the language of who stands before it.
pub struct Door {
    pub to_create: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub create: &'static str,
    pub enter: &'static str,
    pub leave: &'static str,
    pub join: &'static str,
}

pub const ENGLISH: Door = Door {
    to_create: "Create an account",
    name: "User name",
    password: "Password",
    create: "Create account",
    enter: "Join room",
    leave: "Leave room",
    join: "Join group call",
};

pub const CHINESE: Door = Door {
    to_create: "创建账号",
    name: "用户名",
    password: "密码",
    create: "注册",
    enter: "进入房间",
    leave: "离开房间",
    join: "加入多人通话",
};

/// Long enough, and nobody else's.
pub const PASSWORD: &str = "tea at half past 4";

/// Somebody with a face to look at.
pub fn portrayed(name: &str) -> Arrival {
    Arrival::of(name).portrayed()
}

/// Somebody comes by a room's link, makes an account and stands before the room.
pub async fn stands_before(arrival: Arrival, server: &Server, room: &str, door: &Door) -> Outcome<Person> {
    let person = arrival.at(&server.url()).await?;
    person.goes_to(&format!("room/{room}")).await?;
    person.button(door.to_create).click().await?;
    person.field(door.name).types(person.name()).await?;
    person.field(door.password).types(PASSWORD).await?;
    person.button(door.create).click().await?;
    person.button(door.enter).is_enabled().await?;
    Ok(person)
}

/// The same, and goes in.
pub async fn comes(arrival: Arrival, server: &Server, room: &str, door: &Door) -> Outcome<Person> {
    let person = stands_before(arrival, server, room, door).await?;
    person.button(door.enter).click().await?;
    person.button(door.leave).is_shown().await?;
    Ok(person)
}

/// All join the conference of their room.
pub async fn join(people: &[&Person], door: &Door) -> Outcome {
    for person in people {
        person.button(Name::Begins(door.join.to_owned())).click().await?;
    }
    Ok(())
}

/// One invites another, who answers with the camera.
pub async fn calls(one: &Person, other: &Person) -> Outcome {
    one.button(format!("Call {}", other.name())).click().await?;
    other.button("Answer with video").click().await
}

/// Somebody writes to the room.
pub async fn writes(person: &Person, line: &str) -> Outcome {
    person.field("Message").types(line).await?;
    person.button("Send").click().await?;
    person.reads(line).await
}
