//! The hash tool: any number of values in any notation, compared with each other and with the case's certificates.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{CertificateRow, Diagnosis};
use vpn_phone_doctor::fingerprint::{self, KnownCertificate, State, Value, VerdictState};
use vpn_phone_doctor::text::{Lang, Text};
use yew::prelude::*;

use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Aligned, Copy, Device, Icon, Lane, Prose, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, for its certificates.
    pub diagnosis: Option<Rc<Diagnosis>>,
}

/// The tool.
#[function_component(Hash)]
pub fn hash(props: &Props) -> Html {
    let page = use_page();
    let texts = use_state(|| vec![String::new(), String::new()]);
    let certificates =
        props.diagnosis.as_ref().map(|case| known_certificates(case, page.lang)).unwrap_or_default();
    let more = {
        let texts = texts.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*texts).clone();
            next.push(String::new());
            texts.set(next);
        })
    };
    html! {
        <div class="hash">
            <h1>{ page.say(TITLE) }</h1>
            <p class="lead">{ page.say(LEAD) }</p>
            <Fields texts={(*texts).clone()} change={change(&texts)} />
            <p><button type="button" class="button" onclick={more}>{ page.say(ANOTHER) }</button></p>
            <Answer texts={(*texts).clone()} {certificates} detail={Detail::Full} />
        </div>
    }
}

/// Two fields and an answer, for the start page.
#[function_component(Quick)]
pub fn quick() -> Html {
    let texts = use_state(|| vec![String::new(), String::new()]);
    html! {
        <div class="hash quick">
            <Fields texts={(*texts).clone()} change={change(&texts)} />
            <Answer texts={(*texts).clone()} certificates={Vec::new()} detail={Detail::Verdict} />
        </div>
    }
}

fn change(texts: &UseStateHandle<Vec<String>>) -> Callback<(usize, String)> {
    let texts = texts.clone();
    Callback::from(move |(index, text)| {
        let mut next = (*texts).clone();
        if let Some(place) = next.get_mut(index) {
            *place = text;
        }
        texts.set(next);
    })
}

#[derive(Properties, PartialEq)]
struct FieldsProps {
    texts: Vec<String>,
    change: Callback<(usize, String)>,
}

#[function_component(Fields)]
fn fields(props: &FieldsProps) -> Html {
    let page = use_page();
    let fields = props.texts.iter().enumerate().map(|(index, text)| {
        let change = props.change.clone();
        let oninput = Callback::from(move |event: InputEvent| {
            if let Some(text) = effects::typed(&event) {
                change.emit((index, text));
            }
        });
        let label = LABEL.number("number", index + 1);
        let hint = if index == 0 { HINT_BASE64 } else { HINT_HEX };
        html! {
            <label key={index} class="field">
                <span class="small">{ page.say(label) }</span>
                <textarea class="device" rows="2" value={text.clone()} {oninput} placeholder={hint} data-testid="hash-input"
                    spellcheck="false" autocomplete="off" autocapitalize="off" translate="no" />
            </label>
        }
    });
    html! { <div class="fields">{ for fields }</div> }
}

/// How much is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Verdict,
    Full,
}

#[derive(Properties, PartialEq)]
struct AnswerProps {
    texts: Vec<String>,
    certificates: Vec<KnownCertificate>,
    detail: Detail,
}

#[function_component(Answer)]
fn answer(props: &AnswerProps) -> Html {
    let page = use_page();
    let values: Vec<Vec<Value>> = props
        .texts
        .iter()
        .filter(|text| !text.trim().is_empty())
        .map(|text| fingerprint::read(text))
        .collect();
    let verdict = fingerprint::compare(&values, &props.certificates);
    let (id, word, picture, class) = match verdict.state {
        VerdictState::Single => ("single", SINGLE, Icon::Ring, "is-open"),
        VerdictState::Equal => ("equal", EQUAL, Icon::Check, "is-good"),
        VerdictState::Different => ("different", DIFFERENT, Icon::Cross, "is-bad"),
        VerdictState::Invalid => ("invalid", INVALID, Icon::Triangle, "is-warn"),
    };
    let results = values.iter().flatten().enumerate().map(|(index, value)| {
        html! { <li key={index} data-testid="hash-result">{ result(&page, value, props.detail) }</li> }
    });
    let lanes = lanes(&values);
    html! {
        <div class="answer" hidden={values.is_empty()}>
            <div class={classes!("hash-verdict", class)} data-testid="hash-verdict" data-state={id} aria-live="polite">
                <span class="sign-post">{ icon(picture) }</span>
                <div><strong>{ page.say(word) }</strong><p class="small"><Prose text={verdict.why} /></p></div>
            </div>
            <div hidden={lanes.is_empty()}>{ (!lanes.is_empty()).then(|| html! { <Aligned lanes={lanes.clone()} /> }) }</div>
            <ul class="results">{ for results }</ul>
        </div>
    }
}

/// Hashes of one length, to be put one under the other; none where fewer than two can be compared so.
fn lanes(texts: &[Vec<Value>]) -> Vec<Lane> {
    let firsts: Vec<(usize, &Value)> = texts
        .iter()
        .enumerate()
        .filter_map(|(index, values)| {
            values.iter().find(|value| value.state == State::Hash).map(|value| (index, value))
        })
        .collect();
    let Some((_, first)) = firsts.first() else { return Vec::new() };
    let alike = firsts.iter().all(|(_, value)| value.bytes.len() == first.bytes.len());
    if firsts.len() < 2 || !alike {
        return Vec::new();
    }
    let lane = |(index, value): &(usize, &Value)| Lane {
        label: LABEL.number("number", index + 1),
        bytes: value.bytes.clone(),
    };
    firsts.iter().map(lane).collect()
}

fn result(page: &Page, value: &Value, detail: Detail) -> Html {
    let notes = value.notes.iter().map(|note| html! { <li><Prose text={note.clone()} /></li> });
    let rows = [
        (HEX, fingerprint::hex(&value.bytes)),
        (COLONS, fingerprint::colons(&value.bytes)),
        (BASE64, fingerprint::base64(&value.bytes)),
    ];
    let shown = rows.into_iter().filter(|_| value.state == State::Hash && detail == Detail::Full).map(
        |(name, text)| {
            html! {
                <div class="notation"><dt>{ page.say(name) }</dt>
                    <dd><Device text={text.clone()} /><Copy {text} class="quiet" /></dd></div>
            }
        },
    );
    let kind = value.algorithm.map_or_else(|| page.say(NO_HASH), |algorithm| algorithm.name().into());
    html! {
        <div class="result">
            <p><strong>{ kind }</strong>{ " " }<span class="soft small">{ value.notation.map(|notation| page.say(notation_name(notation))) }</span></p>
            <dl>{ for shown }</dl>
            <ul class="notes small" hidden={value.notes.is_empty()}>{ for notes }</ul>
        </div>
    }
}

fn notation_name(notation: fingerprint::Notation) -> Text {
    use fingerprint::Notation::{
        Base64, Base64Percent, Base64Unpadded, Base64UrlSafe, Hex, HexBytes, HexColons, HexDashes, HexDots,
        HexDump, HexGroups, HexSpaces,
    };
    match notation {
        Hex => Text::fixed("given in hex", "als Hex gegeben"),
        HexColons => Text::fixed("given in hex with colons", "als Hex mit Doppelpunkten gegeben"),
        HexSpaces => Text::fixed("given in hex with spaces", "als Hex mit Leerzeichen gegeben"),
        HexDashes => Text::fixed("given in hex with dashes", "als Hex mit Bindestrichen gegeben"),
        HexDots => Text::fixed("given in hex with dots", "als Hex mit Punkten gegeben"),
        HexGroups => Text::fixed("given in groups of hex digits", "als Gruppen von Hex-Ziffern gegeben"),
        HexBytes => Text::fixed("given as bytes of a program", "als Bytes eines Programms gegeben"),
        HexDump => Text::fixed("given as a hex dump", "als Hex-Dump gegeben"),
        Base64 => Text::fixed("given in base64", "als Base64 gegeben"),
        Base64Unpadded => {
            Text::fixed("given in base64 without padding", "als Base64 ohne Füllzeichen gegeben")
        }
        Base64UrlSafe => Text::fixed("given in url-safe base64", "als URL-sicheres Base64 gegeben"),
        Base64Percent => {
            Text::fixed("given in percent-encoded base64", "als prozentkodiertes Base64 gegeben")
        }
    }
}

/// The case's certificates, as the comparison wants them. Hashes over the PEM text and the key are not known here.
fn known_certificates(case: &Diagnosis, lang: Lang) -> Vec<KnownCertificate> {
    case.certificates.iter().filter_map(|row| known_certificate(case, row, lang)).collect()
}

fn known_certificate(case: &Diagnosis, row: &CertificateRow, lang: Lang) -> Option<KnownCertificate> {
    Some(KnownCertificate {
        label: words::at(&words::name(case, row.input), &row.at, lang),
        subject: row.subject.clone(),
        issuer: row.issuer.clone(),
        not_before: row.not_before,
        md5: fingerprint::bytes_of_hex(&row.md5)?.try_into().ok()?,
        sha1: fingerprint::bytes_of_hex(&row.sha1)?.try_into().ok()?,
        sha256: fingerprint::bytes_of_hex(&row.sha256)?.try_into().ok()?,
        ..KnownCertificate::default()
    })
}

const HINT_BASE64: &str = "5X6B6plUwUSXZnjQ4kGM33mpMXY=";
const HINT_HEX: &str = "E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76";

const TITLE: Text = Text::fixed("Hash tool", "Hash-Werkzeug");
const LEAD: Text = Text::fixed(
    "Paste certificate hashes as you find them: base64, hex, whole log lines. With a case open, they are compared with its certificates, too.",
    "Fügen Sie Zertifikat-Hashes ein, wie Sie sie finden: Base64, Hex, ganze Protokollzeilen. Ist ein Fall offen, werden sie auch mit seinen Zertifikaten verglichen.",
);
const LABEL: Text = Text::fixed("Hash {number}", "Hash {number}");
const ANOTHER: Text = Text::fixed("Another hash", "Weiterer Hash");
const SINGLE: Text = Text::fixed("One hash", "Ein Hash");
const EQUAL: Text = Text::fixed("Equal", "Gleich");
const DIFFERENT: Text = Text::fixed("Different", "Verschieden");
const INVALID: Text = Text::fixed("Not a hash", "Kein Hash");
const NO_HASH: Text = Text::fixed("Not a hash", "Kein Hash");
const HEX: Text = Text::fixed("Hex", "Hex");
const COLONS: Text = Text::fixed("With colons", "Mit Doppelpunkten");
const BASE64: Text = Text::fixed("Base64", "Base64");
