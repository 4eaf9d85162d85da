//! The workers: spawn, post, watch, kill, replace.
//!
//! ```text
//! Lane::Reading ─► one of up to four workers that read files ─► the answer's bytes
//! Lane::Speaking ► one more worker for all other jobs ────────► the answer's bytes
//! ```
//!
//! The page never looks into a file: it posts the browser's handle. A worker is disposable. One that reports a
//! failure, is silent for five seconds or is cancelled is terminated and replaced; its file becomes a reading
//! that says why, and all others keep theirs. The messages are described in `assets/worker.js`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use js_sys::{Array, Function, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions};

use super::failure::Failure;

/// The page's workers. What is given before they are installed waits.
pub fn workers() -> Workers {
    WORKERS.with(Workers::clone)
}

/// Workers, and the jobs that wait for one.
#[derive(Clone, Default)]
pub struct Workers(Rc<RefCell<Pool>>);

/// Names a job, so that it can be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

impl Workers {
    /// True where no worker has anything to do.
    pub fn are_idle(&self) -> bool {
        self.0.borrow().workers.iter().all(|slot| slot.task.is_none())
    }

    /// Gives a job up. One that is running loses its worker.
    pub fn cancel(&self, ticket: Ticket) {
        let mut pool = self.0.borrow_mut();
        if let Some(at) = pool.waiting.iter().position(|task| task.ticket == ticket) {
            let task = pool.waiting.remove(at);
            drop(pool);
            if let Some(task) = task {
                task.settle(&failed("cancelled", ""));
            }
            return;
        }
        let busy = pool.workers.iter().position(|slot| slot.runs(ticket));
        drop(pool);
        if let Some(at) = busy {
            self.retire(at, "cancelled", "");
        }
    }

    /// Asks for what a running job has so far, which comes as its answer. A job that waits is given up, and so is one
    /// whose worker does not answer.
    pub fn stop(&self, ticket: Ticket) {
        let pool = self.0.borrow();
        let slot = pool.workers.iter().find(|slot| slot.runs(ticket));
        let told =
            slot.is_some_and(|slot| slot.worker.post_message(&object(&[("stop", true.into())])).is_ok());
        drop(pool);
        if told {
            let workers = self.clone();
            Timeout::new(LAST_WORD_MILLIS, move || workers.cancel(ticket)).forget();
        } else {
            self.cancel(ticket);
        }
    }

    /// Takes the program that workers run, and starts some.
    pub fn install(&self, program: Program) {
        self.0.borrow_mut().program = Some(program);
        // Two are warm before the first file is dropped: a drop is several files as a rule.
        for _ in 0..Lane::Reading.limit().min(2) {
            self.spawn(Lane::Reading);
        }
        self.spawn(Lane::Speaking);
        let workers = self.clone();
        let watch = Interval::new(1000, move || workers.watch());
        self.0.borrow_mut().watch = Some(watch);
        self.start_waiting();
    }

    /// Hands a message to a worker of a lane; `progress` hears how many bytes were read.
    pub fn submit(
        &self,
        lane: Lane,
        message: Message,
        progress: Option<Rc<dyn Fn(f64)>>,
    ) -> (Ticket, Promise) {
        let mut pool = self.0.borrow_mut();
        pool.tickets += 1;
        let ticket = Ticket(pool.tickets);
        let mut settle = None;
        let answer = Promise::new(&mut |resolve, _| settle = Some(resolve));
        pool.waiting.push_back(Task { ticket, lane, message, progress, settle, heard: false, again: false });
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
        let Some(first) = pool.waiting.iter().position(|task| task.lane == lane) else { return false };
        let idle = pool.workers.iter().position(|slot| slot.lane == lane && slot.task.is_none());
        if idle.is_none() {
            let spawned = pool.workers.iter().filter(|slot| slot.lane == lane).count() < lane.limit();
            drop(pool);
            // The new worker is idle, so the next turn finds it.
            return spawned && self.spawn(lane);
        }
        let Some(task) = pool.waiting.remove(first) else { return false };
        let Some(slot) = idle.and_then(|at| pool.workers.get_mut(at)) else { return false };
        // What it held is not for this job.
        slot.holds = None;
        let (posted, name) = (slot.begin(task), slot.name);
        drop(pool);
        self.begun(name, posted);
        true
    }

    fn begun(&self, name: u64, posted: Result<(), JsValue>) {
        if posted.is_err()
            && let Some(at) = self.place_of(name)
        {
            self.retire(at, "unreadable", "");
        }
    }

    /// Notes that the worker that did a job holds the reading that came of it, if it has done nothing since.
    pub fn holds(&self, ticket: Ticket, reading: &Rc<Vec<u8>>) {
        let mut pool = self.0.borrow_mut();
        let slot = pool.workers.iter_mut().find(|slot| slot.last == Some(ticket) && slot.task.is_none());
        if let Some(slot) = slot {
            slot.holds = Some(Rc::downgrade(reading));
        }
    }

    /// Hands a message to the worker that holds a reading, if one does that has nothing else to do and is not waited for.
    pub fn submit_to_holder(
        &self,
        reading: &Rc<Vec<u8>>,
        message: impl FnOnce() -> Message,
    ) -> Option<Promise> {
        let mut pool = self.0.borrow_mut();
        if pool.waiting.iter().any(|task| task.lane == Lane::Reading) {
            return None;
        }
        let ticket = Ticket(pool.tickets + 1);
        let slot = pool.workers.iter_mut().find(|slot| slot.task.is_none() && slot.has(reading))?;
        let mut settle = None;
        let answer = Promise::new(&mut |resolve, _| settle = Some(resolve));
        let (message, lane) = (message(), slot.lane);
        let task = Task { ticket, lane, message, progress: None, settle, heard: false, again: false };
        let (posted, name) = (slot.begin(task), slot.name);
        pool.tickets = ticket.0;
        drop(pool);
        self.begun(name, posted);
        Some(answer)
    }

    /// Has workers forget what they hold.
    pub fn forget(&self) {
        for slot in &mut self.0.borrow_mut().workers {
            if slot.holds.take().is_some() {
                // One that cannot be told is gone.
                let _ = slot.worker.post_message(&object(&[("forget", true.into())]));
            }
        }
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
        pool.workers.push(Slot {
            name,
            lane,
            worker,
            task: None,
            last: None,
            holds: None,
            silent: 0,
            _listeners: listeners,
        });
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
        let Some(slot) = pool.workers.get_mut(at) else { return };
        slot.silent = 0;
        if let Some(bytes) = field(message, "progress").as_f64() {
            if let Some(task) = &mut slot.task {
                task.heard = true;
                // No other worker is given it any more.
                task.message.job = Vec::new();
            }
            // The first word is none of progress.
            let progress = slot.task.as_ref().and_then(|task| task.progress.clone()).filter(|_| bytes > 0.0);
            drop(pool);
            if let Some(progress) = progress {
                progress(bytes);
            }
        } else if !field(message, "done").is_undefined() {
            let task = slot.task.take();
            slot.last = task.as_ref().map(|task| task.ticket);
            drop(pool);
            if let Some(task) = task {
                task.settle(message);
            }
            self.start_waiting();
        }
    }

    /// Ends a worker, tells whoever waits for it why, and lets the next job have a fresh one.
    fn retire(&self, at: usize, failure: &str, place: &str) {
        let slot = self.0.borrow_mut().workers.swap_remove(at);
        slot.worker.terminate();
        if let Some(task) = slot.task {
            task.settle(&failed(failure, place));
        }
        self.start_waiting();
    }

    /// Counts seconds instead of comparing clocks: a laptop that slept has not found its workers silent.
    fn watch(&self) {
        let mut silent = Vec::new();
        let mut pool = self.0.borrow_mut();
        for slot in pool.workers.iter_mut().filter(|slot| slot.task.is_some()) {
            slot.silent += 1;
            if slot.silent > SILENCE {
                silent.push(slot.name);
            }
        }
        for name in &silent {
            // A worker that never said a word of this job may have been dead before: the job gets one more.
            let slot = pool.workers.iter_mut().find(|slot| slot.name == *name);
            let unheard = slot.and_then(|slot| slot.task.take_if(|task| !task.heard && !task.again));
            pool.waiting.extend(unheard.map(|task| Task { again: true, ..task }));
        }
        drop(pool);
        for name in silent {
            if let Some(at) = self.place_of(name) {
                self.retire(at, "silent", "");
            }
        }
    }

    fn place_of(&self, name: u64) -> Option<usize> {
        self.0.borrow().workers.iter().position(|slot| slot.name == name)
    }
}

thread_local! {
    static WORKERS: Workers = Workers::default();
}

#[derive(Default)]
struct Pool {
    program: Option<Program>,
    workers: Vec<Slot>,
    waiting: VecDeque<Task>,
    tickets: u64,
    watch: Option<Interval>,
}

/// What workers run.
pub struct Program {
    /// The address of their script.
    pub worker: String,
    /// The compiled engine.
    pub module: JsValue,
}

/// What workers are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Files.
    Reading,
    /// All other jobs, one after the other.
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

struct Slot {
    name: u64,
    lane: Lane,
    worker: Worker,
    task: Option<Task>,
    /// The job that it did last.
    last: Option<Ticket>,
    /// The reading that it made last and holds.
    holds: Option<Weak<Vec<u8>>>,
    silent: u32,
    _listeners: [EventListener; 2],
}

impl Slot {
    fn begin(&mut self, task: Task) -> Result<(), JsValue> {
        self.silent = 0;
        let posted = task.message.post(&self.worker);
        self.task = Some(task);
        posted
    }

    fn has(&self, reading: &Rc<Vec<u8>>) -> bool {
        self.holds.as_ref().is_some_and(|held| held.ptr_eq(&Rc::downgrade(reading)))
    }

    fn runs(&self, ticket: Ticket) -> bool {
        self.task.as_ref().is_some_and(|task| task.ticket == ticket)
    }
}

/// What is posted to a worker.
pub struct Message {
    /// The bytes of a job; of a case they may be megabytes. None where what stands beside says all.
    pub job: Vec<u8>,
    /// What goes with them.
    pub beside: Object,
}

impl Message {
    /// The worker is given the only copy that the browser has of the bytes.
    fn post(&self, worker: &Worker) -> Result<(), JsValue> {
        if self.job.is_empty() {
            return worker.post_message(&self.beside);
        }
        let job = Uint8Array::from(self.job.as_slice());
        Reflect::set(&self.beside, &"job".into(), &job)?;
        worker.post_message_with_transfer(&self.beside, &Array::of1(&job.buffer()))
    }
}

/// A job on its way: what is posted, and who waits for the answer.
struct Task {
    ticket: Ticket,
    lane: Lane,
    message: Message,
    progress: Option<Rc<dyn Fn(f64)>>,
    settle: Option<Function>,
    /// Its worker said something of it.
    heard: bool,
    /// It was given to a second worker.
    again: bool,
}

impl Task {
    fn settle(self, answer: &JsValue) {
        if let Some(settle) = self.settle {
            // Resolving a promise does not throw.
            let _ = settle.call1(&JsValue::NULL, answer);
        }
    }
}

/// Waits for the answer to a message.
pub async fn outcome(answer: Promise) -> Result<JsValue, Failure> {
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

fn failed(failure: &str, place: &str) -> JsValue {
    object(&[("failed", failure.into()), ("place", place.into())]).into()
}

/// A message of such fields.
pub fn object(fields: &[(&str, JsValue)]) -> Object {
    let entries: Array = fields.iter().map(|(key, value)| Array::of2(&JsString::from(*key), value)).collect();
    Object::from_entries(&entries).unwrap_or_default()
}

fn field(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or_default()
}

/// Milliseconds in which a worker that is asked for what it has answers; after that it is ended.
const LAST_WORD_MILLIS: u32 = 2000;
/// Seconds without a word from a busy worker after which it is taken for lost.
const SILENCE: u32 = 5;
