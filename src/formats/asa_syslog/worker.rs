//! The thread that has the rows of phones while a large log is read. There is none in the page.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::batch::Batch;
use super::phones::Ledger;

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
            for batch in receive {
                batch.play(&mut rows);
                // Nobody needs it where no more comes. It is emptied by who filled it: what was made there is freed there.
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
        let mut spare = self.spare.try_recv().unwrap_or_default();
        spare.clear();
        spare
    }

    /// The rows, once all that was handed on is done.
    pub fn finish(self) -> Ledger {
        let Self { send, thread, .. } = self;
        drop(send);
        thread.map(joined).unwrap_or_default()
    }

    /// The thread is gone: what stopped it stops this one as well.
    fn end(&mut self) {
        if let Some(thread) = self.thread.take() {
            joined(thread);
        }
    }
}

fn joined(thread: JoinHandle<Ledger>) -> Ledger {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Batches that wait at most.
const BATCHES_AHEAD: usize = 4;
