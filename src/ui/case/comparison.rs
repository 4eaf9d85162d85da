//! What the phone trusts and what the ASA presents: aligned, in both notations, with where each was seen.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::{HashComparison, HashSide};
use vpn_phone_doctor::fingerprint;
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Aligned, Copy, Device, Lane, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, for names.
    pub diagnosis: Rc<Diagnosis>,
    /// Both sides.
    pub comparison: HashComparison,
}

/// The comparison.
#[function_component(Comparison)]
pub fn comparison(props: &Props) -> Html {
    let page = use_page();
    let HashComparison { trusted, presented } = &props.comparison;
    let lanes = vec![
        Lane { label: TRUSTED, bytes: trusted.bytes.clone() },
        Lane { label: PRESENTED, bytes: presented.bytes.clone() },
    ];
    let differing = trusted.bytes.iter().zip(&presented.bytes).filter(|(one, other)| one != other).count();
    let of = trusted.bytes.len().max(presented.bytes.len());
    let count = DIFFER.number("count", differing).number("of", of);
    html! {
        <div class="comparison">
            <Aligned {lanes} />
            <p class="small soft">{ page.say(count) }</p>
            <dl class="sides">
                { side(&page, &props.diagnosis, TRUSTED, trusted) }
                { side(&page, &props.diagnosis, PRESENTED, presented) }
            </dl>
        </div>
    }
}

fn side(page: &Page, diagnosis: &Diagnosis, label: Text, side: &HashSide) -> Html {
    let base64 = fingerprint::base64(&side.bytes);
    let places = side.seen.iter().map(|place| {
        html! { <li><Device text={words::place(diagnosis, place, page.lang)} /></li> }
    });
    html! {
        <div class="side">
            <dt>{ page.say(label) }</dt>
            <dd>
                <Device text={base64.clone()} />
                <ul class="places small">{ for places }</ul>
                <span class="buttons">
                    <Copy text={base64} label={BASE64} class="quiet" />
                    <Copy text={fingerprint::colons(&side.bytes)} label={HEX} class="quiet" />
                </span>
            </dd>
        </div>
    }
}

const TRUSTED: Text = Text::fixed("Phone trusts", "Telefon vertraut");
const PRESENTED: Text = Text::fixed("ASA presents", "ASA legt vor");
const DIFFER: Text = Text::fixed("{count} of {of} bytes differ.", "{count} von {of} Bytes sind verschieden.");
const BASE64: Text = Text::fixed("Copy base64", "Base64 kopieren");
const HEX: Text = Text::fixed("Copy hex", "Hex kopieren");
