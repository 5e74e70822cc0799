//! Model of one end's `RTCPeerConnection`, as far as negotiation goes (JSEP, RFC 9429), small enough for the search.
//!
//! It is stricter than browsers: an operation that does not fit its state is a fault, and so is a remote offer that
//! would roll back an offer of its own.

use protocol::{IceCandidate, SdpType, SessionDescription};

use crate::SignalingState;

/// Description of a fault that the code under test caused.
pub(super) type Fault = String;

/// A connection. The text of a description has its kind, end and number, and in its last line the ICE generation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Browser {
    name: char,
    pub(super) state: SignalingState,
    pub(super) operation: Option<Operation>,
    /// Whether something other than an ICE restart needs an offer.
    changed: bool,
    /// Whether `negotiationneeded` was fired since the last exchange.
    told: bool,
    restart: bool,
    /// The last created offer, until a description is set.
    created: Option<Created>,
    made: u8,
    generations: u8,
    local: Sides,
    remote: Sides,
    /// The last completed offer and answer, which both ends must have in common.
    pub(super) agreed: Option<(String, String)>,
    /// The generation whose candidate is not gathered yet.
    gathering: Option<String>,
    /// Generations of the remote candidates that were added.
    pub(super) added: Vec<String>,
}

/// An operation under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Operation {
    CreateOffer,
    /// Sets the created offer; `None`: creates and sets the description that is due.
    Local(Option<SessionDescription>),
    Remote(SessionDescription),
}

/// Result of an operation.
pub(super) enum Done {
    Created(SessionDescription),
    Local(SessionDescription),
    Remote,
}

/// An offer that was created and is not set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Created {
    sdp: String,
    /// Whether something has changed since that this offer does not cover.
    outdated: bool,
}

/// Descriptions of one end: the current and the pending one (JSEP).
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

    /// Something changed that needs an offer.
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

    /// Returns whether `negotiationneeded` is to be fired.
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

    /// Returns whether a candidate is to be gathered.
    pub(super) fn gathers(&self) -> bool {
        self.gathering.is_some()
    }

    /// Returns the candidate of the generation that is being gathered.
    pub(super) fn gather(&mut self) -> Option<IceCandidate> {
        let generation = self.gathering.take()?;
        Some(IceCandidate {
            candidate: format!("candidate of {generation}"),
            sdp_mid: None,
            sdp_m_line_index: None,
            username_fragment: Some(generation),
        })
    }

    /// Completes the operation under way.
    pub(super) fn complete(&mut self) -> Result<Done, Fault> {
        match self.operation.take() {
            Some(Operation::CreateOffer) => self.create_offer().map(Done::Created),
            Some(Operation::Local(offer)) => self.set_local(offer).map(Done::Local),
            Some(Operation::Remote(description)) => self.set_remote(&description).map(|()| Done::Remote),
            None => Err("nothing is under way".to_owned()),
        }
    }

    /// Adds a remote candidate, whose generation must be in a remote description.
    pub(super) fn add(&mut self, candidate: &IceCandidate) -> Result<(), Fault> {
        let Some(name) = &candidate.username_fragment else {
            return Err("a candidate of no generation".to_owned());
        };
        let described = [&self.remote.current, &self.remote.pending];
        if described.into_iter().flatten().all(|sdp| generation(sdp) != name) {
            return Err(format!(
                "{} gets a candidate of {name}, which is not in its remote description",
                self.name
            ));
        }
        self.added.push(name.clone());
        Ok(())
    }

    /// Returns whether a candidate for the current remote description has been added.
    pub(super) fn knows_way(&self) -> bool {
        let current = self.remote.current.as_deref().map(generation);
        current.is_some_and(|name| self.added.iter().any(|added| added == name))
    }

    /// Creates an offer; the connection itself does not change.
    fn create_offer(&mut self) -> Result<SessionDescription, Fault> {
        if self.state != SignalingState::Stable {
            return Err(format!("{} creates an offer in {:?}", self.name, self.state));
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
            (state, _) => Err(format!("{} sets a local description in {state:?}", self.name)),
        }
    }

    fn set_offer(&mut self, sdp: &str) -> Result<(), Fault> {
        let Some(created) = self.created.take().filter(|created| created.sdp == sdp) else {
            return Err(format!("{} sets an offer that is not its last", self.name));
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

    /// Returns the ICE generation of the next description: the current one, or a new one.
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

    /// Takes the generation of a description that is set. A new one starts gathering, and completes an ICE restart.
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
                Err(format!("{} rolls its offer back", self.name))
            }
            (SdpType::Answer, SignalingState::HaveLocalOffer) => {
                let offer = self.local.pending.take().unwrap_or_default();
                self.agree(offer.clone(), sdp.clone());
                (self.local.current, self.remote.current) = (Some(offer), Some(sdp));
                Ok(())
            }
            (kind, state) => Err(format!("{} gets a remote {kind:?} in {state:?}", self.name)),
        }
    }

    fn agree(&mut self, offer: String, answer: String) {
        self.agreed = Some((offer, answer));
        self.state = SignalingState::Stable;
        self.told = false;
    }
}

/// Returns the generation of a description.
fn generation(sdp: &str) -> &str {
    sdp.rsplit("a=ice-ufrag:").next().unwrap_or_default()
}
