//! A fault of the program costs one file, not the run: the file that it shows with is named, and the others are told of.

use std::panic::{AssertUnwindSafe, catch_unwind};

use vpn_phone_doctor::diagnose::culprit::Search;
use vpn_phone_doctor::intake::{Reading, unreadable};
use vpn_phone_doctor::text::Text;

use crate::output;

/// What a panic says is its place in the source, never its message: that may quote a file.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        output::complain(&format!("a fault of the program at {}", place.as_deref().unwrap_or("unknown")));
    }));
}

/// What reading a file comes to, or a reading that says that it stopped.
pub fn read(name: &str, bytes: u64, read: impl FnOnce() -> Reading) -> Reading {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| unreadable(name, bytes, STOPPED))
}

/// Diagnoses. A file that this stops with is set aside: in its place stands a reading that says so. `None` where it
/// stops without any file.
pub fn diagnosed<T>(readings: &mut [Reading], diagnose: impl Fn(&[Reading]) -> T) -> Option<T> {
    let tried = |readings: &[Reading]| catch_unwind(AssertUnwindSafe(|| diagnose(readings))).ok();
    // Every round sets another file aside.
    for _ in 0..=readings.len() {
        if let Some(diagnosis) = tried(readings) {
            return Some(diagnosis);
        }
        let mut search = Search::new(readings.len());
        while let Some(first) = search.next() {
            search.tried(first, tried(readings.get(..first)?).is_none());
        }
        let culprit = readings.get_mut(search.culprit()?)?;
        let (name, bytes) =
            culprit.inputs.first().map(|input| (input.name.clone(), input.bytes)).unwrap_or_default();
        *culprit = unreadable(&name, bytes, SET_ASIDE);
    }
    None
}

const STOPPED: Text = Text::fixed(
    "The program stopped while it read this file; the other files are not affected. Try only the part of it that shows the attempt.",
    "Das Programm ist beim Lesen dieser Datei ausgefallen; die anderen Dateien sind nicht betroffen. Versuchen Sie es nur mit dem Teil, der den Versuch zeigt.",
);
const SET_ASIDE: Text = Text::fixed(
    "With this file the diagnosis stopped, so it was made without it. Try only the part of the file that shows the attempt.",
    "Mit dieser Datei ist die Diagnose ausgefallen, deshalb entstand sie ohne sie. Versuchen Sie es nur mit dem Teil der Datei, der den Versuch zeigt.",
);

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::input::InputState;
    use vpn_phone_doctor::intake::Intake;
    use vpn_phone_doctor::limits::Limits;

    use super::*;

    fn readings(names: &[&str]) -> Vec<Reading> {
        let read = |name: &&str| {
            let mut intake = Intake::new(name, 9, &Limits::default());
            intake.push(b"hostname x\n");
            intake.finish()
        };
        names.iter().map(read).collect()
    }

    /// The names of the files that a diagnosis took for read; it stops with every one that is called bad.
    fn names(readings: &[Reading]) -> Vec<String> {
        let read = readings.iter().flat_map(|reading| &reading.inputs);
        let read = read.filter(|input| input.state != InputState::Refused);
        let names: Vec<String> = read.map(|input| input.name.clone()).collect();
        assert!(!names.iter().any(|name| name.starts_with("bad")), "a fault of the program");
        names
    }

    #[test]
    fn a_file_that_stops_the_diagnosis_is_set_aside_and_named() {
        for files in
            [vec!["bad"], vec!["a", "b"], vec!["a", "bad", "c"], vec!["bad 1", "b", "bad 2", "d", "bad 3"]]
        {
            let mut read = readings(&files);
            let good: Vec<&str> = files.iter().copied().filter(|name| !name.starts_with("bad")).collect();
            assert_eq!(diagnosed(&mut read, names).unwrap(), good);
            for (reading, name) in read.iter().zip(&files) {
                let input = reading.inputs.first().unwrap();
                assert_eq!(input.name, *name);
                assert_eq!(input.state == InputState::Refused, name.starts_with("bad"), "{name}");
            }
        }
    }

    #[test]
    fn what_stops_without_a_file_has_no_culprit() {
        fn stops(_: &[Reading]) {
            panic!("always")
        }
        assert!(diagnosed(&mut readings(&["a", "b"]), stops).is_none());
        assert!(diagnosed(&mut [], stops).is_none());
    }

    #[test]
    fn a_file_that_stops_its_reader_is_named() {
        let reading = read("x.log", 7, || panic!("always"));
        let input = reading.inputs.first().unwrap();
        assert_eq!((input.name.as_str(), input.bytes, input.state), ("x.log", 7, InputState::Refused));
    }
}
