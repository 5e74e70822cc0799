//! The world: people with pages, the server and its disk, and what is yet to happen, in virtual time.

use std::collections::BTreeMap;

use call_core::{Effect, Input, Intent, Moment, RequestId, Timer, View};
use fastrand::Rng;
use protocol::UnixMillis;

use crate::disk::Disk;
use crate::ice::Ice;
use crate::person::Person;
use crate::server::Server;
use crate::socket::Socket;

/// When it begins: ids of the first server are greater than none.
const BEGINNING: u64 = 1_000_000;
/// After each sixteenth input, a view is compared with one that is made of the whole state.
const COMPARED: u64 = 16;
/// More happens within one look only if something is in a circle.
const STEPS: u64 = 400_000;

/// What is yet to happen. What is for a page counts only if it is still the same one, and what is for a server's disk
/// if it is still the same start.
pub(crate) enum Pending {
    Input(usize, u64, Box<Input>),
    Timer(usize, u64, Timer, u64),
    /// The user answers the browser's dialog for screens.
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
    /// A look at connections whose other end is gone.
    Look,
}

/// All that there is.
pub struct World {
    /// Who is there, in the order in which they came.
    pub people: Vec<Person>,
    /// None while it is down.
    pub server: Option<Server>,
    /// What happens by chance.
    pub chance: Rng,
    /// Sockets that are opened close at once.
    pub offline: bool,
    /// No browser finds another.
    pub severed: bool,
    /// What servers for ICE pages are told of.
    pub ice: Ice,
    /// How many messages went past the server.
    pub passed: usize,
    /// What all pages were ordered that a test asks for: calls to the server and restarts of ICE, in order.
    pub mended: Vec<(usize, Effect)>,
    /// The credentials with which connections were made or restarted: the page, and the relay's user name.
    pub used: Vec<(usize, Option<String>)>,
    /// Now and then a socket stands still, and the server is killed amid a write.
    pub(crate) rough: bool,
    /// How often the server was started.
    pub(crate) starts: u64,
    pub(crate) disk: Disk,
    pub(crate) disk_busy: bool,
    pub(crate) sockets: Vec<Socket>,
    pub(crate) now: u64,
    queue: BTreeMap<(u64, u64), Pending>,
    sequence: u64,
    pub(crate) timer_runs: u64,
    inputs: u64,
    /// By how much the clocks on the wall are behind what they were.
    set_back: u64,
    /// What happened, for people who read a failure.
    story: Vec<String>,
}

impl World {
    /// A world of people who have all entered one room.
    pub fn of(names: &[&str], seed: u64) -> Self {
        let mut world = Self::empty(seed);
        for name in names {
            world.arrive(name);
        }
        world.settle();
        world
    }

    /// A world in which things go wrong by themselves, of people who have opened the page of one room.
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

    /// One of these, by chance.
    pub fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        self.chance.choice(of).expect("something to choose from").clone()
    }

    /// Keeps what happened for people who read a failure.
    pub fn tell(&mut self, what: &str) {
        self.story.push(format!("{:>9} {what}", self.now - BEGINNING));
    }

    /// What happened, a line each.
    pub fn told(&self) -> String {
        self.story.join("\n")
    }

    /// A user wants something.
    pub fn wish(&mut self, at: usize, intent: impl Into<Intent>) {
        let intent = intent.into();
        self.tell(&format!("{at} wishes {intent:?}"));
        self.give(at, intent);
    }

    /// What a person's page shows.
    pub fn view(&self, at: usize) -> &View {
        self.people[at].core.view()
    }

    /// All clocks on the wall are set back; what is on its way comes all the same.
    pub fn set_back(&mut self, millis: u64) {
        self.set_back += millis;
    }

    /// Everything happens that is yet to happen within the next minutes.
    pub fn settle(&mut self) {
        self.run_for(120_000);
    }

    /// Everything happens that is to happen within some milliseconds.
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

    /// Hands something to a page's core, and carries out what it orders.
    pub(crate) fn give(&mut self, at: usize, input: impl Into<Input>) {
        let moment = Moment {
            now: UnixMillis(self.now - self.set_back),
            random: self.chance.u64(..),
        };
        let core = &mut self.people[at].core;
        let effects = core.handle(moment, input.into());
        self.inputs += 1;
        if self.inputs.is_multiple_of(COMPARED) {
            assert_eq!(*core.view(), core.whole_view(), "a change is not shown");
        }
        for effect in effects {
            self.carry_out(at, effect);
        }
        self.connect_peers();
    }

    /// Something is to happen in so many milliseconds.
    pub(crate) fn later(&mut self, millis: u64, pending: Pending) {
        self.sequence += 1;
        self.queue.insert((self.now + millis, self.sequence), pending);
    }
}
