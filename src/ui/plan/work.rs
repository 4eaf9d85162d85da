//! What the workers are asked of a plan: what may be changed, what a file says, what will come of it.
//!
//! With several changes each is foretold alone as well, one job after the other, so that none of them is silent for long.

use std::rc::Rc;

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::engine::{Answer, Job, Opaque, Sheet, Wish as Wanted};
use vpn_phone_doctor::plan::{Key, NotAChange, Plan};
use vpn_phone_doctor::text::Text;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::model::{Columns, Foretold, Planned, TakenFile, Wish};
use crate::ui::browser::{Taken, effects};
use crate::ui::engine::{Failure, Source, engine};
use crate::ui::page::Page;
use crate::ui::route::Route;
use crate::ui::state::{Action, Reading, State};

/// What a plan is made of.
#[derive(Clone)]
struct Case {
    readings: Vec<Reading>,
    said: Said,
    wishes: Vec<Wish>,
    works: bool,
}

impl Case {
    fn of(state: &State) -> Self {
        let planning = &state.planning;
        Self {
            readings: state.readings(),
            said: state.said.clone(),
            wishes: planning.changes().cloned().collect(),
            works: planning.works,
        }
    }

    fn opaque(&self) -> Vec<Opaque<'_>> {
        self.readings.iter().map(|bytes| Opaque(bytes.as_slice().into())).collect()
    }
}

/// Why there is no plan.
enum NoPlan {
    /// A wish is no change.
    Refused(Key, Text),
    /// The work failed.
    Failed(Text),
}

impl From<Failure> for NoPlan {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure.of_the_page())
    }
}

/// Asks what may be changed while the view is open, and what comes of it once the person wants to know. While files are
/// being read it waits for them.
#[hook]
pub fn use_foretelling(page: &Page, state: &State) {
    let here = state.route == Route::Plan && state.diagnosis.is_some() && state.reading().is_none();
    let planning = &state.planning;
    let (offers, plan) = (here && planning.offers.is_none(), here && planning.is_open());
    let (generation, version) = (state.generation, planning.version);
    let wanted = (offers || plan).then(|| Case::of(state));
    let page = page.clone();
    use_effect_with((generation, version, offers, plan), move |_| {
        let Some(case) = wanted else { return };
        spawn_local(async move {
            let act = |planned| page.act(Action::Planning(planned));
            if offers {
                match offered(&case).await {
                    Ok(answer) => act(answer(generation)),
                    Err(failure) => {
                        act(Planned::Offered(generation, Rc::default()));
                        act(Planned::Foretold(generation, version, Foretold::Failed(failure.of_the_page())));
                        return;
                    }
                }
            }
            if plan {
                act(match foretold(&case, &page).await {
                    Ok(columns) => Planned::Foretold(generation, version, Foretold::Ready(Rc::new(columns))),
                    Err(NoPlan::Refused(key, why)) => Planned::Refused(generation, version, key, why),
                    Err(NoPlan::Failed(why)) => Planned::Foretold(generation, version, Foretold::Failed(why)),
                });
            }
        });
    });
}

async fn offered(case: &Case) -> Result<impl FnOnce(u32) -> Planned, Failure> {
    let job = Job::Offers {
        readings: case.opaque(),
        said: std::borrow::Cow::Borrowed(&case.said),
        now: effects::now(),
    };
    match engine().ask(&job).await? {
        Answer::Offers(offers) => Ok(move |generation| Planned::Offered(generation, Rc::new(offers))),
        other => Err(Failure::of_answer(&other)),
    }
}

async fn foretold(case: &Case, page: &Page) -> Result<Columns, NoPlan> {
    let wishes = read(case, page).await?;
    let all = one_plan(case, &wishes).await?;
    let mut alone = Vec::new();
    if wishes.len() > 1 {
        for wish in &wishes {
            alone.push((wish.key, one_plan(case, std::slice::from_ref(wish)).await?));
        }
    }
    Ok(Columns { all, alone })
}

async fn one_plan(case: &Case, wishes: &[Wanted<'static>]) -> Result<Plan, NoPlan> {
    match engine().ask(&job(case, wishes, None)).await? {
        Answer::Plan(Ok(plan)) => Ok(*plan),
        Answer::Plan(Err((key, why))) => Err(NoPlan::Refused(key, reason(why))),
        other => Err(Failure::of_answer(&other).into()),
    }
}

fn job<'j>(case: &'j Case, wishes: &[Wanted<'j>], sheet: Option<Sheet>) -> Job<'j> {
    Job::Plan {
        readings: case.opaque(),
        said: std::borrow::Cow::Borrowed(&case.said),
        now: effects::now(),
        wishes: wishes.to_vec(),
        works: case.works,
        sheet,
    }
}

/// The same plan, written to be kept or sent.
pub async fn written(state: &State, page: &Page, sheet: Sheet) -> Result<String, Text> {
    let case = Case::of(state);
    let wishes = read(&case, page).await.map_err(|why| match why {
        NoPlan::Refused(_, why) | NoPlan::Failed(why) => why,
    })?;
    engine().written(&job(&case, &wishes, Some(sheet))).await.map_err(|failure| failure.of_the_page())
}

/// The wishes as the engine takes them: lines that were typed are read like a file.
async fn read(case: &Case, page: &Page) -> Result<Vec<Wanted<'static>>, NoPlan> {
    let mut wishes = Vec::with_capacity(case.wishes.len());
    for wish in &case.wishes {
        let file = match &wish.file {
            Some(file) => Some(Opaque((*file.change).clone().into())),
            None if matches!(wish.key, Key::Ssl | Key::AsaConfig) => {
                let source = Source::bytes(&page.say(TYPED), wish.text.as_bytes());
                let change = changed(wish.key, source).await?;
                Some(Opaque(change.map_err(|why| NoPlan::Refused(wish.key, reason(why)))?.into()))
            }
            None => None,
        };
        wishes.push(Wanted { key: wish.key, value: wish.text.trim().to_owned().into(), file });
    }
    Ok(wishes)
}

async fn changed(key: Key, source: Source) -> Result<Result<Vec<u8>, NotAChange>, Failure> {
    let job = Job::Change { key, name: (&source.name).into(), bytes: source.size };
    match engine().ask_with(&job, source.handle.clone()).await? {
        Answer::Change(change) => Ok(change.map(|bytes| bytes.0.into_owned())),
        other => Err(Failure::of_answer(&other)),
    }
}

/// Takes a chosen or dropped file as that of a key.
pub fn take(page: &Page, key: Key, taken: Taken) {
    let Some((file, name)) = taken.files.into_iter().next() else { return };
    let page = page.clone();
    spawn_local(async move {
        let change = match changed(key, Source::file_as(&file, &name)).await {
            Ok(Ok(change)) => Ok(TakenFile { name, change: Rc::new(change) }),
            Ok(Err(why)) => Err(reason(why)),
            Err(failure) => Err(failure.reason()),
        };
        page.act(Action::Planning(Planned::Takes(key, change)));
    });
}

/// Why something is no change, as it stands at its field.
fn reason(why: NotAChange) -> Text {
    match why {
        NotAChange::Value(takes) => TAKES.nested("takes", takes),
        NotAChange::File(holds) => HOLDS.nested("holds", holds),
        NotAChange::TooLarge => TOO_LARGE,
        NotAChange::UnknownKey => NOT_KNOWN,
    }
}

const TYPED: Text = Text::fixed("typed lines", "eingegebene Zeilen");
const TAKES: Text = Text::fixed("This takes {takes}.", "Gefragt ist {takes}.");
const HOLDS: Text = Text::fixed("The file does not hold {holds}.", "In der Datei fehlt: {holds}.");
const TOO_LARGE: Text = Text::fixed("The file is too large.", "Die Datei ist zu groß.");
const NOT_KNOWN: Text = Text::fixed("This cannot be changed.", "Das lässt sich nicht ändern.");
