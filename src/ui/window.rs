//! What happens in the window as a whole, wherever the pointer is: drops, pastes, keys, addresses, leaving.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::browser::drops::{self, Offered};
use super::browser::{back, effects};
use super::keys::{Does, Here};
use super::page::{Ask, Page};
use super::route::Route;
use super::state::{Action, Overlay};

/// What the page is: what happens in the window is answered with it.
#[derive(Clone)]
pub struct Now {
    /// What every view may use.
    pub page: Page,
    /// What keys mean here.
    pub here: Here,
}

/// Drops, pastes, keys and addresses, wherever they happen.
///
/// The listeners are set once, while the first picture is made, and look at what the page is when they hear something.
/// Set by an effect they would come late (see `at_once`): a file dropped on a page that has just opened would be lost,
/// and a key pressed right after the verdict would meet the page of before it.
#[hook]
pub fn use_window(now: Now) {
    let latest = use_memo((), |()| RefCell::new(now.clone()));
    latest.replace(now);
    use_memo((), move |()| {
        [
            hear("dragenter", &latest, |Now { page, .. }, event| {
                if effects::drags_files(event) {
                    event.prevent_default();
                    page.act(Action::Overlaid(Overlay::Drop));
                }
            }),
            hear("dragover", &latest, |_, event| event.prevent_default()),
            hear("dragleave", &latest, |Now { page, here }, event| {
                if here.overlay == Overlay::Drop && effects::left_window(event) {
                    page.act(Action::Overlaid(Overlay::None));
                }
            }),
            hear("drop", &latest, |Now { page, .. }, event| {
                event.prevent_default();
                page.act(Action::Overlaid(Overlay::None));
                let offered = drops::dropped(event);
                match drops::place(event) {
                    Some(place) => {
                        let page = page.clone();
                        spawn_local(async move { page.ask(Ask::Place(place, offered.read().await)) });
                    }
                    None => add(page, offered),
                }
            }),
            hear("paste", &latest, |Now { page, .. }, event| match drops::pasted(event) {
                // What is pasted into a field of the page stays there.
                _ if effects::in_field(event) => {}
                Some((offered, _)) if !offered.is_empty() => add(page, offered),
                Some((_, text)) if !text.trim().is_empty() => page.ask(Ask::Paste(text)),
                _ => {}
            }),
            // "Back" out of an open file closes the file.
            hear("popstate", &latest, |Now { page, here }, _| {
                if back::gone(here.viewer, here.route) {
                    page.act(Action::ViewClosed);
                }
            }),
            hear("beforeunload", &latest, |Now { here, .. }, event| {
                if here.files {
                    effects::ask_before_leaving(event);
                }
            }),
            hear("hashchange", &latest, |Now { page, .. }, _| {
                if let Some(route) = back::followed() {
                    page.act(Action::Followed(route));
                }
            }),
            hear("keydown", &latest, |Now { page, here }, event| {
                if let Some(does) = effects::plain_key(event).and_then(|key| here.does(&key)) {
                    // A key that means something here is not typed into the field that it leads to.
                    event.prevent_default();
                    perform(page, *here, does);
                }
            }),
        ]
    });
}

/// Folders are read after the event, which does not wait.
fn add(page: &Page, offered: Offered) {
    let page = page.clone();
    spawn_local(async move { page.ask(Ask::Add(offered.read().await)) });
}

fn hear(name: &'static str, latest: &Rc<RefCell<Now>>, heard: fn(&Now, &Event)) -> EventListener {
    let latest = Rc::clone(latest);
    effects::listen(name, move |event| {
        // What is heard may make another picture at once.
        let now = latest.borrow().clone();
        heard(&now, event);
    })
}

fn perform(page: &Page, here: Here, does: Does) {
    match does {
        Does::List => page.act(Action::Overlaid(Overlay::Keys)),
        Does::Close => close(page, here),
        Does::Search if here.viewer => effects::focus_in_place("#find"),
        Does::Search if here.route == Route::Manual => effects::focus("#manual-search"),
        Does::Search => effects::focus("search:not([hidden]) #search, #symptom-search"),
        Does::OpenFiles => effects::click("[data-testid=drop-zone] input"),
        Does::Go(route) => page.act(Action::Went(route)),
        Does::Next if here.viewer => page.act(Action::ViewStepped(1)),
        Does::Previous if here.viewer => page.act(Action::ViewStepped(-1)),
        Does::Next => effects::focus_next(here.stops()),
        Does::Previous => effects::focus_previous(here.stops()),
        Does::Press(button) => effects::click(button),
        Does::Focus(place) => effects::focus(place),
        Does::Itself => {}
    }
}

/// One thing at a time, the topmost first.
fn close(page: &Page, here: Here) {
    if here.overlay != Overlay::None {
        page.act(Action::Overlaid(Overlay::None));
    } else if here.viewer {
        page.act(Action::ViewClosed);
    }
}
