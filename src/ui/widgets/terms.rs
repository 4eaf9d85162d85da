//! Abbreviations that stand in a text, each with what it means, just below it.

use vpn_phone_doctor::text::{Lang, Text};
use yew::prelude::*;

use super::device::shown;
use crate::ui::page::use_page;

/// Where they stand.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The texts.
    pub texts: Vec<Text>,
}

/// What they mean; hidden where there are none.
#[function_component(Terms)]
pub fn terms(props: &Props) -> Html {
    let page = use_page();
    let met: Vec<&(&str, Text)> = TERMS
        .iter()
        .filter(|(term, _)| props.texts.iter().any(|text| holds(text, term, page.lang)))
        .collect();
    let items = met.iter().map(|(term, means)| {
        html! { <div key={*term}><dt>{ shown(term) }</dt><dd>{ page.say(means.clone()) }</dd></div> }
    });
    html! { <dl class="terms small soft" data-testid="terms" hidden={met.is_empty()}>{ for items }</dl> }
}

/// The term stands there as a word of its own.
fn holds(text: &Text, term: &str, lang: Lang) -> bool {
    text.get(lang).split(|sign: char| !sign.is_ascii_alphanumeric()).any(|word| word == term)
}

static TERMS: [(&str, Text); 6] = [
    (
        "MIC",
        Text::fixed(
            "the certificate that a phone has from the factory",
            "das Zertifikat, das ein Telefon ab Werk hat",
        ),
    ),
    (
        "LSC",
        Text::fixed(
            "the certificate that CUCM gives a phone, in the place of the MIC",
            "das Zertifikat, das der CUCM einem Telefon anstelle des MIC gibt",
        ),
    ),
    ("CAPF", Text::fixed("the service of CUCM that issues LSCs", "der Dienst des CUCM, der LSCs ausstellt")),
    (
        "DAP",
        Text::fixed(
            "rules of the ASA that allow or end a session after the login",
            "Regeln der ASA, die eine Sitzung nach der Anmeldung zulassen oder beenden",
        ),
    ),
    (
        "CSD",
        Text::fixed(
            "Cisco Secure Desktop, the ASA’s check of a client’s condition; a phone cannot answer it",
            "Cisco Secure Desktop, die Prüfung des Gerätezustands durch die ASA; ein Telefon kann sie nicht beantworten",
        ),
    ),
    (
        "ITL",
        Text::fixed(
            "the list of certificates that a phone trusts by itself, from CUCM’s TFTP server",
            "die Liste der Zertifikate, denen ein Telefon von selbst vertraut, vom TFTP-Server des CUCM",
        ),
    ),
];
