//! The avatar of a person without video: the initial on a colour derived from the name.

use leptos::prelude::*;
use protocol::UserName;

/// The number of avatar colours; `style/common.css` defines each.
const COLOURS: usize = 8;

/// The initial of a name. Hidden from screen readers, since the name is next to it.
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
