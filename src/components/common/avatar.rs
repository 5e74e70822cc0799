//! A person without a picture: the initial on a colour of their own.

use leptos::prelude::*;
use protocol::UserName;

/// Colours that an avatar can have; `style/common.css` names each.
const COLOURS: usize = 8;

/// The initial of a name. It says nothing to a screen reader: the name stands beside it.
pub fn avatar(name: &UserName) -> impl IntoView + use<> {
    let class = format!("avatar avatar-{}", colour(name.as_str()));
    let initial: String = name
        .as_str()
        .chars()
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    view! { <span class=class aria-hidden="true">{initial}</span> }
}

/// The same name has the same colour on every page.
fn colour(name: &str) -> usize {
    name.chars()
        .fold(7, |sum: usize, c| sum.wrapping_mul(31).wrapping_add(c as usize))
        % COLOURS
}
