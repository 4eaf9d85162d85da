//! The certificates of the case, their hashes, and which of the phone's hashes is whose.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{CertificateRow, Diagnosis, HashRow};
use vpn_phone_doctor::fingerprint;
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::chain::{Chains, trusts};
use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Copy, Device, DropZone, Icon, Prose, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
}

/// The list.
#[function_component(Certificates)]
pub fn certificates(props: &Props) -> Html {
    let page = use_page();
    let rows = props
        .diagnosis
        .iter()
        .flat_map(|case| firsts(case).into_iter().map(move |(index, row)| (case, index, row)));
    let items = rows
        .map(|(case, index, row)| html! { <li key={index}>{ certificate(&page, case, index, row) }</li> });
    let none = props.diagnosis.as_ref().is_none_or(|case| case.certificates.is_empty());
    html! {
        <div class="certificates">
            <h1>{ page.say(TITLE) }</h1>
            <div class="empty" hidden={!none}><p class="lead">{ page.say(EMPTY) }</p>{ none.then(|| html! { <DropZone /> }) }</div>
            <div class="chains">{ props.diagnosis.as_ref().map(|case| html! { <><Chains diagnosis={case.clone()} />{ matrix(&page, case) }</> }) }</div>
            <ul class="list">{ for items }</ul>
        </div>
    }
}

fn certificate(page: &Page, case: &Diagnosis, index: usize, row: &CertificateRow) -> Html {
    let subject = if row.subject.is_empty() { row.label.clone() } else { row.subject.clone() };
    let date = |seconds: Option<i64>| seconds.map_or_else(|| "?".to_owned(), words::day);
    let facts = [
        (LABEL, row.label.clone()),
        (ISSUER, if row.self_signed { String::new() } else { row.issuer.clone() }),
        (VALID, format!("{} – {}", date(row.not_before), date(row.not_after))),
        (NAMES, row.names.join(", ")),
        (KEY, row.key.clone()),
        (SIGNATURE, row.signature.clone()),
        (SERIAL, row.serial.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| {
        html! { <div><dt>{ page.say(name) }</dt><dd><Device text={value} /></dd></div> }
    });
    let colons = |hex: &str| {
        fingerprint::bytes_of_hex(hex).map(|bytes| fingerprint::colons(&bytes)).unwrap_or_default()
    };
    let hashes = [
        (SHA1_BASE64, row.sha1_base64.clone()),
        (SHA1_HEX, colons(&row.sha1)),
        (SHA256_HEX, colons(&row.sha256)),
        (MD5_HEX, colons(&row.md5)),
    ];
    let hashes = hashes.into_iter().map(|(name, text)| {
        html! { <div class="notation"><dt>{ page.say(name) }</dt><dd><Device text={text.clone()} /><Copy {text} class="quiet" /></dd></div> }
    });
    let places = same(case, row).map(|(index, row)| {
        html! { <li key={index}><Device text={words::at(&words::name(case, row.input), &row.at, page.lang)} /></li> }
    });
    let details = row.details.iter().map(|(name, value)| {
        html! { <div><dt>{ page.say(name.clone()) }</dt><dd><Device text={value.clone()} /></dd></div> }
    });
    html! {
        <article class="certificate" data-testid="certificate">
            <h2><span class="soft">{ format!("{} ", index + 1) }</span><Device text={subject} /></h2>
            <ul class="places small soft">{ for places }</ul>
            <p>{ page.say(role_in_words(row)) }</p>
            <ul class="badges" data-testid="badges">{ for badges(page, case, index, row) }</ul>
            <dl class="facts">{ for facts }</dl>
            <dl class="hashes">{ for hashes }</dl>
            <ul class="notes small">{ for row.notes.iter().map(|note| html! { <li><Prose text={note.clone()} /></li> }) }</ul>
            <details hidden={row.details.is_empty()}>
                <summary>{ page.say(DETAILS) }</summary>
                <dl class="facts">{ for details }</dl>
            </details>
        </article>
    }
}

/// Each certificate once, where it was found first.
fn firsts(case: &Diagnosis) -> Vec<(usize, &CertificateRow)> {
    let rows = case.certificates.iter().enumerate();
    rows.filter(|(index, row)| same(case, row).next().is_some_and(|(first, _)| first == *index)).collect()
}

/// Everywhere that a certificate was found.
fn same<'c>(
    case: &'c Diagnosis,
    row: &'c CertificateRow,
) -> impl Iterator<Item = (usize, &'c CertificateRow)> {
    case.certificates.iter().enumerate().filter(|(_, other)| other.sha256 == row.sha256)
}

/// What it is, in words.
fn role_in_words(row: &CertificateRow) -> Text {
    let parts = [Some(role(&row.role)), row.self_signed.then_some(SELF_SIGNED)];
    Text::joined(parts.into_iter().flatten().filter(|text| !text.is_empty()), " · ")
}

/// What counts for the phones: whether it is valid today, who presents it, who binds it, and who trusts it.
fn badges(page: &Page, case: &Diagnosis, index: usize, row: &CertificateRow) -> Vec<Html> {
    let now = effects::now();
    let is_config = |input: u32| {
        let input = usize::try_from(input).ok().and_then(|at| case.inputs.get(at));
        input.is_some_and(|input| matches!(input.kind, Kind::AsaConfig | Kind::AsaSsl))
    };
    let shown: Vec<_> =
        same(case, row).flat_map(|(_, row)| &row.shown_by).filter(|one| !one.disputed).collect();
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    let trusted = case.hashes.iter().any(|hash| hash.certificates.contains(&index) && trusts(case, hash));
    let all = [
        (row.not_after.is_some_and(|end| end < now), "expired", Icon::Cross, "is-bad", EXPIRED),
        (row.not_before.is_some_and(|begin| begin > now), "not-yet", Icon::Cross, "is-bad", NOT_YET),
        (shown.iter().any(|one| !is_config(one.place.input)), "presented", Icon::Check, "is-good", PRESENTED),
        (shown.iter().any(|one| is_config(one.place.input)), "bound", Icon::Dot, "is-good", BOUND),
        (trusted, "trusted", Icon::Lock, "is-good", TRUSTED),
    ];
    let held = all.into_iter().filter(|(holds, ..)| *holds);
    held.map(|(_, id, picture, class, word)| {
        html! { <li key={id} {class} data-badge={id}>{ icon(picture) }{ page.say(word) }</li> }
    })
    .collect()
}

/// Which hash of a text is whose: one row for each hash, one column for each certificate.
fn matrix(page: &Page, case: &Diagnosis) -> Html {
    let shown: Vec<usize> = firsts(case).into_iter().map(|(index, _)| index).take(COLUMNS).collect();
    let columns = shown.iter().map(|index| html! { <th scope="col">{ index + 1 }</th> });
    let rows = case.hashes.iter().take(ROWS).map(|row| matrix_row(page, case, row, &shown));
    html! {
        <section class="matrix" hidden={case.hashes.is_empty()}>
            <h2>{ page.say(MATRIX) }</h2>
            <div class="scroll" tabindex="0">
                <table>
                    <thead><tr><th scope="col">{ page.say(HASH) }</th><th scope="col">{ page.say(SEEN) }</th>{ for columns }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

fn matrix_row(page: &Page, case: &Diagnosis, row: &HashRow, columns: &[usize]) -> Html {
    let cells = columns.iter().map(|&index| {
        let matches = u32::try_from(index).is_ok_and(|index| row.certificates.contains(&index));
        let (picture, word, class) =
            if matches { (Icon::Check, MATCHES, "is-good") } else { (Icon::Remove, NO_MATCH, "is-off") };
        html! { <td {class}>{ icon(picture) }<span class="unseen">{ page.say(word) }</span></td> }
    });
    html! {
        <tr>
            <th scope="row"><Device text={row.text.clone()} /></th>
            <td><Device text={words::at(&words::name(case, row.input), &row.at, page.lang)} /></td>
            { for cells }
        </tr>
    }
}

fn role(id: &str) -> Text {
    match id {
        "asa-identity" => Text::fixed("The ASA’s own", "Eigenes der ASA"),
        "asa-ca" => Text::fixed("A CA on the ASA", "Eine CA auf der ASA"),
        "asa-self-signed" => Text::fixed("Made by the ASA itself", "Von der ASA selbst erstellt"),
        "phone-mic" => Text::fixed("A phone’s, from the factory (MIC)", "Eines Telefons, ab Werk (MIC)"),
        "phone-lsc" => Text::fixed("A phone’s, from CUCM (LSC)", "Eines Telefons, vom CUCM (LSC)"),
        "capf" => Text::fixed("CUCM’s CAPF", "CAPF des CUCM"),
        "cisco-ca" => Text::fixed("A Cisco manufacturing CA", "Eine Fertigungs-CA von Cisco"),
        _ => Text::fixed("", ""),
    }
}

const COLUMNS: usize = 24;
const ROWS: usize = 200;

const TITLE: Text = Text::fixed("Certificates", "Zertifikate");
const EMPTY: Text = Text::fixed(
    "No certificate yet. Drop a certificate, an ASA configuration with its certificate blocks, or a PKCS #7 file.",
    "Noch kein Zertifikat. Legen Sie ein Zertifikat, eine ASA-Konfiguration mit ihren Zertifikatsblöcken oder eine PKCS-#7-Datei ab.",
);
const LABEL: Text = Text::fixed("Found in", "Gefunden in");
const ISSUER: Text = Text::fixed("Issued by", "Ausgestellt von");
const SELF_SIGNED: Text = Text::fixed("Self-signed", "Selbstsigniert");
const EXPIRED: Text = Text::fixed("expired", "abgelaufen");
const NOT_YET: Text = Text::fixed("not valid yet", "noch nicht gültig");
const PRESENTED: Text = Text::fixed("presented to phones", "wird Telefonen vorgelegt");
const BOUND: Text = Text::fixed("bound on the ASA", "auf der ASA gebunden");
const TRUSTED: Text = Text::fixed("trusted by phones", "von Telefonen vertraut");
const VALID: Text = Text::fixed("Valid (UTC)", "Gültig (UTC)");
const NAMES: Text = Text::fixed("Names", "Namen");
const KEY: Text = Text::fixed("Key", "Schlüssel");
const SIGNATURE: Text = Text::fixed("Signature", "Signatur");
const SERIAL: Text = Text::fixed("Serial number", "Seriennummer");
const SHA1_BASE64: Text =
    Text::fixed("SHA-1, as in the phone’s file", "SHA-1, wie in der Datei des Telefons");
const SHA1_HEX: Text = Text::fixed("SHA-1", "SHA-1");
const SHA256_HEX: Text = Text::fixed("SHA-256", "SHA-256");
const MD5_HEX: Text = Text::fixed("MD5, as the ASA prints it", "MD5, wie die ASA ihn ausgibt");
const DETAILS: Text = Text::fixed("All fields", "Alle Felder");
const MATRIX: Text = Text::fixed("Which hash is whose", "Welcher Hash zu welchem Zertifikat gehört");
const HASH: Text = Text::fixed("Hash", "Hash");
const SEEN: Text = Text::fixed("Seen in", "Gesehen in");
const MATCHES: Text = Text::fixed("matches", "passt");
const NO_MATCH: Text = Text::fixed("does not match", "passt nicht");
