//! What the workers are asked of a comparison.

use std::borrow::Cow;
use std::rc::Rc;

use vpn_phone_doctor::engine::{Answer, Job, Opaque, Sheet, Side};
use vpn_phone_doctor::text::Text;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::model::{Chosen, Compared, Work};
use crate::ui::browser::{Taken, effects};
use crate::ui::engine::{Failure, Source, engine};
use crate::ui::page::Page;
use crate::ui::route::Route;
use crate::ui::state::{Action, FileId, Reading, State};

/// The files of the case, in the order of the diagnosis.
pub fn files(state: &State) -> Vec<FileId> {
    state.read_files().iter().map(|(file, _)| file.id).collect()
}

/// The two sides as they stand.
pub fn sides(state: &State) -> [Option<Chosen>; 2] {
    let case = state.diagnosis.as_deref().filter(|_| !state.files.is_empty());
    state.comparing.sides(case, &files(state))
}

/// Two sides, each with its readings by their places.
struct Pair {
    readings: Vec<Reading>,
    sides: [(Vec<u32>, Option<String>); 2],
}

/// `None` where one of the sides holds nothing yet.
fn pair(state: &State) -> Option<Pair> {
    let mut readings = state.readings();
    let ids = files(state);
    let case: Vec<u32> = (0..).take(readings.len()).collect();
    let [a, b] = sides(state);
    let [of_a, of_b] = &state.comparing.others;
    let mut of = |chosen: Option<Chosen>, others: &super::model::Others| {
        let side = match chosen? {
            Chosen::Case => (case.clone(), None),
            Chosen::Phone(name) => (case.clone(), Some(name)),
            Chosen::File(id) => {
                let at = ids.iter().position(|known| *known == id)?;
                (vec![u32::try_from(at).ok()?], None)
            }
            Chosen::Others => {
                let first = u32::try_from(readings.len()).ok()?;
                readings.extend(others.iter().map(|(_, reading)| Rc::clone(reading)));
                ((first..).take(others.len()).collect(), None)
            }
        };
        (!side.0.is_empty()).then_some(side)
    };
    let sides = [of(a, of_a)?, of(b, of_b)?];
    Some(Pair { readings, sides })
}

/// Both sides hold something.
pub fn has_both(state: &State) -> bool {
    pair(state).is_some()
}

impl Pair {
    fn job<'j>(&'j self, state: &'j State, sheet: Option<Sheet>) -> Job<'j> {
        let side = |(of, phone): &'j (Vec<u32>, Option<String>)| Side {
            of: of.clone(),
            phone: phone.as_deref().map(Cow::Borrowed),
        };
        let [a, b] = &self.sides;
        Job::Compare {
            readings: self.readings.iter().map(|bytes| Opaque(bytes.as_slice().into())).collect(),
            said: Cow::Borrowed(&state.said),
            now: effects::now(),
            sides: [side(a), side(b)],
            sheet,
        }
    }
}

/// Compares while the view is open, whenever there are two sides. While files are being read it waits for them.
#[hook]
pub fn use_comparing(page: &Page, state: &State) {
    let ready = state.route == Route::Compare
        && state.reading().is_none()
        && (state.files.is_empty() || state.diagnosis.is_some())
        && state.comparing.told == Work::Open;
    let (generation, version) = (state.generation, state.comparing.version);
    let wanted = ready.then(|| pair(state).map(|pair| (pair, state.clone()))).flatten();
    let page = page.clone();
    use_effect_with((generation, version, wanted.is_some()), move |_| {
        let Some((pair, state)) = wanted else { return };
        spawn_local(async move {
            let told = match engine().ask(&pair.job(&state, None)).await {
                Ok(Answer::Comparison(told)) => Work::Ready(Rc::new(*told)),
                Ok(other) => Work::Failed(Failure::of_answer(&other).of_the_page()),
                Err(failure) => Work::Failed(failure.of_the_page()),
            };
            page.act(Action::Comparing(Compared::Work(generation, version, told)));
        });
    });
}

/// The same comparison, written to be kept or sent.
pub async fn written(state: &State, sheet: Sheet) -> Result<String, Text> {
    let pair = pair(state).ok_or(GONE)?;
    engine().written(&pair.job(state, Some(sheet))).await.map_err(|failure| failure.of_the_page())
}

/// Reads files for one side alone.
pub fn bring(page: &Page, second: bool, taken: Taken) {
    if taken.is_empty() {
        return;
    }
    let page = page.clone();
    spawn_local(async move {
        let files = taken.files.into_iter().map(|(file, name)| Source::file_as(&file, &name));
        let unread = taken.unread.into_iter().map(|(name, why)| Source::unreadable(&name, why));
        let pending: Vec<_> =
            files.chain(unread).map(|source| (source.name.clone(), engine().read(source, |_| {}))).collect();
        let mut read = Vec::with_capacity(pending.len());
        for (name, pending) in pending {
            if let Some(reading) = pending.done().await.reading {
                read.push((name, reading));
            }
        }
        page.act(Action::Comparing(Compared::Brought(second, read)));
    });
}

const GONE: Text = Text::fixed("One side holds nothing.", "Eine Seite enthält nichts.");
