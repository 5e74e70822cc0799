//! One end's connection in its browser, as far as negotiation goes (JSEP, RFC 9429), small enough to be explored.
//!
//! It is as strict as browsers are, and stricter: whatever it is ordered that does not fit its state is a fault, and so is a
//! remote offer that would roll back an offer of its own.

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
    /// Something other than an ICE restart calls for an offer.
    changed: bool,
    /// `negotiationneeded` was told since the state was stable last.
    told: bool,
    restart: bool,
    /// The offer that was created last, until a description is set.
    created: Option<Created>,
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
    CreateOffer,
    /// Sets the offer that was created, or creates and sets the description that is due.
    Local(Option<SessionDescription>),
    Remote(SessionDescription),
}

/// What came of an operation.
pub(super) enum Done {
    Created(SessionDescription),
    Local(SessionDescription),
    Remote,
}

/// An offer that is not set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Created {
    sdp: String,
    /// Something has called for an offer since, which this one does not cover.
    outdated: bool,
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
            changed: needs,
            told: false,
            restart: false,
            created: None,
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
        self.changed = true;
        if let Some(created) = &mut self.created {
            created.outdated = true;
        }
    }

    /// `restartIce()`.
    pub(super) fn restart(&mut self) {
        self.restart = true;
    }

    pub(super) fn begin(&mut self, operation: Operation) -> Result<(), Fault> {
        if self.operation.replace(operation).is_some() {
            return Err("two operations at once".to_owned());
        }
        Ok(())
    }

    /// Whether `negotiationneeded` is to be told.
    pub(super) fn wants_offer(&self) -> bool {
        let needed = self.changed || self.restart;
        needed && !self.told && self.is_idle() && self.state == SignalingState::Stable
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

    /// Carries out what is under way.
    pub(super) fn complete(&mut self) -> Result<Done, Fault> {
        match self.operation.take() {
            Some(Operation::CreateOffer) => self.create_offer().map(Done::Created),
            Some(Operation::Local(offer)) => self.set_local(offer).map(Done::Local),
            Some(Operation::Remote(description)) => self.set_remote(&description).map(|()| Done::Remote),
            None => Err("nothing is under way".to_owned()),
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

    /// Changes nothing that the connection uses.
    fn create_offer(&mut self) -> Result<SessionDescription, Fault> {
        if self.state != SignalingState::Stable {
            return Err(format!("{} is to create an offer in {:?}", self.name, self.state));
        }
        let generation = self.generation(self.restart);
        let offer = self.describe(SdpType::Offer, &generation);
        self.created = Some(Created {
            sdp: offer.sdp.clone(),
            outdated: false,
        });
        Ok(offer)
    }

    fn set_local(&mut self, offer: Option<SessionDescription>) -> Result<SessionDescription, Fault> {
        match (self.state, offer) {
            (SignalingState::Stable, None) => {
                let offer = self.create_offer()?;
                self.set_offer(&offer.sdp)?;
                Ok(offer)
            }
            (SignalingState::Stable, Some(offer)) => {
                self.set_offer(&offer.sdp)?;
                Ok(offer)
            }
            (SignalingState::HaveRemoteOffer, None) => Ok(self.answer()),
            (state, _) => Err(format!(
                "{} is to set a local description in {state:?}",
                self.name
            )),
        }
    }

    fn set_offer(&mut self, sdp: &str) -> Result<(), Fault> {
        let Some(created) = self.created.take().filter(|created| created.sdp == sdp) else {
            return Err(format!("{} is to set an offer that is not its last", self.name));
        };
        self.changed = created.outdated;
        self.use_generation(sdp);
        self.local.pending = Some(created.sdp);
        self.state = SignalingState::HaveLocalOffer;
        Ok(())
    }

    fn answer(&mut self) -> SessionDescription {
        let named = |sdp: &Option<String>| sdp.as_deref().map(|sdp| generation(sdp).to_owned());
        let restarts = named(&self.remote.current) != named(&self.remote.pending);
        let generation = self.generation(restarts);
        let answer = self.describe(SdpType::Answer, &generation);
        self.use_generation(&answer.sdp);
        let offer = self.remote.pending.take().unwrap_or_default();
        self.agree(offer.clone(), answer.sdp.clone());
        (self.remote.current, self.local.current) = (Some(offer), Some(answer.sdp.clone()));
        answer
    }

    /// The ICE generation of the next description: the one in use, or a new one.
    fn generation(&mut self, afresh: bool) -> String {
        let current = self.local.current.as_deref().filter(|_| !afresh);
        current.map(generation).map_or_else(
            || {
                self.generations += 1;
                format!("{}{}", self.name, self.generations)
            },
            str::to_owned,
        )
    }

    /// A description with another generation is set: its candidate is to be found, and an ICE restart has come about.
    fn use_generation(&mut self, sdp: &str) {
        let name = generation(sdp);
        if self.local.current.as_deref().map(generation) != Some(name) {
            self.gathering = Some(name.to_owned());
            self.restart = false;
        }
    }

    fn describe(&mut self, sdp_type: SdpType, generation: &str) -> SessionDescription {
        self.made += 1;
        let kind = if sdp_type == SdpType::Offer {
            "offer"
        } else {
            "answer"
        };
        let sdp = format!("{kind} {}{}\na=ice-ufrag:{generation}", self.name, self.made);
        SessionDescription { sdp_type, sdp }
    }

    fn set_remote(&mut self, description: &SessionDescription) -> Result<(), Fault> {
        let sdp = description.sdp.clone();
        match (description.sdp_type, self.state) {
            (SdpType::Offer, SignalingState::Stable) => {
                self.created = None;
                self.remote.pending = Some(sdp);
                self.state = SignalingState::HaveRemoteOffer;
                Ok(())
            }
            (SdpType::Offer, SignalingState::HaveLocalOffer) => {
                Err(format!("{} is to roll its offer back", self.name))
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
        self.told = false;
    }
}

/// The generation that a description names.
fn generation(sdp: &str) -> &str {
    sdp.rsplit("a=ice-ufrag:").next().unwrap_or_default()
}
