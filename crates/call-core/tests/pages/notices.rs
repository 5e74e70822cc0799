//! Notices that are dismissed when their cause is gone.

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

/// The request for ICE servers among the effects.
fn asks_for_servers(effects: &[Effect]) -> RequestId {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::CallApi {
            request,
            call: ApiCall::FetchIceServers(_),
        } => Some(*request),
        _ => None,
    });
    asked.expect("a request")
}

#[test]
fn offline_notice_goes_when_the_server_is_back() {
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
fn ice_servers_notice_goes_when_they_arrive() {
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

/// The request for devices among the effects.
fn asks_for_devices(effects: &[Effect]) -> RequestId {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Devices(DeviceOrder::Open { request, .. }) => Some(*request),
        _ => None,
    });
    asked.expect("a request")
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
fn camera_muted_from_the_start_gets_a_notice_in_the_room() {
    let (mut page, effects) = Page::open("/room/r", Some(ann()), None);
    page.event(dark(asks_for_devices(&effects)));
    assert_eq!(notices(&page), [], "the preview shows it");
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
fn new_default_speaker_gets_a_notice() {
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
