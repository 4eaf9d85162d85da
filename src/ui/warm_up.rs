//! The start of the workers, and a first case for them and for the page while nobody waits.

use gloo::timers::callback::Timeout;
use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::symptoms::example;
use wasm_bindgen::prelude::*;

use super::engine::{Pending, Program, Source, engine, workers};
use super::rehearsal::rehearse;

/// What the start script hands over once both binaries are unpacked: the address of the worker's text, and the
/// compiled engine.
#[wasm_bindgen]
pub fn install_engine(worker: String, module: JsValue) {
    workers().install(Program { worker, module });
    Timeout::new(REST, || wasm_bindgen_futures::spawn_local(warm_up())).forget();
}

/// Reads and diagnoses the example some times, and draws it once, out of sight, while the person still looks for the
/// files: a browser compiles each function when it is first called, and what it calls often a second time, and better.
/// The first drop should not have to wait for that.
async fn warm_up() {
    let mut drawn = false;
    for _ in 0..ROUNDS {
        // The person's files come first.
        if !workers().are_idle() {
            return;
        }
        if let Some(diagnosis) = case().await.filter(|_| !drawn) {
            rehearse(diagnosis);
            drawn = true;
        }
    }
}

/// The example, read and diagnosed.
async fn case() -> Option<Diagnosis> {
    // A long log besides, for each of the first two workers.
    let case = example::files(example::FIRST);
    let log = case.iter().find(|(name, _)| *name == WARM_LOG).map_or("", |(_, text)| text.as_str());
    let log = log.repeat(WARM_TIMES);
    let files = case.iter().map(|(name, text)| (*name, text.as_bytes()));
    let files = [(WARM_LOG, log.as_bytes()); 2].into_iter().chain(files);
    let pending: Vec<Pending> =
        files.map(|(name, bytes)| engine().read(Source::bytes(name, bytes), |_| {})).collect();
    let mut readings = Vec::new();
    for reading in pending {
        readings.extend(reading.done().await.reading);
    }
    // Nobody waits for the answer, and nothing of it is kept.
    let readings: Vec<_> = readings.iter().collect();
    let diagnosis = engine().diagnose(&readings, &Said::new(), 0).await.ok();
    engine().forget();
    diagnosis
}

/// Milliseconds after the start in which the page has the processor for itself.
const REST: u32 = 200;
/// A diagnosis takes half as long the fourth time as the second time.
const ROUNDS: usize = 3;
/// The file of the example that is a log, and how often it is repeated to make a long one.
const WARM_LOG: &str = "asa-logging.txt";
const WARM_TIMES: usize = 400;
