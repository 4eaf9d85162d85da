//! What runs in the background, outside the state: files being read, the diagnosis, and what a view asks for.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::diagnose::culprit::Search;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::lines_near::LinesNear;
use vpn_phone_doctor::symptoms::example;
use vpn_phone_doctor::text::Text;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::at_once::use_at_once;
use super::browser::{Taken, effects, held};
use super::compare;
use super::engine::{Failure, Source, Ticket, engine};
use super::export::outgoing;
use super::page::{Ask, Page};
use super::plan;
use super::saved_case;
use super::state::{Action, File, FileId, Progress, Reading, State};
use super::turns::pause;

/// What runs in the background, outside the state: it has no picture.
#[derive(Default)]
pub struct Background {
    next: Cell<FileId>,
    running: RefCell<HashMap<FileId, Ticket>>,
    /// Files that were read, and about which the page is told together.
    settled: RefCell<Vec<Action>>,
    soon: RefCell<Option<Timeout>>,
    /// Handles of the files of the case, for reading one again.
    sources: RefCell<HashMap<FileId, Source>>,
}

impl Background {
    /// A number that no file had before.
    fn number(&self) -> FileId {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        id
    }
}

/// A diagnosis of all readings whenever they have changed. While others are still being read it waits a moment,
/// so that a drop of many files is diagnosed once.
#[hook]
pub fn use_diagnosis(page: &Page, state: &State) {
    let (files, said) = (state.read_files(), state.said.clone());
    let waiting = state.reading().is_some();
    let page = page.clone();
    let timer = use_mut_ref(|| None::<Timeout>);
    // The browser shows the picture while a worker is at it.
    use_at_once((state.generation, waiting), move |(generation, waiting)| {
        timer.take();
        let generation = *generation;
        // What the person said alone can be ground enough.
        if files.is_empty() && said.answers().next().is_none() {
            return;
        }
        let diagnosis = async move {
            let diagnosed = diagnosed(&files, &said).await;
            // A large one takes a moment to decode, and its picture another one.
            pause().await;
            page.act(match diagnosed {
                Ok(diagnosis) => Action::Diagnosed(generation, Rc::new(diagnosis)),
                Err(failure) if failure.is_of_the_work() => match set_aside(&files, &said).await {
                    Some((id, reading)) => Action::SetAside(generation, id, reading),
                    None => Action::Undiagnosed(generation, failure.of_the_page()),
                },
                Err(failure) => Action::Undiagnosed(generation, failure.of_the_page()),
            });
        };
        if *waiting {
            timer.replace(Some(Timeout::new(WHILE_READING_MILLIS, move || spawn_local(diagnosis))));
        } else {
            spawn_local(diagnosis);
        }
    });
}

async fn diagnosed(files: &[(File, Reading)], said: &Said) -> Result<Diagnosis, Failure> {
    let readings: Vec<_> = files.iter().map(|(_, reading)| reading).collect();
    engine().diagnose(&readings, said, effects::now()).await
}

/// The file that the diagnosis stops with, and what stands in its place: that there is none without it.
async fn set_aside(files: &[(File, Reading)], said: &Said) -> Option<(FileId, Reading)> {
    let mut search = Search::new(files.len());
    while let Some(first) = search.next() {
        search.tried(first, diagnosed(files.get(..first)?, said).await.is_err());
    }
    let (file, _) = files.get(search.culprit()?)?;
    let reading = engine().unreadable(&file.name, file.bytes, Failure::set_aside()).await.ok()?;
    Some((file.id, Rc::new(reading)))
}

/// Reads what a page before this one left when it stopped: files by name.
pub fn begin_again(left: &[(String, JsValue)], background: &Rc<Background>, act: &Callback<Action>) {
    let mut sources = Vec::new();
    for (name, handle) in left {
        match handle.dyn_ref::<web_sys::File>() {
            Some(case) if saved_case::is_named_so(name) => {
                open_case(case.clone(), name.clone(), background, act)
            }
            _ => sources.push(Source::held(name, handle.clone())),
        }
    }
    if !sources.is_empty() {
        read(sources, background, act, Action::Added);
    }
}

/// Does what a view asks for.
pub fn perform(wanted: Ask, background: &Rc<Background>, act: &Callback<Action>, state: &State) {
    match wanted {
        Ask::Add(taken) if taken.is_empty() => {}
        Ask::Add(Taken { files, unread }) => {
            if state.example {
                forget(background);
            }
            let (saved, files): (Vec<_>, Vec<_>) =
                files.into_iter().partition(|(_, name)| saved_case::is_named_so(name));
            for (file, name) in saved {
                open_case(file, name, background, act);
            }
            if files.is_empty() && unread.is_empty() {
                return;
            }
            let files = files.into_iter().map(|(file, name)| Source::file_as(&file, &name));
            let unread = unread.into_iter().map(|(name, why)| Source::unreadable(&name, why));
            read(files.chain(unread).collect(), background, act, Action::Added);
        }
        Ask::Place(place, taken) => {
            let page = Page::new(state, act.clone(), Callback::noop());
            match place.as_str() {
                "side-a" | "side-b" => compare::bring(&page, place == "side-b", taken),
                key => {
                    if let Ok(key) = vpn_phone_doctor::plan::Change::key(key) {
                        plan::take(&page, key, taken);
                    }
                }
            }
        }
        Ask::Paste(text) => {
            let name = PASTED.get(state.lang).into_owned();
            let before = state.files.iter().filter(|file| file.name.starts_with(&name)).count();
            let name = if before == 0 { name } else { format!("{name} {}", before + 1) };
            read(vec![Source::bytes(&name, text.as_bytes())], background, act, Action::Added);
        }
        Ask::Example(symptom) => {
            forget(background);
            let files = example::files(symptom);
            let sources = files.iter().map(|(name, text)| Source::bytes(name, text.as_bytes())).collect();
            read(sources, background, act, Action::ExampleOpened);
        }
        Ask::Remove(id) => {
            if let Some(ticket) = background.running.borrow_mut().remove(&id) {
                engine().cancel(ticket);
            }
            held::let_go(id);
            // Its handle is kept for whoever wants it back; it goes with the case.
            act.emit(Action::Removed(id));
        }
        Ask::PutBack => {
            let file = state.taken_out.as_ref().map(|(_, file)| file);
            let source = file.and_then(|file| background.sources.borrow().get(&file.id).cloned());
            let again = background.number();
            act.emit(Action::PutBack(again));
            match (file, source) {
                (Some(file), Some(source)) if matches!(file.progress, Progress::Reading(_)) => {
                    background.sources.borrow_mut().remove(&file.id);
                    read_one(again, source, background, act);
                }
                // What was read keeps its number.
                (Some(file), Some(source)) => hold(file.id, &source),
                _ => {}
            }
        }
        Ask::ReadAs(id, kind) => {
            let source = background.sources.borrow_mut().remove(&id);
            held::let_go(id);
            let old = state.files.iter().find(|file| file.id == id);
            if let (Some(source), Some(old)) = (source, old) {
                let again = background.number();
                let progress = Progress::Reading(0);
                let file = File { id: again, said: kind, again: true, progress, ..old.clone() };
                act.emit(Action::ReadAgain(id, file));
                read_one(again, source.read_as(kind), background, act);
            }
        }
        Ask::Cancel => {
            let tickets: Vec<Ticket> = background.running.borrow().values().copied().collect();
            tickets.into_iter().for_each(|ticket| engine().stop(ticket));
        }
        Ask::Wipe => {
            forget(background);
            act.emit(Action::Wiped);
        }
        Ask::LinesNear { file, route, then } => {
            let source = background.sources.borrow().get(&file).cloned();
            spawn_local(async move {
                then.emit(match source {
                    None => Ok(LinesNear::default()),
                    Some(source) => {
                        let lines = engine().lines_near(source, &route).await;
                        lines.map_err(|failure| failure.reason())
                    }
                });
            });
        }
        Ask::Sources(files, then) => {
            let sources = background.sources.borrow();
            let known = files.into_iter().filter_map(|id| Some((id, sources.get(&id)?.clone())));
            then.emit(known.filter(|(_, source)| source.refused.is_none()).collect());
        }
        Ask::Save(form) => outgoing::save(form, state, act),
        Ask::SaveCase => saved_case::save(state, act),
        Ask::SaveMap(form) => outgoing::save_map(form, state, act),
        Ask::Copy(excerpt, then) => outgoing::copy(excerpt, state, act, then),
    }
}

fn read(
    sources: Vec<Source>,
    background: &Rc<Background>,
    act: &Callback<Action>,
    begin: impl Fn(Vec<File>) -> Action,
) {
    let mut files = Vec::with_capacity(sources.len());
    let mut jobs = Vec::with_capacity(sources.len());
    for source in sources {
        let id = background.number();
        files.push(File {
            id,
            name: source.name.clone(),
            bytes: source.size,
            said: None,
            again: false,
            progress: Progress::Reading(0),
        });
        jobs.push((id, source));
    }
    act.emit(begin(files));
    // The largest file takes longest: begun first, it does not end last and alone.
    jobs.sort_by_key(|(_, source)| std::cmp::Reverse(source.size));
    for (id, source) in jobs {
        read_one(id, source, background, act);
    }
}

/// Opens a saved case; one that is not opened is listed with its reason.
fn open_case(file: web_sys::File, name: String, background: &Rc<Background>, act: &Callback<Action>) {
    let (background, act) = (background.clone(), act.clone());
    spawn_local(async move {
        match saved_case::open(&file, || background.number()).await {
            Ok((files, said)) => {
                held::hold_file(background.number(), &name, &file);
                act.emit(Action::CaseOpened(files, said));
            }
            Err(why) => read(vec![Source::unreadable(&name, why)], &background, &act, Action::Added),
        }
    });
}

fn read_one(id: FileId, source: Source, background: &Rc<Background>, act: &Callback<Action>) {
    background.sources.borrow_mut().insert(id, source.clone());
    hold(id, &source);
    let progress = act.clone();
    let pending = engine().read(source, move |bytes| progress.emit(Action::Progressed(id, whole(bytes))));
    background.running.borrow_mut().insert(id, pending.ticket());
    let (background, act) = (background.clone(), act.clone());
    spawn_local(async move {
        let done = pending.done().await;
        background.running.borrow_mut().remove(&id);
        background.settled.borrow_mut().push(match done.reading {
            Some(reading) => Action::Read(id, reading),
            None => Action::Failed(id, done.failure.as_ref().map_or(NO_READING, Failure::reason)),
        });
        tell(&background, &act);
    });
}

/// Holds a file for a page that begins behind one that stopped. What the browser refuses has no handle.
fn hold(id: FileId, source: &Source) {
    if source.refused.is_none() {
        held::hold_file(id, &source.name, &source.handle);
    }
}

/// Tells the page of files that were read: at once where no other is being read, and else of several together. A picture
/// for each of a thousand files would take longer than reading them.
fn tell(background: &Rc<Background>, act: &Callback<Action>) {
    if background.running.borrow().is_empty() {
        background.soon.take();
        act.emit(Action::Several(background.settled.take()));
    } else if background.soon.borrow().is_none() {
        let (later, act) = (Rc::clone(background), act.clone());
        let soon = Timeout::new(TOGETHER_MILLIS, move || {
            later.soon.take();
            act.emit(Action::Several(later.settled.take()));
        });
        background.soon.replace(Some(soon));
    }
}

/// Gives everything up and keeps no handle of a file.
fn forget(background: &Background) {
    give_up(background);
    engine().forget();
    background.sources.borrow_mut().clear();
    held::let_all_go();
}

fn give_up(background: &Background) {
    let tickets: Vec<Ticket> = background.running.borrow_mut().drain().map(|(_, ticket)| ticket).collect();
    for ticket in tickets {
        engine().cancel(ticket);
    }
}

/// JavaScript's sizes are whole, positive numbers in a float; a cast saturates.
fn whole(size: f64) -> u64 {
    size as u64
}

const WHILE_READING_MILLIS: u32 = 400;
const TOGETHER_MILLIS: u32 = 100;

static PASTED: Text = Text::fixed("pasted text", "eingefügter Text");
const NO_READING: Text = Text::fixed(
    "The file could not be read. Drop it again.",
    "Die Datei konnte nicht gelesen werden. Legen Sie sie noch einmal ab.",
);
