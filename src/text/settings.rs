//! Texts about the settings of a track.

use call_core::OpenDevice;

use super::{Texts, fill};

/// Label and value of each setting that the browser reports.
pub fn rows(t: &Texts, device: &OpenDevice) -> Vec<(&'static str, String)> {
    let is = &device.settings;
    let size = is
        .width
        .zip(is.height)
        .map(|(width, height)| format!("{width} × {height}"));
    let rate = is
        .frames_per_second
        .map(|rate| fill(t.setting_rate_value, &[("rate", &format!("{rate:.0}"))]));
    let samples = is.sample_rate.map(|rate| format!("{rate} Hz"));
    let on = |on: Option<bool>| on.map(|on| if on { t.setting_on } else { t.setting_off }.to_owned());
    let rows = [
        (
            t.setting_name,
            Some(device.label.clone()).filter(|label| !label.is_empty()),
        ),
        (t.setting_size, size),
        (t.setting_rate, rate),
        (t.setting_samples, samples),
        (
            t.setting_channels,
            is.channels.map(|channels| channels.to_string()),
        ),
        (t.setting_echo, on(is.echo_cancellation)),
        (t.setting_noise, on(is.noise_suppression)),
        (t.setting_gain, on(is.auto_gain_control)),
    ];
    rows.into_iter()
        .filter_map(|(what, is)| Some((what, is?)))
        .collect()
}
