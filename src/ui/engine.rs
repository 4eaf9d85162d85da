//! The page's side of the workers: spawn, post, watch, kill, replace.
//!
//! ```text
//! Engine::read(source) ──────────► one of up to four reading workers ──► bytes of a Reading
//! Engine::diagnose, render ──────► one more worker ─────────────────────► bytes of a Diagnosis, a report's text
//! ```
//!
//! The page never looks into a file: it posts the browser's handle. A worker is disposable. One that reports a
//! failure, is silent for five seconds or is cancelled is terminated and replaced; its file becomes a reading
//! that says why, and all others keep theirs. The messages are described in `assets/worker.js`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use js_sys::{Array, Function, JSON, JsString, Object, Promise, Reflect, Uint8Array};
use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake::lookup::Route;
use vpn_phone_doctor::text::Text;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent, Worker, WorkerOptions};

use crate::ui::start::example;

mod failure;
mod leaving;

pub use failure::{Failure, at_place};

/// What the start script hands over once both binaries are unpacked: the address of the worker's text, and the
/// compiled engine.
#[wasm_bindgen]
pub fn install_engine(worker: String, module: JsValue) {
    engine().install(Program { worker, module });
}

/// The page's one engine. Jobs given before it is installed wait.
pub fn engine() -> Engine {
    ENGINE.with(Engine::clone)
}

/// Workers, and the jobs that wait for one.
#[derive(Clone, Default)]
pub struct Engine(Rc<RefCell<Pool>>);

/// What is read, under the name that it is listed with.
#[derive(Clone)]
pub struct Source {
    name: String,
    size: f64,
    kind: Option<Kind>,
    handle: JsValue,
    /// Why it cannot be opened, where that is known already.
    refused: Option<Text>,
}

impl Source {
    /// A dropped or chosen file, under its name or its path below a dropped folder.
    pub fn file_as(file: &File, name: &str) -> Self {
        Self { name: name.to_owned(), size: file.size(), kind: None, handle: file.into(), refused: None }
    }

    /// Pasted text, or an example that ships inside the page.
    pub fn bytes(name: &str, bytes: &[u8]) -> Self {
        let copy = Uint8Array::from(bytes);
        let size = f64::from(copy.length());
        Self { name: name.to_owned(), size, kind: None, handle: copy.buffer().into(), refused: None }
    }

    /// What could not be opened, such as a folder: it is listed with its reason.
    pub fn unreadable(name: &str, why: Text) -> Self {
        Self { name: name.to_owned(), size: 0.0, kind: None, handle: JsValue::UNDEFINED, refused: Some(why) }
    }

    /// The same, as what the person says it is.
    #[must_use]
    pub fn read_as(self, kind: Option<Kind>) -> Self {
        Self { kind, ..self }
    }
}

/// One read file.
pub struct Done {
    /// The bytes of a `Reading`. Where the file could not be read, the reading says why.
    pub reading: Vec<u8>,
    /// Why the file could not be read.
    pub failure: Option<Failure>,
}

/// Names a job, so that it can be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

/// A file that is being read.
pub struct Pending {
    engine: Engine,
    ticket: Ticket,
    answer: Promise,
    name: String,
    size: f64,
}

impl Pending {
    /// For [`Engine::cancel`].
    pub fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// Waits for the answer. A file that cannot be read is an answer too.
    pub async fn done(self) -> Done {
        match outcome(self.answer).await {
            Ok(bytes) => Done { reading: Uint8Array::new(&bytes).to_vec(), failure: None },
            Err(failure) => {
                let message = unreadable(&self.name, self.size, &failure.reason());
                let reading = self.engine.ask(message).await.map(|bytes| Uint8Array::new(&bytes).to_vec());
                Done { reading: reading.unwrap_or_default(), failure: Some(failure) }
            }
        }
    }
}

impl Engine {
    /// Starts to read. `progress` is told how many bytes were read, several times a second.
    pub fn read(&self, source: Source, progress: impl Fn(f64) + 'static) -> Pending {
        let message = match &source.refused {
            Some(why) => unreadable(&source.name, source.size, why),
            None => object(&[
                ("read", source.handle),
                ("name", source.name.as_str().into()),
                ("size", source.size.into()),
                ("kind", source.kind.map_or("", Kind::id).into()),
            ]),
        };
        let (ticket, answer) = self.submit(Lane::Reading, message, Some(Rc::new(progress)));
        Pending { engine: self.clone(), ticket, answer, name: source.name, size: source.size }
    }

    /// Gives a job up. One that is running loses its worker.
    pub fn cancel(&self, ticket: Ticket) {
        let mut pool = self.0.borrow_mut();
        if let Some(at) = pool.waiting.iter().position(|job| job.ticket == ticket) {
            let job = pool.waiting.remove(at);
            drop(pool);
            if let Some(job) = job {
                job.settle(&failed("cancelled", ""));
            }
            return;
        }
        let busy = pool.workers.iter().position(|one| one.runs(ticket));
        drop(pool);
        if let Some(at) = busy {
            self.retire(at, "cancelled", "");
        }
    }

    /// All readings together: the bytes of a `Diagnosis`. `now` is the clock in seconds since 1970.
    pub async fn diagnose(&self, readings: &[&[u8]], said: &Said, now: f64) -> Result<Vec<u8>, Failure> {
        let readings: Array = readings.iter().map(|bytes| Uint8Array::from(*bytes)).collect();
        let answers: Vec<(&str, JsValue)> = said.answers().map(|(key, value)| (key, value.into())).collect();
        // An object of strings has a JSON form.
        let said = JSON::stringify(&object(&answers)).unwrap_or_else(|_| "{}".into());
        let message = object(&[("diagnose", readings.into()), ("said", said.into()), ("now", now.into())]);
        self.ask(message).await.map(|bytes| Uint8Array::new(&bytes).to_vec())
    }

    /// The text of a report: `form` is `json`, `markdown` or `html`, `language` is `en` or `de`.
    pub async fn render(&self, diagnosis: &[u8], form: &str, language: &str) -> Result<String, Failure> {
        let message = object(&[
            ("render", Uint8Array::from(diagnosis).into()),
            ("form", form.into()),
            ("language", language.into()),
        ]);
        self.ask(message).await.map(|text| text.as_string().unwrap_or_default())
    }

    /// The bytes of every rule's `Card`, in the catalogue's order.
    pub async fn catalogue(&self) -> Result<Vec<u8>, Failure> {
        let message = object(&[("catalogue", true.into())]);
        self.ask(message).await.map(|bytes| Uint8Array::new(&bytes).to_vec())
    }

    /// The lines of a source near the end of a way: the bytes of a `LinesNear`.
    pub async fn lines_near(&self, source: Source, route: &Route) -> Result<Vec<u8>, Failure> {
        let bytes = postcard::to_allocvec(route).unwrap_or_default();
        let message = object(&[
            ("near", source.handle),
            ("name", source.name.into()),
            ("size", source.size.into()),
            ("offset", (route.wanted.offset as f64).into()),
            ("packed", (!route.members.is_empty()).into()),
            ("route", Uint8Array::from(bytes.as_slice()).into()),
        ]);
        self.ask(message).await.map(|bytes| Uint8Array::new(&bytes).to_vec())
    }

    /// What a line of a device's log means, where that is known: the bytes of an `Option<Text>`.
    pub async fn explain(&self, line: &str) -> Result<Vec<u8>, Failure> {
        let message = object(&[("explain", line.into())]);
        self.ask(message).await.map(|bytes| Uint8Array::new(&bytes).to_vec())
    }

    /// The SHA-256 of a file, in hex.
    pub async fn digest(&self, file: &File) -> Result<String, Failure> {
        let message = object(&[("digest", file.into())]);
        self.ask(message).await.map(|text| text.as_string().unwrap_or_default())
    }

    /// What a worker's self-test saw, as `assets/leaks.js` describes it.
    pub async fn try_to_leak(&self) -> Result<String, Failure> {
        let message = object(&[("leak", true.into())]);
        self.ask(message).await.map(|text| text.as_string().unwrap_or_default())
    }

    async fn ask(&self, message: Object) -> Result<JsValue, Failure> {
        let (_, answer) = self.submit(Lane::Speaking, message, None);
        outcome(answer).await
    }

    fn install(&self, program: Program) {
        self.0.borrow_mut().program = Some(program);
        // Two are warm before the first file is dropped: a drop is several files as a rule.
        for _ in 0..Lane::Reading.limit().min(2) {
            self.spawn(Lane::Reading);
        }
        self.spawn(Lane::Speaking);
        let engine = self.clone();
        let watch = Interval::new(1000, move || engine.watch());
        self.0.borrow_mut().watch = Some(watch);
        self.start_waiting();
        let engine = self.clone();
        Timeout::new(REST, move || wasm_bindgen_futures::spawn_local(engine.warm_up())).forget();
    }

    /// Reads and diagnoses the example once, out of sight, while the person still looks for the files: a browser
    /// compiles each function when it is first called, and the first drop should not have to wait for that.
    async fn warm_up(self) {
        if !self.0.borrow().workers.iter().all(|one| one.job.is_none()) {
            return;
        }
        // A long log besides: what runs often is compiled a second time, and better.
        let log = example::FILES.iter().find(|(name, _)| *name == WARM_LOG).map_or("", |(_, text)| text);
        let log = log.repeat(WARM_TIMES);
        let files = example::FILES.iter().map(|(name, text)| (*name, text.as_bytes()));
        let files = [(WARM_LOG, log.as_bytes()); 2].into_iter().chain(files);
        let pending: Vec<Pending> =
            files.map(|(name, bytes)| self.read(Source::bytes(name, bytes), |_| {})).collect();
        let mut readings = Vec::new();
        for one in pending {
            readings.push(one.done().await.reading);
        }
        let slices: Vec<&[u8]> = readings.iter().map(Vec::as_slice).collect();
        // Nobody waits for the answer, and nothing of it is kept.
        let _ = self.diagnose(&slices, &Said::new(), 0.0).await;
    }

    fn submit(&self, lane: Lane, message: Object, progress: Option<Rc<dyn Fn(f64)>>) -> (Ticket, Promise) {
        let mut pool = self.0.borrow_mut();
        pool.tickets += 1;
        let ticket = Ticket(pool.tickets);
        let mut settle = None;
        let answer = Promise::new(&mut |resolve, _| settle = Some(resolve));
        pool.waiting.push_back(Job { ticket, lane, message, progress, settle, heard: false, again: false });
        drop(pool);
        self.start_waiting();
        (ticket, answer)
    }

    /// Gives waiting jobs to idle workers, and new workers to jobs that no idle one is left for.
    fn start_waiting(&self) {
        for lane in [Lane::Reading, Lane::Speaking] {
            while self.start_next(lane) {}
        }
    }

    fn start_next(&self, lane: Lane) -> bool {
        let mut pool = self.0.borrow_mut();
        if pool.program.is_none() {
            return false;
        }
        let Some(first) = pool.waiting.iter().position(|job| job.lane == lane) else { return false };
        let idle = pool.workers.iter().position(|one| one.lane == lane && one.job.is_none());
        if idle.is_none() {
            let spawned = pool.workers.iter().filter(|one| one.lane == lane).count() < lane.limit();
            drop(pool);
            // The new worker is idle, so the next turn finds it.
            return spawned && self.spawn(lane);
        }
        let Some(job) = pool.waiting.remove(first) else { return false };
        let Some(one) = idle.and_then(|at| pool.workers.get_mut(at)) else { return false };
        one.silent = 0;
        let posted = one.worker.post_message(&job.message);
        one.job = Some(job);
        let name = one.name;
        drop(pool);
        if posted.is_err()
            && let Some(at) = self.place_of(name)
        {
            self.retire(at, "unreadable", "");
        }
        true
    }

    fn spawn(&self, lane: Lane) -> bool {
        let mut pool = self.0.borrow_mut();
        let Some(Program { worker, module }) = &pool.program else { return false };
        let options = WorkerOptions::new();
        options.set_name(lane.name());
        let Ok(worker) = Worker::new_with_options(worker, &options) else { return false };
        if worker.post_message(&object(&[("module", module.clone())])).is_err() {
            return false;
        }
        pool.tickets += 1;
        let name = pool.tickets;
        let (heard, stopped) = (self.clone(), self.clone());
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>() {
                    heard.hear(name, &event.data());
                }
            }),
            EventListener::new(&worker, "error", move |_| {
                if let Some(at) = stopped.place_of(name) {
                    stopped.retire(at, "stopped", "");
                }
            }),
        ];
        pool.workers.push(One { name, lane, worker, job: None, silent: 0, _listeners: listeners });
        true
    }

    fn hear(&self, name: u64, message: &JsValue) {
        let Some(at) = self.place_of(name) else { return };
        if !field(message, "failed").is_undefined() {
            let text = |key| field(message, key).as_string().unwrap_or_default();
            self.retire(at, &text("failed"), &text("place"));
            return;
        }
        let mut pool = self.0.borrow_mut();
        let Some(one) = pool.workers.get_mut(at) else { return };
        one.silent = 0;
        if let Some(bytes) = field(message, "progress").as_f64() {
            if let Some(job) = &mut one.job {
                job.heard = true;
            }
            let progress = one.job.as_ref().and_then(|job| job.progress.clone());
            drop(pool);
            if let Some(progress) = progress {
                progress(bytes);
            }
        } else if !field(message, "done").is_undefined() {
            let job = one.job.take();
            drop(pool);
            if let Some(job) = job {
                job.settle(message);
            }
            self.start_waiting();
        }
    }

    /// Ends a worker, tells whoever waits for it why, and lets the next job have a fresh one.
    fn retire(&self, at: usize, failure: &str, place: &str) {
        let one = self.0.borrow_mut().workers.swap_remove(at);
        one.worker.terminate();
        if let Some(job) = one.job {
            job.settle(&failed(failure, place));
        }
        self.start_waiting();
    }

    /// Counts seconds instead of comparing clocks: a laptop that slept has not found its workers silent.
    fn watch(&self) {
        let mut silent = Vec::new();
        let mut pool = self.0.borrow_mut();
        for one in pool.workers.iter_mut().filter(|one| one.job.is_some()) {
            one.silent += 1;
            if one.silent > SILENCE {
                silent.push(one.name);
            }
        }
        for name in &silent {
            // A worker that never said a word of this job may have been dead before: the job gets one more.
            let one = pool.workers.iter_mut().find(|one| one.name == *name);
            let unheard = one.and_then(|one| one.job.take_if(|job| !job.heard && !job.again));
            pool.waiting.extend(unheard.map(|job| Job { again: true, ..job }));
        }
        drop(pool);
        for name in silent {
            if let Some(at) = self.place_of(name) {
                self.retire(at, "silent", "");
            }
        }
    }

    fn place_of(&self, name: u64) -> Option<usize> {
        self.0.borrow().workers.iter().position(|one| one.name == name)
    }
}

thread_local! {
    static ENGINE: Engine = Engine::default();
}

#[derive(Default)]
struct Pool {
    program: Option<Program>,
    workers: Vec<One>,
    waiting: VecDeque<Job>,
    tickets: u64,
    watch: Option<Interval>,
}

struct Program {
    worker: String,
    module: JsValue,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Reading,
    Speaking,
}

impl Lane {
    /// What a developer's tools call its workers.
    const fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Speaking => "speaking",
        }
    }

    fn limit(self) -> usize {
        match self {
            // More workers than processors only share the time; each holds a file of up to 64 MiB.
            Self::Reading => web_sys::window()
                .map_or(1.0, |window| window.navigator().hardware_concurrency())
                .clamp(1.0, 4.0) as usize,
            Self::Speaking => 1,
        }
    }
}

struct One {
    name: u64,
    lane: Lane,
    worker: Worker,
    job: Option<Job>,
    silent: u32,
    _listeners: [EventListener; 2],
}

impl One {
    fn runs(&self, ticket: Ticket) -> bool {
        self.job.as_ref().is_some_and(|job| job.ticket == ticket)
    }
}

struct Job {
    ticket: Ticket,
    lane: Lane,
    message: Object,
    progress: Option<Rc<dyn Fn(f64)>>,
    settle: Option<Function>,
    /// Its worker said something of it.
    heard: bool,
    /// It was given to a second worker.
    again: bool,
}

impl Job {
    fn settle(self, answer: &JsValue) {
        if let Some(settle) = self.settle {
            // Resolving a promise does not throw.
            let _ = settle.call1(&JsValue::NULL, answer);
        }
    }
}

async fn outcome(answer: Promise) -> Result<JsValue, Failure> {
    let answer = JsFuture::from(answer).await.unwrap_or_default();
    let done = field(&answer, "done");
    if !done.is_undefined() {
        return Ok(done);
    }
    let text = |key| field(&answer, key).as_string().unwrap_or_default();
    Err(match text("failed").as_str() {
        "gone" => Failure::Gone,
        "changed" => Failure::Changed,
        "unreadable" => Failure::Unreadable,
        "silent" => Failure::Silent,
        "cancelled" => Failure::Cancelled,
        _ => Failure::Stopped(text("place")),
    })
}

/// The message that asks for the reading of a file that cannot be read.
fn unreadable(name: &str, size: f64, why: &Text) -> Object {
    object(&[
        ("unreadable", name.into()),
        ("size", size.into()),
        ("english", why.en.as_ref().into()),
        ("german", why.de.as_ref().into()),
    ])
}

fn failed(failure: &str, place: &str) -> JsValue {
    object(&[("failed", failure.into()), ("place", place.into())]).into()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let entries: Array = fields.iter().map(|(key, value)| Array::of2(&JsString::from(*key), value)).collect();
    Object::from_entries(&entries).unwrap_or_default()
}

fn field(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or_default()
}

/// Milliseconds after the start in which the page has the processor for itself.
const REST: u32 = 200;
/// The file of the example that is a log, and how often it is repeated to make a long one.
const WARM_LOG: &str = "asa-logging.txt";
const WARM_TIMES: usize = 400;

/// Seconds without a word from a busy worker after which it is taken for lost.
const SILENCE: u32 = 5;
