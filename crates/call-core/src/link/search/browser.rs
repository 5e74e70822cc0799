//! One end's connection in its browser, as far as negotiation goes (JSEP, RFC 9429), small enough to be explored.
//!
//! It is as strict as browsers are, and stricter: whatever it is ordered that does not fit its state is a fault.

use protocol::{IceCandidate, SdpType, SessionDescription};

use crate::SignalingState;

/// A fault of the machines: what they ordered or came to, in words.
pub(super) type Fault = String;

/// A connection. A description's text tells its kind, its end, its number and, in its last line, its ICE generation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Browser {
    name: char,
    pub(super) state: SignalingState,
    pub(super) operation: Option<Operation>,
    /// Something calls for an offer, and whether the machines have been told.
    needs: bool,
    told: bool,
    restart: bool,
    made: u8,
    generations: u8,
    local: Sides,
    remote: Sides,
    /// Offer and answer that both ends shall have in common.
    pub(super) agreed: Option<(String, String)>,
    /// The generation whose candidate is yet to be found.
    gathering: Option<String>,
    /// Theirs that were added, by generation.
    pub(super) added: Vec<String>,
}

/// What is under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Operation {
    Local,
    Remote(SessionDescription),
}

/// One end's descriptions: the one in use, and the one that is proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Sides {
    current: Option<String>,
    pending: Option<String>,
}

impl Browser {
    pub(super) fn new(name: char, needs: bool) -> Self {
        Self {
            name,
            state: SignalingState::Stable,
            operation: None,
            needs,
            told: false,
            restart: false,
            made: 0,
            generations: 0,
            local: Sides::default(),
            remote: Sides::default(),
            agreed: None,
            gathering: None,
            added: Vec::new(),
        }
    }

    /// Something calls for an offer.
    pub(super) fn change(&mut self) {
        self.needs = true;
        self.told = false;
    }

    /// `restartIce()`.
    pub(super) fn restart(&mut self) {
        self.restart = true;
        self.change();
    }

    pub(super) fn begin(&mut self, operation: Operation) -> Result<(), Fault> {
        if self.operation.replace(operation).is_some() {
            return Err("two operations at once".to_owned());
        }
        Ok(())
    }

    /// Whether `negotiationneeded` is to be told.
    pub(super) fn wants_offer(&self) -> bool {
        self.needs && !self.told && self.is_idle() && self.state == SignalingState::Stable
    }

    pub(super) fn tell_need(&mut self) {
        self.told = true;
    }

    pub(super) fn is_idle(&self) -> bool {
        self.operation.is_none()
    }

    /// Whether a candidate is to be found.
    pub(super) fn gathers(&self) -> bool {
        self.gathering.is_some()
    }

    /// The candidate of the generation that is gathered.
    pub(super) fn gather(&mut self) -> Option<IceCandidate> {
        let generation = self.gathering.take()?;
        Some(IceCandidate {
            candidate: format!("candidate of {generation}"),
            sdp_mid: None,
            sdp_m_line_index: None,
            username_fragment: Some(generation),
        })
    }

    /// Carries out what is under way; gives the description that was made, if one was.
    pub(super) fn complete(&mut self) -> Result<Option<SessionDescription>, Fault> {
        match self.operation.take() {
            Some(Operation::Local) => self.set_local().map(Some),
            Some(Operation::Remote(description)) => self.set_remote(&description).map(|()| None),
            None => Ok(None),
        }
    }

    /// A candidate must be of a generation that the remote description names.
    pub(super) fn add(&mut self, candidate: &IceCandidate) -> Result<(), Fault> {
        let Some(name) = &candidate.username_fragment else {
            return Err("a candidate of no generation".to_owned());
        };
        let described = [&self.remote.current, &self.remote.pending];
        if described.into_iter().flatten().all(|sdp| generation(sdp) != name) {
            return Err(format!(
                "{} is given a candidate of {name}, which its remote description does not name",
                self.name
            ));
        }
        self.added.push(name.clone());
        Ok(())
    }

    /// Whether the other end's candidate for the descriptions in use is here.
    pub(super) fn knows_way(&self) -> bool {
        let current = self.remote.current.as_deref().map(generation);
        current.is_some_and(|name| self.added.iter().any(|added| added == name))
    }

    fn set_local(&mut self) -> Result<SessionDescription, Fault> {
        let current = self
            .local
            .current
            .as_deref()
            .map(|sdp| generation(sdp).to_owned());
        let (sdp_type, afresh) = match self.state {
            SignalingState::Stable => (SdpType::Offer, self.restart),
            SignalingState::HaveRemoteOffer => {
                let named = |sdp: &Option<String>| sdp.as_deref().map(|sdp| generation(sdp).to_owned());
                (
                    SdpType::Answer,
                    named(&self.remote.current) != named(&self.remote.pending),
                )
            }
            state => return Err(format!("{} is to make a description in {state:?}", self.name)),
        };
        let name = current.filter(|_| !afresh).unwrap_or_else(|| {
            self.generations += 1;
            let name = format!("{}{}", self.name, self.generations);
            self.gathering = Some(name.clone());
            name
        });
        self.made += 1;
        let kind = if sdp_type == SdpType::Offer {
            "offer"
        } else {
            "answer"
        };
        let sdp = format!("{kind} {}{}\na=ice-ufrag:{name}", self.name, self.made);
        if sdp_type == SdpType::Offer {
            (self.needs, self.told, self.restart) = (false, false, false);
            self.local.pending = Some(sdp.clone());
            self.state = SignalingState::HaveLocalOffer;
        } else {
            let offer = self.remote.pending.take().unwrap_or_default();
            self.agree(offer.clone(), sdp.clone());
            (self.remote.current, self.local.current) = (Some(offer), Some(sdp.clone()));
        }
        Ok(SessionDescription { sdp_type, sdp })
    }

    fn set_remote(&mut self, description: &SessionDescription) -> Result<(), Fault> {
        let sdp = description.sdp.clone();
        match (description.sdp_type, self.state) {
            (SdpType::Offer, SignalingState::Stable | SignalingState::HaveLocalOffer) => {
                if let Some(own) = self.local.pending.take() {
                    // Rolled back: what the offer was for still wants one, and its candidates are not looked for any more.
                    let current = self.local.current.as_deref().map(generation);
                    if current != Some(generation(&own)) {
                        self.restart |= current.is_some();
                        self.gathering = None;
                    }
                    self.change();
                }
                self.remote.pending = Some(sdp);
                self.state = SignalingState::HaveRemoteOffer;
                Ok(())
            }
            (SdpType::Answer, SignalingState::HaveLocalOffer) => {
                let offer = self.local.pending.take().unwrap_or_default();
                self.agree(offer.clone(), sdp.clone());
                (self.local.current, self.remote.current) = (Some(offer), Some(sdp));
                Ok(())
            }
            (kind, state) => Err(format!("{} is given a remote {kind:?} in {state:?}", self.name)),
        }
    }

    fn agree(&mut self, offer: String, answer: String) {
        self.agreed = Some((offer, answer));
        self.state = SignalingState::Stable;
    }
}

/// The generation that a description names.
fn generation(sdp: &str) -> &str {
    sdp.rsplit("a=ice-ufrag:").next().unwrap_or_default()
}
