//! All that crosses the worker border: what the page asks, what the engine answers, and the engine's side of both.
//!
//! ```text
//! page ─ Job ─► bytes ─► assets/worker.js ─► answer(job, part, held) or Stream ─► bytes ─ Answer ─► page
//! ```
//!
//! Both sides are built from the same two enums, so a new question is a variant here, an arm in `answer.rs` and a
//! function in `src/ui/engine/jobs.rs`. The worker's script moves bytes and knows three verbs: `job`, a job alone;
//! `slice`, a job with a part of a file; `read`, a job with a file that comes in chunks. [`Job::needs`] says which.
//! What is not understood is answered with [`Failed::NotUnderstood`], never with something else.

mod answer;
mod case_file;
mod job;
mod opaque;
mod sheets;
mod stream;

pub use answer::{Answered, answer};
pub use case_file::{CaseFile, NotOpened, SavedFile};
pub use job::{Answer, Failed, Job, MapForm, Needs, Sheet, Side, Wish};
pub use opaque::Opaque;
pub use stream::Stream;
