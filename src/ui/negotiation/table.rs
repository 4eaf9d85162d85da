//! What each kind of phone and the ASA agree on, and which certificate goes to whom.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{CertificateCell, Diagnosis, NegotiationRow, NegotiationView};
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Device, Icon, Line, Prose, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
}

/// The negotiations.
#[function_component(NegotiationTable)]
pub fn negotiation_part(props: &Props) -> Html {
    let page = use_page();
    let views = props.diagnosis.negotiations.iter().enumerate().map(|(index, view)| {
        html! { <li key={index}>{ agreements_with(&page, &props.diagnosis, view) }</li> }
    });
    html! { <ul class="negotiations" data-testid="negotiations">{ for views }</ul> }
}

fn agreements_with(page: &Page, diagnosis: &Rc<Diagnosis>, view: &NegotiationView) -> Html {
    let rows = view.rows.iter().enumerate().map(|(index, row)| {
        html! { <li key={index}>{ kind(page, diagnosis, row) }</li> }
    });
    // As the style for paper has it: where the case's own phones are known, others are printed in short unless they fail.
    let in_short = view.rows.iter().filter(|row| !row.own && row.works != Some(false)).count();
    html! {
        <section class="negotiated" data-testid="negotiation">
            <h2><Device text={words::name(diagnosis, view.input)} />
                <span class="soft" hidden={view.release.is_empty()}>{ page.say(RELEASE.with("release", Class::Words, &view.release)) }</span></h2>
            <ul class="kinds-of-phone">{ for rows }</ul>
            <p class="small soft for-paper" hidden={!view.rows.iter().any(|row| row.own) || in_short == 0}>
                { page.say(words::counted(in_short, IN_SHORT_ONE, IN_SHORT)) }</p>
            { table(page, &view.table) }
            <div class="unproven" hidden={view.assumed.is_empty()}>
                <h3>{ icon(Icon::Ring) }{ page.say(ASSUMED) }</h3>
                <ul>{ for view.assumed.iter().map(|text| html! { <li><Prose text={text.clone()} /></li> }) }</ul>
            </div>
        </section>
    }
}

fn kind(page: &Page, diagnosis: &Rc<Diagnosis>, row: &NegotiationRow) -> Html {
    let (picture, class, word) = works(row.works);
    let agreed = match (row.version.as_str(), row.suite.as_str()) {
        ("", "") => html! { <span>{ page.say(NOTHING) }</span> },
        (version, suite) => {
            html! { <><Device text={version.to_owned()} />{ " " }<Device text={suite.to_owned()} /></> }
        }
    };
    let lines = row.places.iter().enumerate().map(|(index, place)| {
        html! { <li key={index}><Line diagnosis={diagnosis.clone()} place={place.clone()} /></li> }
    });
    let count = LINES.number("count", row.places.len());
    html! {
        <article class={classes!("kind-of-phone", class)} data-testid="negotiation-row" data-own={row.own.to_string()}>
            <header>
                <span class="sign-post">{ icon(picture) }</span>
                <h3><Prose text={row.phone.clone()} /></h3>
                <span class="own" hidden={!row.own}>{ page.say(OWN) }</span>
            </header>
            <p><strong>{ page.say(word) }</strong>{ " " }<Prose text={row.outcome.clone()} /></p>
            <dl class="facts">
                <div><dt>{ page.say(AGREED) }</dt><dd>{ agreed }</dd></div>
                { for row.heard.iter().map(|(name, value)| html! { <div><dt>{ page.say(name.clone()) }</dt><dd><Device text={value.clone()} /></dd></div> }) }
                <div hidden={row.certificate.is_empty()}><dt>{ page.say(CERTIFICATE) }</dt><dd><Prose text={row.certificate.clone()} /></dd></div>
                <div hidden={row.data.is_empty()}><dt>{ page.say(DATA) }</dt><dd><Prose text={row.data.clone()} /></dd></div>
            </dl>
            <div class="suites">
                { suites(page, OFFERS, &row.offers, &row.allows) }
                { suites(page, ALLOWS, &row.allows, &row.offers) }
            </div>
            <details class="proof" hidden={row.places.is_empty()}>
                <summary>{ page.say(count) }</summary>
                <ul class="lines">{ for lines }</ul>
            </details>
        </article>
    }
}

/// One side's suites; those of both sides are marked.
fn suites(page: &Page, name: Text, own: &[String], other: &[String]) -> Html {
    let items = own.iter().map(|suite| {
        let both = other.contains(suite);
        html! {
            <li class={if both { "both" } else { "one-side" }}>
                <Device text={suite.clone()} />
                <span class="in-both" hidden={!both}>{ icon(Icon::Check) }<span class="unseen">{ page.say(BOTH) }</span></span>
            </li>
        }
    });
    html! {
        <div>
            <h4>{ page.say(name) }</h4>
            <p class="small soft" hidden={!own.is_empty()}>{ page.say(NOT_KNOWN) }</p>
            <ol>{ for items }</ol>
        </div>
    }
}

/// What the phone offers by which certificates are bound, with the case's own cell marked.
fn table(page: &Page, cells: &[CertificateCell]) -> Html {
    let rows = distinct(cells.iter().map(|cell| &cell.offers));
    let columns = distinct(cells.iter().map(|cell| &cell.bound));
    let heads = columns.iter().map(|bound| html! { <th scope="col"><Prose text={(*bound).clone()} /></th> });
    let body = rows.iter().map(|offers| {
        let cells = columns.iter().map(|bound| {
            let found = cells.iter().find(|cell| cell.offers == **offers && cell.bound == **bound);
            found.map_or_else(|| html! { <td></td> }, |found| cell(page, found))
        });
        html! { <tr><th scope="row"><Prose text={(*offers).clone()} /></th>{ for cells }</tr> }
    });
    html! {
        <div class="who-gets-what" hidden={cells.is_empty()}>
            <h3>{ page.say(TABLE) }</h3>
            <div class="scroll" tabindex="0" role="region" aria-label={page.say(TABLE)}>
                <table class="certificate-table" data-testid="certificate-table">
                    <thead><tr><th scope="col">{ page.say(PHONE_OFFERS) }</th>{ for heads }</tr></thead>
                    <tbody>{ for body }</tbody>
                </table>
            </div>
        </div>
    }
}

fn cell(page: &Page, cell: &CertificateCell) -> Html {
    let (picture, class, word) = works(Some(cell.works));
    html! {
        <td class={classes!(class, cell.own.then_some("own-cell"))} data-own={cell.own.to_string()}>
            <span class="cell-state">{ icon(picture) }<span class="unseen">{ page.say(word) }</span></span>
            <Prose text={cell.presented.clone()} />
            <span class="own" hidden={!cell.own}>{ page.say(OWN) }</span>
        </td>
    }
}

fn distinct<'t>(texts: impl Iterator<Item = &'t Text>) -> Vec<&'t Text> {
    let mut seen: Vec<&Text> = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}

const fn works(works: Option<bool>) -> (Icon, &'static str, Text) {
    match works {
        Some(true) => (Icon::Check, "is-good", Text::fixed("Works.", "Geht.")),
        Some(false) => (Icon::Cross, "is-bad", Text::fixed("Fails.", "Scheitert.")),
        None => (Icon::Ring, "is-open", Text::fixed("Not known.", "Nicht bekannt.")),
    }
}

const RELEASE: Text = Text::fixed(" ASA {release}", " ASA {release}");
const OWN: Text = Text::fixed("your case", "Ihr Fall");
const NOTHING: Text = Text::fixed("nothing", "nichts");
const AGREED: Text = Text::fixed("Agreed", "Vereinbart");
const CERTIFICATE: Text = Text::fixed("Certificate", "Zertifikat");
const DATA: Text = Text::fixed("Data channel", "Datenkanal");
const OFFERS: Text = Text::fixed("The phone offers", "Das Telefon bietet an");
const ALLOWS: Text = Text::fixed("The ASA allows", "Die ASA erlaubt");
const BOTH: Text = Text::fixed("on both sides", "auf beiden Seiten");
const NOT_KNOWN: Text = Text::fixed("not known", "nicht bekannt");
const LINES: Text = Text::fixed("Evidence ({count})", "Belege ({count})");
const TABLE: Text =
    Text::fixed("Which certificate is presented to whom", "Welches Zertifikat wem vorgelegt wird");
const PHONE_OFFERS: Text = Text::fixed("The phone offers", "Das Telefon bietet an");
const IN_SHORT_ONE: Text = Text::fixed(
    "1 kind of phone that is not in this case is printed without its ciphers and evidence: the page has them.",
    "1 Art von Telefonen, die nicht im Fall ist, ist ohne Chiffren und Belege gedruckt: Die Seite hat sie.",
);
const IN_SHORT: Text = Text::fixed(
    "{count} kinds of phones that are not in this case are printed without their ciphers and evidence: the page has them.",
    "{count} Arten von Telefonen, die nicht im Fall sind, sind ohne Chiffren und Belege gedruckt: Die Seite hat sie.",
);
const ASSUMED: Text = Text::fixed("Assumed, not shown", "Angenommen, nicht belegt");
