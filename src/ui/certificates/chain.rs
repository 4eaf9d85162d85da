//! The chain of each certificate that the ASA presents, drawn: who shows it, who trusts it, and each hash as it stands.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{CertificateRow, Diagnosis, HashRow};
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::text::Text;
use vpn_phone_doctor::views::chains;
use yew::prelude::*;

use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Device, Icon, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
}

/// The chains.
#[function_component(Chains)]
pub fn chains_part(props: &Props) -> Html {
    let page = use_page();
    let case = &props.diagnosis;
    let chains = chains::of(case);
    let disputed = case.certificates.iter().flat_map(|row| &row.shown_by).any(|one| one.disputed);
    let items = chains.iter().map(|chain| {
        let steps = chain.iter().filter_map(|at| Some(step(&page, case, *at, case.certificates.get(*at)?)));
        let last = chain.last().and_then(|at| case.certificates.get(*at)).filter(|row| !row.self_signed);
        let missing = last.map(|row| {
            html! { <li class="absent">{ icon(Icon::Ring) }<span>{ page.say(ABSENT) }{ " " }<Device text={row.issuer.clone()} /></span></li> }
        });
        html! { <li><ol class="chain">{ for steps }{ missing }</ol></li> }
    });
    html! {
        <section class="matrix" data-testid="chains" hidden={chains.is_empty()}>
            <h2>{ page.say(TITLE) }</h2>
            <p class="dispute is-warn" data-testid="dispute" hidden={!disputed}>{ icon(Icon::Triangle) }<span>{ page.say(DISPUTE) }</span></p>
            <ul class="chains">{ for items }</ul>
        </section>
    }
}

fn step(page: &Page, case: &Diagnosis, at: usize, row: &CertificateRow) -> Html {
    let place = |input: u32, at| words::at(&words::name(case, input), at, page.lang);
    let shown = row.shown_by.iter().map(|one| {
        let (class, picture, lead) = match one.disputed {
            true => ("is-warn", Icon::Triangle, OTHERWISE),
            false => ("is-good", Icon::Check, PRESENTED),
        };
        html! { <li {class}>{ icon(picture) }<span>{ page.say(lead) }{ ": " }{ page.say(one.says.clone()) }{ " " }<Device text={place(one.place.input, &one.place.at)} /></span></li> }
    });
    let index = u32::try_from(at).unwrap_or(u32::MAX);
    let hashes = case.hashes.iter().filter(|hash| hash.certificates.contains(&index)).take(HASHES).map(|hash| {
        let lead = if trusts(case, hash) { TRUSTED } else { PRINTED };
        let digits = hash.text.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase());
        let notation = if digits.eq(hash.hex.chars()) { HEX } else { BASE64 };
        html! { <li class="is-good">{ icon(Icon::Check) }<span>{ page.say(lead) }{ " " }<Device text={place(hash.input, &hash.at)} />{ ": " }<Device text={hash.text.clone()} />{ " (" }{ page.say(notation) }{ ")" }</span></li> }
    });
    let trusted = case.hashes.iter().any(|hash| hash.certificates.contains(&index) && trusts(case, hash));
    let nobody = (!trusted && case.hashes.iter().any(|hash| trusts(case, hash))).then(|| {
        html! { <li class="is-off">{ icon(Icon::Remove) }<span>{ page.say(NOBODY) }</span></li> }
    });
    html! {
        <li>
            <h3><span class="soft">{ at + 1 }{ " " }</span><Device text={row.subject.clone()} /></h3>
            <p class="small soft"><Device text={place(row.input, &row.at)} />{ " · " }{ page.say(SHA1) }{ " " }<Device text={row.sha1_base64.clone()} /></p>
            <ul>{ for shown }{ for hashes }{ nobody }</ul>
        </li>
    }
}

/// A phone's configuration trusts what it lists; a log only prints what it saw.
pub fn trusts(case: &Diagnosis, hash: &HashRow) -> bool {
    let input = usize::try_from(hash.input).ok().and_then(|index| case.inputs.get(index));
    input.is_some_and(|input| input.kind != Kind::PhoneLog)
}

/// Hashes shown of one certificate; a fleet has thousands.
const HASHES: usize = 12;

const TITLE: Text = Text::fixed("The chain that the ASA presents", "Die Kette, die die ASA vorlegt");
const DISPUTE: Text = Text::fixed(
    "Your files name different certificates. What was seen in a handshake counts more than a setting.",
    "Ihre Dateien nennen verschiedene Zertifikate. Was in einem Handshake zu sehen war, zählt mehr als eine Einstellung.",
);
const PRESENTED: Text = Text::fixed("Presented", "Vorgelegt");
const OTHERWISE: Text = Text::fixed(
    "Disputed: stronger evidence shows another",
    "Umstritten: Ein stärkerer Beleg zeigt ein anderes",
);
const TRUSTED: Text = Text::fixed("Trusted by", "Vertraut von");
const PRINTED: Text = Text::fixed("Hash printed in", "Hash ausgegeben in");
const BASE64: Text = Text::fixed("Base64", "Base64");
const HEX: Text = Text::fixed("hexadecimal", "hexadezimal");
const SHA1: Text = Text::fixed("SHA-1", "SHA-1");
const NOBODY: Text =
    Text::fixed("No phone trusts it by its hash.", "Kein Telefon vertraut ihm über seinen Hash.");
const ABSENT: Text = Text::fixed("The issuer is in no file:", "Der Aussteller ist in keiner Datei:");
