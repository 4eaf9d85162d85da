//! The entries as a module of WebAssembly: `usize` has 32 bits there, as in the page, and numbers that overflow trap.
//!
//! ```text
//! room(n) ─► where n bytes go: the name of an entry, a line feed, the input
//! run()   ─► 1 where there is such an entry; a panic traps, and said() tells where
//! ```
//! `replay.mjs` runs the corpus through it in Node.js; each trap costs an instance, never the run.

use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use vpn_phone_doctor_fuzz::entries;

static INPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static SAID: Mutex<String> = Mutex::new(String::new());
static HOOK: Once = Once::new();

/// Room for so many bytes; its address.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    let mut input = lock(&INPUT);
    *input = vec![0; bytes];
    input.as_mut_ptr()
}

/// Runs the entry that the bytes in the room name on those that follow.
#[unsafe(no_mangle)]
pub extern "C" fn run() -> u32 {
    HOOK.call_once(|| std::panic::set_hook(Box::new(|info| *lock(&SAID) = info.to_string())));
    let input = std::mem::take(&mut *lock(&INPUT));
    let Some(end) = input.iter().position(|byte| *byte == b'\n') else { return 0 };
    let (name, bytes) = input.split_at(end);
    u32::from(entries::run(&String::from_utf8_lossy(name), &bytes[1..]))
}

/// Makes `said` the names of all entries, a line each.
#[unsafe(no_mangle)]
pub extern "C" fn names() {
    *lock(&SAID) = entries::names().join("\n");
}

/// What a panic said; its address.
#[unsafe(no_mangle)]
pub extern "C" fn said() -> *const u8 {
    lock(&SAID).as_ptr()
}

/// How many bytes that has.
#[unsafe(no_mangle)]
pub extern "C" fn said_bytes() -> usize {
    lock(&SAID).len()
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
