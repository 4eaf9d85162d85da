//! The address and the browser's history: the view that the address names, and "back", which closes an open file.
//!
//! The browser tells of an address later than it is set, the page's own included: what it tells is the person's wish
//! only where the page does not know of it yet.
//!
//! An open file is a step of its own in the browser's history, at the same address as the view below. Closed by other
//! means the step stays, marked as closed, and is taken again by the next file: going back by program takes its time,
//! and whatever happens meanwhile would be undone by it. "Back" passes over a closed step. A step says nothing of the
//! file.

use std::cell::Cell;

use web_sys::History;

use super::effects;
use crate::ui::route::Route;

/// What a step of the history is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    /// A view.
    #[default]
    View,
    /// A file that lies open over a view.
    File,
    /// A file that was closed.
    Closed,
}

thread_local! {
    /// The step that the person stood at last.
    static LAST: Cell<Step> = const { Cell::new(Step::View) };

    /// The view that the address names, as far as the page knows.
    static NAMED: Cell<Option<Route>> = const { Cell::new(None) };
}

/// A file was opened.
pub fn opened() {
    match here() {
        Step::View => mark(Step::File, |history, mark| drop(history.push_state(&mark.into(), ""))),
        Step::Closed => mark(Step::File, |history, mark| drop(history.replace_state(&mark.into(), ""))),
        Step::File => {}
    }
}

/// A file was closed, by "back" or by other means.
pub fn closed() {
    if here() == Step::File {
        mark(Step::Closed, |history, mark| drop(history.replace_state(&mark.into(), "")));
    }
}

/// The person went through the history. True where that closes the file that lies `open` over the view.
pub fn gone(open: bool, view: Route) -> bool {
    let now = here();
    let last = LAST.replace(now);
    if open {
        return now != Step::File;
    }
    if now == Step::File {
        // Forward, to a file that is no longer open.
        closed();
    } else if last == Step::Closed && now == Step::View && effects::route() == view {
        // There is nothing to see of this step.
        if let Some(history) = history() {
            let _ = history.back();
        }
    }
    false
}

/// Makes the address name a view. The step of a file is replaced: "back" leads to the view before.
#[cfg_attr(
    target_arch = "wasm32",
    expect(
        clippy::disallowed_methods,
        reason = "the address is one of the page's own, `#/…`: no text reaches it"
    )
)]
pub fn go(route: Route) {
    NAMED.set(Some(route));
    let location = gloo::utils::window().location();
    if location.hash().unwrap_or_default() == route.address() {
        return;
    }
    let from = here();
    // The browser tells of the new address while it is being set: by then the person stands at a view.
    LAST.set(Step::View);
    let _ = match from {
        Step::View => location.set_hash(route.address()),
        Step::File | Step::Closed => location.replace(route.address()),
    };
}

/// The view that the person went to by the address; nothing where the browser tells of a step of the page's own, from
/// which the page may have gone on since.
pub fn followed() -> Option<Route> {
    let named = effects::route();
    (NAMED.replace(Some(named)) != Some(named)).then_some(named)
}

fn here() -> Step {
    let state = history().and_then(|history| history.state().ok()).and_then(|state| state.as_string());
    match state.as_deref() {
        Some(FILE) => Step::File,
        Some(CLOSED) => Step::Closed,
        _ => Step::View,
    }
}

fn mark(step: Step, write: impl Fn(&History, &str)) {
    if let Some(history) = history() {
        write(&history, if step == Step::File { FILE } else { CLOSED });
        LAST.set(step);
    }
}

fn history() -> Option<History> {
    gloo::utils::window().history().ok()
}

const FILE: &str = "file";
const CLOSED: &str = "closed";
