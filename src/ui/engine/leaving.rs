//! What the engine makes of a diagnosis before something of it leaves the page: a finding as text, the redacted case.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

use super::failure::Failure;
use crate::ui::engine::{Engine, object};

impl Engine {
    /// One finding of a diagnosis as text.
    pub async fn one_finding(&self, diagnosis: &[u8], index: u32, language: &str) -> Result<String, Failure> {
        let message = object(&[
            ("finding", Uint8Array::from(diagnosis).into()),
            ("index", index.into()),
            ("language", language.into()),
        ]);
        self.ask(message).await.map(|text| text.as_string().unwrap_or_default())
    }

    /// A diagnosis redacted: the bytes of a `Redacted` and of its seed, which is made anew where none is given.
    pub async fn redact(
        &self,
        diagnosis: &[u8],
        addresses: &str,
        seed: Option<&[u8]>,
    ) -> Result<Vec<u8>, Failure> {
        let message = object(&[
            ("redact", Uint8Array::from(diagnosis).into()),
            ("addresses", addresses.into()),
            ("seed", seed.map_or(JsValue::UNDEFINED, |seed| Uint8Array::from(seed).into())),
        ]);
        self.ask(message).await.map(|bytes| Uint8Array::new(&bytes).to_vec())
    }

    /// What stands for what, as a file: `form` is `json` or `text`.
    pub async fn redaction_map(&self, map: &[u8], form: &str, language: &str) -> Result<String, Failure> {
        let message = object(&[
            ("map", Uint8Array::from(map).into()),
            ("form", form.into()),
            ("language", language.into()),
        ]);
        self.ask(message).await.map(|text| text.as_string().unwrap_or_default())
    }
}
