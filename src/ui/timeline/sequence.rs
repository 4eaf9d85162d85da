//! One attempt as a ladder diagram: phone, ASA and CUCM as upright lines, what was said as arrows between them.
//!
//! The picture is SVG without a size of its own: across it is measured in percent and downward in pixels, so its words
//! stay as large as the page's on any screen. The list behind it says the same to whoever does not see it.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::exchange::{End, Fate};
use vpn_phone_doctor::text::Text;
use vpn_phone_doctor::views::sequence::{self, Arrow, Attempt};
use vpn_phone_doctor::visible::visible;
use yew::prelude::*;

use super::model::wrapped;
use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Device, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
}

/// The picture, with the choice of the attempt.
#[function_component(Sequence)]
pub fn sequence_part(props: &Props) -> Html {
    let page = use_page();
    let attempts = use_memo(props.diagnosis.clone(), |case| sequence::attempts(case));
    let picked = use_state_eq(|| None::<usize>);
    let at = picked.filter(|at| *at < attempts.len()).unwrap_or_else(|| sequence::chosen(&attempts));
    let Some(attempt) = attempts.get(at) else { return html! {} };
    let onchange = Callback::from(move |event: Event| {
        picked.set(effects::entered(&event).and_then(|at| at.parse().ok()));
    });
    let options = attempts.iter().enumerate().map(|(index, one)| {
        let result = match one.failed() {
            Some(stage) => FAILS.nested("stage", stage.name()),
            None => GOES_ON,
        };
        let label = format!("{}. {} {}", index + 1, one.begins, page.say(result));
        html! { <option value={index.to_string()} selected={index == at}>{ label }</option> }
    });
    html! {
        <section class="sequence" data-testid="sequence" aria-labelledby="sequence-title">
            <h2 id="sequence-title">{ page.say(TITLE) }</h2>
            <p hidden={attempts.len() < 2}><label for="attempt">{ page.say(ATTEMPT) }{ " " }</label>
                <select id="attempt" class="entry-field" {onchange}>{ for options }</select></p>
            { picture(&page, &props.diagnosis, attempt) }
            <ol class="unseen" data-testid="sequence-list" aria-labelledby="sequence-title">
                { for attempt.arrows.iter().enumerate().map(|(index, arrow)| item(&page, &props.diagnosis, attempt, index, arrow)) }
            </ol>
        </section>
    }
}

/// Where an end stands, in percent.
const fn across(end: End) -> u32 {
    match end {
        End::Phone => 11,
        End::Network => 30,
        End::Asa => 51,
        End::Cucm => 91,
    }
}

fn picture(page: &Page, case: &Diagnosis, attempt: &Attempt) -> Html {
    let mut down = HEAD;
    let mut broken_at = None;
    let mut parts: Vec<Html> = Vec::new();
    for (index, arrow) in attempt.arrows.iter().enumerate() {
        let breaks = attempt.breaks == Some(index);
        let (part, height) = row(page, case, arrow, breaks, down);
        parts.push(part);
        down += height;
        if breaks {
            broken_at = Some(down);
        }
    }
    let bottom = down;
    let ends = attempt.ends();
    let columns = ends.iter().map(|end| {
        let x = percent(across(*end));
        let cut = broken_at.unwrap_or(bottom);
        html! {
            <g>
                <text class="end" x={x.clone()} y="18">{ page.say(sequence::name(*end)) }</text>
                <line class="life" x1={x.clone()} x2={x.clone()} y1="28" y2={cut.to_string()} />
                <line class="life over" x1={x.clone()} x2={x} y1={cut.to_string()} y2={bottom.to_string()} />
            </g>
        }
    });
    html! {
        <svg class="ladder-picture" width="100%" height={(bottom + 8).to_string()} aria-hidden="true" focusable="false">
            { for columns }{ for parts }
        </svg>
    }
}

/// One arrow with its words above it, and how much room it takes.
fn row(page: &Page, case: &Diagnosis, arrow: &Arrow, breaks: bool, top: u32) -> (Html, u32) {
    let note = arrow.from == arrow.to;
    let mut lines: Vec<(&str, String)> = Vec::new();
    if breaks {
        lines.push(("stop", format!("✖ {}", page.say(BREAK))));
    }
    let said = wrapped(&said(page, case, arrow), WIDTH);
    // A hash that fills a line is the device's, as it is.
    let is_hash = |line: &String| line.bytes().all(|byte| byte.is_ascii_hexdigit());
    lines.extend(said.into_iter().map(|line| (if is_hash(&line) { "device" } else { "" }, line)));
    lines.extend(wrapped(&witnesses(page, case, arrow), WIDTH).into_iter().map(|line| ("from device", line)));
    // Words of an arrow begin at the phone's line: there is room for them at any width.
    let (x, anchor) = match arrow.from {
        End::Asa if note => (across(End::Asa), "middle"),
        End::Cucm if note => (98, "end"),
        _ => (across(End::Phone) + 2, "start"),
    };
    let mut down = top + GAP;
    let texts: Vec<Html> = lines
        .into_iter()
        .map(|(class, line)| {
            down += LINE;
            html! { <text {class} x={percent(x)} y={(down - 5).to_string()} text-anchor={anchor}>{ line }</text> }
        })
        .collect();
    let y = (down + if note { 0 } else { 8 }).to_string();
    let (from, to) = (across(arrow.from), across(arrow.to));
    let reached = if arrow.fate == Fate::Lost { (from + to) / 2 } else { to };
    let line = if note {
        // Words in the middle stand on their line; the dot is above them then, and before them else.
        let dot = top + if anchor == "middle" { GAP / 2 } else { GAP + LINE / 2 };
        html! { <svg x={percent(from)} y={dot.to_string()} overflow="visible"><circle r="4" /></svg> }
    } else {
        let tip = if from < to { "M0 0l-9-5v10z" } else { "M0 0l9-5v10z" };
        html! {
            <>
                <line x1={percent(from)} x2={percent(reached)} y1={y.clone()} y2={y.clone()} />
                <svg x={percent(reached)} {y} overflow="visible">
                    if arrow.fate != Fate::Lost { <path class="tip" d={tip} /> }
                    if arrow.fate != Fate::Arrives { <path class="cross" d="M-7-7L7 7M7-7L-7 7" /> }
                </svg>
            </>
        }
    };
    let height = down + if note { 0 } else { 16 } - top;
    let class = match (breaks, arrow.fate) {
        (true, _) => "arrow is-bad breaks",
        (false, Fate::Arrives) => "arrow",
        _ => "arrow is-bad",
    };
    let ground = breaks.then(|| {
        html! { <rect class="ground" x="0" y={(top + 6).to_string()} width="100%" height={(height + 4).to_string()} rx="6" /> }
    });
    (
        html! { <g {class} data-break={breaks.then_some("true")}>{ ground }{ for texts }{ line }</g> },
        height + if breaks { 10 } else { 0 },
    )
}

fn item(page: &Page, case: &Diagnosis, attempt: &Attempt, index: usize, arrow: &Arrow) -> Html {
    let breaks = attempt.breaks == Some(index);
    let from = page.say(sequence::name(arrow.from));
    let who = if arrow.from == arrow.to {
        from.to_string()
    } else {
        format!("{from} → {}", page.say(sequence::name(arrow.to)))
    };
    let stop = breaks.then(|| format!("{}: ", page.say(BREAK)));
    html! {
        <li data-break={breaks.then_some("true")}>
            { stop }{ who }{ ": " }{ said(page, case, arrow) }{ " (" }<Device text={witnesses(page, case, arrow)} />{ ")" }
        </li>
    }
}

fn said(page: &Page, case: &Diagnosis, arrow: &Arrow) -> String {
    let row = arrow.rows.first().and_then(|row| case.timeline.get(*row));
    row.map(|row| visible(&row.says.get(page.lang))).unwrap_or_default()
}

/// The lines and packets that tell it.
fn witnesses(page: &Page, case: &Diagnosis, arrow: &Arrow) -> String {
    let rows = arrow.rows.iter().filter_map(|row| case.timeline.get(*row));
    let places: Vec<String> =
        rows.map(|row| visible(&words::at(&words::name(case, row.input), &row.at, page.lang))).collect();
    places.join(" · ")
}

fn percent(x: u32) -> String {
    format!("{x}%")
}

/// Pixels above the first arrow, above each one's words, and of a line of words.
const HEAD: u32 = 30;
const GAP: u32 = 12;
const LINE: u32 = 18;
/// Characters of a line: what has room on a screen of 320 pixels.
const WIDTH: usize = 28;

const TITLE: Text = Text::fixed("Who said what to whom", "Wer wem was gesagt hat");
const ATTEMPT: Text = Text::fixed("Attempt", "Versuch");
const FAILS: Text = Text::fixed("breaks at: {stage}", "bricht ab bei: {stage}");
const GOES_ON: Text = Text::fixed("no break seen", "kein Abbruch zu sehen");
const BREAK: Text = Text::fixed("Here it breaks", "Hier bricht es ab");
