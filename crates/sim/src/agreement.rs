//! Checks that all pages and the server agree about the room and its calls.

use std::collections::BTreeMap;
use std::fmt::Debug;

use call_core::{ChatBody, Delivery, PageView, TileState, View};
use protocol::{Epoch, ParticipantId};
use registry::SocketId;
use registry::checks::{Known, check, truth};

use crate::world::World;

impl World {
    /// Asserts that every page shows the server's state and has a connection for each link.
    pub fn assert_agreed(&self) {
        let server = self.server.as_ref().expect("a running server");
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
            self.demand(here, person, "should be in the room", &view.page);
            let socket = page.socket.and_then(|at| u64::try_from(at).ok());
            let truth = truth(&server.registry, SocketId(socket.expect("a socket")));
            let shown = shown(view);
            let same = truth.as_ref() == Some(&shown);
            self.demand(
                same,
                person,
                "should know what the server knows",
                (&shown, &truth),
            );
            let away = shown.participants.values().any(|away| *away);
            let all = shown.participants.len() == self.people.len() && !away;
            self.demand(all, person, "should see all participants and no other", &shown);
            let epoch = |id| Some((id, page.browser.peer(id)?.epoch));
            let connections: BTreeMap<ParticipantId, Epoch> =
                page.browser.ids().into_iter().filter_map(epoch).collect();
            let linked = connections == shown.links;
            self.demand(
                linked,
                person,
                "should have a connection for each link",
                &connections,
            );
            let connected = view
                .call
                .tiles
                .iter()
                .all(|tile| tile.state == TileState::Connected);
            self.demand(connected, person, "should be connected to all", &view.call.tiles);
            let (shown, written) = (words(view), self.written());
            // A page that joined later has only the newest pages of the history.
            let same = written.ends_with(&shown);
            self.demand(
                same,
                person,
                "should show the messages that were written",
                (&shown, &written),
            );
        }
    }

    /// The messages that users wrote, in the order on disk.
    pub fn written(&self) -> Vec<&str> {
        self.disk.words()
    }

    /// Asserts that no page has a connection.
    pub fn assert_all_apart(&self) {
        for (person, page) in self.people.iter().enumerate() {
            let left = page.browser.ids();
            self.demand(left.is_empty(), person, "should have no connection left", &left);
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

/// The texts of the chat, with a marker for undelivered messages.
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

/// What a page shows of the server's state.
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
