//! The world: people with pages, the server and its disk, and what is yet to happen, in virtual time.

use std::collections::BTreeMap;

use call_core::{Input, Moment, Timer};
use protocol::UnixMillis;

use super::chance::Chance;
use super::disk::Disk;
use super::page::Page;
use super::server::Server;
use super::sockets::Socket;

/// When it begins: ids of the first server are greater than none.
const BEGINNING: u64 = 1_000_000;
/// What one write takes at most, and what else there is to do then; in milliseconds.
const WRITES: u64 = 30;
const FOLLOWS: u64 = 5;
/// In so many writes the server is killed amid one.
const KILLED_AMID: u64 = 60;

/// What is yet to happen. What is for a page counts only if it is still the same one, and what is for a server's disk
/// if it is still the same start.
pub enum Pending {
    Input(usize, u64, Box<Input>),
    Timer(usize, u64, Timer, u64),
    Load(usize, u64),
    Connect(usize),
    Up(usize, String),
    UpEnd(usize),
    Down(usize, String),
    DownEnd(usize),
    DiskBegins(u64),
    DiskCommits(u64),
    DiskDone(u64),
    Kill,
    ServerStarts,
    /// A look at connections whose other end is gone.
    Look,
}

pub struct World {
    pub people: Vec<Page>,
    /// None while it is down.
    pub server: Option<Server>,
    /// How often it was started.
    starts: u64,
    disk: Disk,
    disk_busy: bool,
    pub sockets: Vec<Socket>,
    pub now: u64,
    queue: BTreeMap<(u64, u64), Pending>,
    sequence: u64,
    pub timer_runs: u64,
    pub chance: Chance,
    /// What happened, for people who read a failure.
    story: Vec<String>,
}

impl World {
    /// So many people who open the page of one room.
    pub fn of(people: usize, seed: u64) -> Self {
        let disk = Disk::default();
        let mut world = Self {
            people: (0..people).map(|_| Page::default()).collect(),
            server: Some(Server::start(BEGINNING, &disk)),
            starts: 1,
            disk,
            disk_busy: false,
            sockets: Vec::new(),
            now: BEGINNING,
            queue: BTreeMap::new(),
            sequence: 0,
            timer_runs: 0,
            chance: Chance::of(seed),
            story: Vec::new(),
        };
        for person in 0..people {
            world.open_page(person);
        }
        world.later(1_000, Pending::Look);
        world
    }

    /// One of these, by chance.
    pub fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        let bound = u64::try_from(of.len()).expect("few");
        let at = usize::try_from(self.chance.below(bound)).expect("few");
        of[at].clone()
    }

    /// Keeps what happened for people who read a failure.
    pub fn tell(&mut self, what: &str) {
        self.story.push(format!("{:>9} {what}", self.now - BEGINNING));
    }

    pub fn told(&self) -> String {
        self.story.join("\n")
    }

    /// Hands something to a page's core, and carries out what it orders.
    pub fn give(&mut self, person: usize, input: impl Into<Input>) {
        let moment = Moment {
            now: UnixMillis(self.now),
            random: self.chance.next(),
        };
        let effects = self.people[person].core.handle(moment, input.into());
        for effect in effects {
            self.carry_out(person, effect);
        }
        self.connect_peers();
    }

    /// Something is to happen in so many milliseconds.
    pub fn later(&mut self, millis: u64, pending: Pending) {
        self.sequence += 1;
        self.queue.insert((self.now + millis, self.sequence), pending);
    }

    /// Everything happens that is to happen within some milliseconds.
    pub fn run_for(&mut self, millis: u64) {
        let end = self.now + millis;
        while let Some(entry) = self.queue.first_entry() {
            if entry.key().0 > end {
                break;
            }
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
        let same_page = |person: usize, page| self.people[person].number == page;
        match pending {
            Pending::Input(person, page, input) if same_page(person, page) => self.give(person, *input),
            Pending::Timer(person, page, timer, run) if same_page(person, page) => {
                self.fire(person, timer, run);
            }
            Pending::Load(person, page) if same_page(person, page) => self.open_page(person),
            Pending::Connect(at) => self.connect(at),
            Pending::Up(at, text) => self.hear(at, &text),
            Pending::UpEnd(at) => self.see_end(at),
            Pending::Down(at, text) => self.receive(at, &text),
            Pending::DownEnd(at) => self.hear_end(at),
            Pending::Kill => self.kill(),
            Pending::ServerStarts => self.start(),
            Pending::Look => {
                self.look_for_lost();
                self.later(1_000, Pending::Look);
            }
            Pending::DiskBegins(start) | Pending::DiskCommits(start) | Pending::DiskDone(start)
                if start == self.starts =>
            {
                self.disk_goes_on(&pending);
            }
            _ => {}
        }
    }

    fn disk_goes_on(&mut self, step: &Pending) {
        let Some(server) = &mut self.server else { return };
        match step {
            Pending::DiskBegins(start) => {
                server.disk_begins(self.now);
                if self.chance.below(KILLED_AMID) == 0 {
                    let amid = self.chance.below(WRITES);
                    self.later(amid, Pending::Kill);
                }
                let takes = 1 + self.chance.below(WRITES);
                self.later(takes, Pending::DiskCommits(*start));
            }
            Pending::DiskCommits(start) => {
                server.disk_commits(&mut self.disk);
                let takes = self.chance.below(FOLLOWS);
                self.later(takes, Pending::DiskDone(*start));
            }
            _ => {
                self.disk_busy = false;
                for socket in server.disk_done(self.now) {
                    self.entered(socket);
                }
            }
        }
    }

    /// What the server says goes on its way, and the disk begins if there is something to do.
    fn serve(&mut self) {
        let Some(server) = &mut self.server else { return };
        let (out, jobs) = (server.take_out(), server.has_jobs());
        self.send_out(out);
        if jobs && !std::mem::replace(&mut self.disk_busy, true) {
            self.later(0, Pending::DiskBegins(self.starts));
        }
    }

    /// The server is killed, and comes back some time later; what was not on disk is lost.
    fn kill(&mut self) {
        if self.server.take().is_none() {
            return;
        }
        self.tell("the server is killed");
        self.disk_busy = false;
        self.break_all();
        let within = self.one_of(&[400, 3_000, 3_000, 20_000]);
        let back = 50 + self.chance.below(within);
        self.later(back, Pending::ServerStarts);
    }

    fn start(&mut self) {
        self.tell("the server starts");
        self.starts += 1;
        self.server = Some(Server::start(self.now, &self.disk));
    }
}
