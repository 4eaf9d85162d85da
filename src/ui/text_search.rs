//! A search in files that runs as long as its text stands there: begun a moment after the last key, given up with the
//! next one.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use vpn_phone_doctor::sought::Sought;
use vpn_phone_doctor::text::Text;

use super::engine::{Failure, Source, engine};
use super::page::{Ask, use_page};
use super::searching::{Heard, SHORTEST, Searching};
use super::state::FileId;

impl Reducible for Searching {
    type Action = Heard;

    fn reduce(self: Rc<Self>, heard: Heard) -> Rc<Self> {
        Rc::new(self.after(heard))
    }
}

/// Looks for a text in files, each with its size.
#[hook]
pub fn use_text_search(sought: Sought, files: Vec<(FileId, u64)>) -> UseReducerHandle<Searching> {
    let page = use_page();
    let searching = use_reducer(Searching::default);
    let heard = searching.dispatcher();
    use_effect_with((sought, files), move |(sought, files)| {
        let tickets = Rc::new(RefCell::new(Vec::new()));
        let wanted = sought.text.trim().chars().count() >= SHORTEST;
        let files = if wanted { files.clone() } else { Vec::new() };
        heard.dispatch(Heard::Begun(sought.clone(), files.clone()));
        let timer = wanted.then(|| {
            let (sought, tickets) = (sought.clone(), Rc::clone(&tickets));
            Timeout::new(PAUSE_MILLIS, move || {
                let wanted: Vec<FileId> = files.iter().map(|(id, _)| *id).collect();
                let ids = wanted.clone();
                let then = Callback::from(move |sources: Vec<(FileId, Source)>| {
                    let here = |id: &FileId| sources.iter().any(|(there, _)| there == id);
                    let gone: Vec<FileId> = wanted.iter().filter(|id| !here(id)).copied().collect();
                    gone.into_iter().for_each(|id| heard.dispatch(Heard::Failed(id, NOT_HERE)));
                    for (id, source) in sources {
                        let (told, done) = (heard.clone(), heard.clone());
                        let progress = move |bytes: f64| told.dispatch(Heard::Progressed(id, bytes as u64));
                        let (ticket, found) = engine().search(source, &sought, progress);
                        tickets.borrow_mut().push(ticket);
                        spawn_local(async move {
                            match found.await {
                                Ok(found) => done.dispatch(Heard::Done(id, found)),
                                Err(Failure::Cancelled) => {}
                                Err(failure) => done.dispatch(Heard::Failed(id, failure.reason())),
                            }
                        });
                    }
                });
                page.ask(Ask::Sources(ids, then));
            })
        });
        move || {
            drop(timer);
            tickets.take().into_iter().for_each(|ticket| engine().cancel(ticket));
        }
    });
    searching
}

/// A person who types is not done.
const PAUSE_MILLIS: u32 = 250;

const NOT_HERE: Text = Text::fixed(
    "A file is not here and was not searched: it could not be opened, or it comes from a saved case. Drop it to search it.",
    "Eine Datei ist nicht hier und wurde nicht durchsucht: Sie ließ sich nicht öffnen, oder sie stammt aus einem gespeicherten Fall. Legen Sie sie ab, um sie zu durchsuchen.",
);
