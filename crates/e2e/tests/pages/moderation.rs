//! A locked room, a waiting room, a removal and a ban, as seen by the owner, by a member and by the newcomer.

use e2e::{Arrival, DESKTOP, Outcome, PHONE, Person, Server};

use e2e::steps::{
    answers, creates_account, enters, have_no_errors_or_foreign_requests, invites, stands_before,
};

/// Chooses who can join, in the owner's settings of the room.
async fn lets_in(owner: &Person, whom: &str) -> Outcome {
    owner.button("Menu").click().await?;
    owner.button("Room settings").click().await?;
    let settings = || owner.dialog("Room settings");
    owner.element(&["radio"], whom).within(settings()).click().await?;
    owner.button("Save").within(settings()).click().await?;
    settings().is_gone().await
}

/// Chooses an action in the owner's dialog about a person.
async fn does(owner: &Person, what: &str, to: &Person) -> Outcome {
    owner
        .button(format!("More options for {}", to.name()))
        .click()
        .await?;
    let about = owner.dialog(to.name());
    owner.button(what).within(about).click().await
}

/// Whether those who wait are above the call, each with both buttons in one line.
const WAITING_IN_ITS_PLACE: &str = "(() => {
    const box = (element) => element.getBoundingClientRect();
    const waiting = document.querySelector('[aria-label=\"Waiting to join\"]');
    const [admit, deny] = waiting.querySelectorAll('button');
    return box(waiting).bottom <= box(document.querySelector('[aria-label=Call]')).top && box(admit).top === box(deny).top;
})()";

/// Admits a waiting person and checks that they are in the room.
async fn admits(owner: &Person, newcomer: &Person) -> Outcome {
    owner.reads("1 person is waiting to join").await?;
    owner.button(format!("Admit {}", newcomer.name())).click().await?;
    newcomer.list("People").is_shown().await
}

#[tokio::test]
async fn lock_waiting_room_removal_and_ban() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    bea.list("People").says("Owner").await?;

    lets_in(&ann, "Nobody new (locked)").await?;
    bea.reads("Ann changed who can join: Nobody new").await?;
    let cem = stands_before(Arrival::of("Cem"), &server, "tea").await?;
    cem.button("Join room").click().await?;
    cem.reads("The room is locked").await?;

    lets_in(&ann, "Only people a moderator admits").await?;
    cem.button("Try again").click().await?;
    cem.heading("Waiting to join tea").is_shown().await?;
    ann.reads("1 person is waiting to join").await?;
    ann.has_no_violation("the list of people waiting").await?;
    for window in [PHONE, DESKTOP] {
        ann.has_window(window).await?;
        assert_eq!(ann.evaluate(WAITING_IN_ITS_PLACE).await?, true, "{window:?}");
    }
    cem.has_no_violation("the page of a person waiting").await?;
    let waiting = cem.text().await?;
    assert!(
        !waiting.contains("Bea"),
        "a person waiting sees a member: {waiting}"
    );
    let inside = bea.text().await?;
    assert!(
        !inside.contains("waiting to join"),
        "a member is notified: {inside}"
    );
    admits(&ann, &cem).await?;
    bea.list("People").says("Cem").await?;

    invites(&bea, &cem).await?;
    answers(&cem, &bea).await?;
    bea.sees_video_of("Cem").await?;
    does(&ann, "Remove from room", &cem).await?;
    cem.reads("A moderator removed you from the room").await?;
    bea.reads("Cem was removed from the room").await?;
    bea.tile("Cem").is_gone().await?;
    ann.reads("Ann removed Cem from the room").await?;
    ann.reads("2 people").await?;

    cem.button("Try again").click().await?;
    admits(&ann, &cem).await?;
    does(&ann, "Ban for an hour", &cem).await?;
    ann.button("Ban").within(ann.dialog("Cem")).click().await?;
    ann.reads("Banned Cem for an hour.").await?;
    cem.reads("A moderator banned you from this room").await?;
    bea.reads("2 people").await?;
    cem.button("Try again").click().await?;
    cem.reads("A moderator banned you from this room").await?;
    ann.button("Undo").click().await?;
    cem.button("Try again").click().await?;
    admits(&ann, &cem).await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}

#[tokio::test]
async fn invite_link_skips_password_and_block_stops_calls() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    ann.button("Menu").click().await?;
    ann.button("Room settings").click().await?;
    let settings = || ann.dialog("Room settings");
    ann.element(&["radio"], "Anyone with the password")
        .within(settings())
        .click()
        .await?;
    ann.field("Room password")
        .within(settings())
        .types("open sesame")
        .await?;
    ann.button("Save").within(settings()).click().await?;
    settings().is_gone().await?;

    let bea = stands_before(Arrival::of("Bea"), &server, "tea").await?;
    bea.button("Join room").click().await?;
    bea.field("Room password").types("close sesame").await?;
    bea.button("Join room").click().await?;
    bea.reads("That's not the room's password").await?;
    bea.field("Room password").types("open sesame").await?;
    bea.button("Join room").click().await?;
    bea.list("People").is_shown().await?;

    ann.button("Menu").click().await?;
    ann.button("Room settings").click().await?;
    ann.button("Create link").within(settings()).click().await?;
    ann.field("New link (shown only once)").is_shown().await?;
    ann.has_no_violation("the dialog of the room's settings").await?;
    let link = ann
        .evaluate("document.querySelector('.rules-link input').value")
        .await?;
    let path = link
        .as_str()
        .and_then(|link| link.split_once("/room/"))
        .map(|(_, rest)| rest.to_owned())
        .unwrap_or_default();
    assert!(path.starts_with("tea?invite="), "{path}");
    ann.presses("\u{e00c}").await?;
    let cem = Arrival::of("Cem").at(&server.url()).await?;
    cem.goes_to(&format!("room/{path}")).await?;
    creates_account(&cem).await?;
    cem.heading("Ready to join tea?").is_shown().await?;
    assert!(
        cem.address().await?.ends_with("/room/tea"),
        "the address hides the code"
    );
    cem.button("Join room").click().await?;
    cem.list("People").is_shown().await?;

    bea.button("More options for Cem").click().await?;
    bea.dialog("Cem").is_shown().await?;
    bea.has_no_violation("the dialog about a person").await?;
    bea.button("Block Cem").within(bea.dialog("Cem")).click().await?;
    bea.list("People").says("Blocked").await?;
    invites(&cem, &bea).await?;
    cem.reads("This person isn't taking calls").await?;
    bea.dialog("Cem is calling").is_gone().await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}
