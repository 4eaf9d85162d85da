//! What became of the case since an earlier report that lies among the files.
//!
//! The earlier report is a file: its titles, names and lines are shown as a device's words are, and its rules reach an
//! attribute only where they are words and dashes.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{Became, Change, Diagnosis, Since};
use vpn_phone_doctor::text::{Lang, Text};
use yew::prelude::*;

use crate::ui::browser::effects::language_tag;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Device, Icon, Prose, icon};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
}

/// The comparison; hidden where there is none.
#[function_component(Changes)]
pub fn changes(props: &Props) -> Html {
    let page = use_page();
    let Some(since) = &props.diagnosis.since else { return html! { <section hidden=true /> } };
    let all: usize = since.lists().iter().map(|(_, list)| list.len()).sum();
    let lists = since.lists().into_iter().filter(|(_, list)| !list.is_empty());
    let lists = lists.map(|(became, list)| group(&page, since, became, list, all));
    let notes = since.notes.iter().map(|note| html! { <li><Prose text={note.clone()} /></li> });
    let heading = if since.alone { ALONE } else { HEADING };
    html! {
        <section class="changes" data-testid="changes" aria-labelledby="changes-heading">
            <h2 id="changes-heading">{ page.say(heading) }</h2>
            <p class="summary" data-testid="changes-summary" hidden={since.summary.is_empty()}>
                { page.say(since.summary.clone()) }</p>
            <p class="small soft" hidden={since.sentence.is_empty()}>
                { page.say(SAID) }<q lang={since.language.map(language_tag)}><Prose text={Text::quoted(since.sentence.clone())} /></q>
            </p>
            <ul class="notes small" hidden={since.notes.is_empty()}>{ for notes }</ul>
            <div class="lists">{ for lists }</div>
        </section>
    }
}

/// A mark on a finding that the earlier report did not have.
pub fn mark(page: &Page, diagnosis: &Diagnosis, finding: usize) -> Option<Html> {
    let new = diagnosis.since.as_ref().is_some_and(|since| since.is_new(finding));
    new.then(|| html! { <span class="since" data-testid="new-since">{ page.say(NEW_SINCE) }</span> })
}

fn group(page: &Page, since: &Since, became: Became, list: &[Change], all: usize) -> Html {
    let (picture, class) = match became {
        Became::Fixed => (Icon::Check, "is-good"),
        Became::New => (Icon::Plus, "is-bad"),
        Became::Same => (Icon::Equal, "is-warn"),
        Became::Unchecked => (Icon::Ring, "is-open"),
    };
    let name = if since.alone { FOUND_THEN } else { became.name() };
    // What changed is what the person came for; what did not is there to be unfolded.
    let changed = matches!(became, Became::Fixed | Became::New);
    let open = all <= FEW || (changed && list.len() <= FEW);
    let items = list.iter().enumerate().map(|(index, change)| {
        html! { <li key={index} class="change" data-testid="change" data-state={became.id()} data-rule={word(&change.rule)}>
        { item(page, since.language, change) }</li> }
    });
    html! {
        <details key={became.id()} class={classes!("became", class)} data-state={became.id()} {open}>
            <summary><span class="sign-post">{ icon(picture) }</span><h3>{ page.say(name) }</h3>
                <span class="soft">{ format!(" ({})", list.len()) }</span></summary>
            <ul>{ for items }</ul>
        </details>
    }
}

fn item(page: &Page, language: Option<Lang>, change: &Change) -> Html {
    let title = html! { <Prose text={change.title.clone()} /> };
    let title = match change.finding {
        Some(_) => {
            let (page, rule) = (page.clone(), change.rule.clone());
            let onclick = Callback::from(move |_: MouseEvent| page.lead(&rule));
            html! { <button type="button" class="link title" data-testid="to-finding" {onclick}>{ title }</button> }
        }
        // The report's own words, unless the rule has a title in this language.
        None => {
            let own = change.title.en() == change.title.de();
            let lang = language.filter(|_| own).map(language_tag);
            html! { <span class="title" {lang}>{ title }</span> }
        }
    };
    let place = match change.line {
        Some(line) => format!("{}:{line}", change.file),
        None => change.file.clone(),
    };
    // What is fixed does not stand in the file any longer.
    let then = change.finding.is_none().then(|| page.say(THEN));
    html! {
        <>
            <p>{ title }<span class="stage small soft">{ change.stage.map(|stage| page.say(stage.name())) }</span></p>
            <p class="shows small" hidden={place.is_empty() && change.text.is_empty()}>
                <span class="where soft">{ then }<Device text={place} /></span><Device text={change.text.clone()} /></p>
            <p class="small soft" hidden={change.note.is_empty()}><Prose text={change.note.clone()} /></p>
        </>
    }
}

/// A rule's id; `None` for anything else that an earlier report may call one.
fn word(rule: &str) -> Option<String> {
    let is_word = rule.len() <= 64 && rule.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_word.then(|| rule.to_owned())
}

/// Findings that are shown without unfolding.
const FEW: usize = 5;

const HEADING: Text = Text::fixed("Since the earlier report", "Seit dem früheren Bericht");
const ALONE: Text = Text::fixed("An earlier report", "Ein früherer Bericht");
const SAID: Text = Text::fixed("Its verdict: ", "Sein Ergebnis: ");
const THEN: Text = Text::fixed("then: ", "damals: ");
const FOUND_THEN: Text = Text::fixed("Found then", "Damals gefunden");
const NEW_SINCE: Text = Text::fixed("not in the earlier report", "nicht im früheren Bericht");
