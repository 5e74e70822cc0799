//! Notices that go when their cause is gone.

use call_core::{
    ApiAnswer, ApiCall, ApiError, CallIntent, Device, DeviceEvent, DeviceIntent, DeviceKind, DeviceOrder,
    Effect, Event, ListedDevice, NoticeBody, OpenDevice, RequestId, RoomIntent, SocketEvent, SocketId, Timer,
    TrackSettings,
};
use protocol::ParticipantId;
use protocol::http::IceServers;

use crate::page::Page;
use crate::page::{ann, welcome};

fn notices(page: &Page) -> Vec<NoticeBody> {
    let notices = page.0.view().notices.iter().cloned();
    notices.map(|notice| notice.body).collect()
}

/// For what the ICE servers are asked.
fn asks_for_servers(effects: &[Effect]) -> RequestId {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::CallApi {
            request,
            call: ApiCall::FetchIceServers(_),
        } => Some(*request),
        _ => None,
    });
    asked.expect("they are asked for")
}

#[test]
fn word_of_a_lost_server_goes_when_it_is_back() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    page.hears(welcome());
    page.event(Event::Socket {
        socket: SocketId(1),
        event: SocketEvent::Closed,
    });
    page.wish(CallIntent::Invite(ParticipantId(9)));
    assert_eq!(notices(&page), [NoticeBody::Offline]);
    page.event(Event::TimerFired(Timer::Reconnect));
    page.says_hello_on(2);
    page.hears_on(2, welcome());
    assert_eq!(notices(&page), []);
}

#[test]
fn word_of_missing_ice_servers_goes_when_they_come() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    let request = asks_for_servers(&page.wish(RoomIntent::EnterPrepared));
    page.answers(request, Err(ApiError::Unreachable));
    assert_eq!(notices(&page), [NoticeBody::NoIceServers]);
    let request = asks_for_servers(&page.event(Event::TimerFired(Timer::IceServers)));
    let servers = IceServers {
        ice_servers: Vec::new(),
        expires_in_seconds: None,
    };
    page.answers(request, Ok(ApiAnswer::IceServers(servers)));
    assert_eq!(notices(&page), []);
}

/// Which devices are asked for.
fn asks_for_devices(effects: &[Effect]) -> RequestId {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
        _ => None,
    });
    asked.expect("they are asked for")
}

/// A camera that the system mutes from the start.
fn dark(request: RequestId) -> Event {
    let settings = TrackSettings {
        muted: true,
        ..TrackSettings::default()
    };
    let open = vec![OpenDevice {
        device: Device::Camera,
        id: "1".to_owned(),
        label: "Camera".to_owned(),
        settings,
    }];
    Event::Devices(DeviceEvent::Opened { request, open })
}

#[test]
fn camera_that_is_muted_from_the_start_is_told_in_the_room_and_seen_before_it() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    page.event(dark(asks_for_devices(&effects)));
    assert_eq!(notices(&page), [], "the preview says it");
    assert_eq!(page.0.view().media.muted_by_system, [Device::Camera]);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    page.hears(welcome());
    page.wish(DeviceIntent::StopCamera);
    let effects = page.wish(DeviceIntent::StartCamera);
    page.event(dark(asks_for_devices(&effects)));
    assert_eq!(notices(&page), [NoticeBody::MutedBySystem(Device::Camera)]);
}

#[test]
fn another_speaker_that_the_system_prefers_is_told() {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    let prefers = |label: &str| {
        let of = |id: &str, label: &str| ListedDevice {
            kind: DeviceKind::Speaker,
            id: id.to_owned(),
            label: label.to_owned(),
            group: String::new(),
        };
        let all = vec![
            of("default", &format!("Default - {label}")),
            of("1", "Desk"),
            of("2", "Headset"),
        ];
        Event::Devices(DeviceEvent::Listed(all))
    };
    page.event(prefers("Desk"));
    assert_eq!(notices(&page), []);
    page.event(prefers("Headset"));
    assert_eq!(notices(&page), [NoticeBody::DeviceFollowed("Headset".to_owned())]);
}
