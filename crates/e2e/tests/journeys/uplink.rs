//! What video is sent to whom: no more than is shown, and no more than the network carries.

use std::time::{Duration, SystemTime};

use e2e::{Arrival, Networks, Outcome, PHONE, Server, TurnServer, note};

use e2e::steps::{comes, have_no_errors_or_foreign_requests, joins_group_call, three_in_group_call};

/// Longest time until no video arrives where none is shown: three times the second in which it did.
const GONE_WITHIN: Duration = Duration::from_secs(3);
/// Longest time until video is back: three times the second that Confab promises.
const BACK_WITHIN: Duration = Duration::from_secs(3);
/// The uplink of a home that is too narrow for three pictures as large as the camera's, in kbit/s.
const NARROW: u32 = 1000;
/// Time in which the pictures adapt to a narrow uplink.
const ADAPTS_WITHIN: Duration = Duration::from_secs(5);
/// Percentage of samples with the tone of who speaks.
const WHOLE_SOUND: usize = 98;
/// Longest time without a frame once they have adapted: three times the 1.2 s measured, when more was tried than fits.
const STANDS_AT_MOST: Duration = Duration::from_millis(3600);
/// Lines of a picture that was shrunk: the camera has 240.
const SHRUNK: u32 = 180;
/// How long the others listen over it.
const LISTENS: Duration = Duration::from_secs(15);

#[tokio::test]
async fn video_that_is_not_shown_is_not_sent() -> Outcome {
    let server = Server::start().await?;
    let [ann, bea, cem] = three_in_group_call(&server, "tea").await?;
    ann.has_window(PHONE).await?;
    ann.sees_video_of("Bea").await?;
    ann.sees_video_of("Cem").await?;
    ann.records_frames().await?;

    ann.button("Chat").click().await?;
    let gone = ann.gets_no_video().await?;
    assert!(gone <= GONE_WITHIN, "video arrives for {gone:?}");
    for (one, other) in [(&bea, &ann), (&bea, &cem), (&cem, &ann), (&cem, &bea)] {
        one.sees_video_of(other.name()).await?;
    }
    bea.hears("Ann").await?;

    let shown = SystemTime::now();
    ann.button("Call").click().await?;
    let mut back = Duration::ZERO;
    for name in ["Bea", "Cem"] {
        back = back.max(ann.sees_again(name, shown).await?);
    }
    note(&format!(
        "hidden tiles: no video after {:.1} s; shown again: video after {:.1} s",
        gone.as_secs_f64(),
        back.as_secs_f64()
    ));
    assert!(back <= BACK_WITHIN, "video is back after {back:?}");
    for person in [&ann, &bea, &cem] {
        // The same connections.
        person.has_made_connections(2).await?;
    }
    ann.finds("String(document.querySelectorAll('[data-stalled]').length)", "0")
        .await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem]).await
}

#[tokio::test]
async fn narrow_uplink_shrinks_pictures_and_keeps_sound() -> Outcome {
    let Some(networks) = Networks::two_homes()? else {
        return Ok(());
    };
    let turn = TurnServer::start_within(networks.public()).await?;
    let server = Server::start_within(networks.public(), &turn.settings()).await?;
    let [first, second] = networks.homes();
    let ann = comes(
        Arrival::of("Ann").busy().from_within(first.host()),
        &server,
        "tea",
    )
    .await?;
    let mut others = Vec::new();
    for name in ["Bea", "Cem", "Dee"] {
        let arrival = Arrival::of(name).window(900, 640).from_within(second.host());
        others.push(comes(arrival, &server, "tea").await?);
    }
    joins_group_call(&ann).await?;
    for person in &others {
        joins_group_call(person).await?;
    }
    for person in &others {
        person.sees_video_of("Ann").await?;
        person.hears("Ann").await?;
        person.records_frames().await?;
    }

    first.has_uplink(Some(NARROW))?;
    let narrow = SystemTime::now();
    let [bea, cem, dee] = &others[..] else {
        return Ok(());
    };
    let (one, two, three) = tokio::try_join!(
        bea.listens_to("Ann", LISTENS),
        cem.listens_to("Ann", LISTENS),
        dee.listens_to("Ann", LISTENS)
    )?;
    let until = SystemTime::now();
    let mut shrunk = 0;
    for (person, heard) in others.iter().zip([one, two, three]) {
        let frames = person.frame_log(narrow).await?;
        let adapted = narrow + ADAPTS_WITHIN;
        let gaps = frames.gaps("Ann", adapted, until);
        let longest = gaps.iter().map(|gap| gap.lasted).max().unwrap_or(LISTENS);
        let (who, Some(smallest)) = (person.name(), frames.smallest("Ann", adapted, until)) else {
            panic!("{} sees no video", person.name());
        };
        note(&format!(
            "{NARROW} kbit/s for three: {who} hears Ann in {} of {} samples; longest time without a frame after {} s: {:.1} s; {smallest} lines",
            heard.heard,
            heard.moments,
            ADAPTS_WITHIN.as_secs(),
            longest.as_secs_f64(),
        ));
        assert!(
            heard.heard * 100 >= heard.moments * WHOLE_SOUND,
            "{who}: {heard:?}"
        );
        assert!(
            longest <= STANDS_AT_MOST,
            "{who}: no frame of Ann for {longest:?}"
        );
        shrunk += usize::from(smallest <= SHRUNK);
    }
    // At 350 kbit/s each (`uplink/encoding.rs`) two whole pictures fit, with the sound for three.
    assert!(shrunk > 0, "three whole pictures");
    Ok(())
}
