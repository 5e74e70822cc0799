//! Verdicts agree with the facts.

use proptest::prelude::*;

use super::*;
use crate::TrackSettings;

const ALL: Capabilities = Capabilities {
    secure: true,
    devices: true,
    connections: true,
    screen: true,
    speaker_choice: true,
    recorder: true,
};

fn microphone_of(loudest: u8, measures: u32) -> Verdict {
    let open = [OpenDevice {
        device: Device::Microphone,
        id: "1".to_owned(),
        label: "Desk".to_owned(),
        settings: TrackSettings::default(),
    }];
    let facts = Facts {
        capabilities: Some(ALL),
        camera: DeviceView::Off,
        microphone: DeviceView::On,
        open: &open,
        muted_by_system: &[],
        loudest,
        measures,
        played: false,
        heard: None,
    };
    verdicts(&facts).remove(3)
}

#[test]
fn silent_microphone_becomes_a_problem() {
    assert_eq!(microphone_of(0, 5).reason, Reason::Listening);
    let silent = microphone_of(1, ENOUGH);
    assert_eq!(silent.grade, Standing::Problem);
    assert_eq!(
        silent.reason,
        Reason::Silent {
            label: "Desk".to_owned()
        }
    );
    assert_eq!(microphone_of(40, 5).grade, Standing::Good);
    assert_eq!(
        microphone_of(40, 500).grade,
        Standing::Good,
        "a microphone that was heard may fall silent"
    );
}

fn any_device() -> impl Strategy<Value = DeviceView> {
    prop_oneof![
        Just(DeviceView::Off),
        Just(DeviceView::Starting),
        Just(DeviceView::On),
        Just(DeviceView::Failed(MediaError::NotAllowed)),
        Just(DeviceView::Failed(MediaError::NotFound)),
    ]
}

fn any_capabilities() -> impl Strategy<Value = Option<Capabilities>> {
    proptest::option::of(any::<[bool; 6]>().prop_map(
        |[secure, devices, connections, screen, speaker_choice, recorder]| Capabilities {
            secure,
            devices,
            connections,
            screen,
            speaker_choice,
            recorder,
        },
    ))
}

proptest! {
    #[test]
    fn one_verdict_per_part_agrees_with_the_facts(
        capabilities in any_capabilities(),
        camera in any_device(),
        microphone in any_device(),
        loudest in 0_u8..=100,
        measures in 0_u32..100,
        played in any::<bool>(),
        heard in proptest::option::of(any::<bool>()),
    ) {
        let facts = Facts { capabilities, camera, microphone, open: &[], muted_by_system: &[], loudest, measures, played, heard };
        let verdicts = verdicts(&facts);
        let parts: Vec<Part> = verdicts.iter().map(|verdict| verdict.part).collect();
        prop_assert_eq!(
            parts,
            [Part::SecureContext, Part::Browser, Part::Camera, Part::Microphone, Part::Speaker]
        );
        let [secure, browser, seen, said, speaker] = &verdicts[..] else { unreachable!("five parts") };
        let told = |has: fn(Capabilities) -> bool| capabilities.is_some_and(has);
        prop_assert_eq!(secure.grade == Standing::Good, told(|told| told.secure));
        prop_assert_eq!(browser.grade == Standing::Good, told(|told| Capability::ALL.iter().all(|of| told.has(*of))));
        prop_assert_eq!(
            browser.grade == Standing::Problem,
            capabilities.is_some_and(|told| !told.devices || !told.connections)
        );
        prop_assert_eq!(seen.grade == Standing::Good, camera == DeviceView::On);
        prop_assert_eq!(seen.grade == Standing::Problem, matches!(camera, DeviceView::Failed(_)));
        prop_assert_eq!(said.grade == Standing::Good, microphone == DeviceView::On && loudest >= SILENT);
        prop_assert_eq!(speaker.grade == Standing::Good, played && heard == Some(true));
        prop_assert_eq!(speaker.grade == Standing::Problem, played && heard == Some(false));
    }
}

#[test]
fn device_muted_by_the_system_is_a_problem() {
    let facts = Facts {
        capabilities: Some(ALL),
        camera: DeviceView::On,
        microphone: DeviceView::On,
        open: &[],
        muted_by_system: &[Device::Camera, Device::Microphone],
        loudest: 0,
        measures: 0,
        played: false,
        heard: None,
    };
    for (part, device) in [
        (Part::Camera, Device::Camera),
        (Part::Microphone, Device::Microphone),
    ] {
        let verdict = verdicts(&facts).into_iter().find(|verdict| verdict.part == part);
        let (grade, reason) = (Standing::Problem, Reason::MutedBySystem(device));
        assert_eq!(verdict, Some(Verdict { part, grade, reason }));
    }
}
