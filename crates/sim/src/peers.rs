//! Connections between the pages' browsers: how they are established, what is sent over them, and how their
//! loss is detected.

use call_core::{Event, PeerEvent};
use protocol::{Epoch, ParticipantId, SignalEnvelope};

use crate::browser::Browser;
use crate::person::Person;
use crate::world::World;

impl World {
    /// Connects browsers whose descriptions match.
    pub(crate) fn connect_peers(&mut self) {
        if self.severed {
            return;
        }
        for a in 0..self.people.len() {
            for b in 0..self.people.len() {
                let (one, other) = (&self.people[a], &self.people[b]);
                let (Some(one_id), Some(other_id)) = (one.you, other.you) else {
                    continue;
                };
                if a != b && Browser::match_up(&one.browser, other_id, &other.browser, one_id) {
                    let events = self.people[a].browser.connected(other_id);
                    self.report_connection(a, events, true);
                }
            }
        }
    }

    /// Reports connections whose other end is gone as lost.
    pub(crate) fn look_for_lost(&mut self) {
        for person in 0..self.people.len() {
            for peer in self.people[person].browser.ids() {
                if !self.has_other_end(person, peer) {
                    let events = self.people[person].browser.disconnected(peer);
                    self.report_connection(person, events, false);
                }
            }
        }
    }

    fn has_other_end(&self, person: usize, peer: ParticipantId) -> bool {
        let page = &self.people[person];
        let other = self.page_of(peer).map(|at| &self.people[at]);
        let (Some(you), Some(other)) = (page.you, other) else {
            return false;
        };
        let epoch = |page: &Person, of| page.browser.peer(of).map(|peer| peer.epoch);
        epoch(page, peer) == epoch(other, you)
    }

    /// Reports connection changes; the data channel opens and closes with the connection.
    fn report_connection(&mut self, person: usize, events: Vec<Event>, open: bool) {
        for event in events {
            if let Event::Peer {
                peer,
                epoch,
                event: PeerEvent::ConnectionChanged(_),
            } = event
            {
                let event = PeerEvent::ChannelChanged(open);
                self.report(person, Event::Peer { peer, epoch, event });
            }
            self.report(person, event);
        }
    }

    /// Delivers a message sent over the data channel, if the peer has a connection of the same epoch.
    pub(crate) fn send_on_data_channel(
        &mut self,
        person: usize,
        peer: ParticipantId,
        epoch: Epoch,
        envelope: SignalEnvelope,
    ) {
        let (Some(from), Some(to)) = (self.people[person].you, self.page_of(peer)) else {
            return;
        };
        let there = self.people[to].browser.peer(from);
        if there.is_some_and(|there| there.epoch == epoch) {
            self.passed += 1;
            let peer = from;
            let event = PeerEvent::DataChannelMessage(envelope);
            self.report(to, Event::Peer { peer, epoch, event });
        }
    }

    fn page_of(&self, id: ParticipantId) -> Option<usize> {
        self.people.iter().position(|page| page.you == Some(id))
    }
}
