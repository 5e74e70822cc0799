//! A conference in which one does not hear another: all are told, and it is mended.

use call_core::{CallIntent, Effect, Event, HoleView, Inbound, PeerOrder, Sample, Source};

use sim::World;

/// A conference of three who all send, and what has arrived of it so far.
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

    /// Some seconds pass in which what everybody sends arrives everywhere, but for what the second of some pairs sends.
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

    /// The holes that somebody is shown, in words.
    fn holes(&self, at: usize) -> Vec<String> {
        let word =
            |name: &Option<protocol::UserName>| name.as_ref().map_or("you".to_owned(), ToString::to_string);
        let said = |hole: &HoleView| {
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
fn somebody_who_is_not_heard_though_all_are_connected_is_told_to_everybody_and_mended() {
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
    assert!(restarted(&conference, 0) > 0, "who misses somebody mends that");
    assert_eq!(
        restarted(&conference, 2),
        0,
        "whom it does not concern does nothing"
    );
    conference.pass(3, &[]);
    assert_eq!(
        conference.all_holes(),
        [vec![], vec![], vec![]] as [Vec<String>; 3],
        "and it is over"
    );
}

#[test]
fn two_who_do_not_hear_each_other_are_one_hole_and_get_a_new_connection_in_the_end() {
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
fn a_hole_of_people_who_talk_outside_of_the_conference_is_nobody_elses_business() {
    let mut conference = Conference::of_three(3);
    conference.world.wish(2, CallIntent::HangUpAll);
    conference.world.run_for(2_000);
    conference.pass(9, &[(0, 1)]);
    assert_eq!(conference.holes(2), [""; 0]);
    assert_eq!(conference.holes(0), ["you misses Bea"]);
}
