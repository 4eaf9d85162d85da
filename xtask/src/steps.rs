//! Steps with names and times, and the list of them at the end.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::Outcome;

/// What was done so far: a name, how long it took, and whether it worked.
static DONE: Mutex<Vec<(String, Duration, bool)>> = Mutex::new(Vec::new());

/// Does a step under a name and says how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("── {name}");
    let start = Instant::now();
    let outcome = work();
    let took = start.elapsed();
    if let Ok(mut done) = DONE.lock() {
        done.push((name.to_owned(), took, outcome.is_ok()));
    }
    let seconds = took.as_secs_f32();
    match outcome {
        Ok(value) => {
            println!("   {name}: done in {seconds:.1} s");
            Ok(value)
        }
        Err(error) => Err(format!("{name}: failed after {seconds:.1} s: {error}").into()),
    }
}

/// Prints the list, once, where something was done.
pub fn summary(well: bool) {
    let Ok(done) = DONE.lock() else { return };
    if done.is_empty() {
        return;
    }
    println!("── {}", if well { "all done" } else { "stopped; what comes behind was not done" });
    for (name, took, well) in done.iter() {
        println!("   {:>7.1} s  {name}{}", took.as_secs_f32(), if *well { "" } else { ": FAILED" });
    }
    let all: Duration = done.iter().map(|(_, took, _)| *took).sum();
    println!("   {:>7.1} s  in all", all.as_secs_f32());
}
