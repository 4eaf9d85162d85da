//! The worker's engine: the whole core behind two exports, with neither DOM, nor network, nor clock.
//!
//! It is loaded into blob workers only (`assets/worker.js`), one job at a time; what is asked and answered are the
//! types of `src/engine/`. `tests/engine-imports.txt` lists everything it may ask of the browser.

fn main() {
    #[cfg(target_arch = "wasm32")]
    exports::report_panics();
}

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::any::Any;
    use std::cell::RefCell;

    use vpn_phone_doctor::engine::{self, Answered, Stream};
    use vpn_phone_doctor::intake::{Reading, Short};
    use wasm_bindgen::prelude::*;

    /// A job whose file comes in chunks of any size.
    #[wasm_bindgen]
    pub struct FileStream(Stream);

    #[wasm_bindgen]
    impl FileStream {
        /// Begins the job of such bytes.
        #[wasm_bindgen(constructor)]
        pub fn new(job: &[u8]) -> Self {
            HELD.take();
            Self(Stream::begin(job))
        }

        /// Takes the next chunk.
        pub fn push(&mut self, chunk: &[u8]) {
            self.0.push(chunk);
        }

        /// False where further chunks would change nothing.
        pub fn wants_more(&self) -> bool {
            self.0.wants_more()
        }

        /// All chunks were given: the bytes of the answer.
        pub fn finish(self) -> Vec<u8> {
            handed_over(self.0.finish())
        }

        /// Nothing more comes after so many bytes, because the person stopped it or the browser hands out no more: the
        /// same, of what came.
        pub fn finish_short(self, taken: f64, stopped: bool) -> Vec<u8> {
            // JavaScript's sizes are whole, positive numbers in a float; a cast saturates.
            handed_over(
                self.0.finish_short(taken as u64, if stopped { Short::Stopped } else { Short::Stalled }),
            )
        }
    }

    /// The bytes of the answer to the bytes of a job, with the part of a file that it needs.
    #[wasm_bindgen]
    pub fn answer(job: &[u8], part: &[u8]) -> Vec<u8> {
        handed_over(engine::answer(job, part, HELD.take()))
    }

    thread_local! {
        /// What the last answer was made of.
        static USED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
        /// The last reading, until another job is done.
        static HELD: RefCell<Option<Reading>> = const { RefCell::new(None) };
    }

    /// The bytes of an answer; what it was made of stays until they are on their way.
    fn handed_over(Answered { bytes, used, reading }: Answered) -> Vec<u8> {
        USED.set(used);
        HELD.set(reading);
        bytes
    }

    /// The answer is on its way.
    #[wasm_bindgen]
    pub fn let_go() {
        USED.take();
    }

    /// The person wants to have everything forgotten.
    #[wasm_bindgen]
    pub fn forget() {
        HELD.take();
    }

    /// Tells the worker where the engine panicked. The message is not told: it may quote a file.
    pub fn report_panics() {
        std::panic::set_hook(Box::new(|info| {
            let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
            note_panic(place.as_deref().unwrap_or("unknown"));
        }));
    }

    #[wasm_bindgen]
    extern "C" {
        fn note_panic(place: &str);
    }
}
