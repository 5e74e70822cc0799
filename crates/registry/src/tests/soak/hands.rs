//! What a page's core orders is carried out.

use call_core::{
    ApiAnswer, ApiCall, ApiError, Device, DeviceEvent, DeviceOrder, DevicePick, Effect, Event, OpenDevice,
    PeerOrder, RequestId, SocketOrder, StoreOrder, TrackSettings,
};
use protocol::http::IceServers;

use super::world::{Pending, World};

impl World {
    pub fn carry_out(&mut self, person: usize, effect: Effect) {
        match effect {
            Effect::Socket(SocketOrder::Open(socket)) => self.open_socket(person, socket),
            Effect::Socket(SocketOrder::Close) => self.close_socket(person, 200),
            Effect::Socket(SocketOrder::Send(message)) => self.send(person, &message),
            Effect::Peer {
                peer,
                epoch,
                order: PeerOrder::SendPast(parcel),
            } => self.send_past(person, peer, epoch, parcel),
            Effect::Store(StoreOrder::Seat(seat)) => self.people[person].seat = seat,
            Effect::StartTimer { timer, after } => {
                self.timer_runs += 1;
                let (run, page) = (self.timer_runs, self.people[person].number);
                self.people[person].timers.insert(timer, run);
                let after = u64::try_from(after.as_millis()).expect("a short time");
                self.later(after, Pending::Timer(person, page, timer, run));
            }
            Effect::StopTimer(timer) => {
                self.people[person].timers.remove(&timer);
            }
            Effect::CallApi {
                request,
                call: ApiCall::FetchIceServers(_),
            } => self.tell_ice_servers(person, request),
            Effect::Devices(DeviceOrder::Open {
                request,
                camera,
                microphone,
            }) => self.open_devices(person, request, camera, microphone),
            other => {
                for event in self.people[person].browser.carry_out(other) {
                    self.report(person, event);
                }
            }
        }
    }

    /// What a browser reports keeps its order.
    pub fn report(&mut self, person: usize, event: Event) {
        let page = self.people[person].number;
        self.later(3, Pending::Input(person, page, Box::new(event.into())));
    }

    /// There are none, or nobody to tell.
    fn tell_ice_servers(&mut self, person: usize, request: RequestId) {
        let answer = match &self.server {
            Some(_) => Ok(ApiAnswer::IceServers(IceServers {
                ice_servers: Vec::new(),
                expires_in_seconds: None,
            })),
            None => Err(ApiError::Unreachable),
        };
        let (page, delay) = (self.people[person].number, 1 + self.chance.below(200));
        let event = Event::ApiAnswered { request, answer };
        self.later(delay, Pending::Input(person, page, Box::new(event.into())));
    }

    fn open_devices(
        &mut self,
        person: usize,
        request: RequestId,
        camera: Option<DevicePick>,
        microphone: Option<DevicePick>,
    ) {
        let asked = [(Device::Camera, camera), (Device::Microphone, microphone)];
        let open = asked.into_iter().filter_map(|(device, pick)| {
            let id = pick?.0.unwrap_or_else(|| "first".to_owned());
            Some(OpenDevice {
                device,
                label: id.clone(),
                id,
                settings: TrackSettings::default(),
            })
        });
        let open = open.collect();
        self.report(person, Event::Devices(DeviceEvent::Opened { request, open }));
    }
}
