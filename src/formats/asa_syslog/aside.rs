//! The rows of phones, kept by another thread where a log is large.
//!
//! ```text
//! lines ─► messages for which there is no room ─► a batch ─► texts read, rows changed
//! └──────── this thread ───────────────────────────────┘     └──── the other one ───┘
//! ```
//! Of a message that finds no room in the list of events nothing is kept but what it does to a phone's row. So it is
//! handed on as it stands, in the order of the log, and the rows are what they would be if nobody else had kept them:
//! there is no cut that anything could span.
//!
//! Empty: a log whose messages find room, or that ends before a batch is full, has no other thread; nor has the page.

use super::batch::{Batch, Late, Whole};
use super::event::{Event, Pending};
use super::phones::Ledger;
#[cfg(not(target_arch = "wasm32"))]
use super::worker::Worker;
use crate::documents::asa_syslog::{AsaEvent, PhonesSeen};

/// The rows, here or aside.
pub(super) struct Aside {
    /// The rows; none of them where another thread has them.
    here: Ledger,
    batch: Batch,
    /// Messages of a batch.
    most: usize,
    #[cfg(not(target_arch = "wasm32"))]
    worker: Option<Worker>,
}

impl Aside {
    /// Hands on so many messages at a time.
    pub fn new(most: usize) -> Self {
        Self {
            here: Ledger::default(),
            batch: Batch::default(),
            most,
            #[cfg(not(target_arch = "wasm32"))]
            worker: None,
        }
    }

    /// Takes an event that found room. Before it came none that did not, but messages that are nobody's.
    pub fn take(&mut self, event: &Event<'_>) {
        self.here.take(event);
    }

    /// A message that is nobody's comes next.
    pub fn pass(&mut self) {
        if self.batch.late.is_empty() && !self.is_aside() {
            self.here.pass(1);
        } else if let Some(Late::Passed(times)) = self.batch.late.last_mut()
            && let Some(more) = times.checked_add(1)
        {
            *times = more;
        } else {
            self.add(Late::Passed(1));
        }
    }

    /// Takes a message in one line for which there is no room; the line is ASCII or was found to be UTF-8.
    pub fn whole(&mut self, whole: Whole, line: &[u8]) {
        self.batch.lines.extend_from_slice(line);
        self.batch.bytes += line.len();
        self.add(Late::Whole(whole, line.len()));
    }

    /// Takes a message for which there is no room.
    pub fn joined(&mut self, event: Pending) {
        self.batch.bytes += event.text.len();
        self.add(Late::Joined(Box::new(event)));
    }

    fn add(&mut self, late: Late) {
        self.batch.late.push(late);
        if self.batch.late.len() >= self.most || self.batch.bytes >= BATCH_BYTES {
            self.hand_on();
        }
    }

    /// The rows, and the last failure of each phone that found no room in the list of events.
    pub fn finish(mut self) -> (PhonesSeen, Vec<AsaEvent>) {
        #[cfg(not(target_arch = "wasm32"))]
        if let Some(mut worker) = self.worker.take() {
            worker.take(std::mem::take(&mut self.batch));
            return worker.finish().finish();
        }
        self.batch.play(&mut self.here);
        self.here.finish()
    }

    #[cfg(target_arch = "wasm32")]
    fn is_aside(&self) -> bool {
        false
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn is_aside(&self) -> bool {
        self.worker.is_some()
    }

    #[cfg(target_arch = "wasm32")]
    fn hand_on(&mut self) {
        self.play();
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn hand_on(&mut self) {
        if self.worker.is_none() {
            self.worker = Worker::start(&mut self.here);
        }
        match &mut self.worker {
            Some(worker) => self.batch = worker.take(std::mem::take(&mut self.batch)),
            // There is no other thread to be had.
            None => self.play(),
        }
    }

    /// Does what the batch holds to the rows that are here.
    fn play(&mut self) {
        self.batch.play(&mut self.here);
        self.batch.clear();
    }
}

/// Messages that go to another thread at a time: to wake it costs as much as some of them.
pub(super) const BATCH: usize = 4096;
/// Bytes of their texts at most: some batches wait.
const BATCH_BYTES: usize = 1 << 20;
