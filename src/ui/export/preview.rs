//! What a redacted report gives away, before it is saved: counts, the whole list, and some real lines before and after.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::report::redact::Redacted;
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::model::{Change, Redaction};
use super::replaced;
use crate::ui::page::{Page, use_page};
use crate::ui::state::Action;
use crate::ui::widgets::{Device, Prose};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// The redacted case.
    pub redaction: Redaction,
}

/// The preview.
#[function_component(Preview)]
pub fn preview(props: &Props) -> Html {
    let page = use_page();
    let (status, body) = match &props.redaction {
        Redaction::Open => (html! { { page.say(WORKING) } }, html! {}),
        Redaction::Failed(why) => (html! { <Prose text={why.clone()} /> }, again(&page)),
        Redaction::Ready(redacted) => {
            (what_was_replaced(&page, redacted), list(&page, &props.diagnosis, redacted))
        }
    };
    let failed = matches!(props.redaction, Redaction::Failed(_));
    html! {
        <section class="preview" aria-labelledby="preview-title" data-testid="redaction-preview">
            <h3 id="preview-title">{ page.say(TITLE) }</h3>
            <div class={classes!("status", failed.then_some("failed"))} role="status">{ status }</div>
            <div>{ body }</div>
        </section>
    }
}

fn again(page: &Page) -> Html {
    html! {
        <button type="button" class="button" onclick={page.acts(|| Action::Saving(Change::Again))}>{ page.say(AGAIN) }</button>
    }
}

/// How many of each kind, in words.
fn what_was_replaced(page: &Page, redacted: &Redacted) -> Html {
    let classes = replaced::classes(&redacted.map).into_iter().map(|(class, text)| {
        html! { <li key={class.clone()} data-class={class.clone()}>{ page.say(text) }</li> }
    });
    let none = redacted.map.is_empty() && redacted.secrets == 0;
    html! {
        <>
            <p>{ page.say(if none { NOTHING } else { REPLACED }) }</p>
            <ul class="counts">
                { for classes }
                <li key="secrets" data-class="secrets" hidden={redacted.secrets == 0}>{ page.say(replaced::secrets(redacted.secrets)) }</li>
            </ul>
        </>
    }
}

fn list(page: &Page, diagnosis: &Diagnosis, redacted: &Rc<Redacted>) -> Html {
    let samples =
        samples(diagnosis, &redacted.diagnosis).into_iter().enumerate().map(|(index, (before, after))| {
            html! {
                <div key={index} class="before-after" data-testid="sample">
                    <dt>{ page.say(BEFORE) }</dt><dd><Device text={before.to_owned()} /></dd>
                    <dt>{ page.say(AFTER) }</dt><dd><Device text={after.to_owned()} /></dd>
                </div>
            }
        });
    let samples: Vec<Html> = samples.collect();
    html! {
        <>
            <div class="samples" hidden={samples.is_empty()}>
                <h4>{ page.say(SAMPLES) }</h4>
                <dl>{ for samples }</dl>
            </div>
            <Entries redacted={redacted.clone()} />
            <p class="small soft">{ page.say(LOOK) }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct EntriesProps {
    redacted: Rc<Redacted>,
}

/// The whole list. It may have thousands of rows, so it is written once it is opened.
#[function_component(Entries)]
fn entries(props: &EntriesProps) -> Html {
    let page = use_page();
    let opened = use_state_eq(|| false);
    let onclick = {
        let opened = opened.clone();
        Callback::from(move |_: MouseEvent| opened.set(true))
    };
    let map = &props.redacted.map;
    let rows = map.iter().filter(|_| *opened).map(|entry| {
        html! {
            <tr key={entry.pseudonym.clone()}>
                <td><Device text={entry.original.clone()} /></td>
                <td><Device text={entry.pseudonym.clone()} /></td>
            </tr>
        }
    });
    html! {
        <details class="replaced" data-testid="replaced" hidden={map.is_empty()}>
            <summary {onclick}>{ page.say(ALL.number("count", map.len())) }</summary>
            <div class="scroll" tabindex="0" role="region" aria-label={page.say(ALL_LABEL)}>
                <table>
                    <thead><tr><th scope="col">{ page.say(ORIGINAL) }</th><th scope="col">{ page.say(PSEUDONYM) }</th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </details>
    }
}

/// Lines that prove something and change most, each finding's own first.
fn samples<'d>(real: &'d Diagnosis, redacted: &'d Diagnosis) -> Vec<(&'d str, &'d str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let findings: Vec<_> = real.findings.iter().zip(&redacted.findings).collect();
    let most = findings.iter().map(|(found, _)| found.evidence.len()).max().unwrap_or_default();
    for turn in 0..most {
        for (one, other) in &findings {
            let lines = one.evidence.get(turn).and_then(|line| line.at.as_ref());
            let lines = lines.zip(other.evidence.get(turn).and_then(|line| line.at.as_ref()));
            let Some((before, after)) = lines.map(|(before, after)| (before.text.trim(), after.text.trim()))
            else {
                continue;
            };
            if before != after && pairs.iter().all(|(known, _)| *known != before) {
                pairs.push((before, after));
            }
            if pairs.len() == SAMPLE_LINES {
                return pairs;
            }
        }
    }
    pairs
}

const SAMPLE_LINES: usize = 3;

const TITLE: Text = Text::fixed("What leaves", "Was hinausgeht");
const WORKING: Text =
    Text::fixed("Working out what will be replaced …", "Es wird ermittelt, was ersetzt wird …");
const REPLACED: Text = Text::fixed("Replaced by pseudonyms:", "Durch Pseudonyme ersetzt:");
const NOTHING: Text = Text::fixed(
    "This case has no name, address or hash to replace.",
    "Dieser Fall enthält keinen Namen, keine Adresse und keinen Hash zum Ersetzen.",
);
const SAMPLES: Text = Text::fixed("Lines of this case, for example", "Zeilen dieses Falls, zum Beispiel");
const BEFORE: Text = Text::fixed("In the file", "In der Datei");
const AFTER: Text = Text::fixed("In the report", "Im Bericht");
const ALL: Text = Text::fixed("All that is replaced ({count})", "Alles, was ersetzt wird ({count})");
const ALL_LABEL: Text = Text::fixed("All that is replaced", "Alles, was ersetzt wird");
const ORIGINAL: Text = Text::fixed("In your files", "In Ihren Dateien");
const PSEUDONYM: Text = Text::fixed("In the report", "Im Bericht");
const AGAIN: Text = Text::fixed("Try again", "Noch einmal versuchen");
const LOOK: Text = Text::fixed(
    "A word that is not known to be harmless is replaced, too. Read the report through before you send it: what was done on which day, and with which versions, stays in it.",
    "Auch ein Wort, das nicht als harmlos bekannt ist, wird ersetzt. Lesen Sie den Bericht durch, bevor Sie ihn senden: Was an welchem Tag mit welchen Versionen geschah, bleibt darin stehen.",
);
