//! How far reading is: one line on standard error, only where that is a terminal, and only once reading takes a while.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What is done before is done before anybody asks.
const PATIENCE: Duration = Duration::from_millis(500);
/// A line that changes faster cannot be read.
const PAUSE: Duration = Duration::from_millis(200);

/// Files are read by several threads.
static READ: Mutex<Read> = Mutex::new(Read { files: 0, done: 0, bytes: 0, begun: None, drawn: None });
static QUIET: AtomicBool = AtomicBool::new(false);
static TERMINAL: LazyLock<bool> = LazyLock::new(|| std::io::stderr().is_terminal());

struct Read {
    files: usize,
    done: usize,
    bytes: u64,
    begun: Option<Instant>,
    /// When the line that stands there now was written.
    drawn: Option<Instant>,
}

/// Shows nothing from now on.
pub fn quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// So many more files are to be read.
pub fn expect(files: usize) {
    read().files += files;
}

/// A file was read to its end.
pub fn finished() {
    read().done += 1;
}

/// So many more bytes were read.
pub fn advance(bytes: usize) {
    if !*TERMINAL || QUIET.load(Ordering::Relaxed) {
        return;
    }
    let mut read = read();
    read.bytes = read.bytes.saturating_add(bytes as u64);
    let now = Instant::now();
    let begun = *read.begun.get_or_insert(now);
    let due = read.drawn.map_or(begun + PATIENCE, |drawn| drawn + PAUSE);
    if now < due {
        return;
    }
    read.drawn = Some(now);
    let of = if read.files > 1 { format!("{} of {} files, ", read.done, read.files) } else { String::new() };
    // Whoever cannot be told how far it is does not mind.
    let _ = write!(std::io::stderr(), "\rreading: {of}{} MB\u{1b}[K", read.bytes >> 20);
}

/// Takes the line away, before something else is written or when all is read.
pub fn clear() {
    if read().drawn.take().is_some() {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
}

fn read() -> MutexGuard<'static, Read> {
    READ.lock().unwrap_or_else(PoisonError::into_inner)
}
