//! What outlives a page that stops: the start script holds the files of the case, so that the page can begin with them
//! once more. It holds what the browser gave, a file's handle, and never what stands in a file; only of pasted text there
//! is nothing but the text.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

/// The files that a page before this one held, each with its name, and nothing is held any more.
pub fn taken() -> Vec<(String, JsValue)> {
    let files = take_held().into_iter().map(|file| Array::from(&file));
    files.filter_map(|file| Some((file.get(0).as_string()?, file.get(1)))).collect()
}

#[wasm_bindgen]
extern "C" {
    /// Holds a file of the case, under its number. All of these are defined in `assets/boot.js`.
    pub fn hold_file(number: u32, name: &str, handle: &JsValue);
    /// Holds a file no longer.
    pub fn let_go(number: u32);
    /// Holds nothing any more.
    pub fn let_all_go();
    fn take_held() -> Array;
}
