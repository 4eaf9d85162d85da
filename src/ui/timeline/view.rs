//! What happened: a ladder diagram of one attempt; below it all events, the phones' lane on the left, a capture's
//! between, the ASA's on the right, time downward.
//!
//! One ordered list is the picture and what a screen reader reads; on a narrow screen the lanes stand under each
//! other. The lanes stand on the clock of the case as far as it is known, and a person may shift each by hand.

use std::collections::BTreeMap;
use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::text::{Class, Text};
use vpn_phone_doctor::views::in_order::{Lane, SHOWN, Timed, lane_of};
use vpn_phone_doctor::visible::visible;
use yew::prelude::*;

use super::model::{self, Group};
use super::sequence::Sequence;
use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::state::Action;
use crate::ui::widgets::{Device, DropZone, Icon, Prose, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
}

/// The picture.
#[function_component(Timeline)]
pub fn timeline(props: &Props) -> Html {
    let page = use_page();
    let shifts = use_state(BTreeMap::<u32, i64>::new);
    let case = props.diagnosis.clone().filter(|case| !case.timeline.is_empty());
    let groups = case.as_ref().map(|case| model::groups(case, &shifts)).unwrap_or_default();
    let items = groups.iter().enumerate().filter_map(|(index, group)| {
        let case = case.as_ref()?;
        Some(html! { <li key={index} class="instant">{ instant(&page, case, group) }</li> })
    });
    let has = |lane: Lane| {
        case.as_ref().is_some_and(|case| case.timeline.iter().any(|row| lane_of(case, row.input) == lane))
    };
    let wire = has(Lane::Wire);
    let clocks = case.as_ref().map(|case| {
        let mut inputs: Vec<u32> = case.timeline.iter().map(|row| row.input).collect();
        inputs.sort_unstable();
        inputs.dedup();
        // The clock of the case is the ASA's, or else the first capture's.
        let base = inputs.iter().copied().find(|input| lane_of(case, *input) == Lane::Asa);
        let base = base.or_else(|| inputs.iter().copied().find(|input| lane_of(case, *input) == Lane::Wire));
        inputs.retain(|input| Some(*input) != base && lane_of(case, *input) != Lane::Asa);
        let rows = inputs.into_iter().filter_map(|input| Some(clock(&page, case, (input, base?), &shifts)));
        html! { <ul class="clocks">{ for rows }</ul> }
    });
    let all = case.as_ref().map_or(0, |case| case.timeline.len());
    let cut = CUT.with("shown", Class::Words, words::number(SHOWN, page.lang)).with(
        "all",
        Class::Words,
        words::number(all, page.lang),
    );
    html! {
        <div class={classes!("timeline", wire.then_some("three"))}>
            <h1>{ page.say(TITLE) }</h1>
            <p class="soft">{ page.say(if all == 0 { EMPTY } else { HOW }) }</p>
            <div>{ (all == 0).then(|| html! { <DropZone /> }) }</div>
            { case.as_ref().map(|case| html! { <Sequence diagnosis={case.clone()} /> }) }
            <h2 hidden={all == 0}>{ page.say(ALL) }</h2>
            <div class="set">{ clocks }</div>
            <p hidden={all <= SHOWN}>{ page.say(cut) }</p>
            <div class="lanes" aria-hidden="true" hidden={all == 0}>
                <span></span><strong>{ page.say(PHONE) }</strong><strong hidden={!wire}>{ page.say(WIRE) }</strong><strong>{ page.say(ASA) }</strong>
            </div>
            <ol class="instants" data-testid="timeline">{ for items }</ol>
            <p><a href={Route::Case.address()}>{ page.say(BACK) }</a></p>
        </div>
    }
}

fn instant(page: &Page, case: &Rc<Diagnosis>, group: &Group) -> Html {
    let pause = (group.pause > 0)
        .then(|| page.say(PAUSE.with("seconds", Class::Words, words::duration(group.pause))));
    let events = group.events.iter().map(|event| moment(page, case, event));
    html! {
        <div class="together">
            <div class="time">
                <strong class="day">{ group.day.clone() }</strong>
                <span class="device">{ group.time.clone() }</span>
                <span class="pause small soft">{ pause }</span>
            </div>
            <ul>{ for events }</ul>
        </div>
    }
}

fn moment(page: &Page, case: &Rc<Diagnosis>, event: &Timed) -> Html {
    let Some(row) = case.timeline.get(event.row) else { return html! {} };
    let place = Place { input: row.input, at: row.at.clone() };
    let (side, lane) = match event.lane {
        Lane::Phone => (PHONE, "phone"),
        Lane::Wire => (WIRE, "wire"),
        Lane::Asa => (ASA, "asa"),
    };
    let label = visible(&format!("{} {}", page.say(OPEN), words::place(case, &place, page.lang)));
    let shown = words::place(case, &place, page.lang);
    let open = page.acts(move || Action::Viewed(place.clone()));
    let stop = event.breaks.then(|| {
        html! { <strong class="stop is-bad">{ icon(Icon::Cross) }{ page.say(BREAK) }{ ": " }{ page.say(case.verdict.sentence.clone()) }</strong> }
    });
    html! {
        <li key={event.row} class={classes!("moment", event.telling.then_some("telling is-bad"))} data-testid="moment"
            data-lane={lane} data-stage={row.stage.id()} data-break={event.breaks.then_some("true")}>
            <div class="event">
                <span class="stage small soft"><span class="side">{ page.say(side) }{ " · " }</span>{ page.say(row.stage.name()) }</span>
                <span class="what"><Prose text={row.says.clone()} /></span>
                <button type="button" class="link where small" aria-label={label} onclick={open}><Device text={shown} /></button>
            </div>
            <div class="after">{ stop }</div>
        </li>
    }
}

/// How one phone's clock stands, and the means to shift it.
fn clock(
    page: &Page,
    case: &Rc<Diagnosis>,
    (input, base): (u32, u32),
    shifts: &UseStateHandle<BTreeMap<u32, i64>>,
) -> Html {
    let name = words::name(case, input);
    let known = case.clocks.iter().find(|clock| clock.input == input);
    let whose = if lane_of(case, input) == Lane::Wire { CAPTURES } else { PHONES };
    let against = if lane_of(case, base) == Lane::Wire { OF_CAPTURE } else { OF_ASA };
    let mut within = String::new();
    let says = match known {
        None => UNKNOWN.clone(),
        Some(clock) => {
            within = format!(" (± {} s)", words::tenths(clock.within_millis, page.lang));
            let amount = words::tenths(clock.offset_millis.abs(), page.lang);
            let text = match clock.offset_millis {
                0 => SAME,
                1.. => BEHIND,
                _ => AHEAD,
            };
            text.with("seconds", Class::Words, amount)
        }
    };
    let says = page.say(says);
    let says = says.replace("{whose}", &page.say(whose)).replace("{base}", &page.say(against));
    let from = known.map(|clock| page.say(clock.from.clone()));
    let by_hand = shifts.get(&input).copied().unwrap_or(0);
    let set = {
        let shifts = shifts.clone();
        move |millis: i64| {
            let mut next = (*shifts).clone();
            next.insert(input, millis.clamp(-DAY_MILLIS, DAY_MILLIS));
            shifts.set(next);
        }
    };
    let field = format!("shift-{input}");
    let typed = {
        let set = set.clone();
        Callback::from(move |event: Event| {
            if let Some(millis) = effects::entered(&event).and_then(|text| model::millis(&text)) {
                set(millis);
            }
        })
    };
    let steps = STEPS.iter().map(|(millis, label)| {
        let (set, millis) = (set.clone(), *millis);
        let label = words::decimal(label, page.lang);
        let onclick = Callback::from(move |_: MouseEvent| set(by_hand.saturating_add(millis)));
        html! { <button key={millis} type="button" class="button quiet" aria-label={format!("{label} s, {name}")} {onclick}>{ label }</button> }
    });
    let reset = {
        let set = set.clone();
        Callback::from(move |_: MouseEvent| set(0))
    };
    html! {
        <li key={input} class="clock" data-testid="clock" data-known={known.is_some().to_string()}>
            <p><Device text={name.clone()} />{ ": " }{ says }{ within }<span class="small soft">{ " " }{ from }</span></p>
            <div class="shift">
                <label for={field.clone()}>{ page.say(SHIFT) }</label>
                <input id={field} type="text" inputmode="decimal" autocomplete="off" value={words::decimal(&model::seconds(by_hand), page.lang)} onchange={typed} />
                { for steps }
                <button type="button" class="button quiet" disabled={by_hand == 0} onclick={reset}>{ page.say(RESET) }</button>
            </div>
        </li>
    }
}

const DAY_MILLIS: i64 = 86_400_000;
/// Steps by hand.
static STEPS: [(i64, &str); 4] = [(-1000, "−1"), (-100, "−0.1"), (100, "+0.1"), (1000, "+1")];

const TITLE: Text = Text::fixed("Timeline", "Zeitverlauf");
const PHONE: Text = Text::fixed("Phone", "Telefon");
const WIRE: Text = Text::fixed("Network (capture)", "Netz (Mitschnitt)");
const ASA: Text = Text::fixed("ASA", "ASA");
const ALL: Text = Text::fixed("All events", "Alle Ereignisse");
const EMPTY: Text = Text::fixed(
    "Nothing is known yet. Logs of phone and ASA and captures fill this picture.",
    "Noch ist nichts bekannt. Protokolle von Telefon und ASA und Mitschnitte füllen dieses Bild.",
);
const HOW: Text = Text::fixed(
    "Time runs downward, on the ASA’s clock or else the capture’s. Each event opens its line.",
    "Die Zeit läuft nach unten, nach der Uhr der ASA oder sonst des Mitschnitts. Jedes Ereignis öffnet seine Zeile.",
);
const CUT: Text = Text::fixed(
    "The first {shown} of {all} are shown; a saved report has all.",
    "Gezeigt werden die ersten {shown} von {all}; ein gespeicherter Bericht enthält alle.",
);
const BACK: Text = Text::fixed("To the case", "Zum Fall");
const PAUSE: Text = Text::fixed("{seconds} later", "{seconds} später");
const OPEN: Text = Text::fixed("Open the line", "Zeile öffnen:");
const BREAK: Text = Text::fixed("Here it breaks", "Hier bricht es ab");
const BEHIND: Text =
    Text::fixed("{whose} is {seconds} s behind {base}.", "{whose} geht gegenüber {base} {seconds} s nach.");
const AHEAD: Text =
    Text::fixed("{whose} is {seconds} s ahead of {base}.", "{whose} geht gegenüber {base} {seconds} s vor.");
const SAME: Text = Text::fixed("{whose} agrees with {base}.", "{whose} stimmt mit {base} überein.");
const PHONES: Text = Text::fixed("This phone’s clock", "Die Uhr dieses Telefons");
const CAPTURES: Text = Text::fixed("This capture’s clock", "Die Uhr dieses Mitschnitts");
const OF_ASA: Text = Text::fixed("the ASA’s", "der Uhr der ASA");
const OF_CAPTURE: Text = Text::fixed("the capture’s", "der Uhr des Mitschnitts");
static UNKNOWN: Text = Text::fixed(
    "How far this clock is from {base} is not known: no event was certainly seen by both. It is shown as if both clocks were right.",
    "Wie weit diese Uhr von {base} abweicht, ist nicht bekannt: Kein Ereignis haben sicher beide gesehen. Gezeigt wird es, als gingen beide Uhren richtig.",
);
const SHIFT: Text = Text::fixed("Shift by hand (seconds)", "Von Hand verschieben (Sekunden)");
const RESET: Text = Text::fixed("Reset", "Zurücksetzen");
