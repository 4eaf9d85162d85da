//! A case as a file that opens again: saved by a button, opened where it is dropped.

use std::rc::Rc;

use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::engine::{CaseFile, NotOpened, Opaque, SavedFile};
use vpn_phone_doctor::text::{Class, Text};
use wasm_bindgen_futures::spawn_local;
use web_sys::File as Dropped;
use yew::prelude::*;

use super::browser::effects;
use super::engine::engine;
use super::state::{Action, File, FileId, Progress, State};

/// True for the name that a saved case has. A file of another name is read as any other file.
pub fn is_named_so(name: &str) -> bool {
    name.ends_with(ENDING)
}

/// Offers the case as a download; what hinders it is told in the page.
pub fn save(state: &State, act: &Callback<Action>) {
    let (files, said, generation) = (state.read_files(), state.said.clone(), state.generation);
    let act = act.clone();
    spawn_local(async move {
        let saved = |(file, reading): &(File, Rc<Vec<u8>>)| SavedFile {
            name: file.name.clone(),
            bytes: file.bytes,
            kind: file.said,
            reading: Opaque(reading.to_vec().into()),
        };
        let case = CaseFile { files: files.iter().map(saved).collect(), said };
        let text = engine().save_case(case).await.map_err(|failure| failure.of_the_page());
        let offered =
            text.and_then(|text| effects::download(NAME, "text/plain", &text).map_err(|_| NOT_SAVED));
        if let Err(why) = offered {
            act.emit(Action::Undiagnosed(generation, why));
        }
    });
}

/// Opens a saved case: its files come to those that are there.
pub async fn open(file: &Dropped, number: impl Fn() -> FileId) -> Result<(Vec<File>, Said), Text> {
    let opened = engine().open_case(file).await.map_err(|failure| failure.reason())?;
    let case = opened.map_err(|why| match why {
        NotOpened::NoCase => NO_CASE,
        NotOpened::Damaged => DAMAGED,
        NotOpened::OtherVersion(version) => OTHER_VERSION.with("version", Class::Words, version).with(
            "own",
            Class::Words,
            env!("CARGO_PKG_VERSION"),
        ),
    })?;
    let files = case.files.into_iter().map(|saved| File {
        id: number(),
        name: saved.name,
        bytes: saved.bytes,
        said: saved.kind,
        again: false,
        progress: Progress::Read(Rc::new(saved.reading.0.into_owned())),
    });
    Ok((files.collect(), case.said))
}

const ENDING: &str = ".vpn-phone-case";
const NAME: &str = "case.vpn-phone-case";

const NOT_SAVED: Text = Text::fixed(
    "The browser did not allow the download. Allow downloads for this page and save again.",
    "Der Browser hat das Herunterladen nicht erlaubt. Erlauben Sie es für diese Seite und speichern Sie noch einmal.",
);
const NO_CASE: Text = Text::fixed(
    "This is no saved case, whatever its name says.",
    "Das ist kein gespeicherter Fall, auch wenn der Name es sagt.",
);
const DAMAGED: Text = Text::fixed(
    "This saved case was cut or changed since it was saved. Save it again, or drop the files themselves.",
    "Dieser gespeicherte Fall wurde seit dem Speichern abgeschnitten oder verändert. Speichern Sie ihn noch einmal oder legen Sie die Dateien selbst ab.",
);
const OTHER_VERSION: Text = Text::fixed(
    "This case was saved by version {version}, and this page is version {own}: only the same version opens it. Open it with that page, or drop the files themselves.",
    "Dieser Fall wurde mit Version {version} gespeichert, und diese Seite hat Version {own}: Nur dieselbe Version öffnet ihn. Öffnen Sie ihn mit jener Seite oder legen Sie die Dateien selbst ab.",
);
