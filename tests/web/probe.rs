//! The counters of `probe.js`, installed on first use.

use js_sys::{Function, JsString, Promise, Reflect, eval};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MediaStream;

/// What arrived on one connection.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// Frames of video that the elements on the page have shown.
    pub shown: f64,
    /// Pictures that stand for themselves.
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

/// Puts the counters in place, at zero; needed before the first thing that they shall count.
pub fn begin() {
    call("begin", &[]);
}

/// Connections that are not closed.
pub fn connections() -> usize {
    count("connections")
}

/// Whether all open connections are connected and have no exchange under way.
pub fn stable() -> bool {
    call("stable", &[]).is_truthy()
}

/// The ICE generation of each open connection.
pub fn ice_fragments() -> String {
    text("fragments")
}

/// Of each open connection, its transport policy and the addresses of its ICE servers.
pub fn ways() -> String {
    text("ways")
}

/// How many transceivers each open connection has.
pub fn transceivers() -> String {
    text("transceivers")
}

/// Says what is no signal on the data channels of all open connections.
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

/// Microphones that are on and not muted.
pub fn heard() -> usize {
    count("heard")
}

/// Tracks that the browser ever gave.
pub fn given() -> usize {
    count("given")
}

/// How often the browser was asked for camera or microphone.
pub fn asks() -> usize {
    count("asks")
}

/// Audio devices in use.
pub fn sounds() -> usize {
    count("sounds")
}

/// Makes live tracks of a kind tell that they ended by themselves.
pub fn end(kind: &str) {
    call("end", &[kind.into()]);
}

/// The system prefers the microphone of that name from now on.
pub fn prefer(label: &str) {
    call("prefer", &[label.into()]);
}

/// The system mutes what devices of a kind give (`mute`), or lets them go on (`unmute`).
pub fn mute(kind: &str, event: &str) {
    call("mute", &[kind.into(), event.into()]);
}

/// Tracks say of themselves from now on that they are muted or not, and that their camera looks that way
/// (`facingMode`).
pub fn claim(muted: bool, facing: &str) {
    call("claim", &[muted.into(), facing.into()]);
}

/// The browser lets elements begin to play, or refuses it as where autoplay is not allowed; what plays goes on.
pub fn allow_playing(allowed: bool) {
    call("allowPlaying", &[allowed.into()]);
}

/// Lets the browser refuse devices and screens, with an error of that name, or give them again.
pub fn refuse(name: Option<&str>) {
    call("refuse", &[name.map_or(JsValue::NULL, JsValue::from)]);
}

/// As [`refuse`], with words of the browser's own.
pub fn refuse_with(name: &str, words: &str) {
    call("refuse", &[name.into(), words.into()]);
}

/// Tracks of screens that are captured.
pub fn screens() -> usize {
    count("screens")
}

/// Tracks of screens that the browser ever gave.
pub fn shared() -> usize {
    count("shared")
}

/// Lets what is shared end by itself, as by the browser's own button.
pub fn end_screen() {
    call("endScreen", &[]);
}

/// Lets the screens of this test be purple, and sound.
pub fn paint_screen() {
    call("paintScreen", &[]);
}

/// The kind and the content hint of each track of a screen so far.
pub fn hints() -> String {
    text("hints")
}

/// What the browser was last asked for, of a screen.
pub fn asked() -> Value {
    serde_json::from_str(&text("asked")).expect("JSON")
}

/// How often connections wanted an offer.
pub fn negotiations() -> usize {
    count("negotiations")
}

/// Bitrate and preference of the screen's encoder of each open connection.
pub fn encodings() -> String {
    text("encodings")
}

/// A picture as it arrived.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    pub size: (u64, u64),
    pub red: u64,
    pub green: u64,
    pub blue: u64,
}

impl Picture {
    /// Whether it is of the screen that [`paint_screen`] gives.
    pub fn is_painted(self) -> bool {
        self.red > 120 && self.blue > 120 && self.green < 60
    }
}

/// The picture that a stream gives now.
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

/// How much sound arrived so far by each transceiver for sound, on the connection that opened first.
pub async fn heard_by() -> Vec<f64> {
    let json = answer_of("heardBy", &[]).await;
    let energies = json.as_array().expect("a list").iter();
    energies
        .map(|energy| energy.as_f64().expect("a number"))
        .collect()
}

/// How many frames of a stream the elements on the page have shown.
pub fn shown_of(stream: &MediaStream) -> usize {
    let shown = call("shownOf", &[stream.into()]).as_f64().expect("a number");
    format!("{shown}").parse().expect("a count")
}

/// The highest sample that a stream of sound gives, from 0 to 1.
pub async fn loudness(stream: &MediaStream) -> f64 {
    answer_of("loudness", &[stream.into()])
        .await
        .as_f64()
        .expect("a number")
}

/// What a probe that takes its time answers.
async fn answer_of(name: &str, arguments: &[JsValue]) -> Value {
    let promise: Promise = call(name, arguments).unchecked_into();
    let json: JsString = promise.await.expect("an answer").unchecked_into();
    serde_json::from_str(&String::from(json)).expect("JSON")
}

/// Lets every call over HTTP be answered so; until the guard is dropped.
pub fn answer(status: u16, body: &str) -> Answering {
    call("answer", &[status.into(), body.into()]);
    Answering
}

/// The same, by a server that says after how many seconds to ask again.
pub fn answer_for_now(status: u16, body: &str, retry_after: &str) -> Answering {
    call("answer", &[status.into(), body.into(), retry_after.into()]);
    Answering
}

/// A header of the last request that was answered so.
pub fn header(name: &str) -> Option<String> {
    call("header", &[name.into()]).as_string()
}

/// Lets calls go to the network again on drop.
pub struct Answering;

impl Drop for Answering {
    fn drop(&mut self) {
        call("answer", &[]);
    }
}

/// What arrived on each open connection, in the order in which they opened.
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
