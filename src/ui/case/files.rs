//! The files of the case: what each was recognised as and why, how far it was read, and a way to take it out.

use std::collections::HashMap;
use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::input::{Input, InputState, Note};
use vpn_phone_doctor::report::files::Files::Short;
use vpn_phone_doctor::report::files::{listed, short};
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::read_as::ReadAs;
use crate::ui::page::{Ask, Page, use_page};
use crate::ui::state::{File, FileId, Progress};
use crate::ui::widgets::{Device, Icon, Look, Prose, icon, states, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The files.
    pub files: Vec<File>,
    /// The file that each top-level input came from.
    pub sources: Vec<FileId>,
    /// The case, once there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
}

/// The list.
#[function_component(Files)]
pub fn files(props: &Props) -> Html {
    let page = use_page();
    let inputs = props.diagnosis.as_deref().map(|diagnosis| diagnosis.inputs.as_slice()).unwrap_or_default();
    // The diagnosis may be of a moment ago: a file that it does not know yet has no row.
    let tops: Vec<(usize, &Input)> =
        inputs.iter().enumerate().filter(|(_, input)| input.inside.is_none()).collect();
    // Many files that nothing reads are told in one line, and stand behind it.
    let others = props.diagnosis.as_deref().and_then(|diagnosis| listed(diagnosis, Short).others);
    let inside = inside(inputs);
    let places: HashMap<FileId, usize> =
        props.sources.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let rows = props.files.iter().map(|file| {
        let top = places.get(&file.id).and_then(|place| tops.get(*place));
        let foreign =
            others.is_some() && top.is_some_and(|(_, input)| input.state == InputState::Unrecognised);
        let row = match (&file.progress, top) {
            (Progress::Read(_), Some(&(index, input))) => {
                let inside = inside.get(&index).map(Vec::as_slice).unwrap_or_default();
                recognised(&page, file, input, inside)
            }
            (Progress::Read(_), None) => pending(&page, file, file.bytes),
            (Progress::Reading(done), _) => pending(&page, file, *done),
            (Progress::Failed(why), _) => failed(&page, file, why),
        };
        (foreign, row)
    });
    let (folded, rows): (Vec<_>, Vec<_>) = rows.partition(|(foreign, _)| *foreign);
    let folded = others.clone().filter(|_| !folded.is_empty()).map(|others| {
        html! {
            <details class="folded" data-testid="other-files">
                <summary class="small">{ page.say(others) }</summary>
                <ul>{ for folded.into_iter().map(|(_, row)| row) }</ul>
            </details>
        }
    });
    let title = TITLE.with("count", Class::Words, words::number(props.files.len(), page.lang));
    html! {
        <section class="files" id="files" tabindex="-1">
            <h2>{ page.say(title) }</h2>
            <ul>{ for rows.into_iter().map(|(_, row)| row) }</ul>
            { folded }
        </section>
    }
}

fn recognised(page: &Page, file: &File, input: &Input, children: &[(usize, &Input)]) -> Html {
    // Many that nobody reads are told in one line, as among the dropped files.
    let others = short(children.iter().map(|(_, child)| *child)).others;
    let is_other = |child: &Input| others.is_some() && child.state == InputState::Unrecognised;
    let shown = children.iter().filter(|(_, child)| !is_other(child)).take(CHILDREN_SHOWN).map(|(index, child)| {
        html! { <li key={*index} data-testid="input" data-kind={child.kind.id()} data-state={child.state.id()}>{ entry(page, child, None) }</li> }
    });
    let unread = children.iter().filter(|(_, child)| is_other(child)).take(CHILDREN_SHOWN).map(|(index, child)| {
        html! { <li key={*index} data-testid="input" data-kind={child.kind.id()} data-state={child.state.id()}>{ entry(page, child, None) }</li> }
    });
    let more = children.iter().filter(|(_, child)| !is_other(child)).count().saturating_sub(CHILDREN_SHOWN);
    let inside = INSIDE.with("count", Class::Words, words::number(children.len(), page.lang));
    html! {
        <li key={file.id} class="file">
            <div data-testid="input" data-kind={input.kind.id()} data-state={input.state.id()}>
                { entry(page, input, Some(file)) }
            </div>
            <details class="children" hidden={children.is_empty()} open={children.len() <= 6}>
                <summary class="small">{ page.say(inside) }</summary>
                <ul>{ for shown }</ul>
                { others.clone().map(|others| html! {
                    <details class="folded"><summary class="small">{ page.say(others) }</summary><ul>{ for unread }</ul></details>
                }) }
                <p class="small soft" hidden={more == 0}>{ page.say(MORE.with("count", Class::Words, words::number(more, page.lang))) }</p>
            </details>
        </li>
    }
}

/// What lies somewhere inside each file, by the file's place among the inputs. Depth is bounded by the reader.
fn inside(inputs: &[Input]) -> HashMap<usize, Vec<(usize, &Input)>> {
    let holder = |input: &Input| input.inside.and_then(|outer| usize::try_from(outer).ok());
    let mut all: HashMap<usize, Vec<(usize, &Input)>> = HashMap::new();
    for (index, input) in inputs.iter().enumerate() {
        let mut outer = holder(input);
        for _ in 0..DEPTH {
            let Some(next) = outer.and_then(|outer| inputs.get(outer)).and_then(holder) else { break };
            outer = Some(next);
        }
        if let Some(top) = outer {
            all.entry(top).or_default().push((index, input));
        }
    }
    all
}

fn entry(page: &Page, input: &Input, file: Option<&File>) -> Html {
    let look = states::input(input.state);
    let said = file.is_some_and(|file| file.said.is_some());
    let reason = match input.state {
        InputState::Unrecognised if said => SAID_IN_VAIN,
        InputState::Unrecognised | InputState::Refused => input.because.clone(),
        InputState::Read | InputState::PartlyRead => because(&input.because),
    };
    let kind = match file {
        Some(file) => html! { <ReadAs file={file.clone()} kind={input.kind} /> },
        None => html! { <strong>{ page.say(input.kind.name()) }</strong> },
    };
    html! {
        <div class={classes!("entry", look.class)}>
            <div class="top">
                <span class="name"><Device text={input.name.clone()} /></span>
                { file.map(|file| remove(page, file)) }
            </div>
            <p class="what">
                { kind }
                { state(page, look) }
                <span class="soft">{ words::size(input.bytes, page.lang) }</span>
            </p>
            <p class="small soft" hidden={input.because.is_empty()}>
                <Prose text={reason} />
            </p>
            { notes(page, &input.notes) }
        </div>
    }
}

fn because(reason: &Text) -> Text {
    Text::fixed("recognised by {reason}", "erkannt an {reason}").nested("reason", reason.clone())
}

fn state(page: &Page, look: Look) -> Html {
    html! { <span class="state">{ icon(look.icon) }{ page.say(look.word) }</span> }
}

fn notes(page: &Page, notes: &[Note]) -> Html {
    let items = notes.iter().map(|note| {
        let place = match (note.line, note.offset) {
            (Some(line), _) => LINE.number("line", line),
            (None, Some(offset)) => BYTE.with("offset", Class::Words, format!("0x{offset:x}")),
            (None, None) => Text::default(),
        };
        html! { <li><span class="soft">{ page.say(place) }</span><Prose text={note.text.clone()} /></li> }
    });
    let count = NOTES.number("count", notes.len());
    html! {
        <details class="notes small" hidden={notes.is_empty()} open={notes.len() <= 2}>
            <summary>{ page.say(count) }</summary>
            <ul>{ for items }</ul>
        </details>
    }
}

fn pending(page: &Page, file: &File, done: u64) -> Html {
    let (done_words, all_words) = (words::size(done, page.lang), words::size(file.bytes, page.lang));
    html! {
        <li key={file.id} class="file">
            <div class="entry is-off">
                <div class="top"><span class="name"><Device text={file.name.clone()} /></span>{ remove(page, file) }</div>
                <p class="what">
                    <progress max={file.bytes.max(1).to_string()} value={done.to_string()} aria-label={page.say(READING)} />
                    <span class="soft">{ done_words }{ " / " }{ all_words }</span>
                </p>
            </div>
        </li>
    }
}

fn failed(page: &Page, file: &File, why: &Text) -> Html {
    html! {
        <li key={file.id} class="file">
            <div data-testid="input" data-kind="unknown" data-state={InputState::Refused.id()}>
                <div class="entry is-bad">
                    <div class="top"><span class="name"><Device text={file.name.clone()} /></span>{ remove(page, file) }</div>
                    <p class="what">{ state(page, states::input(InputState::Refused)) }
                        <span class="soft">{ words::size(file.bytes, page.lang) }</span></p>
                    <p class="small"><Prose text={why.clone()} /></p>
                </div>
            </div>
        </li>
    }
}

fn remove(page: &Page, file: &File) -> Html {
    let id = file.id;
    let label = REMOVE.with("name", Class::Words, &file.name);
    html! {
        <button type="button" class="button quiet square" aria-label={page.label(label)} title={page.say(TAKE_OUT)}
            onclick={page.asks(move || Ask::Remove(id))}>{ icon(Icon::Remove) }</button>
    }
}

const SAID_IN_VAIN: Text = Text::fixed(
    "Read as you said: nothing of this kind is in it. Choose another kind.",
    "Gelesen wie angegeben: Davon ist nichts darin. Wählen Sie eine andere Art.",
);
const CHILDREN_SHOWN: usize = 200;
const DEPTH: usize = 8;

const TITLE: Text = Text::fixed("Files ({count})", "Dateien ({count})");
const INSIDE: Text = Text::fixed("{count} inside", "{count} darin");
const MORE: Text = Text::fixed("and {count} more", "und {count} weitere");
const READING: Text = Text::fixed("Reading", "Wird gelesen");
const NOTES: Text = Text::fixed("Notes ({count})", "Hinweise ({count})");
const LINE: Text = Text::fixed("Line {line}: ", "Zeile {line}: ");
const BYTE: Text = Text::fixed("Byte {offset}: ", "Byte {offset}: ");
const REMOVE: Text = Text::fixed("Take {name} out of the case", "{name} aus dem Fall nehmen");
const TAKE_OUT: Text = Text::fixed("Take out of the case", "Aus dem Fall nehmen");
