//! A fault of the program costs one file, not the run: the file that it shows with is named, and the others are told of.

use std::panic::{AssertUnwindSafe, catch_unwind};

use vpn_phone_doctor::diagnose::culprit::Search;
use vpn_phone_doctor::input::InputState;
use vpn_phone_doctor::intake::{Reading, unreadable};
use vpn_phone_doctor::text::Text;

use crate::output::{self, Status};

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

/// What `work` makes of all readings: a diagnosis, a plan, a comparison. A file that it stops with is set aside: in its
/// place stands a reading that says so. `None` where it stops without any file.
pub fn diagnosed<T>(readings: &mut [Reading], work: impl Fn(&[Reading]) -> T) -> Option<T> {
    let tried = |readings: &[Reading]| guarded(|| work(readings));
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

/// The same, with a status: `Warnings` where a file was set aside, because what it would have told is not known. Which,
/// the person is told. Where it stops without a file, that is told.
pub fn worked<T>(
    readings: &mut [Reading],
    what: &str,
    work: impl Fn(&[Reading]) -> T,
) -> Result<(T, Status), Status> {
    let refused: Vec<bool> = readings.iter().map(is_refused).collect();
    let Some(made) = diagnosed(readings, work) else {
        output::complain(&format!("the {what} stopped, and not by one file; nothing was written"));
        return Err(Status::Fault);
    };
    let set_aside = readings.iter().zip(refused).filter(|(reading, refused)| is_refused(reading) && !refused);
    let mut status = Status::Fine;
    for input in set_aside.filter_map(|(reading, _)| reading.inputs.first()) {
        output::complain(&format!(
            "{}: with this file the {what} stopped; it was made without it",
            input.name
        ));
        status = Status::Warnings;
    }
    Ok((made, status))
}

/// What comes of work that no file can be told apart in; `None` where it stops.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn is_refused(reading: &Reading) -> bool {
    reading.inputs.first().is_some_and(|input| input.state == InputState::Refused)
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
    fn work_without_a_file_is_no_clean_result() {
        let worked = |files: &[&str]| worked(&mut readings(files), "plan", names);
        assert_eq!(worked(&["a", "b"]), Ok((vec!["a".to_owned(), "b".to_owned()], Status::Fine)));
        assert_eq!(worked(&["a", "bad"]), Ok((vec!["a".to_owned()], Status::Warnings)));
        let always = super::worked(&mut readings(&["a"]), "plan", |_| -> () { panic!("always") });
        assert_eq!(always, Err(Status::Fault));
        // What was refused before is no file that the work stopped with.
        let mut unread = vec![unreadable("gone", 0, STOPPED)];
        assert_eq!(super::worked(&mut unread, "plan", names), Ok((Vec::new(), Status::Fine)));
    }

    #[test]
    fn a_file_that_stops_its_reader_is_named() {
        let reading = read("x.log", 7, || panic!("always"));
        let input = reading.inputs.first().unwrap();
        assert_eq!((input.name.as_str(), input.bytes, input.state), ("x.log", 7, InputState::Refused));
    }
}
