//! What the page asks of the workers, each question with its own kind of answer.
//!
//! An answer of another kind is [`Failure::NotUnderstood`]: it cannot happen while both sides are of one build, and
//! is told where it does.

use std::borrow::Cow;
use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::engine::{Answer, CaseFile, Job, MapForm, Needs, NotOpened, Opaque};
use vpn_phone_doctor::intake::lookup::Route;
use vpn_phone_doctor::lines_near::LinesNear;
use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::report::catalogue::Card;
use vpn_phone_doctor::report::redact::{Addresses, Entry, Redacted};
use vpn_phone_doctor::sought::{FoundLines, Sought};
use vpn_phone_doctor::text::{Lang, Text};
use wasm_bindgen::JsValue;
use web_sys::File;

use super::failure::Failure;
use super::source::Source;
use super::workers::{Lane, Message, Ticket, Workers, object, outcome, workers};

/// The page's one engine.
pub fn engine() -> Engine {
    Engine(workers())
}

/// Asks the workers.
#[derive(Clone)]
pub struct Engine(Workers);

/// One read file.
pub struct Done {
    /// The bytes of a `Reading`. Where the file could not be read, the reading says why.
    pub reading: Option<Rc<Vec<u8>>>,
    /// Why the file could not be read.
    pub failure: Option<Failure>,
}

/// A file that is being read.
pub struct Pending {
    engine: Engine,
    ticket: Ticket,
    answer: Promise,
    name: String,
    size: u64,
}

impl Pending {
    /// For [`Engine::stop`] and [`Engine::cancel`].
    pub fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// Waits for the answer. A file that cannot be read is an answer too.
    pub async fn done(self) -> Done {
        match answered(self.answer).await.and_then(reading) {
            Ok(reading) => {
                let reading = Rc::new(reading);
                self.engine.0.holds(self.ticket, &reading);
                Done { reading: Some(reading), failure: None }
            }
            Err(failure) => {
                let reading = self.engine.unreadable(&self.name, self.size, failure.reason()).await;
                Done { reading: reading.ok().map(Rc::new), failure: Some(failure) }
            }
        }
    }
}

impl Engine {
    /// Starts to read. `progress` is told how many bytes were read, several times a second.
    pub fn read(&self, source: Source, progress: impl Fn(f64) + 'static) -> Pending {
        let Source { name, size, kind, handle, refused } = source;
        let job = match &refused {
            Some(why) => Job::Unreadable { name: (&name).into(), bytes: size, why: Cow::Borrowed(why) },
            None => Job::Read { name: (&name).into(), bytes: size, kind },
        };
        let (ticket, answer) = self.0.submit(Lane::Reading, message(&job, handle), Some(Rc::new(progress)));
        Pending { engine: self.clone(), ticket, answer, name, size }
    }

    /// The reading of a file that says why there is none.
    pub async fn unreadable(&self, name: &str, bytes: u64, why: Text) -> Result<Vec<u8>, Failure> {
        let job = Job::Unreadable { name: name.into(), bytes, why: Cow::Owned(why) };
        self.ask(&job).await.and_then(reading)
    }

    /// Has the workers forget what they hold.
    pub fn forget(&self) {
        self.0.forget();
    }

    /// Ends the reading of a file. What was read of it is its answer, and says that there is more.
    pub fn stop(&self, ticket: Ticket) {
        self.0.stop(ticket);
    }

    /// Gives a job up. One that is running loses its worker.
    pub fn cancel(&self, ticket: Ticket) {
        self.0.cancel(ticket);
    }

    /// All readings together. `now` is the clock in seconds since 1970.
    ///
    /// The worker that made the largest reading is asked first: it holds it, so that it need neither travel nor be
    /// decoded. Whatever goes wrong there, another worker is given all of them.
    pub async fn diagnose(
        &self,
        readings: &[&Rc<Vec<u8>>],
        said: &Said,
        now: i64,
    ) -> Result<Diagnosis, Failure> {
        let said = Cow::Borrowed(said);
        let largest = (0_u32..).zip(readings).max_by_key(|(_, reading)| reading.len());
        if let Some((place, largest)) = largest.filter(|(_, reading)| reading.len() > LARGE) {
            let others = (0..).zip(readings).filter(|(at, _)| *at != place);
            let readings = others.map(|(_, reading)| opaque(reading)).collect();
            let job = Job::Diagnose { readings, said: said.clone(), now, held: Some(place) };
            if let Some(answer) = self.0.submit_to_holder(largest, || message(&job, JsValue::UNDEFINED))
                && let Ok(Answer::Diagnosis(diagnosis)) = answered(answer).await
            {
                return Ok(*diagnosis);
            }
        }
        let job = Job::Diagnose {
            readings: readings.iter().map(|reading| opaque(reading)).collect(),
            said,
            now,
            held: None,
        };
        match self.ask(&job).await? {
            Answer::Diagnosis(diagnosis) => Ok(*diagnosis),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// The text of a report.
    pub async fn report(&self, diagnosis: &Diagnosis, form: Form, lang: Lang) -> Result<String, Failure> {
        self.written(&Job::Report { diagnosis: Cow::Borrowed(diagnosis), form, lang }).await
    }

    /// One finding of a diagnosis, by its place, as text.
    pub async fn finding(&self, diagnosis: &Diagnosis, index: u32, lang: Lang) -> Result<String, Failure> {
        self.written(&Job::Finding { diagnosis: Cow::Borrowed(diagnosis), index, lang }).await
    }

    /// A diagnosis redacted.
    pub async fn redact(
        &self,
        diagnosis: &Diagnosis,
        addresses: Addresses,
        seed: [u8; 32],
    ) -> Result<Redacted, Failure> {
        let job = Job::Redact { diagnosis: Cow::Borrowed(diagnosis), addresses, seed };
        match self.ask(&job).await? {
            Answer::Redacted(redacted) => Ok(*redacted),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// What stands for what, as a file.
    pub async fn redaction_map(&self, map: &[Entry], form: MapForm, lang: Lang) -> Result<String, Failure> {
        self.written(&Job::RedactionMap { map: map.into(), form, lang }).await
    }

    /// Every rule's card, in the catalogue's order.
    pub async fn catalogue(&self) -> Result<Vec<Card>, Failure> {
        match self.ask(&Job::Catalogue).await? {
            Answer::Cards(cards) => Ok(cards),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// The lines of a source near the end of a way.
    pub async fn lines_near(&self, source: Source, route: &Route) -> Result<LinesNear, Failure> {
        let Source { name, size, handle, .. } = source;
        let job = Job::LinesNear { name: name.into(), bytes: size, route: Cow::Borrowed(route) };
        match self.ask_with(&job, handle).await? {
            Answer::Lines(lines) => Ok(lines),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// A case as a file that opens again.
    pub async fn save_case(&self, case: CaseFile<'_>) -> Result<String, Failure> {
        self.written(&Job::SaveCase { case }).await
    }

    /// A saved case, or why it is not opened.
    pub async fn open_case(&self, file: &File) -> Result<Result<CaseFile<'static>, NotOpened>, Failure> {
        match self.ask_with(&Job::OpenCase, file.into()).await? {
            Answer::Opened(opened) => Ok(opened),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// Looks for a text in a source, in the workers that read files. `progress` is told how many bytes were looked
    /// through.
    pub fn search(
        &self,
        source: Source,
        sought: &Sought,
        progress: impl Fn(f64) + 'static,
    ) -> (Ticket, impl Future<Output = Result<FoundLines, Failure>> + 'static) {
        let Source { name, size, kind, handle, .. } = source;
        let job = Job::Search { name: name.into(), bytes: size, kind, sought: Cow::Borrowed(sought) };
        let (ticket, answer) = self.0.submit(Lane::Reading, message(&job, handle), Some(Rc::new(progress)));
        let found = async move {
            match answered(answer).await? {
                Answer::Found(found) => Ok(found),
                other => Err(Failure::of_answer(&other)),
            }
        };
        (ticket, found)
    }

    /// What a line of a device's log means, where that is known.
    pub async fn explain(&self, line: &str) -> Result<Option<Text>, Failure> {
        match self.ask(&Job::Explain { line: line.into() }).await? {
            Answer::Meaning(meaning) => Ok(meaning),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// The SHA-256 of a file, in hex.
    pub async fn digest(&self, file: &File) -> Result<String, Failure> {
        match self.ask_with(&Job::Digest, file.into()).await? {
            Answer::Digest(hex) => Ok(hex),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// What a worker's self-test saw, as `assets/leaks.js` describes it: the one job that is not the engine's.
    pub async fn try_to_leak(&self) -> Result<String, Failure> {
        let (_, answer) = self.0.submit(
            Lane::Speaking,
            Message { job: Vec::new(), beside: object(&[("leak", true.into())]) },
            None,
        );
        outcome(answer).await.map(|lines| lines.as_string().unwrap_or_default())
    }

    /// The text that a job asks for.
    pub async fn written(&self, job: &Job<'_>) -> Result<String, Failure> {
        match self.ask(job).await? {
            Answer::Written(text) => Ok(text),
            other => Err(Failure::of_answer(&other)),
        }
    }

    /// Asks a job that comes alone; whoever asks knows the kind of its answer.
    pub async fn ask(&self, job: &Job<'_>) -> Result<Answer, Failure> {
        self.ask_with(job, JsValue::UNDEFINED).await
    }

    /// Asks a job with the handle of its file.
    pub async fn ask_with(&self, job: &Job<'_>, handle: JsValue) -> Result<Answer, Failure> {
        let (_, answer) = self.0.submit(Lane::Speaking, message(job, handle), None);
        answered(answer).await
    }
}

/// The message of a job, with what it needs of a file.
fn message(job: &Job<'_>, handle: JsValue) -> Message {
    let beside = match job.needs() {
        Needs::Nothing => object(&[]),
        Needs::Slice { begin, end } => {
            let (begin, end) = ((begin as f64).into(), (end as f64).into());
            object(&[("slice", handle), ("begin", begin), ("end", end)])
        }
        Needs::Stream => object(&[("read", handle)]),
    };
    Message { job: job.encoded(), beside }
}

/// Bytes of an answer that tell what kind it is, and how long.
const HEAD: u32 = 16;
/// Bytes of a reading above which it is worth a worker's own way.
const LARGE: usize = 64 << 10;

fn opaque(reading: &[u8]) -> Opaque<'_> {
    Opaque(reading.into())
}

async fn answered(answer: Promise) -> Result<Answer, Failure> {
    let bytes = Uint8Array::new(&outcome(answer).await?);
    let all = bytes.length();
    let head = bytes.subarray(0, all.min(HEAD)).to_vec();
    let begins = usize::try_from(all).ok().and_then(|all| Answer::reading_begins(&head, all));
    Ok(match begins.and_then(|begins| u32::try_from(begins).ok()) {
        // A reading may have tens of megabytes: it is copied once, and the page's thread does nothing else meanwhile.
        Some(begins) => Answer::Reading(Opaque(bytes.subarray(begins, all).to_vec().into())),
        None => Answer::decoded(bytes.to_vec()),
    })
}

fn reading(answer: Answer) -> Result<Vec<u8>, Failure> {
    match answer {
        Answer::Reading(bytes) => Ok(bytes.0.into_owned()),
        other => Err(Failure::of_answer(&other)),
    }
}
