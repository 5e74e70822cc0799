//! The person who speaks is marked.

use e2e::{Outcome, Person, Server};

use e2e::steps::{have_no_errors_or_foreign_requests, three_in_group_call};

/// Checks that `one` is marked as speaking on a page, and `not_other` is not.
async fn hears_speaking(person: &Person, one: &Person, not_other: &Person) -> Outcome {
    person.tile(one.name()).has("data-speaking").await?;
    person.tile(one.name()).says("Speaking").await?;
    person.tile(not_other.name()).has_no("data-speaking").await
}

#[tokio::test]
async fn mark_follows_the_speaker_on_all_pages() -> Outcome {
    let server = Server::start().await?;
    let [ann, bea, cem] = three_in_group_call(&server, "tea").await?;
    for (one, other) in [(&ann, &bea), (&ann, &cem), (&bea, &cem)] {
        one.sees_video_of(other.name()).await?;
    }
    // Every microphone plays a tone all the time, so anyone who is not muted is speaking.
    for person in [&ann, &bea, &cem] {
        person.button("Mute microphone").click().await?;
    }
    for name in ["Bea", "Cem"] {
        ann.tile(name).has_no("data-speaking").await?;
    }
    bea.button("Unmute microphone").click().await?;
    hears_speaking(&ann, &bea, &cem).await?;
    cem.tile("Bea").has("data-speaking").await?;

    bea.button("Mute microphone").click().await?;
    cem.button("Unmute microphone").click().await?;
    hears_speaking(&ann, &cem, &bea).await?;
    bea.tile("Cem").has("data-speaking").await?;
    bea.tile("Ann").has_no("data-speaking").await?;

    cem.button("Mute microphone").click().await?;
    ann.tile("Cem").has_no("data-speaking").await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}
