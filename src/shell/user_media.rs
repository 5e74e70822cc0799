//! Requests for camera and microphone (W3C Media Capture §10.2).

use call_core::{DevicePick, MediaError};
use web_sys::{
    ConstrainDomStringParameters, MediaDevices, MediaStream, MediaStreamConstraints, MediaTrackConstraints,
};

use super::browser;
use super::js_error::{JsError, resolved};

/// Ideal video of a camera. 720p fills a large tile well, and the browser sends less by itself where the
/// network or CPU cannot keep up; 24 frames per second look smooth and cost a fifth less than 30, which
/// counts when the video is encoded for up to seven peers. None of these is required, so no camera fails over
/// them.
const WIDTH: i32 = 1280;
const HEIGHT: i32 = 720;
const FRAMES_A_SECOND: f64 = 24.0;

/// The camera and the microphone, if wanted.
type Picks = (Option<DevicePick>, Option<DevicePick>);

/// Asks the user once for the given devices. If a chosen device is gone, the browser may take any: it reports
/// missing devices before it asks the user.
pub(super) async fn ask(
    camera: Option<DevicePick>,
    microphone: Option<DevicePick>,
) -> Result<MediaStream, MediaError> {
    let devices = browser::media_devices().ok_or(MediaError::Insecure)?;
    let mut outcome = Err(MediaError::Overconstrained);
    for picks in attempts((camera, microphone)) {
        outcome = ask_for(&devices, &picks).await;
        if outcome.as_ref().err() != Some(&MediaError::Overconstrained) {
            break;
        }
    }
    outcome
}

/// The requests to try, in order: the chosen devices, then any device in place of one of them, then any in
/// place of both.
fn attempts((camera, microphone): Picks) -> Vec<Picks> {
    let any = |pick: &Option<DevicePick>| pick.as_ref().map(|_| DevicePick::any());
    let each = [
        (camera.clone(), microphone.clone()),
        (camera.clone(), any(&microphone)),
        (any(&camera), microphone.clone()),
        (any(&camera), any(&microphone)),
    ];
    let mut attempts: Vec<Picks> = Vec::new();
    for attempt in each {
        if !attempts.contains(&attempt) {
            attempts.push(attempt);
        }
    }
    attempts
}

async fn ask_for(devices: &MediaDevices, (camera, microphone): &Picks) -> Result<MediaStream, MediaError> {
    let constraints = MediaStreamConstraints::new();
    if let Some(pick) = camera {
        constraints.set_video_media_track_constraints(&picture(pick));
    }
    if let Some(pick) = microphone {
        constraints.set_audio_media_track_constraints(&sound(pick));
    }
    let asked = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(JsError::from);
    let stream = match asked {
        Ok(promise) => resolved(promise).await,
        Err(error) => Err(error),
    };
    stream.map_err(|error| {
        error.log("no device");
        error.as_media_error()
    })
}

/// Requires this device: Chromium ignores an id that is not `exact`.
fn choose(constraints: &MediaTrackConstraints, id: &str) {
    let exactly = ConstrainDomStringParameters::new();
    exactly.set_exact_str(id);
    constraints.set_device_id_constrain_dom_string_parameters(&exactly);
}

fn picture(DevicePick(id): &DevicePick) -> MediaTrackConstraints {
    let picture = MediaTrackConstraints::new();
    picture.set_width_i32(WIDTH);
    picture.set_height_i32(HEIGHT);
    picture.set_frame_rate_f64(FRAMES_A_SECOND);
    match id {
        Some(id) => choose(&picture, id),
        None => picture.set_facing_mode_str("user"),
    }
    picture
}

fn sound(DevicePick(id): &DevicePick) -> MediaTrackConstraints {
    let sound = MediaTrackConstraints::new();
    if let Some(id) = id {
        choose(&sound, id);
    }
    sound.set_echo_cancellation_bool(true);
    sound.set_noise_suppression_bool(true);
    sound.set_auto_gain_control_bool(true);
    sound
}
