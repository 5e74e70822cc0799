//! The server goes away and comes back, and pages are loaded anew: calls go on, and nothing is lost.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use e2e::{Gap, Journal, Name, Outcome, Patience, Person, Server, word};

use crate::steps::{all_see_all, enters, enters_small, joins_everyone, leave_no_trouble};

/// How soon after the server everybody is back: each page tries every 1.5 s (`call-core`'s tests hold that), and needs time
/// that four busy pages on one machine have late. Three times what was seen beside two loops that keep both cores busy, 4.7 s;
/// alone it was 1 s, and beside a compiler 9 s.
const BACK_WITHIN: Duration = Duration::from_secs(15);
/// How soon after a page was loaded anew pictures are shown, three times what was seen beside two such loops.
const SHOWN_WITHIN: Duration = Duration::from_secs(5);
/// For how long after that pictures are still watched.
const WATCHED: Duration = Duration::from_secs(3);
/// A picture that stands longer is one that people see standing.
const NOTICED: Duration = Duration::from_millis(300);
/// A call that hung on the server would stand for as long as it is dead, five seconds; a page that has four cameras and a chat
/// to catch up with on a busy machine, for half a second. Seen: 0.2 s, and 0.5 s beside another browser.
const STANDS: Duration = Duration::from_millis(1500);
/// Lines of each.
const LINES: usize = 200;
/// How many seconds to wait for all of them: three times what a machine took whose cores were kept busy by others.
const READ_SECONDS: u32 = 540;

/// Who, and the frames that they saw.
type Journals<'a> = Vec<(&'a str, Journal)>;

/// How the pictures of others stood in some time, over all pages.
#[derive(Debug, Default)]
struct Stills {
    /// Frames that were shown.
    frames: usize,
    /// The longest time that one stood while neither page stood still as a whole.
    longest: Duration,
    /// Frames that came after one that was sent later, or of which nobody knows it.
    backwards: usize,
}

fn stills(journals: &Journals<'_>, from: SystemTime, to: SystemTime) -> Stills {
    let mut stills = Stills::default();
    for (one, seen) in journals {
        for (other, shown) in journals.iter().filter(|(other, _)| other != one) {
            for gap in seen.gaps(other, from, to) {
                stills.frames += 1;
                stills.backwards += usize::from(gap.backwards != Some(false));
                // A page that shows its own camera late as well had no time for anything.
                if !stands(seen, one, gap) && !stands(shown, other, gap) {
                    stills.longest = stills.longest.max(gap.lasted);
                }
            }
        }
    }
    stills
}

/// Whether the picture of somebody stood for long at the time of this gap, or just before it.
fn stands(journal: &Journal, name: &str, gap: Gap) -> bool {
    let gaps = journal.gaps(name, gap.from - NOTICED, gap.from + gap.lasted * gap.frames);
    gaps.iter().any(|own| own.lasted > NOTICED)
}

/// When the page says that the server hears it, by the clock of the page: a driver that asks four pages which have a
/// lot to do is slower than what it asks for.
const ONLINE: &str = "new Promise((tell) => {
    const look = () => document.querySelector('header .connection')?.innerText === 'Online'
        ? tell(performance.timeOrigin + performance.now()) : setTimeout(look, 50);
    look();
})";

async fn is_online_at(person: &Person) -> Outcome<SystemTime> {
    let milliseconds = person.evaluate(ONLINE).await?.as_f64().unwrap_or_default();
    Ok(UNIX_EPOCH + Duration::from_secs_f64(milliseconds / 1000.0))
}

/// What is in the chat.
const CHAT: &str = "document.querySelector('[role=log]').innerText";

#[tokio::test]
async fn four_talk_on_while_the_server_is_dead_and_every_line_of_the_chat_arrives_once() -> Outcome {
    let mut server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    let cem = enters(&server, "Cem", "tea").await?;
    let dee = enters(&server, "Dee", "tea").await?;
    let people = [&ann, &bea, &cem, &dee];
    for person in people {
        joins_everyone(person).await?;
    }
    all_see_all(&people).await?;
    let mut before = Vec::new();
    for person in people {
        person.keeps_journal().await?;
        before.push(person.fingerprints().await?);
        person.begins_to_write(LINES, Duration::from_millis(200)).await?;
    }

    let began = SystemTime::now();
    tokio::time::sleep(Duration::from_secs(15)).await;
    let killed = SystemTime::now();
    server.kill9();
    tokio::time::sleep(Duration::from_secs(5)).await;
    server.restart().await?;
    let returned = SystemTime::now();
    let (ann_is, bea_is, cem_is, dee_is) = tokio::join!(
        is_online_at(&ann),
        is_online_at(&bea),
        is_online_at(&cem),
        is_online_at(&dee)
    );
    let all_are = ann_is?.max(bea_is?).max(cem_is?).max(dee_is?);
    let back = all_are.duration_since(returned).unwrap_or_default();
    word(&format!(
        "dead for {:.1} s; all four are back {:.1} s after the server",
        returned.duration_since(killed).unwrap_or_default().as_secs_f64(),
        back.as_secs_f64()
    ));

    let lines = ann
        .reads_lines(4 * LINES, Patience::seconds(READ_SECONDS))
        .await?;
    assert_eq!(lines.len(), 4 * LINES, "no line twice");
    assert_eq!(
        lines.iter().collect::<BTreeSet<_>>().len(),
        4 * LINES,
        "each line once"
    );
    for person in [&bea, &cem, &dee] {
        let others = person.reads_lines(4 * LINES, Patience::seconds(60)).await?;
        assert!(
            others == lines,
            "{} has another order: {others:?}\nthan Ann: {lines:?}",
            person.name()
        );
    }
    for (person, before) in people.iter().zip(before) {
        assert_eq!(before.len(), 3);
        assert_eq!(
            person.fingerprints().await?,
            before,
            "connections of {}",
            person.name()
        );
        assert_eq!(person.connections_made().await?, 3);
    }
    let mut journals = Journals::new();
    for person in people {
        journals.push((person.name(), person.journal(began).await?));
    }
    let usual = stills(&journals, began, killed);
    let outage = stills(&journals, killed, returned + back + WATCHED);
    word(&format!(
        "pictures stood longest for {usual:?} before, and for {outage:?} from the kill on"
    ));
    assert!(
        outage.longest <= STANDS.max(usual.longest),
        "{outage:?}, and {usual:?} before"
    );
    assert_eq!(
        (usual.backwards, outage.backwards),
        (0, 0),
        "frames come in their order"
    );
    assert!(back <= BACK_WITHIN, "back after {back:?}");
    Ok(())
}

#[tokio::test]
async fn a_page_that_is_loaded_anew_in_a_call_of_three_is_back_in_it_and_nobody_is_told_of_it() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    let cem = enters_small(&server, "Cem", "tea").await?;
    let people = [&ann, &bea, &cem];
    for person in people {
        joins_everyone(person).await?;
    }
    all_see_all(&people).await?;
    let mut before = Vec::new();
    for person in people {
        person.keeps_journal().await?;
        before.push(person.evaluate(CHAT).await?);
    }
    let loaded = SystemTime::now();
    cem.reloads().await?;
    for (one, other) in [(&ann, "Cem"), (&bea, "Cem"), (&cem, "Ann"), (&cem, "Bea")] {
        let back = one.sees_again(other, loaded).await?;
        word(&format!(
            "loaded anew: {} sees {other} {:.1} s after it",
            one.name(),
            back.as_secs_f64()
        ));
        assert!(back <= SHOWN_WITHIN, "{} sees {other} after {back:?}", one.name());
    }
    all_see_all(&people).await?;
    for (person, before) in people.iter().zip(before) {
        for other in people.iter().filter(|other| other.name() != person.name()) {
            person.hears(other.name()).await?;
        }
        person
            .entry(Name::Any)
            .within(person.list("People"))
            .counts(3)
            .await?;
        person.has_open_connections(2).await?;
        assert_eq!(
            person.evaluate(CHAT).await?,
            before,
            "the chat of {}",
            person.name()
        );
    }
    leave_no_trouble(&people).await
}
