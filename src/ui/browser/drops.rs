//! What a person drops, chooses or pastes: files, and folders read to their ends.
//!
//! A file of a folder is called by its path below the folder, as on the command line. What could not be read of a
//! folder is handed on with its reason: a folder never disappears without a word.
//!
//! Two ways lead into a dropped folder. `DataTransferItem.getAsFileSystemHandle()` works in Chromium, over http and at
//! `file://` alike (<https://wicg.github.io/file-system-access/>). Elsewhere, as in Firefox, there is only the older
//! `webkitGetAsEntry()` (<https://wicg.github.io/entries-api/>); in Chromium its classes have no global names, so that
//! nothing may be asked for its class, and at `file://` its `readEntries` fails with an EncodingError. Neither is asked
//! for by type here: what is there is looked up by name.

use js_sys::{Array, Function, Promise, Reflect};
use vpn_phone_doctor::text::Text;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, File, HtmlInputElement};

/// A file and what to call it: its name, or its path below a folder.
pub type Named = (File, String);

/// What came of a drop.
#[derive(Default)]
pub struct Taken {
    /// Files to read.
    pub files: Vec<Named>,
    /// Folders and files that could not be opened, and why.
    pub unread: Vec<(String, Text)>,
}

impl Taken {
    /// True where there is nothing to read and nothing to say.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.unread.is_empty()
    }
}

/// What was handed over. It can only be asked for while the event lasts; folders are read after that.
#[derive(Default)]
pub struct Offered {
    files: Vec<Named>,
    folders: Vec<Folder>,
}

/// A folder by the ways that the browser offers into it.
struct Folder {
    name: String,
    handle: Option<Promise>,
    entry: JsValue,
}

impl Offered {
    /// True where neither file nor folder was handed over.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// The files, those of the folders among them.
    pub async fn read(self) -> Taken {
        let mut taken = Taken { files: self.files, ..Taken::default() };
        for folder in self.folders {
            let mut below = Below::default();
            if !by_handle(&folder, &mut below).await {
                below = Below::default();
                by_entry(&folder, &mut below).await;
            }
            below.hand_on(&folder.name, &mut taken);
        }
        taken
    }
}

/// What was dropped.
pub fn dropped(event: &Event) -> Offered {
    let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    data.as_ref().map(offered).unwrap_or_default()
}

/// What was pasted: files, and text.
pub fn pasted(event: &Event) -> Option<(Offered, String)> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    Some((offered(&data), data.get_data("text/plain").unwrap_or_default()))
}

/// The files that were chosen in a file field. The field is emptied, so that the same file can be chosen again.
pub fn chosen(event: &Event) -> Option<Taken> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let files = input.files();
    let files = files.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get(index)));
    let (mut taken, mut below) = (Taken::default(), Below::default());
    let mut folder = None;
    for file in files {
        match path_in_folder(&file) {
            None => {
                let name = file.name();
                taken.files.push((file, name));
            }
            Some((of, path)) => {
                folder.get_or_insert(of);
                below.add(file, path);
            }
        }
    }
    input.set_value("");
    if input.has_attribute("webkitdirectory") {
        below.hand_on(&folder.unwrap_or_default(), &mut taken);
    }
    Some(taken)
}

/// The place of a view onto which something was dropped, where that takes files of its own (`data-drop`).
pub fn place(event: &Event) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.closest("[data-drop]").ok().flatten()?.get_attribute("data-drop")
}

/// The chosen folder that holds a file, and the file's path below it.
fn path_in_folder(file: &File) -> Option<(String, String)> {
    let path = text(file, "webkitRelativePath");
    path.split_once('/').map(|(folder, below)| (folder.to_owned(), below.to_owned()))
}

fn offered(data: &DataTransfer) -> Offered {
    let items = data.items();
    let mut offered = Offered::default();
    for item in (0..items.length()).filter_map(|index| items.get(index)) {
        if item.kind() != "file" {
            continue;
        }
        let entry = call(&item, "webkitGetAsEntry", &[]).unwrap_or_default();
        if get(&entry, "isDirectory").is_truthy() {
            // It has to be asked for now: after the event the item is empty.
            let handle = call(&item, "getAsFileSystemHandle", &[]).ok();
            let handle = handle.and_then(|handle| handle.dyn_into::<Promise>().ok());
            offered.folders.push(Folder { name: text(&entry, "name"), handle, entry });
        } else if let Some(file) = item.get_as_file().ok().flatten() {
            let name = file.name();
            offered.files.push((file, name));
        }
    }
    offered
}

/// What was found below a folder.
#[derive(Default)]
struct Below {
    files: Vec<Named>,
    unread: Vec<(String, Text)>,
    /// There was more than is taken.
    more: bool,
}

impl Below {
    fn add(&mut self, file: File, path: String) {
        if self.full() { self.more = true } else { self.files.push((file, path)) }
    }

    fn full(&self) -> bool {
        self.files.len() >= FILES_OF_A_FOLDER
    }

    /// In the order of their paths: a browser lists a folder in any order.
    fn hand_on(mut self, folder: &str, taken: &mut Taken) {
        if self.files.is_empty() && self.unread.is_empty() {
            self.unread.push((String::new(), EMPTY));
        }
        if self.more {
            let count = FILES_OF_A_FOLDER;
            self.unread.push((String::new(), MORE.number("count", count)));
        }
        self.files.sort_by(|(_, one), (_, other)| one.cmp(other));
        taken.files.append(&mut self.files);
        // What is said of the folder itself is said under its name.
        let named = self.unread.into_iter().map(|(path, why)| match (path.is_empty(), folder.is_empty()) {
            (true, true) => ("?".to_owned(), why),
            (true, false) => (folder.to_owned(), why),
            (false, _) => (path, why),
        });
        taken.unread.extend(named);
    }
}

/// Reads a folder by its handle; false where the browser hands out none, or refuses the folder itself.
///
/// A work list instead of recursion: a folder may be as deep as its maker likes.
async fn by_handle(folder: &Folder, below: &mut Below) -> bool {
    let Some(handle) = &folder.handle else { return false };
    let Ok(top) = JsFuture::from(handle.clone()).await else { return false };
    let mut open = vec![(top, String::new())];
    while let Some((folder, path)) = open.pop() {
        let Ok(listing) = call(&folder, "values", &[]) else { return false };
        loop {
            if below.full() {
                below.more = true;
                return true;
            }
            let turn = match settled(call(&listing, "next", &[])).await {
                Ok(turn) => turn,
                Err(_) if path.is_empty() && below.files.is_empty() => return false,
                Err(_) => {
                    below.unread.push((path.clone(), FOLDER_UNREADABLE));
                    break;
                }
            };
            if get(&turn, "done").is_truthy() {
                break;
            }
            let child = get(&turn, "value");
            let child_path = joined(&path, &text(&child, "name"));
            if text(&child, "kind") == "directory" {
                open.push((child, child_path));
            } else {
                match settled(call(&child, "getFile", &[])).await {
                    Ok(file) => below.add(file.unchecked_into(), child_path),
                    Err(_) => below.unread.push((child_path, FILE_UNREADABLE)),
                }
            }
        }
    }
    true
}

/// Reads a folder by its entry.
async fn by_entry(folder: &Folder, below: &mut Below) {
    let mut open = vec![(folder.entry.clone(), String::new())];
    while let Some((entry, path)) = open.pop() {
        if below.full() {
            below.more = true;
            return;
        }
        if !get(&entry, "isDirectory").is_truthy() {
            match promised(|done, failed| call(&entry, "file", &[done, failed])).await {
                Ok(file) => below.add(file.unchecked_into(), path),
                Err(_) => below.unread.push((path, FILE_UNREADABLE)),
            }
            continue;
        }
        match entries(&entry).await {
            Ok(children) => open.extend(children.into_iter().map(|child| {
                let child_path = joined(&path, &text(&child, "name"));
                (child, child_path)
            })),
            Err(_) => below.unread.push((path, FOLDER_UNREADABLE)),
        }
    }
}

/// A browser hands out a folder in portions, and an empty one at the end.
async fn entries(folder: &JsValue) -> Result<Vec<JsValue>, JsValue> {
    let reader = call(folder, "createReader", &[])?;
    let mut all = Vec::new();
    loop {
        let portion = promised(|done, failed| call(&reader, "readEntries", &[done, failed])).await?;
        let portion: Array = portion.unchecked_into();
        if portion.length() == 0 {
            return Ok(all);
        }
        all.extend(portion.iter());
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// Calls what may or may not be there.
fn call(object: &JsValue, name: &str, values: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function = get(object, name).dyn_into::<Function>()?;
    let values: Array = values.iter().copied().collect();
    function.apply(object, &values)
}

async fn settled(promise: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&promise?)).await
}

/// Waits for a function of the old kind, which takes two callbacks.
async fn promised(
    start: impl Fn(&JsValue, &JsValue) -> Result<JsValue, JsValue>,
) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |done, failed| {
        let done = Closure::once_into_js(move |value: JsValue| done.call1(&JsValue::NULL, &value).is_ok());
        let refused = failed.clone();
        let failed =
            Closure::once_into_js(move |error: JsValue| failed.call1(&JsValue::NULL, &error).is_ok());
        if let Err(error) = start(&done, &failed) {
            // Refusing a promise does not throw.
            let _ = refused.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(promise).await
}

/// More files than any case has; a dropped disk must not hang the page.
const FILES_OF_A_FOLDER: usize = 10_000;

const EMPTY: Text = Text::fixed("The folder holds no file.", "Der Ordner enthält keine Datei.");
const FOLDER_UNREADABLE: Text = Text::fixed(
    "The browser could not read this folder. Take “Choose a folder” instead, or drop the files in it.",
    "Der Browser konnte diesen Ordner nicht lesen. Nehmen Sie stattdessen „Ordner auswählen“ oder legen Sie die Dateien daraus ab.",
);
const FILE_UNREADABLE: Text = Text::fixed(
    "The browser could not open this file of the folder. Drop the file itself.",
    "Der Browser konnte diese Datei des Ordners nicht öffnen. Legen Sie die Datei selbst ab.",
);
const MORE: Text = Text::fixed(
    "The folder holds more than {count} files; the others were not taken. Drop the folders in it that matter.",
    "Der Ordner enthält mehr als {count} Dateien; die übrigen wurden nicht übernommen. Legen Sie die Ordner darin ab, auf die es ankommt.",
);
