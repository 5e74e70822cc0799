//! What pages and the server know of the room and its calls, and that it is the same.

use std::collections::BTreeMap;
use std::fmt::Debug;

use call_core::{ChatBody, Delivery, PageView, TileState, View};
use protocol::{Epoch, ParticipantId};
use registry::SocketId;
use registry::checks::{Known, check, truth};

use crate::world::World;

impl World {
    /// Everybody's page shows what the server knows, and has the connections that it should.
    pub fn assert_agreed(&self) {
        let server = self.server.as_ref().expect("a server that runs");
        check(&server.registry);
        for (person, page) in self.people.iter().enumerate() {
            let view = page.core.view();
            let here = matches!(
                view.page,
                PageView::Room {
                    reconnecting: false,
                    ..
                }
            );
            self.demand(here, person, "is in the room", &view.page);
            let socket = page.socket.and_then(|at| u64::try_from(at).ok());
            let truth = truth(&server.registry, SocketId(socket.expect("a socket")));
            let shown = shown(view);
            let same = truth.as_ref() == Some(&shown);
            self.demand(same, person, "knows what the server knows", (&shown, &truth));
            let away = shown.participants.values().any(|away| *away);
            let all = shown.participants.len() == self.people.len() && !away;
            self.demand(all, person, "sees everybody, and nobody else", &shown);
            let epoch = |id| Some((id, page.browser.peer(id)?.epoch));
            let connections: BTreeMap<ParticipantId, Epoch> =
                page.browser.ids().into_iter().filter_map(epoch).collect();
            let linked = connections == shown.links;
            self.demand(linked, person, "has a connection for each link", &connections);
            let connected = view
                .call
                .tiles
                .iter()
                .all(|tile| tile.state == TileState::Connected);
            self.demand(connected, person, "is connected with all", &view.call.tiles);
            let (shown, written) = (words(view), self.written());
            // Who came later has the newest pages of it alone.
            let same = written.ends_with(&shown);
            self.demand(
                same,
                person,
                "shows the lines that were written",
                (&shown, &written),
            );
        }
    }

    /// What people wrote, in the order in which it is on disk.
    pub fn written(&self) -> Vec<&str> {
        self.disk.words()
    }

    /// Nobody is linked with anybody.
    pub fn assert_all_apart(&self) {
        for (person, page) in self.people.iter().enumerate() {
            let left = page.browser.ids();
            self.demand(left.is_empty(), person, "has no connection left", &left);
        }
    }

    fn demand(&self, holds: bool, person: usize, what: &str, seen: impl Debug) {
        let you = self.people[person].you;
        assert!(
            holds,
            "{}\nuser {person}, {you:?}, {what}: {seen:#?}",
            self.told()
        );
    }
}

/// The words of the chat, marked where they are not delivered.
fn words(view: &View) -> Vec<&str> {
    let words = view.chat.lines.iter().filter_map(|line| {
        let ChatBody::Text { text, delivery } = &line.body else {
            return None;
        };
        let delivered = *delivery == Delivery::Delivered;
        Some(if delivered {
            text.as_str()
        } else {
            "(not delivered)"
        })
    });
    words.collect()
}

/// What a page shows of what it was told.
fn shown(view: &View) -> Known {
    let inside = view.people.iter().filter(|other| other.in_conference);
    let ringing = view.invitations.incoming.iter().chain(&view.invitations.outgoing);
    Known {
        participants: view.people.iter().map(|other| (other.id, other.away)).collect(),
        conference: inside.map(|other| other.id).collect(),
        links: view
            .call
            .tiles
            .iter()
            .map(|tile| (tile.peer, tile.epoch))
            .collect(),
        invitations: ringing.map(|invitation| invitation.id).collect(),
    }
}
