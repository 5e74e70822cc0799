//! How the page looks: its theme, its menu, its notices.

use e2e::{Arrival, Outcome, PHONE, Person, Server};

use e2e::steps::{comes, enters, have_no_errors_or_foreign_requests, incoming_call_title, invites};

/// Background of the dark theme, from `style/tokens.css`.
const DARK: &str = "rgb(16, 18, 20)";
/// Background of the light theme.
const LIGHT: &str = "rgb(246, 245, 242)";

async fn has_ground(person: &Person, colour: &str) -> Outcome {
    person
        .finds("getComputedStyle(document.body).backgroundColor", colour)
        .await
}

#[tokio::test]
async fn chosen_theme_survives_reload_and_overrides_system() -> Outcome {
    let server = Server::start().await?;
    let ann = Arrival::of("Ann").dark().at(&server.url()).await?;
    has_ground(&ann, DARK).await?;
    ann.button("Theme: system").click().await?;
    has_ground(&ann, LIGHT).await?;
    ann.reloads().await?;
    ann.button("Theme: light").is_shown().await?;
    has_ground(&ann, LIGHT).await?;

    let bea = comes(Arrival::of("Bea"), &server, "tea").await?;
    bea.button("Menu").click().await?;
    bea.button("Theme: system").click().await?;
    bea.button("Theme: light").click().await?;
    has_ground(&bea, DARK).await?;
    bea.button("Theme: dark").click().await?;
    has_ground(&bea, LIGHT).await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

#[tokio::test]
async fn escape_closes_menu_and_restores_focus() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    ann.is_at("heading", "tea").await?;
    ann.tabs_to("button", "Menu").await?;
    ann.presses("\u{e007}").await?;
    ann.tabs_to("button", "Sign out").await?;
    ann.presses("\u{e00c}").await?;
    ann.button("Sign out").is_gone().await?;
    ann.is_at("button", "Menu").await
}

/// Whether any notice covers any video.
const COVERED: &str = "(() => {
    const boxes = (found) => [...document.querySelectorAll(found)].map((e) => e.getBoundingClientRect());
    const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const [notices, faces] = ['[role=status] .notice', '[role=group] video'].map(boxes);
    if (!notices.length || !faces.length) return 'nothing to see';
    return notices.some((notice) => faces.some((face) => over(notice, face))) ? 'covered' : 'free';
})()";

/// One person calls another, who declines.
async fn is_declined_by(one: &Person, other: &Person) -> Outcome {
    invites(one, other).await?;
    other.dialog(incoming_call_title(one)).is_shown().await?;
    other.button("Decline").click().await?;
    one.reads(&format!("{} declined.", other.name())).await
}

#[tokio::test]
async fn notice_covers_no_video_wide_or_narrow() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    for person in [&ann, &bea] {
        person.sees_videos(1).await?;
    }
    is_declined_by(&ann, &bea).await?;
    ann.finds(COVERED, "free").await?;

    bea.has_window(PHONE).await?;
    bea.button("People").click().await?;
    is_declined_by(&bea, &ann).await?;
    bea.button("Call").click().await?;
    bea.finds(COVERED, "free").await
}
