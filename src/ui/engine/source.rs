//! What a worker is given to read: the browser's handle of a file, or bytes of the page's own.

use js_sys::Uint8Array;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::text::Text;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// What is read, under the name that it is listed with.
#[derive(Clone)]
pub struct Source {
    /// The name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// What the person says it is.
    pub kind: Option<Kind>,
    /// The browser's handle of the file, or a buffer.
    pub handle: JsValue,
    /// Why it cannot be opened, where that is known already.
    pub refused: Option<Text>,
}

impl Source {
    /// A dropped or chosen file, under its name or its path below a dropped folder.
    pub fn file_as(file: &File, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            size: file.size() as u64,
            kind: None,
            handle: file.into(),
            refused: None,
        }
    }

    /// Pasted text, or an example that ships inside the page.
    pub fn bytes(name: &str, bytes: &[u8]) -> Self {
        let copy = Uint8Array::from(bytes);
        let size = u64::from(copy.length());
        Self { name: name.to_owned(), size, kind: None, handle: copy.buffer().into(), refused: None }
    }

    /// What a page before this one had: a file, or a buffer.
    pub fn held(name: &str, handle: JsValue) -> Self {
        match handle.dyn_into::<File>() {
            Ok(file) => Self::file_as(&file, name),
            Err(buffer) => Self::bytes(name, &Uint8Array::new(&buffer).to_vec()),
        }
    }

    /// What could not be opened, such as a folder: it is listed with its reason.
    pub fn unreadable(name: &str, why: Text) -> Self {
        Self { name: name.to_owned(), size: 0, kind: None, handle: JsValue::UNDEFINED, refused: Some(why) }
    }

    /// The same, as what the person says it is.
    #[must_use]
    pub fn read_as(self, kind: Option<Kind>) -> Self {
        Self { kind, ..self }
    }
}
