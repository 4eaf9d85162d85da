//! What the page knows, and how it changes: a pure function of what was known and what happened.
//!
//! The page never holds a file's bytes. It holds what the workers made of each file (an opaque [`Reading`], passed
//! on as it came) and the diagnosis made from all of them.

use std::rc::Rc;

use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::sought::Sought;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::symptoms;
use vpn_phone_doctor::text::{Lang, Text};

use crate::ui::compare::{Compared, Comparing};
use crate::ui::export::{Change, Saving};
use crate::ui::plan::{Planned, Planning};
pub use crate::ui::reading::{FileId, Reading};
use crate::ui::route::Route;
use crate::ui::settings::{Shortcuts, Theme};
use crate::ui::symptoms::WizardAnswers;
use crate::ui::viewer::proofs;

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// So many bytes were read.
    Reading(u64),
    /// It was read.
    Read(Reading),
    /// It could not be read, and why.
    Failed(Text),
}

/// One dropped file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its number.
    pub id: FileId,
    /// Its name, or its path below a dropped folder.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What the person says it is.
    pub said: Option<Kind>,
    /// It is read once more.
    pub again: bool,
    /// How far it is.
    pub progress: Progress,
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// "Let go to add": something is being dragged over the window.
    Drop,
    /// The list of keys.
    Keys,
    /// The question whether to forget everything.
    Wipe,
}

/// What the page knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The files, in the order in which they came.
    pub files: Vec<File>,
    /// True where the case is the one that ships inside the page.
    pub example: bool,
    /// Counts every change of what has been read, so that a diagnosis of an older case is not taken for this one's.
    pub generation: u32,
    /// The file that was taken out last, and its place: it can be put back until another one comes or goes.
    pub taken_out: Option<(usize, File)>,
    /// What no file can show and the person stated.
    pub said: Said,
    /// What the person answered in the wizards.
    pub wizard_answers: WizardAnswers,
    /// What is said of the case.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// The file that each top-level input of the diagnosis came from. Files come and go before the next diagnosis.
    pub sources: Vec<FileId>,
    /// Something that went wrong with the case as a whole.
    pub trouble: Option<Text>,
    /// The stage whose findings are shown; all where `None`.
    pub stage: Option<Stage>,
    /// What is shown.
    pub route: Route,
    /// The rule whose finding the person was led to: the keyboard goes there once it is shown.
    pub led: Option<String>,
    /// The line that is looked at in its file.
    pub viewed: Option<Place>,
    /// What is looked for in the file that is open.
    pub sought: Sought,
    /// What lies over it.
    pub overlay: Overlay,
    /// What a report is to be like.
    pub saving: Saving,
    /// What is planned.
    pub planning: Planning,
    /// What is compared.
    pub comparing: Comparing,
    /// The language.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Whether keys of one letter do something.
    pub shortcuts: Shortcuts,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Action {
    /// Files came in and are being read. They add to a person's case, and end the example's.
    Added(Vec<File>),
    /// A saved case was opened: its files come to those that are there, and its answers where none was given.
    CaseOpened(Vec<File>, Said),
    /// So many bytes of a file were read.
    Progressed(FileId, u64),
    /// A file was read.
    Read(FileId, Reading),
    /// A file could not be read, and why.
    Failed(FileId, Text),
    /// All of this, one after the other.
    Several(Vec<Action>),
    /// The person no longer wants a file.
    Removed(FileId),
    /// The file that was taken out is wanted again; where it was not read to its end it is read anew, under this number.
    PutBack(FileId),
    /// A file is read once more, as something else; it has a new number, so that late news of the old one is no news.
    ReadAgain(FileId, File),
    /// The person answered a question: its key and what was said.
    Answered(&'static str, String),
    /// The person wants to know what happened to one phone.
    PhoneChosen(String),
    /// The person takes an answer back.
    TakenBack(String),
    /// The person answered a wizard's step, or is not sure: wizard, step, answer.
    Stepped(&'static str, &'static str, Option<&'static str>),
    /// The person takes an answer to a wizard's step back: wizard, step.
    SteppedBack(&'static str, &'static str),
    /// The person begins a wizard again.
    WalkBegun(&'static str),
    /// The diagnosis of a generation.
    Diagnosed(u32, Rc<Diagnosis>),
    /// A diagnosis could not be made, and why.
    Undiagnosed(u32, Text),
    /// The diagnosis of a generation stops with a file; its reading is now that it was set aside.
    SetAside(u32, FileId, Reading),
    /// The files of the example case replace what was there.
    ExampleOpened(Vec<File>),
    /// Forget everything.
    Wiped,
    /// Another view.
    Went(Route),
    /// The address changed, by the person or by what the page itself just did.
    Followed(Route),
    /// To the finding of a rule, wherever it is.
    Led(String),
    /// A stage was chosen; choosing it again shows all.
    StageChosen(Stage),
    /// A line is looked at in its file.
    Viewed(Place),
    /// A line is looked at that holds what is looked for.
    Sought(Place, Sought),
    /// The evidence so many pieces further is looked at.
    ViewStepped(i32),
    /// The file is closed.
    ViewClosed,
    /// Something lies over the page, or no longer.
    Overlaid(Overlay),
    /// The person wants a report to be different, or the redacted case came.
    Saving(Change),
    /// The person plans, or what comes of it is known.
    Planning(Planned),
    /// The person compares, or what differs is known.
    Comparing(Compared),
    /// Another language.
    LanguageChosen(Lang),
    /// Light or dark.
    ThemeChosen(Theme),
    /// Keys of one letter, on or off.
    ShortcutsChosen(Shortcuts),
    /// What went wrong was read.
    TroubleSeen,
}

impl State {
    /// The state after something happened.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Added(files) => {
                if next.example {
                    next = next.emptied();
                }
                next.files.extend(files);
                next.taken_out = None;
                next.overlay = Overlay::None;
                // What is dropped into a view that asks for it answers its questions.
                if !matches!(next.route, Route::Symptom(_) | Route::Plan | Route::Compare) {
                    next.route = Route::Case;
                }
            }
            Action::CaseOpened(files, said) => {
                next = next.after(Action::Added(files));
                let answered = next.said.clone();
                for (key, value) in said.answers().filter(|(key, _)| answered.answer(key).is_none()) {
                    // An answer that the question does not take changes nothing.
                    let _ = next.said.say(key, value);
                }
                next.changed();
            }
            Action::Progressed(id, bytes) => {
                if let Some(Progress::Reading(done)) = next.progress_of(id) {
                    *done = bytes;
                }
            }
            Action::Read(id, reading) => next.settle(id, Progress::Read(reading)),
            Action::Failed(id, why) => next.settle(id, Progress::Failed(why)),
            Action::Several(actions) => {
                next = actions.into_iter().fold(next, |state, action| state.after(action));
            }
            Action::Removed(id) => {
                let place = next.files.iter().position(|file| file.id == id);
                next.taken_out = place.map(|place| (place, next.files.remove(place)));
                next.changed();
            }
            Action::PutBack(id) => {
                let Some((place, file)) = next.taken_out.take() else { return next };
                let file =
                    if matches!(file.progress, Progress::Reading(_)) { File { id, ..file } } else { file };
                next.files.insert(place.min(next.files.len()), file);
                next.changed();
            }
            Action::ReadAgain(id, file) => {
                if let Some(old) = next.files.iter_mut().find(|old| old.id == id) {
                    *old = file;
                    next.changed();
                }
            }
            Action::Answered(key, value) => {
                // An answer that the question does not take changes nothing.
                if next.said.say(key, value.trim()).is_ok() {
                    next.changed();
                }
            }
            Action::PhoneChosen(name) => {
                return next.after(Action::Answered(PHONE, name)).after(Action::Went(Route::Timeline));
            }
            Action::TakenBack(key) => {
                next.said.unsay(&key);
                next.changed();
            }
            Action::Stepped(wizard, step, answer) => {
                let Some(symptom) = symptoms::by_id(wizard) else { return next };
                if next.wizard_answers.answer(&mut next.said, symptom, step, answer) {
                    next.changed();
                }
            }
            Action::SteppedBack(wizard, step) => {
                let Some(symptom) = symptoms::by_id(wizard) else { return next };
                if next.wizard_answers.take_back(&mut next.said, symptom, step) {
                    next.changed();
                }
            }
            Action::WalkBegun(wizard) => {
                let Some(symptom) = symptoms::by_id(wizard) else { return next };
                if next.wizard_answers.begin_again(&mut next.said, symptom) {
                    next.changed();
                }
            }
            Action::Diagnosed(generation, diagnosis) if generation == next.generation => {
                next.diagnosis = Some(diagnosis);
                next.sources = next.read();
                next.saving = next.saving.for_another_diagnosis();
                next.trouble = None;
            }
            Action::Undiagnosed(generation, why) if generation == next.generation => next.trouble = Some(why),
            Action::SetAside(generation, id, reading) if generation == next.generation => {
                if let Some(progress) = next.progress_of(id) {
                    *progress = Progress::Read(reading);
                    next.changed();
                }
            }
            Action::Diagnosed(..) | Action::Undiagnosed(..) | Action::SetAside(..) => {}
            Action::ExampleOpened(files) => {
                next = next.emptied();
                next.files = files;
                next.example = true;
                // In a wizard it answers the questions.
                if !matches!(next.route, Route::Symptom(_)) {
                    next.route = Route::Case;
                }
            }
            Action::Wiped => {
                next = next.emptied();
                next.route = Route::Start;
            }
            Action::Went(route) => {
                next.route = route;
                next.led = None;
                next.viewed = None;
            }
            Action::Followed(route) if route == next.route => {}
            Action::Followed(route) => return next.after(Action::Went(route)),
            Action::Led(rule) => {
                next.route = Route::Case;
                next.stage = None;
                next.led = Some(rule);
            }
            Action::StageChosen(stage) => next.stage = (next.stage != Some(stage)).then_some(stage),
            Action::Viewed(place) => (next.viewed, next.sought) = (Some(place), Sought::default()),
            Action::Sought(place, sought) => (next.viewed, next.sought) = (Some(place), sought),
            Action::ViewStepped(steps) => next.viewed = next.stepped(steps),
            Action::ViewClosed => (next.viewed, next.sought) = (None, Sought::default()),
            Action::Overlaid(overlay) => next.overlay = overlay,
            Action::Saving(change) => next.saving = next.saving.after(next.generation, change),
            Action::Planning(what) => next.planning = next.planning.after(next.generation, what),
            Action::Comparing(what) => next.comparing = next.comparing.after(next.generation, what),
            Action::LanguageChosen(lang) => next.lang = lang,
            Action::ThemeChosen(theme) => next.theme = theme,
            Action::ShortcutsChosen(shortcuts) => next.shortcuts = shortcuts,
            Action::TroubleSeen => next.trouble = None,
        }
        next
    }

    /// The one phone that the person wants to look at.
    pub fn chosen_phone(&self) -> Option<&str> {
        self.said.answer(PHONE)
    }

    /// Every reading, in the order of the files.
    pub fn readings(&self) -> Vec<Reading> {
        self.read_files().into_iter().map(|(_, reading)| reading).collect()
    }

    /// The files that were read, each with its reading, in their order.
    pub fn read_files(&self) -> Vec<(File, Reading)> {
        let read = self.files.iter().filter_map(|file| match &file.progress {
            Progress::Read(reading) => Some((file.clone(), Rc::clone(reading))),
            Progress::Reading(_) | Progress::Failed(_) => None,
        });
        read.collect()
    }

    /// The files that the diagnosis was made from, each with its size.
    pub fn judged_files(&self) -> Vec<(FileId, u64)> {
        let size = |id: &FileId| self.files.iter().find(|file| file.id == *id).map_or(0, |file| file.bytes);
        self.sources.iter().map(|id| (*id, size(id))).collect()
    }

    /// Bytes read and bytes to read of the files that are still being read; `None` where none is.
    pub fn reading(&self) -> Option<(u64, u64)> {
        let mut running = self.files.iter().filter_map(|file| match file.progress {
            Progress::Reading(done) => Some((done.min(file.bytes), file.bytes)),
            Progress::Read(_) | Progress::Failed(_) => None,
        });
        let first = running.next()?;
        Some(running.fold(first, |sum, file| (sum.0.saturating_add(file.0), sum.1.saturating_add(file.1))))
    }

    /// The files that were read, in their order.
    fn read(&self) -> Vec<FileId> {
        self.files
            .iter()
            .filter(|file| matches!(file.progress, Progress::Read(_)))
            .map(|file| file.id)
            .collect()
    }

    /// The evidence before or behind the line that is looked at, round at the ends; the first where that line is none.
    fn stepped(&self, steps: i32) -> Option<Place> {
        let (viewed, diagnosis) = (self.viewed.as_ref()?, self.diagnosis.as_ref()?);
        let proofs = proofs(diagnosis);
        let at = proofs.iter().position(|proof| proof == viewed).and_then(|at| i32::try_from(at).ok());
        let count = i32::try_from(proofs.len()).ok()?;
        let next = at.map_or(0, |at| at.saturating_add(steps).rem_euclid(count.max(1)));
        usize::try_from(next).ok().and_then(|next| proofs.get(next)).or(Some(viewed)).cloned()
    }

    fn progress_of(&mut self, id: FileId) -> Option<&mut Progress> {
        self.files.iter_mut().find(|file| file.id == id).map(|file| &mut file.progress)
    }

    /// A file that was removed or given up meanwhile is left alone.
    fn settle(&mut self, id: FileId, outcome: Progress) {
        let Some(progress @ Progress::Reading(_)) = self.progress_of(id) else { return };
        *progress = outcome;
        self.changed();
    }

    fn changed(&mut self) {
        self.generation = self.generation.wrapping_add(1);
        // Inputs have new numbers.
        self.viewed = None;
        self.saving = self.saving.for_another_case();
        self.planning = self.planning.for_another_case();
        let files: Vec<FileId> = self.files.iter().map(|file| file.id).collect();
        self.comparing = self.comparing.for_another_case(&files);
        if self.readings().is_empty() {
            self.stage = None;
            if self.said.answers().next().is_none() {
                self.diagnosis = None;
                self.sources = Vec::new();
            }
        }
        if self.files.is_empty() {
            self.example = false;
        }
    }

    /// Nothing of the case is kept; view, language, theme and keys stay, and so does the count of generations.
    fn emptied(&self) -> Self {
        Self {
            generation: self.generation.wrapping_add(1),
            route: self.route,
            lang: self.lang,
            theme: self.theme,
            shortcuts: self.shortcuts,
            ..Self::default()
        }
    }
}

/// The key of the question that narrows a case to one phone.
const PHONE: &str = "phone";

#[cfg(test)]
mod tests;
