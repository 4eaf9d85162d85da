//! Everything the page asks of the browser, except its workers and what is dropped: storage, address, clipboard,
//! keyboard, downloads.
//!
//! Nothing here sends anything. Only the language and the theme are stored: a page opened from a file shares its
//! storage with every other local page.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, FocusOptions, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent, Url,
};

use vpn_phone_doctor::text::Lang;
use vpn_phone_doctor::visible::visible;

use crate::ui::route::Route;
use crate::ui::settings::Theme;

/// The language that was chosen before, or the browser's.
pub fn language() -> Lang {
    let preferred = || gloo::utils::window().navigator().language().unwrap_or_default();
    let wanted = stored(LANGUAGE).unwrap_or_else(preferred);
    if wanted.to_ascii_lowercase().starts_with("de") { Lang::De } else { Lang::En }
}

/// The theme that was chosen before.
pub fn theme() -> Theme {
    Theme::of(&stored(THEME).unwrap_or_default())
}

/// Keeps language and theme for the next visit.
pub fn remember(lang: Lang, theme: Theme) {
    store(LANGUAGE, language_tag(lang));
    store(THEME, theme.id());
}

/// Puts language and theme on the document.
pub fn dress(lang: Lang, theme: Theme) {
    let Some(root) = gloo::utils::document().document_element() else { return };
    // The document always exists, and both names are valid: there is nothing to do about a refusal.
    let _ = root.set_attribute("lang", language_tag(lang));
    let _ = root.set_attribute("data-theme", theme.id());
}

/// The language as the document writes it.
pub const fn language_tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::De => "de",
    }
}

/// The view that the address names.
pub fn route() -> Route {
    Route::of(&gloo::utils::window().location().hash().unwrap_or_default())
}

/// Has the browser ask whether to leave: with the document the case is gone.
pub fn ask_before_leaving(event: &Event) {
    event.prevent_default();
    // Chromium before 119 asks only where this is set.
    let _ = js_sys::Reflect::set(event, &"returnValue".into(), &true.into());
}

/// Names the window and its tab.
pub fn entitle(title: &str) {
    gloo::utils::document().set_title(&visible(title));
}

/// Scrolls to the top and puts the keyboard where the new view begins.
pub fn begin_view() {
    gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
    focus("main");
}

/// Puts the keyboard on the first element of a selector.
pub fn focus(selector: &str) {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Brings the first element of a selector into the picture, and leaves the keyboard where it is.
pub fn show(selector: &str) {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    found.into_iter().for_each(|element| element.scroll_into_view());
}

/// Puts the keyboard on the finding of a rule.
pub fn focus_finding(rule: &str) {
    // Ids of rules are words and dashes; nothing else can stand in a selector.
    if rule.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        focus(&format!("[data-testid=finding][data-rule={rule}]"));
    }
}

/// The element that has the keyboard.
pub fn focused() -> Option<HtmlElement> {
    gloo::utils::document().active_element()?.dyn_into().ok()
}

/// True where the keyboard is nowhere, as after the element that had it is gone.
pub fn keyboard_lost() -> bool {
    let document = gloo::utils::document();
    document.active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// True where a part of the document's text is selected.
pub fn text_selected() -> bool {
    let selection = gloo::utils::window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// The same for what already lies over the page: the page below stays where it is.
pub fn focus_in_place(selector: &str) {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus_element(&element);
    }
}

/// Puts the keyboard on an element and leaves the page where it is.
pub fn focus_element(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Puts the keyboard on the next element of a selector that is to be seen.
pub fn focus_next(selector: &str) {
    let stops = stops(selector);
    let next = match place(&stops) {
        // The first that stands behind what has the keyboard.
        None => stops.iter().find(|stop| follows(stop)),
        Some(at) => stops.get(at.saturating_add(1)),
    };
    next.or_else(|| stops.first()).into_iter().for_each(focus_at_its_place);
}

/// Puts the keyboard on the element before it.
pub fn focus_previous(selector: &str) {
    let stops = stops(selector);
    let before = match place(&stops) {
        None => stops.iter().rev().find(|stop| !follows(stop)),
        Some(at) => at.checked_sub(1).and_then(|at| stops.get(at)),
    };
    before.or_else(|| stops.last()).into_iter().for_each(focus_at_its_place);
}

/// The elements of a selector that are to be seen, in the order of the page.
fn stops(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = gloo::utils::document().query_selector_all(selector) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|index| found.get(index)?.dyn_into::<HtmlElement>().ok());
    elements.filter(|element| element.client_height() > 0 || element.offset_height() > 0).collect()
}

/// The innermost of them that has the keyboard or holds what has it.
fn place(stops: &[HtmlElement]) -> Option<usize> {
    let active = focused()?;
    stops.iter().rposition(|stop| stop.contains(Some(&active)))
}

/// True for what stands behind what has the keyboard.
fn follows(element: &HtmlElement) -> bool {
    let Some(active) = focused() else { return true };
    active.compare_document_position(element) & web_sys::Node::DOCUMENT_POSITION_FOLLOWING != 0
}

fn focus_at_its_place(element: &HtmlElement) {
    let _ = element.focus();
}

/// Clicks the first element of a selector.
pub fn click(selector: &str) {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// The clock, in seconds since 1970.
pub fn now() -> i64 {
    now_millis() / 1000
}

/// The clock, in milliseconds since 1970.
pub fn now_millis() -> i64 {
    // A clock before or after what 53 bits of milliseconds can tell does not exist.
    js_sys::Date::now() as i64
}

/// Random bytes; `None` where the browser has none.
pub fn random_bytes() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let crypto = gloo::utils::window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// The policy that the document was delivered with.
pub fn policy() -> Option<String> {
    let meta = gloo::utils::document()
        .query_selector("meta[http-equiv='Content-Security-Policy']")
        .ok()
        .flatten()?;
    meta.get_attribute("content")
}

/// Puts a text into the clipboard; false where the browser refuses.
pub async fn copy(text: String) -> bool {
    let clipboard = gloo::utils::window().navigator().clipboard();
    // Outside a secure context there is no clipboard object, whatever its type says.
    if !JsValue::from(&clipboard).is_undefined() && JsFuture::from(clipboard.write_text(&text)).await.is_ok()
    {
        return true;
    }
    copy_by_selection(&text).unwrap_or(false)
}

fn copy_by_selection(text: &str) -> Result<bool, JsValue> {
    let document = gloo::utils::document();
    let area: HtmlTextAreaElement = document.create_element("textarea")?.dyn_into()?;
    area.set_value(text);
    area.set_class_name("unseen");
    area.set_attribute("autocomplete", "off")?;
    area.set_attribute("spellcheck", "false")?;
    gloo::utils::body().append_child(&area)?;
    area.select();
    let copied = document.unchecked_into::<web_sys::HtmlDocument>().exec_command("copy");
    area.remove();
    copied
}

/// Offers a text as a download. The name is one of the page's own, never a file's.
pub fn download(name: &'static str, kind: &'static str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = gloo::utils::document().create_element("a")?.dyn_into()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser takes its own hold of the data when it starts the download.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// What now stands in the text field that an event comes from.
pub fn typed(event: &Event) -> Option<String> {
    Some(event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?.value())
}

/// What now stands in the one-line field, or is chosen in the list, that an event comes from.
pub fn entered(event: &Event) -> Option<String> {
    let target = event.target()?;
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => Some(input.value()),
        Err(target) => Some(target.dyn_into::<HtmlSelectElement>().ok()?.value()),
    }
}

/// What was chosen in a list that only adds something: the list stands at its first entry again.
pub fn picked(event: &Event) -> Option<String> {
    let list = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
    let value = list.value();
    list.set_selected_index(0);
    (!value.is_empty()).then_some(value)
}

/// True where an event comes from a field that takes text itself.
pub fn in_field(event: &Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| {
        let name = element.tag_name();
        name == "TEXTAREA"
            || name == "SELECT"
            || (name == "INPUT"
                && !element.get_attribute("type").is_some_and(|kind| NO_TEXT.contains(&kind.as_str())))
            || element.has_attribute("contenteditable")
    })
}

/// The key of a key press without Ctrl, Alt or Meta. A field keeps its keys, and so does what answered one already.
pub fn plain_key(event: &Event) -> Option<String> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    // A dialog of the browser's own has the keyboard for itself.
    if gloo::utils::document().query_selector("dialog[open]").is_ok_and(|open| open.is_some()) {
        return None;
    }
    let modified = key.ctrl_key() || key.alt_key() || key.meta_key();
    (!modified && !in_field(event) && !event.default_prevented()).then(|| key.key())
}

/// True where what is being dragged holds files.
pub fn drags_files(event: &Event) -> bool {
    let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    data.is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// True where the pointer left the window, and not only one of its elements.
pub fn left_window(event: &Event) -> bool {
    event.dyn_ref::<DragEvent>().is_some_and(|drag| drag.related_target().is_none())
}

/// Calls back on every event of a name on the window; may be told not to let the browser act on it.
pub fn listen(name: &'static str, heard: impl FnMut(&Event) + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::window(), name, options, heard)
}

fn stored(key: &str) -> Option<String> {
    gloo::utils::window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Where storage is switched off, the choice lasts as long as the page.
fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = gloo::utils::window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Fields that take no text: keys do the same beside them as anywhere.
const NO_TEXT: [&str; 4] = ["file", "checkbox", "radio", "button"];

const LANGUAGE: &str = "vpn-phone-doctor.language";
const THEME: &str = "vpn-phone-doctor.theme";
