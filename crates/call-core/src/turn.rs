//! The handling of one input: its moment, and the outputs in the order in which they were decided.
//!
//! A state machine gets `&mut Turn`, pushes its outputs there, and returns only decisions. At the end of the turn,
//! messages go through the socket's queue and notices to the user; an effect is never changed once it is pushed.

use std::time::Duration;

use protocol::{ClientMessage, Epoch, ParticipantId, UnixMillis};

use crate::ice::config::IceConfig;
use crate::{ApiCall, Effect, Moment, NoticeBody, PeerOrder, RequestId, Timer};

/// The context of one input, which collects the outputs.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    /// Time and randomness of the input.
    pub(crate) moment: Moment,
    /// The ICE configuration for new and restarted connections.
    pub(crate) ice_config: IceConfig,
    /// Whether the device's processor is at its limit.
    busy: bool,
    last_request: RequestId,
    outputs: Vec<Output>,
}

/// How many times as long as usual a connection may take while the device's processor is at its limit (chosen): a slow
/// device is not a broken network, and making connections again costs it even more.
const BUSY: u32 = 3;

/// One output of a turn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Output {
    /// An effect for the shell.
    Effect(Effect),
    /// A message to the server, sent now or when the session resumes.
    Message(ClientMessage),
    /// A notice for the user.
    Notice(NoticeBody),
}

impl Turn {
    /// Starts a turn without outputs; request ids continue after `last_request`.
    pub(crate) fn begin(moment: Moment, last_request: RequestId, ice_config: IceConfig) -> Self {
        Self {
            moment,
            ice_config,
            busy: false,
            last_request,
            outputs: Vec::new(),
        }
    }

    /// Sets whether the device's processor is at its limit.
    pub(crate) fn on_busy_device(self, busy: bool) -> Self {
        Self { busy, ..self }
    }

    /// Starts a second turn at the same moment, whose outputs the caller inspects before it applies them.
    pub(crate) fn aside(&self) -> Self {
        Self::begin(self.moment, self.last_request, self.ice_config.clone()).on_busy_device(self.busy)
    }

    /// Returns whether the device's processor is at its limit.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy
    }

    /// Returns the time to allow for what usually takes no longer than `usual`.
    pub(crate) fn allow(&self, usual: Duration) -> Duration {
        if self.busy { usual * BUSY } else { usual }
    }

    /// Returns the outputs and the id of the last request.
    pub(crate) fn end(self) -> (Vec<Output>, RequestId) {
        (self.outputs, self.last_request)
    }

    /// Returns the time of the input.
    pub(crate) fn now(&self) -> UnixMillis {
        self.moment.now
    }

    /// Returns a new unique request id.
    pub(crate) fn request(&mut self) -> RequestId {
        self.last_request = RequestId(self.last_request.0 + 1);
        self.last_request
    }

    /// Pushes an effect for the shell.
    pub(crate) fn order(&mut self, order: impl Into<Effect>) {
        self.outputs.push(Output::Effect(order.into()));
    }

    /// Pushes an order for the connection with a peer.
    pub(crate) fn order_peer(&mut self, peer: ParticipantId, epoch: Epoch, order: PeerOrder) {
        self.order(Effect::Peer { peer, epoch, order });
    }

    /// Sends an HTTP request to the server; the answer carries the returned id.
    pub(crate) fn call(&mut self, call: ApiCall) -> RequestId {
        let request = self.request();
        self.order(Effect::CallApi { request, call });
        request
    }

    /// Sends a message to the server.
    pub(crate) fn send(&mut self, message: ClientMessage) {
        self.outputs.push(Output::Message(message));
    }

    /// Shows a notice to the user.
    pub(crate) fn notify(&mut self, notice: NoticeBody) {
        self.outputs.push(Output::Notice(notice));
    }

    /// Starts or restarts a timer.
    pub(crate) fn start(&mut self, timer: Timer, after: Duration) {
        self.order(Effect::StartTimer { timer, after });
    }

    /// Stops a timer.
    pub(crate) fn stop(&mut self, timer: Timer) {
        self.order(Effect::StopTimer(timer));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    //! Helpers for the tests of single state machines.

    use crate::SocketOrder;
    use std::ops::{Deref, DerefMut};

    use super::*;

    /// Runs `act` in a turn and returns its effects, with messages as socket orders and without notices.
    pub(crate) fn ordered(mut turn: Turn, act: impl FnOnce(&mut Turn)) -> Vec<Effect> {
        act(&mut turn);
        let effect = |output| match output {
            Output::Effect(effect) => Some(effect),
            Output::Message(message) => Some(Effect::Socket(SocketOrder::Send(message))),
            Output::Notice(_) => None,
        };
        turn.outputs.into_iter().filter_map(effect).collect()
    }

    /// A state machine under test, whose outputs are returned as a list of effects.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct Driven<M>(pub(crate) M);

    impl<M> Driven<M> {
        /// Runs `act` in the given turn; returns its result and the effects.
        pub(crate) fn take<T>(
            &mut self,
            turn: Turn,
            act: impl FnOnce(&mut M, &mut Turn) -> T,
        ) -> (T, Vec<Effect>) {
            let mut answer = None;
            let effects = ordered(turn, |turn| answer = Some(act(&mut self.0, turn)));
            (answer.expect("the machine was asked"), effects)
        }

        /// Runs `act` in a default turn (time 0) and returns the effects.
        pub(crate) fn act(&mut self, act: impl FnOnce(&mut M, &mut Turn)) -> Vec<Effect> {
            self.take(Turn::default(), act).1
        }
    }

    impl<M> Deref for Driven<M> {
        type Target = M;

        fn deref(&self) -> &M {
            &self.0
        }
    }

    impl<M> DerefMut for Driven<M> {
        fn deref_mut(&mut self) -> &mut M {
            &mut self.0
        }
    }

    impl Turn {
        /// A turn at the given time.
        pub(crate) fn at(now: UnixMillis) -> Self {
            let mut turn = Self::default();
            turn.moment.now = now;
            turn
        }

        /// A turn whose next request gets this id.
        pub(crate) fn numbered(request: RequestId) -> Self {
            Self {
                last_request: RequestId(request.0 - 1),
                ..Self::default()
            }
        }
    }
}
