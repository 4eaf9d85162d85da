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

use super::event::{Event, Place};
use super::kept::Pending;
use super::messages;
use super::phones::Ledger;
use crate::documents::asa_syslog::{AsaEvent, PhonesSeen};
use crate::time::Stamp;

/// The rows, here or aside.
pub(super) struct Aside {
    /// The rows; none of them where another thread has them.
    here: Ledger,
    batch: Batch,
    /// Messages of a batch.
    most: usize,
    #[cfg(not(target_arch = "wasm32"))]
    worker: Option<worker::Worker>,
}

/// Messages that nothing was done with.
#[derive(Default)]
struct Batch {
    /// The lines of all that are whole, one behind the other.
    lines: String,
    late: Vec<Late>,
}

/// A message that finds no room in the list of events.
enum Late {
    /// So many that are nobody's.
    Passed(u32),
    /// One that stands in one line, of so many bytes.
    Whole(Whole, usize),
    /// One whose text was put together.
    Joined(Box<Pending>),
}

/// A message in one line.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub id: u32,
    pub severity: u8,
    pub stamp: Option<Stamp>,
    pub number: u32,
    pub offset: u64,
    /// Where its text begins in the line, and ends.
    pub text: (usize, usize),
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
            self.here.pass();
        } else if let Some(Late::Passed(times)) = self.batch.late.last_mut()
            && let Some(more) = times.checked_add(1)
        {
            *times = more;
        } else {
            self.add(Late::Passed(1));
        }
    }

    /// Takes a message in one line for which there is no room.
    pub fn whole(&mut self, whole: Whole, line: &str) {
        self.batch.lines.push_str(line);
        self.add(Late::Whole(whole, line.len()));
    }

    /// Takes a message for which there is no room.
    pub fn joined(&mut self, event: Pending) {
        self.add(Late::Joined(Box::new(event)));
    }

    fn add(&mut self, late: Late) {
        self.batch.late.push(late);
        if self.batch.late.len() >= self.most {
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
        self.batch.play(&mut self.here);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn hand_on(&mut self) {
        if self.worker.is_none() {
            self.worker = worker::Worker::start(&mut self.here);
        }
        match &mut self.worker {
            Some(worker) => self.batch = worker.take(std::mem::take(&mut self.batch)),
            // There is no other thread to be had.
            None => self.batch.play(&mut self.here),
        }
    }
}

impl Batch {
    /// Does to the rows what the messages do, and is empty afterwards.
    fn play(&mut self, rows: &mut Ledger) {
        let mut rest = self.lines.as_str();
        for late in self.late.drain(..) {
            match late {
                Late::Passed(times) => (0..times).for_each(|_| rows.pass()),
                Late::Whole(whole, length) => {
                    let (line, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
                    rest = behind;
                    let Whole { id, severity, stamp, number, offset, text: (from, to) } = whole;
                    let text = line.get(from..to).unwrap_or_default();
                    let place = Place::Line { number, offset, text: line };
                    let message = &messages::read(id, text);
                    rows.take(&Event { id, severity, place, stamp, text, message, late: true });
                }
                Late::Joined(event) => {
                    let Pending { at, stamp, severity, id, text } = &*event;
                    let (id, severity, stamp) = (*id, *severity, *stamp);
                    let (place, message) = (Place::Known(at), &messages::read(id, text));
                    rows.take(&Event { id, severity, place, stamp, text, message, late: true });
                }
            }
        }
        self.lines.clear();
    }
}

/// Messages that go to another thread at a time: to wake it costs as much as some of them.
pub(super) const BATCH: usize = 2048;

#[cfg(not(target_arch = "wasm32"))]
mod worker {
    use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
    use std::thread::{Builder, JoinHandle};

    use super::{Batch, Ledger};

    /// The thread that has the rows.
    pub(super) struct Worker {
        send: SyncSender<Batch>,
        spare: Receiver<Batch>,
        thread: Option<JoinHandle<Ledger>>,
    }

    impl Worker {
        /// Hands the rows to a new thread; they stay where there is none to be had.
        pub fn start(rows: &mut Ledger) -> Option<Self> {
            let (send, receive) = sync_channel::<Batch>(BATCHES_AHEAD);
            let (give_back, spare) = channel();
            let (begin, first) = sync_channel::<Ledger>(1);
            let work = move || {
                let mut rows = first.recv().unwrap_or_default();
                for mut batch in receive {
                    batch.play(&mut rows);
                    // Nobody needs it where no more comes.
                    let _ = give_back.send(batch);
                }
                rows
            };
            let thread = Builder::new().spawn(work).ok()?;
            // It waits for them.
            let _ = begin.send(std::mem::take(rows));
            Some(Self { send, spare, thread: Some(thread) })
        }

        /// Hands on a batch, and gives an empty one back.
        pub fn take(&mut self, batch: Batch) -> Batch {
            if self.send.send(batch).is_err() {
                self.end();
            }
            self.spare.try_recv().unwrap_or_default()
        }

        /// The rows, once all that was handed on is done.
        pub fn finish(self) -> Ledger {
            let Self { send, thread, .. } = self;
            drop(send);
            thread.map(joined).unwrap_or_default()
        }

        /// The thread is gone: what stopped it stops this one as well.
        fn end(&mut self) {
            self.thread.take().map(joined);
        }
    }

    fn joined(thread: JoinHandle<Ledger>) -> Ledger {
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// Batches that wait at most.
    const BATCHES_AHEAD: usize = 8;
}
