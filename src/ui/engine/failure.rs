//! What went wrong with a job, and what the person can do about it.

use vpn_phone_doctor::engine::{Answer, Failed};
use vpn_phone_doctor::text::{Class, Text};

/// Why a worker gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The file is no longer there.
    Gone,
    /// The file was written to after it was dropped.
    Changed,
    /// The browser refused to read the file.
    Unreadable,
    /// The engine stopped, at this place of its source where that is known.
    Stopped(String),
    /// The engine did not answer for five seconds.
    Silent,
    /// The engine's answer, or the page's question, was not understood.
    NotUnderstood,
    /// The person did not want it any longer.
    Cancelled,
}

impl Failure {
    /// Why an answer is not the one that was asked for.
    pub fn of_answer(answer: &Answer) -> Self {
        match answer {
            Answer::Failed(Failed::CutShort) => Self::Unreadable,
            Answer::Failed(Failed::NotDone) => Self::Stopped(String::new()),
            _ => Self::NotUnderstood,
        }
    }

    /// The engine failed at its work, and would do so again: something in what it was given is to blame.
    pub fn is_of_the_work(&self) -> bool {
        matches!(self, Self::Stopped(_) | Self::Silent)
    }

    /// What is said of a file without which the diagnosis can be made.
    pub fn set_aside() -> Text {
        SET_ASIDE
    }

    /// What happened to work on no file in particular, and what to do about it.
    pub fn of_the_page(&self) -> Text {
        match self {
            Self::Stopped(place) if !place.is_empty() => at_place(&NOT_WORKED_OUT, place),
            Self::NotUnderstood => NOT_UNDERSTOOD,
            _ => NOT_WORKED_OUT,
        }
    }

    /// What happened to a file, and what to do about it. Its name stands beside.
    pub fn reason(&self) -> Text {
        match self {
            Self::Gone => GONE,
            Self::Changed => CHANGED,
            Self::Unreadable => UNREADABLE,
            Self::Stopped(place) if place.is_empty() => STOPPED,
            Self::Stopped(place) => at_place(&STOPPED, place),
            Self::Silent => SILENT,
            Self::NotUnderstood => NOT_UNDERSTOOD,
            Self::Cancelled => CANCELLED,
        }
    }
}

/// What happened, and where in the program.
pub fn at_place(what: &Text, place: &str) -> Text {
    Text::fixed("{what} Place in the program: {place}.", "{what} Stelle im Programm: {place}.")
        .nested("what", what.clone())
        .with("place", Class::Words, place)
}

const GONE: Text = Text::fixed(
    "The file is no longer where it was when you dropped it. Drop it again from its present place.",
    "Die Datei ist nicht mehr dort, wo sie beim Ablegen war. Legen Sie sie von ihrem jetzigen Ort noch einmal ab.",
);
const CHANGED: Text = Text::fixed(
    "The file changed since you dropped it, as a log does that is still being written. Drop it again, or a copy of it.",
    "Die Datei hat sich seit dem Ablegen geändert, wie ein Protokoll, das noch geschrieben wird. Legen Sie sie oder eine Kopie noch einmal ab.",
);
const UNREADABLE: Text = Text::fixed(
    "The browser could not read the file. Is it a folder, or on a drive that was removed? Copy it to this computer and drop the copy.",
    "Der Browser konnte die Datei nicht lesen. Ist sie ein Ordner oder liegt sie auf einem entfernten Laufwerk? Kopieren Sie sie auf diesen Rechner und legen Sie die Kopie ab.",
);
const STOPPED: Text = Text::fixed(
    "The part that reads this file stopped; the other files are not affected. Drop it again, or only the part of it that shows the attempt.",
    "Der Teil, der diese Datei liest, ist ausgefallen; die anderen Dateien sind nicht betroffen. Legen Sie sie noch einmal ab, oder nur den Teil, der den Versuch zeigt.",
);
const SILENT: Text = Text::fixed(
    "The part that reads this file did not answer for five seconds and was ended; the other files are not affected. Drop it again, or only the part of it that shows the attempt.",
    "Der Teil, der diese Datei liest, hat fünf Sekunden nicht geantwortet und wurde beendet; die anderen Dateien sind nicht betroffen. Legen Sie sie noch einmal ab, oder nur den Teil, der den Versuch zeigt.",
);
const SET_ASIDE: Text = Text::fixed(
    "With this file the diagnosis stopped or did not answer, so it was made without it. Drop only the part of the file that shows the attempt.",
    "Mit dieser Datei ist die Diagnose ausgefallen oder hat nicht geantwortet, deshalb entstand sie ohne sie. Legen Sie nur den Teil der Datei ab, der den Versuch zeigt.",
);
const NOT_WORKED_OUT: Text = Text::fixed(
    "The part of the page that works this out stopped or did not answer. Your files are not affected. Reload the page and add them again.",
    "Der Teil der Seite, der das berechnet, ist ausgefallen oder hat nicht geantwortet. Ihre Dateien sind nicht betroffen. Laden Sie die Seite neu und fügen Sie sie noch einmal hinzu.",
);
const NOT_UNDERSTOOD: Text = Text::fixed(
    "An error inside the page. Reload it and add your files again.",
    "Ein Fehler in der Seite selbst. Laden Sie sie neu und fügen Sie Ihre Dateien noch einmal hinzu.",
);
const CANCELLED: Text = Text::fixed(
    "Reading was cancelled. Drop the file again to read it.",
    "Das Lesen wurde abgebrochen. Legen Sie die Datei noch einmal ab, um sie zu lesen.",
);
