//! Group calls in which one member receives no media from another: all are notified, and the connection is recovered.

use call_core::{CallIntent, Effect, Event, Inbound, MissingPairView, PeerOrder, Sample, Source};

use sim::World;

/// A group call of three members who all send, and the packets sent so far.
struct Conference {
    world: World,
    packets: u64,
}

impl Conference {
    fn of_three(seed: u64) -> Self {
        let mut world = World::of(&["Ann", "Bea", "Cy"], seed);
        for at in 0..3 {
            world.wish(at, CallIntent::JoinConference);
        }
        world.settle();
        world.mended.clear();
        Self { world, packets: 0 }
    }

    /// Lets some seconds pass. Media of all members arrives everywhere, except that `at` receives nothing
    /// from `with` for each pair `(at, with)` in `silent`.
    fn pass(&mut self, seconds: u64, silent: &[(usize, usize)]) {
        for _ in 0..seconds {
            self.packets += 50;
            for at in 0..3 {
                for with in (0..3).filter(|with| *with != at) {
                    let packets = if silent.contains(&(at, with)) {
                        0
                    } else {
                        self.packets
                    };
                    self.look(at, with, packets);
                }
            }
            self.world.run_for(1_000);
        }
    }

    fn look(&mut self, at: usize, with: usize, packets: u64) {
        let Some(epoch) = self.world.epoch(at, with) else {
            return;
        };
        let stream = Inbound {
            packets,
            ..Inbound::default()
        };
        let sample = Sample {
            inbound: [(Source::Microphone, stream)].into(),
            ..Sample::default()
        };
        let event = Event::QualityMeasured {
            peer: self.world.id(with),
            epoch,
            sample: Box::new(sample),
        };
        self.world.report(at, event);
    }

    /// The missing pairs shown to a member, as text.
    fn holes(&self, at: usize) -> Vec<String> {
        let word =
            |name: &Option<protocol::UserName>| name.as_ref().map_or("you".to_owned(), ToString::to_string);
        let said = |hole: &MissingPairView| {
            let verb = if hole.both { "and" } else { "misses" };
            format!("{} {verb} {}", word(&hole.one), word(&hole.other))
        };
        self.world.view(at).call.holes.iter().map(said).collect()
    }

    fn all_holes(&self) -> [Vec<String>; 3] {
        [0, 1, 2].map(|at| self.holes(at))
    }
}

#[test]
fn missing_media_is_shown_to_all_and_recovered() {
    let mut conference = Conference::of_three(1);
    conference.pass(3, &[]);
    assert_eq!(
        conference.all_holes(),
        [vec![], vec![], vec![]] as [Vec<String>; 3]
    );
    conference.pass(9, &[(0, 1)]);
    assert_eq!(
        conference.all_holes(),
        [["you misses Bea"], ["Ann misses you"], ["Ann misses Bea"]]
    );
    let restarted = |conference: &Conference, at| {
        let of = conference.world.mended.iter().filter(|(of, _)| *of == at);
        of.filter(|(_, effect)| {
            matches!(
                effect,
                Effect::Peer {
                    order: PeerOrder::RestartIce(_),
                    ..
                }
            )
        })
        .count()
    };
    assert!(
        restarted(&conference, 0) > 0,
        "the member who misses media restarts ICE"
    );
    assert_eq!(restarted(&conference, 2), 0, "the third member does nothing");
    conference.pass(3, &[]);
    assert_eq!(
        conference.all_holes(),
        [vec![], vec![], vec![]] as [Vec<String>; 3],
        "recovered"
    );
}

#[test]
fn media_missing_both_ways_gets_a_new_connection() {
    let mut conference = Conference::of_three(2);
    let before = conference.world.epoch(0, 1);
    conference.pass(9, &[(0, 1), (1, 0)]);
    let holes = conference.all_holes();
    assert_eq!(
        (&holes[0][..], &holes[1][..]),
        (&["you and Bea".to_owned()][..], &["you and Ann".to_owned()][..])
    );
    assert!(
        holes[2] == ["Ann and Bea"] || holes[2] == ["Bea and Ann"],
        "{holes:?}"
    );
    conference.pass(20, &[(0, 1), (1, 0)]);
    assert!(conference.world.epoch(0, 1) > before, "restarts did not help");
    conference.pass(5, &[]);
    assert_eq!(
        conference.all_holes(),
        [vec![], vec![], vec![]] as [Vec<String>; 3]
    );
    conference.world.assert_paired(0, 1);
}

#[test]
fn hole_outside_the_conference_is_shown_only_to_its_pair() {
    let mut conference = Conference::of_three(3);
    conference.world.wish(2, CallIntent::HangUpAll);
    conference.world.run_for(2_000);
    conference.pass(9, &[(0, 1)]);
    assert_eq!(conference.holes(2), [""; 0]);
    assert_eq!(conference.holes(0), ["you misses Bea"]);
}
