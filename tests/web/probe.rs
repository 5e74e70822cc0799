//! The counters of `probe.js`, installed on first use.

use js_sys::{Function, JsString, Promise, Reflect, eval};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

/// What arrived on one connection.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    pub frames: f64,
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

/// How many transceivers each open connection has.
pub fn transceivers() -> String {
    text("transceivers")
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

/// Audio devices in use.
pub fn sounds() -> usize {
    count("sounds")
}

/// Makes live tracks of a kind tell that they ended by themselves.
pub fn end(kind: &str) {
    call("end", &[kind.into()]);
}

/// Lets the browser refuse devices, with an error of that name, or give them again.
pub fn refuse(name: Option<&str>) {
    call("refuse", &[name.map_or(JsValue::NULL, JsValue::from)]);
}

/// Lets every call over HTTP be answered so; until the guard is dropped.
pub fn answer(status: u16, body: &str) -> Answering {
    call("answer", &[status.into(), body.into()]);
    Answering
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
    let promise: Promise = call("received", &[]).unchecked_into();
    let json: JsString = promise.await.expect("statistics").unchecked_into();
    let json: Value = serde_json::from_str(&String::from(json)).expect("JSON");
    let number = |value: &Value, key: &str| value[key].as_f64().expect("a number");
    let all = json.as_array().expect("a list");
    all.iter()
        .map(|one| Received {
            frames: number(one, "frames"),
            energy: number(one, "energy"),
        })
        .collect()
}
