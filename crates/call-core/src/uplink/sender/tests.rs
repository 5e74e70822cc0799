//! One connection by samples and plans.

use super::*;
use crate::Picture;
use crate::uplink::plan::plan;

const CAMERA: LocalMediaState = LocalMediaState {
    camera: true,
    microphone: true,
    screen: false,
};

/// A connection whose path carries some bitrate, of which the browser finds at most twice what is planned.
struct Path {
    sender: Sender,
    second: u64,
    orders: usize,
}

impl Path {
    fn new(lines: u32) -> Self {
        let mut sender = Sender::default();
        sender.shows(Shown {
            camera: lines,
            screen: lines,
        });
        Self {
            sender,
            second: 100,
            orders: 0,
        }
    }

    fn now(&self) -> UnixMillis {
        UnixMillis(self.second * 1000)
    }

    fn planned(&mut self) -> Change {
        let steps = plan(&[self.sender.receiver(CAMERA)], 0);
        let change = self.sender.follow(self.now(), &steps[0]);
        self.orders += change.orders.len();
        change
    }

    /// Lets seconds pass with a sample in each.
    fn run(&mut self, seconds: u64, capacity: u32) {
        for _ in 0..seconds {
            self.planned();
            let encoding = self.sender.encoding_of(Video::Camera);
            let rate = encoding.map_or(0, |encoding| encoding.rate.0);
            let picture = encoding.map(|encoding| Picture {
                width: 1280,
                height: encoding.lines.unwrap_or(720),
                pace: 24,
            });
            let stream = Outbound {
                picture,
                ..Outbound::default()
            };
            let sample = Sample {
                available: Some(Kbps((2 * (rate + SOUND)).max(300).min(capacity))),
                outbound: [(Source::Camera, stream)].into(),
                ..Sample::default()
            };
            self.sender.sampled(self.now(), &sample);
            self.second += 1;
        }
    }

    fn lines(&self) -> Option<u32> {
        self.sender
            .encoding_of(Video::Camera)
            .map(|encoding| encoding.lines.unwrap_or(720))
    }
}

#[test]
fn whole_video_needs_no_order() {
    let mut path = Path::new(720);
    path.run(60, 10_000);
    assert_eq!((path.orders, path.lines()), (0, Some(720)));
}

#[test]
fn hidden_video_stops_at_once_and_returns_at_once() {
    let mut path = Path::new(300);
    path.run(20, 10_000);
    assert_eq!(path.lines(), Some(270));
    path.sender.shows(Shown { camera: 0, screen: 0 });
    let change = path.planned();
    assert_eq!(change.orders, [(Video::Camera, None)]);
    assert!(!change.held, "the peer does not show it");
    path.second += 1;
    path.sender.shows(Shown {
        camera: 300,
        screen: 0,
    });
    assert_eq!(path.planned().orders.len(), 1);
    assert_eq!(path.lines(), Some(270));
}

#[test]
fn peer_that_changes_its_mind_has_to_wait() {
    let mut path = Path::new(300);
    path.planned();
    path.sender.shows(Shown { camera: 0, screen: 0 });
    let change = path.planned();
    assert_eq!((change.orders.len(), change.waits), (0, Some(BETWEEN)));
    assert_eq!(path.lines(), Some(270));
    path.second += 1;
    assert_eq!(path.planned().orders, [(Video::Camera, None)]);
}

#[test]
fn narrow_path_shrinks_the_picture_within_five_seconds() {
    let mut path = Path::new(720);
    path.run(20, 10_000);
    path.run(5, 300);
    assert_eq!(path.lines(), Some(180));
    path.run(120, 10_000);
    assert_eq!(path.lines(), Some(720), "and back");
}

#[test]
fn path_that_carries_only_sound_pauses_the_picture_and_says_so() {
    let mut path = Path::new(720);
    path.run(20, 10_000);
    path.run(5, 90);
    assert_eq!(path.lines(), None);
    assert_eq!(path.sender.held(), [Source::Camera]);
    let before = path.orders;
    path.run(600, 90);
    let changes = path.orders - before;
    assert!(changes <= 30, "{changes} changes in ten minutes");
    path.run(120, 10_000);
    assert_eq!((path.lines(), path.sender.held()), (Some(720), Vec::new()));
}

#[test]
fn encoding_time_is_counted_per_second() {
    let mut sender = Sender::default();
    let mut sample = |second: u64, millis: u64, limit| {
        let stream = Outbound {
            picture: Some(Picture {
                width: 640,
                height: 360,
                pace: 24,
            }),
            encoding: Duration::from_millis(millis),
            limit,
            ..Outbound::default()
        };
        let sample = Sample {
            outbound: [(Source::Camera, stream)].into(),
            ..Sample::default()
        };
        sender.sampled(UnixMillis(second * 1000), &sample);
        sender.effort()
    };
    sample(10, 5_000, None);
    assert_eq!(sample(15, 6_500, None), (Duration::from_millis(300), false));
    assert_eq!(
        sample(16, 100, Some(Limit::Processor)),
        (Duration::ZERO, true),
        "a new encoder"
    );
}
