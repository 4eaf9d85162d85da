//! What happens as soon as a picture stands, before the browser hears anything else.
//!
//! `use_effect_with` promises less: Yew 0.23 shows a picture and may then let the browser go on before it runs the
//! picture's effects (`scheduler.rs`, a pause of every 16 ms). What moves the keyboard must not come so late: a key that
//! a person presses between the two would land beside what it was meant for, and an answer that the person has chosen
//! meanwhile would lose the keyboard again.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Calls `then` once for each new value of `asked`, behind the picture that was made with it.
///
/// The scheduler changes the document within one microtask and pauses only where nothing is left to change; a
/// microtask that is ordered while the picture is made runs behind it and before any event.
#[hook]
pub fn use_at_once<T: Clone + PartialEq + 'static>(asked: T, then: impl FnOnce(&T) + 'static) {
    use_memo(asked, move |asked| {
        let asked = asked.clone();
        spawn_local(async move { then(&asked) });
    });
}
