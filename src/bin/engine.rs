//! The worker's engine: the whole core behind a handful of exports, with neither DOM, nor network, nor clock.
//!
//! It is loaded into blob workers only (`assets/worker.js`), one job at a time. `tests/engine-imports.txt` lists
//! everything it may ask of the browser.

fn main() {
    #[cfg(target_arch = "wasm32")]
    exports::report_panics();
}

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::any::Any;
    use std::cell::RefCell;

    use js_sys::Uint8Array;
    use serde::Serialize;
    use sha2::{Digest as _, Sha256};
    use vpn_phone_doctor::diagnose::{self, Said};
    use vpn_phone_doctor::diagnosis::Diagnosis;
    use vpn_phone_doctor::fingerprint;
    use vpn_phone_doctor::input::Kind;
    use vpn_phone_doctor::intake::lookup::{Lookup, Route};
    use vpn_phone_doctor::intake::{self, Intake, Reading};
    use vpn_phone_doctor::limits::Limits;
    use vpn_phone_doctor::lines_near::{self, Wanted};
    use vpn_phone_doctor::report::redact::{Addresses, Entry, map};
    use vpn_phone_doctor::report::{self, Form};
    use vpn_phone_doctor::text::{Lang, Text};
    use wasm_bindgen::prelude::*;

    /// One file, read in chunks of any size.
    #[wasm_bindgen]
    pub struct FileReading(Intake);

    #[wasm_bindgen]
    impl FileReading {
        /// A file of `size` bytes. `kind` is the id of what the person says it is, or empty.
        #[wasm_bindgen(constructor)]
        pub fn new(name: &str, size: f64, kind: &str) -> Self {
            let intake = Intake::new(name, bytes(size), &Limits::default());
            Self(match Kind::of(kind) {
                Some(kind) => intake.read_as(kind),
                None => intake,
            })
        }

        /// Takes the next chunk.
        pub fn push(&mut self, chunk: &[u8]) {
            self.0.push(chunk);
        }

        /// False where further chunks would change nothing.
        pub fn wants_more(&self) -> bool {
            self.0.wants_more()
        }

        /// All chunks were given: the bytes of a `Reading`.
        pub fn finish(self) -> Vec<u8> {
            let reading = self.0.finish();
            let answer = encode(&reading);
            let_go_later(reading);
            answer
        }

        /// The browser stopped handing out the file after so many bytes: the same, of what came.
        pub fn finish_short(self, taken: f64) -> Vec<u8> {
            encode(&self.0.finish_short(bytes(taken)))
        }
    }

    /// The SHA-256 of a file, given in chunks of any size.
    #[wasm_bindgen]
    #[derive(Default)]
    pub struct FileDigest(Sha256);

    #[wasm_bindgen]
    impl FileDigest {
        /// Of no byte so far.
        #[wasm_bindgen(constructor)]
        pub fn new() -> Self {
            Self::default()
        }

        /// Takes the next chunk.
        pub fn push(&mut self, chunk: &[u8]) {
            self.0.update(chunk);
        }

        /// A hash is of every byte.
        pub fn wants_more(&self) -> bool {
            true
        }

        /// All chunks were given: the hash in hex.
        pub fn finish(self) -> String {
            fingerprint::hex(&self.0.finalize())
        }
    }

    /// The `Reading` of a file that could not be read, with the reason in both languages.
    #[wasm_bindgen]
    pub fn unreadable(name: &str, size: f64, english: String, german: String) -> Vec<u8> {
        encode(&intake::unreadable(name, bytes(size), Text::made(english, german)))
    }

    /// All readings together: the bytes of a `Diagnosis`. `said` is a JSON object of answers by the ids of their
    /// questions, `now` is in seconds since 1970.
    #[wasm_bindgen]
    pub fn diagnose(readings: Vec<Uint8Array>, said: &str, now: f64) -> Result<Vec<u8>, String> {
        let readings: Result<Vec<Reading>, _> =
            readings.iter().map(|bytes| postcard::from_bytes(&bytes.to_vec())).collect();
        let readings = readings.map_err(|error| error.to_string())?;
        let said: Said = serde_json::from_str(said).map_err(|error| error.to_string())?;
        let diagnosis = diagnose::diagnose(&readings, &said, now as i64);
        let answer = encode(&diagnosis);
        let_go_later((readings, diagnosis));
        Ok(answer)
    }

    /// What a line of a device's log means: the bytes of an `Option<Text>`.
    #[wasm_bindgen]
    pub fn explain(line: &str) -> Vec<u8> {
        encode(&vpn_phone_doctor::tools::explain::explain(line))
    }

    /// The lines at the end of a way (the bytes of a `Route`) of which a slice of the file is enough: the bytes of a
    /// `LinesNear`.
    #[wasm_bindgen]
    pub fn lines_near(slice: &[u8], begins: f64, route: &[u8]) -> Result<Vec<u8>, String> {
        let route: Route = postcard::from_bytes(route).map_err(|error| error.to_string())?;
        let wanted = Wanted { begins: bytes(begins), ..route.wanted };
        Ok(encode(&lines_near::lines_near(slice, wanted)))
    }

    /// The same for what is packed in the file, which is read again in chunks of any size.
    #[wasm_bindgen]
    pub struct FileLookup(Lookup);

    #[wasm_bindgen]
    impl FileLookup {
        /// In a file of `size` bytes; `route` is the bytes of a `Route`.
        #[wasm_bindgen(constructor)]
        pub fn new(name: &str, size: f64, route: &[u8]) -> Result<Self, String> {
            let route: Route = postcard::from_bytes(route).map_err(|error| error.to_string())?;
            Ok(Self(Lookup::new(name, bytes(size), route, &Limits::default())))
        }

        /// Takes the next chunk.
        pub fn push(&mut self, chunk: &[u8]) {
            self.0.push(chunk);
        }

        /// False where further chunks would change nothing.
        pub fn wants_more(&self) -> bool {
            self.0.wants_more()
        }

        /// All chunks were given, or no more are wanted: the bytes of a `LinesNear`.
        pub fn finish(self) -> Vec<u8> {
            encode(&self.0.finish())
        }
    }

    /// The catalogue: the bytes of every rule's `Card`.
    #[wasm_bindgen]
    pub fn catalogue() -> Vec<u8> {
        encode(&report::catalogue::cards())
    }

    /// A report as text: `form` is `json`, `markdown`, `html` or `text`, `language` is `en` or `de`.
    #[wasm_bindgen]
    pub fn render(diagnosis: &[u8], form: &str, language: &str) -> Result<String, String> {
        let diagnosis: Diagnosis = postcard::from_bytes(diagnosis).map_err(|error| error.to_string())?;
        let form = match form {
            "json" => Form::Json,
            "markdown" => Form::Markdown,
            "html" => Form::Html,
            _ => Form::Text,
        };
        Ok(report::render(&diagnosis, form, lang(language)))
    }

    /// One finding of a diagnosis, by its place, as text for a ticket or a chat.
    #[wasm_bindgen]
    pub fn one_finding(diagnosis: &[u8], index: u32, language: &str) -> Result<String, String> {
        let diagnosis: Diagnosis = postcard::from_bytes(diagnosis).map_err(|error| error.to_string())?;
        let found = usize::try_from(index).ok().and_then(|index| diagnosis.findings.get(index));
        let found = found.ok_or_else(|| "no such finding".to_owned())?;
        Ok(report::one_finding(&diagnosis, found, lang(language)))
    }

    /// A diagnosis redacted: the bytes of a `Redacted` and of the seed, by which the same is done again. `addresses`
    /// is `opaque` or `topology`; `seed` is 32 random bytes.
    #[wasm_bindgen]
    pub fn redact(diagnosis: &[u8], addresses: &str, seed: &[u8]) -> Result<Vec<u8>, String> {
        let diagnosis: Diagnosis = postcard::from_bytes(diagnosis).map_err(|error| error.to_string())?;
        let addresses = if addresses == "topology" { Addresses::Topology } else { Addresses::Opaque };
        let seed: [u8; 32] = seed.try_into().map_err(|_| "a seed has 32 bytes".to_owned())?;
        let redacted = report::redact::redact(&diagnosis, addresses, seed);
        redacted.map(|redacted| encode(&(redacted, seed))).ok_or_else(|| "not redacted".to_owned())
    }

    /// A redaction's map as a file: `form` is `json` or `text`.
    #[wasm_bindgen]
    pub fn redaction_map(map: &[u8], form: &str, language: &str) -> Result<String, String> {
        let map: Vec<Entry> = postcard::from_bytes(map).map_err(|error| error.to_string())?;
        Ok(if form == "json" { map::json(&map) } else { map::text(&map, lang(language)) })
    }

    thread_local! {
        /// What the last answer was made of.
        static USED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
    }

    /// Keeps what an answer was made of until the answer is on its way: to take a reading of megabytes apart takes a
    /// tenth of the time that it took to read it.
    fn let_go_later(used: impl Any) {
        USED.set(Some(Box::new(used)));
    }

    /// The answer is on its way.
    #[wasm_bindgen]
    pub fn let_go() {
        USED.take();
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

    fn lang(language: &str) -> Lang {
        if language == "de" { Lang::De } else { Lang::En }
    }

    /// Nothing in a reading can fail to encode; an empty answer is one that the page refuses.
    fn encode(value: &impl Serialize) -> Vec<u8> {
        postcard::to_allocvec(value).unwrap_or_default()
    }

    /// JavaScript's sizes are whole, positive numbers in a float; a cast saturates.
    fn bytes(size: f64) -> u64 {
        size as u64
    }
}
