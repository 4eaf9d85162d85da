//! The page as a whole: the state, what is asked of browser and workers, and the view that the address names.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::text::{Lang, Text};
use vpn_phone_doctor::tools::lines_near::LinesNear;

use super::back;
use super::drops::{self, Offered, Taken};
use super::effects;
use super::engine::{Failure, Look, Source, Ticket, engine};
use super::example;
use super::keys::{Does, Here};
use super::leaving::{self, MapForm, use_redaction};
use super::pages;
use super::parts::{Foot, Head, Keys, Search, Strip, Viewer, verdict_look};
use super::route::Route;
use super::saving::Names;
use super::state::{Action, File, FileId, Overlay, Progress, State};

/// Puts the page into the document.
pub fn start() {
    if let Some(place) = gloo::utils::document().get_element_by_id("page") {
        yew::Renderer::<App>::with_root(place).render();
    }
}

/// What a view asks of the browser and the workers.
pub enum Ask {
    /// Read files.
    Add(Taken),
    /// Read a pasted text.
    Paste(String),
    /// Open the example case.
    Example,
    /// Take a file out.
    Remove(FileId),
    /// Read a file as what the person says it is; as what it is recognised as where `None`.
    ReadAs(FileId, Option<Kind>),
    /// Give up everything that is being read.
    Cancel,
    /// Forget everything.
    Wipe,
    /// The lines of a file around a place, or why there are none.
    Look(FileId, Look, Callback<Result<LinesNear, Text>>),
    /// Save the report.
    Save(Form),
    /// Save what stands for what in the redacted report.
    SaveMap(MapForm),
    /// Copy a finding, by its place, as text; then say how that went.
    CopyFinding(u32, Callback<Result<(), Text>>),
}

/// What every part of the page may use.
#[derive(Clone, PartialEq)]
pub struct Page {
    /// The language.
    pub lang: Lang,
    /// Which names leave.
    pub names: Names,
    act: Callback<Action>,
    ask: Callback<Ask>,
}

impl Page {
    /// A text in the page's language, without a copy where it was known when the program was built.
    pub fn say(&self, text: Text) -> AttrValue {
        let wording = match self.lang {
            Lang::En => text.en,
            Lang::De => text.de,
        };
        match wording {
            std::borrow::Cow::Borrowed(fixed) => AttrValue::Static(fixed),
            std::borrow::Cow::Owned(made) => AttrValue::from(made),
        }
    }

    /// Something happened.
    pub fn act(&self, action: Action) {
        self.act.emit(action);
    }

    /// Something is wanted.
    pub fn ask(&self, ask: Ask) {
        self.ask.emit(ask);
    }

    /// To the finding of a rule.
    pub fn lead(&self, rule: &str) {
        self.act(Action::Led(rule.to_owned()));
        // Where it was led to before and the person is there again, nothing of the state changes.
        effects::focus_finding(rule);
    }

    /// A click that makes something happen.
    pub fn acts(&self, action: impl Fn() -> Action + 'static) -> Callback<MouseEvent> {
        let act = self.act.clone();
        Callback::from(move |_| act.emit(action()))
    }

    /// A click that wants something.
    pub fn asks(&self, wanted: impl Fn() -> Ask + 'static) -> Callback<MouseEvent> {
        let ask = self.ask.clone();
        Callback::from(move |_| ask.emit(wanted()))
    }
}

/// What every part of the page may use.
#[hook]
pub fn use_page() -> Page {
    use_context::<Page>().unwrap_or_else(|| Page {
        lang: Lang::En,
        names: Names::default(),
        act: Callback::noop(),
        ask: Callback::noop(),
    })
}

impl Background {
    /// A number that no file had before.
    fn number(&self) -> FileId {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        id
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

/// What runs in the background, outside the state: it has no picture.
#[derive(Default)]
struct Background {
    next: Cell<FileId>,
    running: RefCell<HashMap<FileId, Ticket>>,
    /// Handles of the files of the case, for reading one again.
    sources: RefCell<HashMap<FileId, Source>>,
}

#[function_component(App)]
fn app() -> Html {
    let state = use_reducer(|| State {
        lang: effects::language(),
        theme: effects::theme(),
        route: effects::route(),
        ..State::default()
    });
    let background = use_memo((), |()| Background::default());
    let dispatcher = state.dispatcher();
    let act = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    // A handle of the state would keep every state that was ever looked at through it.
    let latest = use_mut_ref(State::default);
    latest.replace((*state).clone());
    let ask = use_callback(act.clone(), move |wanted: Ask, act| {
        let state = latest.borrow().clone();
        answer(wanted, &background, act, &state);
    });
    let page = Page { lang: state.lang, names: state.saving.names, act, ask };
    let here = Here::of(&state);
    use_window(Now { page: page.clone(), here });
    use_diagnosis(&page, &state);
    use_redaction(&page, &state);
    let dressed = use_mut_ref(|| false);
    use_effect_with((state.lang, state.theme), move |(lang, theme)| {
        effects::dress(*lang, *theme);
        // What nobody chose is not stored.
        if dressed.replace(true) {
            effects::remember(*lang, *theme);
        }
    });
    use_effect_with(title(&page, &state), |title| effects::entitle(title));
    let opened = use_mut_ref(|| false);
    use_effect_with((state.route, state.led.clone()), move |(route, led)| {
        back::go(*route);
        // The keyboard starts at the top of a page that has just opened, and at the content of a view gone to.
        let opened = opened.replace(true);
        match led {
            Some(rule) => effects::focus_finding(rule),
            None if opened => effects::begin_view(),
            None => {}
        }
    });
    let before_viewer = use_mut_ref(|| None);
    use_effect_with(state.viewed.is_some(), move |open| {
        if *open {
            before_viewer.replace(effects::focused());
            effects::focus_in_place("#viewer-close");
            back::opened();
        } else if let Some(element) = before_viewer.take() {
            back::closed();
            effects::focus_element(&element);
            // What led here may be gone, as the hits of a search are once one was chosen.
            if effects::keyboard_lost() {
                effects::focus_in_place("#search");
            }
        }
    });
    let asking = matches!(state.overlay, Overlay::Keys | Overlay::Wipe);
    let modal = asking || state.viewed.is_some();
    let viewer = state.diagnosis.clone().zip(state.viewed.clone()).map(|(diagnosis, place)| {
        html! { <Viewer {diagnosis} {place} sources={state.sources.clone()} /> }
    });
    use_effect_with(asking, |asking| {
        let before = asking.then(effects::focused).flatten();
        if *asking {
            effects::focus_in_place("#dialog-close");
        }
        move || before.iter().for_each(effects::focus_element)
    });
    html! {
        <ContextProvider<Page> context={page.clone()}>
            <div class="page">
                <div inert={modal}>
                    <nav aria-label={page.say(SKIP)}><a class="skip" href={state.route.address()} onclick={skip()}>{ page.say(SKIP) }</a></nav>
                    <Head route={state.route} theme={state.theme} has_case={!state.files.is_empty()} />
                    <main id="main" tabindex="-1">
                        <Search diagnosis={state.diagnosis.clone()} />
                        <Strip route={state.route} diagnosis={state.diagnosis.clone()} only={state.said.answer("phone").map(str::to_owned)} />
                        <div class="view" key={state.route.address()} data-route={state.route.address()}>{ pages::view(&state) }</div>
                    </main>
                    <Foot />
                </div>
                <div class="over" inert={asking}>{ viewer }</div>
                <Keys {here} />
            </div>
        </ContextProvider<Page>>
    }
}

/// What the window is called: the view and how the case stands, never anything of a file.
fn title(page: &Page, state: &State) -> String {
    let stands = state.diagnosis.as_deref().map(|diagnosis| page.say(verdict_look(diagnosis).word));
    let view = (state.route != Route::Start).then(|| page.say(state.route.name()));
    let parts = [stands, view, Some(AttrValue::Static("VPN Phone Doctor"))];
    parts.into_iter().flatten().map(|part| part.to_string()).collect::<Vec<_>>().join(" – ")
}

fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        effects::focus("main");
    })
}

/// What what happens in the window is answered with.
#[derive(Clone)]
struct Now {
    page: Page,
    here: Here,
}

/// Drops, pastes, keys and addresses, wherever they happen.
///
/// The listeners are set once and look at what the page is when they hear something. Set anew for each picture they
/// would come late: Yew 0.23 shows a picture and may then let the browser go on before it runs the picture's effects
/// (`scheduler.rs`, a pause of every 16 ms), so that a key pressed right after the verdict met the page of before it.
#[hook]
fn use_window(now: Now) {
    let latest = use_memo((), |()| RefCell::new(now.clone()));
    latest.replace(now);
    use_effect_with((), move |()| {
        let listeners = [
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
                add(page, drops::dropped(event));
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
            hear("hashchange", &latest, |Now { page, .. }, _| page.act(Action::Followed(effects::route()))),
            hear("keydown", &latest, |Now { page, here }, event| {
                if let Some(does) = effects::plain_key(event).and_then(|key| here.does(&key)) {
                    // A key that means something here is not typed into the field that it leads to.
                    event.prevent_default();
                    perform(page, *here, does);
                }
            }),
        ];
        move || drop(listeners)
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
        Does::Search => effects::focus("search:not([hidden]) #search, #symptom-search"),
        Does::OpenFiles => effects::click("[data-testid=drop-zone] input"),
        Does::Go(route) => page.act(Action::Went(route)),
        Does::Next if here.viewer => page.act(Action::ViewStepped(1)),
        Does::Previous if here.viewer => page.act(Action::ViewStepped(-1)),
        Does::Next => effects::focus_next(here.stops()),
        Does::Previous => effects::focus_previous(here.stops()),
        Does::Press(button) => effects::click(button),
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

/// A diagnosis of all readings whenever they have changed. While others are still being read it waits a moment,
/// so that a drop of many files is diagnosed once.
#[hook]
fn use_diagnosis(page: &Page, state: &State) {
    let (readings, said) = (state.readings(), state.said.clone());
    let waiting = state.reading().is_some();
    let page = page.clone();
    use_effect_with((state.generation, waiting), move |(generation, waiting)| {
        let generation = *generation;
        let millis = if *waiting { WHILE_READING_MILLIS } else { 0 };
        // What the person said alone can be ground enough.
        let ground = !readings.is_empty() || said.answers().next().is_some();
        let timer = ground.then(|| {
            Timeout::new(millis, move || {
                spawn_local(async move {
                    let slices: Vec<&[u8]> = readings.iter().map(|reading| reading.as_slice()).collect();
                    let answer = engine().diagnose(&slices, &said, effects::now() as f64).await;
                    page.act(match answer.as_deref().map(postcard::from_bytes::<Diagnosis>) {
                        Ok(Ok(diagnosis)) => Action::Diagnosed(generation, Rc::new(diagnosis)),
                        Ok(Err(_)) => Action::Undiagnosed(generation, NO_DIAGNOSIS),
                        Err(failure) => Action::Undiagnosed(generation, failure.of_the_page()),
                    });
                });
            })
        });
        move || drop(timer)
    });
}

fn answer(wanted: Ask, background: &Rc<Background>, act: &Callback<Action>, state: &State) {
    match wanted {
        Ask::Add(taken) if taken.is_empty() => {}
        Ask::Add(Taken { files, unread }) => {
            if state.example {
                forget(background);
            }
            let files =
                files.into_iter().map(|(file, name)| (file.size(), Source::file_as(&file, &name), name));
            let unread = unread.into_iter().map(|(name, why)| (0.0, Source::unreadable(&name, why), name));
            read(files.chain(unread).collect(), background, act, Action::Added);
        }
        Ask::Paste(text) => {
            let name = PASTED.get(state.lang).to_owned();
            let before = state.files.iter().filter(|file| file.name.starts_with(&name)).count();
            let name = if before == 0 { name } else { format!("{name} {}", before + 1) };
            read(vec![text_source(&name, &text)], background, act, Action::Added);
        }
        Ask::Example => {
            forget(background);
            let sources = example::FILES.iter().map(|(name, text)| text_source(name, text)).collect();
            read(sources, background, act, Action::ExampleOpened);
        }
        Ask::Remove(id) => {
            if let Some(ticket) = background.running.borrow_mut().remove(&id) {
                engine().cancel(ticket);
            }
            background.sources.borrow_mut().remove(&id);
            act.emit(Action::Removed(id));
        }
        Ask::ReadAs(id, kind) => {
            let source = background.sources.borrow_mut().remove(&id);
            let old = state.files.iter().find(|file| file.id == id);
            if let (Some(source), Some(old)) = (source, old) {
                let again = background.number();
                let progress = Progress::Reading(0);
                let file = File { id: again, said: kind, again: true, progress, ..old.clone() };
                act.emit(Action::ReadAgain(id, file));
                read_one(again, source.read_as(kind), background, act);
            }
        }
        Ask::Cancel => give_up(background),
        Ask::Wipe => {
            forget(background);
            act.emit(Action::Wiped);
        }
        Ask::Look(id, look, then) => {
            let source = background.sources.borrow().get(&id).cloned();
            spawn_local(async move {
                then.emit(match source {
                    None => Ok(LinesNear::default()),
                    Some(source) => match engine().around(source, look).await {
                        Ok(bytes) => postcard::from_bytes(&bytes).map_err(|_| NO_READING),
                        Err(failure) => Err(failure.reason()),
                    },
                });
            });
        }
        Ask::Save(form) => leaving::save(form, state, act),
        Ask::SaveMap(form) => leaving::save_map(form, state, act),
        Ask::CopyFinding(index, then) => leaving::copy_finding(index, state, act, then),
    }
}

fn text_source(name: &str, text: &str) -> (f64, Source, String) {
    let size = text.len() as f64;
    (size, Source::bytes(name, text.as_bytes()), name.to_owned())
}

fn read(
    sources: Vec<(f64, Source, String)>,
    background: &Rc<Background>,
    act: &Callback<Action>,
    begin: impl Fn(Vec<File>) -> Action,
) {
    let mut files = Vec::with_capacity(sources.len());
    let mut jobs = Vec::with_capacity(sources.len());
    for (size, source, name) in sources {
        let id = background.number();
        files.push(File {
            id,
            name,
            bytes: whole(size),
            said: None,
            again: false,
            progress: Progress::Reading(0),
        });
        jobs.push((size, id, source));
    }
    act.emit(begin(files));
    // The largest file takes longest: begun first, it does not end last and alone.
    jobs.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    for (_, id, source) in jobs {
        read_one(id, source, background, act);
    }
}

fn read_one(id: FileId, source: Source, background: &Rc<Background>, act: &Callback<Action>) {
    background.sources.borrow_mut().insert(id, source.clone());
    let progress = act.clone();
    let pending = engine().read(source, move |bytes| progress.emit(Action::Progressed(id, whole(bytes))));
    background.running.borrow_mut().insert(id, pending.ticket());
    let (background, act) = (background.clone(), act.clone());
    spawn_local(async move {
        let done = pending.done().await;
        background.running.borrow_mut().remove(&id);
        act.emit(if done.reading.is_empty() {
            Action::Failed(id, done.failure.as_ref().map_or(NO_READING, Failure::reason))
        } else {
            Action::Read(id, Rc::new(done.reading))
        });
    });
}

/// Gives everything up and keeps no handle of a file.
fn forget(background: &Background) {
    give_up(background);
    background.sources.borrow_mut().clear();
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

static PASTED: Text = Text::fixed("pasted text", "eingefügter Text");
const SKIP: Text = Text::fixed("To the content", "Zum Inhalt");
const NO_DIAGNOSIS: Text = Text::fixed(
    "The diagnosis could not be understood. Reload the page and add the files again.",
    "Die Diagnose war nicht zu verstehen. Laden Sie die Seite neu und fügen Sie die Dateien noch einmal hinzu.",
);
const NO_READING: Text = Text::fixed(
    "The file could not be read. Drop it again.",
    "Die Datei konnte nicht gelesen werden. Legen Sie sie noch einmal ab.",
);
