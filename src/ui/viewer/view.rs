//! A line in its file: the lines around it, read again from the file, and the way to the next piece of evidence.
//!
//! Only some hundred lines are here at a time; a file of gigabytes is leafed through. A file that changed or went away
//! since it was dropped is said to have done so.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake::lookup::{self, Route};
use vpn_phone_doctor::lines_near::{LinesNear, Row, Wanted};
use vpn_phone_doctor::sought::Sought;
use vpn_phone_doctor::source::Place;
use vpn_phone_doctor::text::{Class, Text};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::find::Find;
use super::model::proofs;
use crate::ui::browser::effects;
use crate::ui::page::{Ask, use_page};
use crate::ui::searching;
use crate::ui::state::{Action, FileId};
use crate::ui::widgets::{Device, Prose, explained, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// The line.
    pub place: Place,
    /// The files that the diagnosis was made from, in order.
    pub sources: Vec<FileId>,
    /// What the line was found by; empty where it is evidence.
    pub sought: Sought,
}

/// What came back.
#[derive(Clone, PartialEq)]
enum Answer {
    Asked,
    Lines(LinesNear),
    Failed(Text),
}

/// The dialog.
#[function_component(Viewer)]
pub fn viewer(props: &Props) -> Html {
    let page = use_page();
    let answer = use_state_eq(|| Answer::Asked);
    let meaning = use_state_eq(|| None::<(u64, Text)>);
    // Where it is leafed to, away from the line itself, and whether a line was looked for there.
    let leafed = use_state_eq(|| None::<(Wanted, bool)>);
    let sought = use_state_eq(|| props.sought.clone());
    let (case, place) = (props.diagnosis.clone(), props.place.clone());
    let route = lookup::route(&case.inputs, &place);
    let secret = searching::is_secret(&case, place.input);
    {
        let (answer, meaning) = (answer.clone(), meaning.clone());
        let page = page.clone();
        let index = route.as_ref().and_then(|route| usize::try_from(route.file).ok());
        let file = index.and_then(|index| props.sources.get(index).copied());
        use_effect_with((place.clone(), (*leafed).clone()), move |(_, leafed)| {
            meaning.set(None);
            let route = route.map(|route| match leafed {
                Some((wanted, _)) => {
                    Route { wanted: Wanted { size: route.wanted.size, ..wanted.clone() }, ..route }
                }
                None => route,
            });
            let (first, to_hit) = (leafed.is_none(), leafed.as_ref().is_some_and(|(_, hit)| *hit));
            let then = Callback::from(move |lines: Result<LinesNear, Text>| {
                answer.set(match lines {
                    Ok(lines) => Answer::Lines(lines),
                    Err(why) => Answer::Failed(why),
                });
                // Who goes from hit to hit keeps the keyboard in the field.
                let show = if to_hit { effects::show } else { effects::focus };
                if first || to_hit {
                    gloo::timers::callback::Timeout::new(0, move || show("#telling-line")).forget();
                }
            });
            match file.zip(route) {
                Some((file, route)) if !secret => page.ask(Ask::LinesNear { file, route, then }),
                _ => then.emit(Ok(LinesNear::default())),
            }
        });
    }
    {
        let (leafed, sought, found_by) = (leafed.clone(), sought.clone(), props.sought.clone());
        use_effect_with(place.clone(), move |_| {
            leafed.set(None);
            sought.set(found_by);
        });
    }
    let proofs = proofs(&case);
    let at = proofs.iter().position(|proof| *proof == place);
    let count = at.map(|at| {
        let number = |value: usize| words::number(value, page.lang);
        page.say(OF.with("number", Class::Words, number(at + 1)).with(
            "all",
            Class::Words,
            number(proofs.len()),
        ))
    });
    let says = case.findings.iter().flat_map(|found| &found.evidence);
    let mut says = says.filter(|one| one.input == Some(place.input) && one.at.as_ref() == Some(&place.at));
    let evidence = says.next();
    let mark = evidence.map(|one| one.mark.clone()).unwrap_or_default();
    let told = evidence.map(|one| one.says.clone()).unwrap_or_default();
    let (note, around) = match &*answer {
        Answer::Asked => (READING, None),
        Answer::Failed(why) => (why.clone(), None),
        Answer::Lines(_) if secret => (SECRET, None),
        Answer::Lines(around) if around.rows.is_empty() => (ONLY_EXCERPT, None),
        Answer::Lines(around) if around.changed && leafed.is_none() => (CHANGED, Some(around)),
        Answer::Lines(around) => (Text::default(), Some(around)),
    };
    let at_line = leafed.as_ref().is_none_or(|(_, hit)| *hit);
    let rows = around.map(|around| {
        let telling = around.telling.and_then(|at| usize::try_from(at).ok()).filter(|_| at_line);
        let explains = words::is_log(&case, place.input);
        let row = |(index, row): (usize, &Row)| {
            let telling = telling == Some(index);
            let offset = row.offset;
            let number = if row.line > 0 { row.line.to_string() } else { format!("{offset:06x}") };
            let text = row.text.clone();
            let shown = match &text {
                Some(text) => {
                    let found = sought.find(text).and_then(|at| text.get(at));
                    let mark = found.map(str::to_owned).or_else(|| telling.then(|| mark.clone())).unwrap_or_default();
                    html! { <Device text={text.clone()} {mark} /> }
                }
                None => html! { <em class="soft">{ page.say(KEY) }</em> },
            };
            let ask = text.filter(|text| explains && !text.trim().is_empty()).map(|text| {
                let meaning = meaning.clone();
                Callback::from(move |_: MouseEvent| {
                    if effects::text_selected() {
                        return;
                    }
                    let (meaning, text) = (meaning.clone(), text.clone());
                    spawn_local(async move { meaning.set(Some((offset, explained(&text).await))) });
                })
            });
            let told = meaning.as_ref().filter(|(at, _)| *at == offset).map(|(_, text)| text.clone());
            let number = match &ask {
                Some(ask) => html! { <button type="button" class="link number" title={page.say(MEANS)} aria-label={format!("{number}: {}", page.say(MEANS))} onclick={ask.clone()}>{ number }</button> },
                None => html! { <span class="number">{ number }</span> },
            };
            html! {
                <li key={offset.to_string()} id={telling.then_some("telling-line")} tabindex={telling.then_some("-1")} class={classes!("row", telling.then_some("telling"))}
                    data-testid={telling.then_some("telling-line")}>
                    { number }
                    <span class="text" onclick={ask}>{ shown }</span>
                    <span class="meaning" role="status" hidden={told.is_none()}>{ for told.map(|text| html! { <Prose {text} /> }) }</span>
                </li>
            }
        };
        let leaf = |row: Option<&Row>, there: bool, label: Text, id: &'static str| {
            let row = row.cloned().filter(|_| there);
            let leafed = leafed.clone();
            let onclick = Callback::from({
                let row = row.clone();
                move |_: MouseEvent| {
                    if let Some(row) = &row {
                        let wanted = Wanted { line: row.line, offset: row.offset, ..Wanted::default() };
                        leafed.set(Some((wanted, false)));
                    }
                }
            });
            html! { <p><button type="button" class="button quiet" data-testid={id} hidden={row.is_none()} {onclick}>{ page.say(label) }</button></p> }
        };
        html! {
            <>
                { leaf(around.rows.first(), around.before, EARLIER, "earlier") }
                <ol class="rows">{ for around.rows.iter().enumerate().map(row) }</ol>
                { leaf(around.rows.last(), around.after, LATER, "later") }
            </>
        }
    });
    let excerpt = around.is_none().then(|| {
        html! { <div class="row telling" id="telling-line" tabindex="-1"><span class="text"><Device text={place.at.text.clone()} mark={mark.clone()} /></span></div> }
    });
    let typed = {
        let sought = sought.clone();
        Callback::from(move |text| sought.set(text))
    };
    let go = {
        let leafed = leafed.clone();
        Callback::from(move |Place { at, .. }: Place| {
            let wanted = Wanted { line: at.line, offset: at.offset, ..Wanted::default() };
            leafed.set(Some((wanted, true)));
        })
    };
    let where_ = words::place(&case, &place, page.lang);
    html! {
        <div class="viewer veil" data-testid="viewer">
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="viewer-title">
                <header>
                    <h2 id="viewer-title"><Device text={where_} /></h2>
                    <span class="small soft">{ count }</span>
                    <div class="buttons">
                        <button type="button" class="button quiet" data-testid="previous-evidence" onclick={page.acts(|| Action::ViewStepped(-1))}>{ page.say(PREVIOUS) }<kbd>{ "p" }</kbd></button>
                        <button type="button" class="button quiet" data-testid="next-evidence" onclick={page.acts(|| Action::ViewStepped(1))}>{ page.say(NEXT) }<kbd>{ "n" }</kbd></button>
                        <button type="button" class="button" id="viewer-close" onclick={page.acts(|| Action::ViewClosed)}>{ page.say(CLOSE) }<kbd>{ "Esc" }</kbd></button>
                    </div>
                </header>
                <div hidden={secret}><Find diagnosis={case.clone()} place={place.clone()} sources={props.sources.clone()} sought={(*sought).clone()} {typed} {go} /></div>
                <p class="told" hidden={told.is_empty()}><Prose text={told.clone()} /></p>
                <p class="note" role="status" hidden={note.is_empty()}><Prose text={note.clone()} /></p>
                <div class="around" tabindex="0" role="region" aria-label={page.say(LINES)}>{ excerpt }{ rows }</div>
            </div>
        </div>
    }
}

const READING: Text = Text::fixed("Reading the file …", "Die Datei wird gelesen …");
const SECRET: Text = Text::fixed(
    "What holds a private key is not shown.",
    "Was einen privaten Schlüssel enthält, wird nicht gezeigt.",
);
const ONLY_EXCERPT: Text = Text::fixed(
    "This is the line as it was read. Its surroundings cannot be shown: the file is not here.",
    "Das ist die Zeile, wie sie gelesen wurde. Ihre Umgebung lässt sich nicht zeigen: Die Datei ist nicht hier.",
);
const CHANGED: Text = Text::fixed(
    "The file changed since it was read: at this place stands something else now. Drop it again.",
    "Die Datei hat sich seit dem Lesen geändert: An dieser Stelle steht jetzt etwas anderes. Legen Sie sie noch einmal ab.",
);
const KEY: Text = Text::fixed("private key, not shown", "privater Schlüssel, nicht gezeigt");
const OF: Text = Text::fixed("Evidence {number} of {all}", "Beleg {number} von {all}");
const PREVIOUS: Text = Text::fixed("Previous evidence ", "Voriger Beleg ");
const NEXT: Text = Text::fixed("Next evidence ", "Nächster Beleg ");
const CLOSE: Text = Text::fixed("Close ", "Schließen ");
const EARLIER: Text = Text::fixed("Earlier lines", "Frühere Zeilen");
const LATER: Text = Text::fixed("Later lines", "Spätere Zeilen");
const LINES: Text = Text::fixed("Lines of the file", "Zeilen der Datei");
const MEANS: Text = Text::fixed("What does this line mean?", "Was bedeutet diese Zeile?");
