//! Access to `probe.js`, which is installed on first use.

use js_sys::{Function, JsString, Promise, Reflect, eval};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MediaStream;

/// Media received on one connection.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// Video frames that elements on the page have shown.
    pub shown: f64,
    /// Key frames decoded.
    pub key_frames: f64,
    pub energy: f64,
}

fn call(name: &str, arguments: &[JsValue]) -> JsValue {
    let probe = eval(include_str!("probe.js")).expect("the probe runs");
    let function: Function = Reflect::get(&probe, &name.into())
        .expect("a probe")
        .unchecked_into();
    let arguments = arguments.iter().collect();
    Reflect::apply(&function, &probe, &arguments).expect("a probe answers")
}

fn count(name: &str) -> usize {
    let number = call(name, &[]).as_f64().expect("a number");
    format!("{number}").parse().expect("a count")
}

fn text(name: &str) -> String {
    call(name, &[]).as_string().expect("a text")
}

/// Installs and resets the counters; call it before anything that they count.
pub fn begin() {
    call("begin", &[]);
}

/// Connections that are not closed.
pub fn connections() -> usize {
    count("connections")
}

/// Connections that have gathered all their candidates.
pub fn gathered() -> usize {
    count("gathered")
}

/// Whether all open connections are connected, with signaling state `stable`.
pub fn stable() -> bool {
    call("stable", &[]).is_truthy()
}

/// The ICE generation of each open connection, separated by commas.
pub fn ice_fragments() -> String {
    text("fragments")
}

/// Transport policy and ICE server URLs of each open connection.
pub fn ways() -> String {
    text("ways")
}

/// The number of transceivers of each open connection, separated by commas.
pub fn transceivers() -> String {
    text("transceivers")
}

/// The kind of the track that each sender of open connections has, or `-`, separated by commas.
pub fn sent() -> String {
    text("sent")
}

/// Sends invalid messages on the data channels of all open connections.
pub fn babble() {
    call("babble", &[]);
}

/// Cameras that are on.
pub fn cameras() -> usize {
    count("cameras")
}

/// Microphones that are on.
pub fn microphones() -> usize {
    count("microphones")
}

/// Microphones that are on and unmuted.
pub fn heard() -> usize {
    count("heard")
}

/// Tracks that the browser has returned so far.
pub fn given() -> usize {
    count("given")
}

/// How often camera or microphone were requested.
pub fn asks() -> usize {
    count("asks")
}

/// Audio devices in use.
pub fn sounds() -> usize {
    count("sounds")
}

/// Fires `ended` on live tracks of this kind.
pub fn end(kind: &str) {
    call("end", &[kind.into()]);
}

/// Makes the system prefer the microphone with this label.
pub fn prefer(label: &str) {
    call("prefer", &[label.into()]);
}

/// Makes the system mute (`mute`) or unmute (`unmute`) devices of this kind.
pub fn mute(kind: &str, event: &str) {
    call("mute", &[kind.into(), event.into()]);
}

/// Makes tracks claim that they are muted or not, and that the camera has this `facingMode`.
pub fn claim(muted: bool, facing: &str) {
    call("claim", &[muted.into(), facing.into()]);
}

/// Allows elements to start playing, or refuses it like the autoplay policy; playing elements continue.
pub fn allow_playing(allowed: bool) {
    call("allowPlaying", &[allowed.into()]);
}

/// Makes the browser refuse devices and screens with an error of this name, or grant them again.
pub fn refuse(name: Option<&str>) {
    call("refuse", &[name.map_or(JsValue::NULL, JsValue::from)]);
}

/// Like [`refuse`], with a message.
pub fn refuse_with(name: &str, words: &str) {
    call("refuse", &[name.into(), words.into()]);
}

/// Live tracks of shared screens.
pub fn screens() -> usize {
    count("screens")
}

/// Tracks of screens that the browser has returned so far.
pub fn shared() -> usize {
    count("shared")
}

/// Ends screen sharing as the browser's own button does.
pub fn end_screen() {
    call("endScreen", &[]);
}

/// Makes shared screens purple, with a tone.
pub fn paint_screen() {
    call("paintScreen", &[]);
}

/// Kind and content hint of each screen track so far.
pub fn hints() -> String {
    text("hints")
}

/// The options of the last screen request.
pub fn asked() -> Value {
    serde_json::from_str(&text("asked")).expect("JSON")
}

/// How often connections needed negotiation.
pub fn negotiations() -> usize {
    count("negotiations")
}

/// Whether the screen's encoder is active on each open connection, its maximum bitrate and degradation preference.
pub fn encodings() -> String {
    text("encodings")
}

/// A received video frame.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    pub size: (u64, u64),
    pub red: u64,
    pub green: u64,
    pub blue: u64,
}

impl Picture {
    /// Whether it shows the screen of [`paint_screen`].
    pub fn is_painted(self) -> bool {
        self.red > 120 && self.blue > 120 && self.green < 60
    }
}

/// The current frame of a stream.
pub async fn picture(stream: &MediaStream) -> Picture {
    let json = answer_of("picture", &[stream.into()]).await;
    let number = |key: &str| json[key].as_u64().expect("a number");
    Picture {
        size: (number("width"), number("height")),
        red: number("red"),
        green: number("green"),
        blue: number("blue"),
    }
}

/// Received audio energy of each audio transceiver, on the connection that opened first.
pub async fn heard_by() -> Vec<f64> {
    let json = answer_of("heardBy", &[]).await;
    let energies = json.as_array().expect("a list").iter();
    energies
        .map(|energy| energy.as_f64().expect("a number"))
        .collect()
}

/// The number of frames of a stream that elements on the page have shown.
pub fn shown_of(stream: &MediaStream) -> usize {
    let shown = call("shownOf", &[stream.into()]).as_f64().expect("a number");
    format!("{shown}").parse().expect("a count")
}

/// The peak sample of an audio stream, from 0 to 1.
pub async fn loudness(stream: &MediaStream) -> f64 {
    answer_of("loudness", &[stream.into()])
        .await
        .as_f64()
        .expect("a number")
}

/// The result of an asynchronous probe.
async fn answer_of(name: &str, arguments: &[JsValue]) -> Value {
    let promise: Promise = call(name, arguments).unchecked_into();
    let json: JsString = promise.await.expect("an answer").unchecked_into();
    serde_json::from_str(&String::from(json)).expect("JSON")
}

/// Answers every HTTP request like this, until the guard is dropped.
pub fn answer(status: u16, body: &str) -> Answering {
    call("answer", &[status.into(), body.into()]);
    Answering
}

/// The same, with a `Retry-After` header in seconds.
pub fn answer_for_now(status: u16, body: &str, retry_after: &str) -> Answering {
    call("answer", &[status.into(), body.into(), retry_after.into()]);
    Answering
}

/// A header of the last request that was answered by [`answer`].
pub fn header(name: &str) -> Option<String> {
    call("header", &[name.into()]).as_string()
}

/// Sends requests to the network again on drop.
pub struct Answering;

impl Drop for Answering {
    fn drop(&mut self) {
        call("answer", &[]);
    }
}

/// Media received on each open connection, in the order in which they opened.
pub async fn received() -> Vec<Received> {
    let json = answer_of("received", &[]).await;
    let number = |value: &Value, key: &str| value[key].as_f64().expect("a number");
    let all = json.as_array().expect("a list");
    all.iter()
        .map(|one| Received {
            shown: number(one, "shown"),
            key_frames: number(one, "keyFrames"),
            energy: number(one, "energy"),
        })
        .collect()
}
