//! The simulated world: users with pages, the server and its disk, and pending events, in virtual time.

use std::collections::BTreeMap;

use call_core::{Effect, Input, Intent, Moment, RequestId, Timer, View};
use fastrand::Rng;
use protocol::UnixMillis;

use crate::disk::Disk;
use crate::ice::Ice;
use crate::person::Person;
use crate::server::Server;
use crate::socket::Socket;

/// Start of virtual time: above zero, so that the ids of the first server are too.
const BEGINNING: u64 = 1_000_000;
/// After every 16th input, a page's view is compared with one rebuilt from the whole state.
const COMPARED: u64 = 16;
/// Events in one run above which the world is assumed to be in an endless loop.
const STEPS: u64 = 400_000;

/// A pending event. Events for a page are dropped if it has been reloaded, and events for the disk if the
/// server has been restarted.
pub(crate) enum Pending {
    Input(usize, u64, Box<Input>),
    Timer(usize, u64, Timer, u64),
    /// The user chooses in the browser's screen dialog.
    Screen(usize, u64, RequestId),
    Load(usize, u64),
    Connect(usize),
    Up(usize, String),
    UpEnd(usize),
    Down(usize, String),
    DownEnd(usize),
    DiskBegins(u64),
    DiskCommits(u64),
    DiskDone(u64),
    Kill(u64),
    ServerStarts,
    /// Detects connections whose other end is gone.
    Look,
}

/// The simulated world.
pub struct World {
    /// The users, in the order in which they arrived.
    pub people: Vec<Person>,
    /// `None` while it is down.
    pub server: Option<Server>,
    /// The source of randomness.
    pub chance: Rng,
    /// Whether new sockets close at once.
    pub offline: bool,
    /// Whether browsers cannot connect to each other.
    pub severed: bool,
    /// The ICE servers that the server provides.
    pub ice: Ice,
    /// Number of messages sent over data channels.
    pub passed: usize,
    /// API calls and ICE restarts that pages ordered, in order, each with its user.
    pub mended: Vec<(usize, Effect)>,
    /// Credentials used to open or restart connections: the user, and the TURN user name.
    pub used: Vec<(usize, Option<String>)>,
    /// Whether sockets stall and the server is killed during writes, at random.
    pub(crate) rough: bool,
    /// Number of starts of the server.
    pub(crate) starts: u64,
    pub(crate) disk: Disk,
    pub(crate) disk_busy: bool,
    pub(crate) sockets: Vec<Socket>,
    pub(crate) now: u64,
    queue: BTreeMap<(u64, u64), Pending>,
    sequence: u64,
    pub(crate) timer_runs: u64,
    inputs: u64,
    /// By how much all wall clocks have been set back, in milliseconds.
    set_back: u64,
    /// A log of events, shown when a test fails.
    story: Vec<String>,
}

impl World {
    /// Creates a world of users who have joined one room.
    pub fn of(names: &[&str], seed: u64) -> Self {
        let mut world = Self::empty(seed);
        for name in names {
            world.arrive(name);
        }
        world.settle();
        world
    }

    /// Creates a world with random failures, of users who have opened the page of one room.
    pub fn rough(names: &[&str], seed: u64) -> Self {
        let mut world = Self::empty(seed);
        world.rough = true;
        for name in names {
            world.visit(name, None);
        }
        world
    }

    fn empty(seed: u64) -> Self {
        let disk = Disk::default();
        let mut world = Self {
            people: Vec::new(),
            server: Some(Server::start(BEGINNING, &disk)),
            chance: Rng::with_seed(seed),
            offline: false,
            severed: false,
            ice: Ice::default(),
            passed: 0,
            mended: Vec::new(),
            used: Vec::new(),
            rough: false,
            starts: 1,
            disk,
            disk_busy: false,
            sockets: Vec::new(),
            now: BEGINNING,
            queue: BTreeMap::new(),
            sequence: 0,
            timer_runs: 0,
            inputs: 0,
            set_back: 0,
            story: Vec::new(),
        };
        world.later(1_000, Pending::Look);
        world
    }

    /// Picks one at random.
    pub fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        self.chance.choice(of).expect("something to choose from").clone()
    }

    /// Adds an entry to the log that is shown when a test fails.
    pub fn tell(&mut self, what: &str) {
        self.story.push(format!("{:>9} {what}", self.now - BEGINNING));
    }

    /// Returns the log, one entry a line.
    pub fn told(&self) -> String {
        self.story.join("\n")
    }

    /// Carries out a user's intent.
    pub fn wish(&mut self, at: usize, intent: impl Into<Intent>) {
        let intent = intent.into();
        self.tell(&format!("{at} intends {intent:?}"));
        self.give(at, intent);
    }

    /// The view of a user's page.
    pub fn view(&self, at: usize) -> &View {
        self.people[at].core.view()
    }

    /// Sets all wall clocks back; pending events are not affected.
    pub fn set_back(&mut self, millis: u64) {
        self.set_back += millis;
    }

    /// Runs the world for two minutes, so that everything under way completes.
    pub fn settle(&mut self) {
        self.run_for(120_000);
    }

    /// Runs the world for `millis` milliseconds.
    pub fn run_for(&mut self, millis: u64) {
        let end = self.now + millis;
        let mut steps = 0;
        while let Some(entry) = self.queue.first_entry() {
            if entry.key().0 > end {
                break;
            }
            steps += 1;
            assert!(steps < STEPS, "{}\nthe world does not come to rest", self.told());
            let ((at, _), pending) = entry.remove_entry();
            self.now = at;
            if let Some(server) = &mut self.server {
                server.tick(at);
            }
            self.happen(pending);
            self.serve();
        }
        self.now = end;
    }

    fn happen(&mut self, pending: Pending) {
        let same_page = |at: usize, page| self.people[at].number == page;
        match pending {
            Pending::Input(at, page, input) => {
                if same_page(at, page) {
                    self.give(at, *input);
                }
            }
            Pending::Timer(at, page, timer, run) => {
                if same_page(at, page) {
                    self.fire(at, timer, run);
                }
            }
            Pending::Screen(at, page, request) => {
                if same_page(at, page) {
                    self.choose_screen(at, request);
                }
            }
            Pending::Load(at, page) => {
                if same_page(at, page) {
                    self.open_page(at);
                }
            }
            Pending::Connect(socket) => self.connect(socket),
            Pending::Up(socket, text) => self.hear(socket, &text),
            Pending::UpEnd(socket) => self.see_end(socket),
            Pending::Down(socket, text) => self.receive(socket, &text),
            Pending::DownEnd(socket) => self.hear_end(socket),
            Pending::DiskBegins(start) => self.disk_begins(start),
            Pending::DiskCommits(start) => self.disk_commits(start),
            Pending::DiskDone(start) => self.disk_done(start),
            Pending::Kill(down_for) => self.kill(down_for),
            Pending::ServerStarts => self.start_server(),
            Pending::Look => {
                self.look_for_lost();
                self.later(1_000, Pending::Look);
            }
        }
    }

    /// Passes an input to a page's core, and carries out its effects.
    pub(crate) fn give(&mut self, at: usize, input: impl Into<Input>) {
        let moment = Moment {
            now: UnixMillis(self.now - self.set_back),
            random: self.chance.u64(..),
        };
        let core = &mut self.people[at].core;
        let effects = core.handle(moment, input.into());
        self.inputs += 1;
        if self.inputs.is_multiple_of(COMPARED) {
            assert_eq!(*core.view(), core.whole_view(), "the view misses a change");
        }
        for effect in effects {
            self.carry_out(at, effect);
        }
        self.connect_peers();
    }

    /// Schedules an event.
    pub(crate) fn later(&mut self, millis: u64, pending: Pending) {
        self.sequence += 1;
        self.queue.insert((self.now + millis, self.sequence), pending);
    }
}
