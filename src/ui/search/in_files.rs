//! The lines of the files that hold what was typed, whatever was read of them.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::sought::Sought;
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::searching::{Listed, SHORTEST};
use crate::ui::state::{Action, FileId};
use crate::ui::text_search::use_text_search;
use crate::ui::widgets::{Device, Prose, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// Its files with their sizes, in order.
    pub files: Vec<(FileId, u64)>,
    /// What was typed.
    pub text: AttrValue,
}

/// The lines, as they are found.
#[function_component(InFiles)]
pub fn in_files(props: &Props) -> Html {
    let page = use_page();
    let match_case = use_state_eq(|| false);
    let asked_for = use_state_eq(AttrValue::default);
    let stopped = use_state_eq(AttrValue::default);
    let shown = use_state_eq(|| (AttrValue::default(), AT_ONCE));
    let text = AttrValue::from(props.text.trim().to_owned());
    let size: u64 = props.files.iter().map(|(_, bytes)| bytes).sum();
    let waits = (size > UNASKED_BYTES && *asked_for != text) || *stopped == text;
    let sought = Sought { text: text.to_string(), match_case: *match_case };
    let files = if waits { Vec::new() } else { props.files.clone() };
    let search = use_text_search(sought.clone(), files);
    let sources: Vec<FileId> = props.files.iter().map(|(id, _)| *id).collect();
    let listed = search.listed(&props.diagnosis, &sources);
    let running = search.running();
    let most = if shown.0 == text { shown.1 } else { AT_ONCE };
    let items = listed.hits.iter().take(most).enumerate().map(|(index, place)| {
        let mark = sought.find(&place.at.text).and_then(|at| place.at.text.get(at)).unwrap_or_default();
        let onclick = {
            let (page, place, sought) = (page.clone(), place.clone(), sought.clone());
            Callback::from(move |_: MouseEvent| page.act(Action::Sought(place.clone(), sought.clone())))
        };
        html! {
            <li key={index}><button type="button" class="item" data-testid="search-hit" {onclick}>
                <Device text={place.at.text.clone()} mark={mark.to_owned()} />
                <span class="small soft"><Device text={words::place(&props.diagnosis, place, page.lang)} /></span></button></li>
        }
    });
    let start = {
        let (asked_for, stopped, text) = (asked_for.clone(), stopped.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            stopped.set(AttrValue::default());
            asked_for.set(text.clone());
        })
    };
    let stop = {
        let text = text.clone();
        Callback::from(move |_: MouseEvent| stopped.set(text.clone()))
    };
    let case = {
        let match_case = match_case.clone();
        Callback::from(move |_: Event| match_case.set(!*match_case))
    };
    let more = {
        let (shown, text) = (shown.clone(), text.clone());
        Callback::from(move |_: MouseEvent| shown.set((text.clone(), most.saturating_add(MORE_AT_ONCE))))
    };
    let short = text.chars().count() < SHORTEST;
    let status = match running {
        _ if short => TOO_SHORT,
        _ if waits => Text::default(),
        Some((done, all)) => {
            let size = |bytes| words::size(bytes, page.lang);
            RUNNING.with("done", Class::Words, size(done)).with("all", Class::Words, size(all))
        }
        None => total(&page, &listed),
    };
    let left = listed.hits.len().saturating_sub(most);
    let unlisted = listed.lines.saturating_sub(listed.hits.len());
    let number = |value| words::number(value, page.lang);
    html! {
        <section class="in-files" aria-label={page.say(TITLE)} data-testid="in-files" data-running={running.is_some().to_string()}>
            <header><strong>{ page.say(TITLE) }</strong>
                <label class="option small"><input type="checkbox" data-testid="match-case" checked={*match_case} onchange={case} />{ page.say(MATCH_CASE) }</label>
            </header>
            <p class="small soft" role="status">{ page.say(status) }</p>
            <p hidden={running.is_none() || waits}><button type="button" class="button" data-testid="stop-search" onclick={stop}>{ page.say(STOP) }</button></p>
            <p hidden={!waits || short}><button type="button" class="button" data-testid="search-files" onclick={start}>
                { page.say(START.with("size", Class::Words, words::size(size, page.lang))) }</button></p>
            <ul>{ for items }</ul>
            <p hidden={left == 0}><button type="button" class="button quiet" data-testid="more-hits" onclick={more}>
                { page.say(MORE.with("count", Class::Words, number(left))) }</button></p>
            <p class="small soft" hidden={unlisted == 0}>{ page.say(UNLISTED.with("count", Class::Words, number(unlisted))) }</p>
            <ul class="small soft" hidden={running.is_some()}>{ for remarks(&listed).into_iter().enumerate().map(|(index, text)| html! { <li key={index}><Prose {text} /></li> }) }</ul>
        </section>
    }
}

/// How many lines hold it, in words.
pub fn total(page: &Page, listed: &Listed) -> Text {
    let number = |value| words::number(value, page.lang);
    match (listed.lines, listed.inputs) {
        (0, _) => NOTHING,
        (1, _) => ONE,
        (lines, 1) => LINES.with("count", Class::Words, number(lines)),
        (lines, inputs) => {
            LINES_OF.with("count", Class::Words, number(lines)).with("inputs", Class::Words, number(inputs))
        }
    }
}

/// What was not looked through: that nothing was found there says nothing.
fn remarks(listed: &Listed) -> Vec<Text> {
    let mut remarks = listed.failed.clone();
    for (count, one, many) in
        [(listed.passed_by, PASSED_BY_ONE, PASSED_BY), (listed.long_lines, LONG_ONE, LONG)]
    {
        remarks.extend((count > 0).then(|| words::counted(count, one, many)));
    }
    remarks
}

/// Lines shown at once, and with each wish for more.
const AT_ONCE: usize = 10;
const MORE_AT_ONCE: usize = 50;
/// Files of so many bytes are looked through without being asked.
const UNASKED_BYTES: u64 = 64 << 20;

const TITLE: Text = Text::fixed("In the files", "In den Dateien");
const MATCH_CASE: Text = Text::fixed("Match case", "Groß- und Kleinschreibung beachten");
const TOO_SHORT: Text = Text::fixed("Type two characters or more.", "Geben Sie mindestens zwei Zeichen ein.");
const RUNNING: Text = Text::fixed("{done} of {all} searched …", "{done} von {all} durchsucht …");
const STOP: Text = Text::fixed("Stop searching", "Suche abbrechen");
const START: Text = Text::fixed("Search the files ({size})", "Dateien durchsuchen ({size})");
const NOTHING: Text = Text::fixed("No line holds this text.", "Keine Zeile enthält diesen Text.");
const ONE: Text = Text::fixed("1 line", "1 Zeile");
const LINES: Text = Text::fixed("{count} lines", "{count} Zeilen");
const LINES_OF: Text = Text::fixed("{count} lines in {inputs} files", "{count} Zeilen in {inputs} Dateien");
const MORE: Text = Text::fixed("Show {count} more", "{count} weitere zeigen");
const UNLISTED: Text = Text::fixed(
    "{count} more lines are not listed. A longer text finds fewer.",
    "{count} weitere Zeilen sind nicht aufgeführt. Ein längerer Text findet weniger.",
);
const PASSED_BY_ONE: Text = Text::fixed(
    "1 file was not searched: it is no text, or too large.",
    "1 Datei wurde nicht durchsucht: Sie ist kein Text oder zu groß.",
);
const PASSED_BY: Text = Text::fixed(
    "{count} files were not searched: they are no text, or too large.",
    "{count} Dateien wurden nicht durchsucht: Sie sind kein Text oder zu groß.",
);
const LONG_ONE: Text = Text::fixed(
    "Of 1 very long line only the beginning was searched.",
    "Von 1 sehr langen Zeile wurde nur der Anfang durchsucht.",
);
const LONG: Text = Text::fixed(
    "Of {count} very long lines only the beginning was searched.",
    "Von {count} sehr langen Zeilen wurde nur der Anfang durchsucht.",
);
