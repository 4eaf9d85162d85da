//! A panic of the page tells the start script its place in the source, never its message: that may quote a file.

use wasm_bindgen::prelude::*;

/// Called before anything else.
pub fn report() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        note_panic(place.as_deref().unwrap_or("unknown"));
    }));
}

#[wasm_bindgen]
extern "C" {
    /// Defined in `assets/boot.js`, beside the page's glue.
    fn note_panic(place: &str);
}
