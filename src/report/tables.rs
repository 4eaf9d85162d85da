//! Certificates, hashes, phones, policies and negotiations as tables of a report for people.

use crate::diagnosis::{CertificateRow, Diagnosis, NegotiationRow, NegotiationView, PhoneRow, PolicyView};
use crate::report::blocks::{Block, Line, PLACE, Part, Section, table};
use crate::report::{visible, words};
use crate::text::{Class, Lang, Text};
use crate::time::rfc3339;

/// Every certificate.
pub fn certificates(diagnosis: &Diagnosis, lang: Lang) -> Section {
    let row = |row: &CertificateRow| {
        let names = if row.names.is_empty() { String::new() } else { format!(" ({})", row.names.join(", ")) };
        let day = |moment: Option<i64>| {
            moment.map_or_else(|| "?".to_owned(), |moment| rfc3339(moment).chars().take(10).collect())
        };
        // Both notations of a hash have one pseudonym.
        let hash = if row.sha1 == row.sha1_base64 {
            vec![Part::device(&row.sha1)]
        } else {
            vec![Part::device(&row.sha1_base64), Part::device(&row.sha1)]
        };
        vec![
            vec![Part::device(&format!("{}{names}", row.subject))],
            vec![Part::device(&row.issuer)],
            vec![Part::Words(format!("{} – {}", day(row.not_before), day(row.not_after)))],
            vec![Part::device(&row.key), Part::device(&row.signature)],
            hash,
            vec![Part::device(&row.role), Part::Device(words::spot(diagnosis, row.input, &row.at, lang))],
        ]
    };
    let rows = diagnosis.certificates.iter().take(LISTED).map(row).collect();
    let head = vec![SUBJECT, ISSUER, VALID, KEY, SHA1, PLACE];
    listed(CERTIFICATES, table(head, rows), diagnosis.certificates.len(), lang)
}

/// Every hash in a text, and whether a certificate of the case has it.
pub fn hashes(diagnosis: &Diagnosis, lang: Lang) -> Section {
    let rows = diagnosis.hashes.iter().take(LISTED).map(|row| {
        let holders: Vec<String> = row
            .certificates
            .iter()
            .filter_map(|index| diagnosis.certificates.get(*index as usize))
            .map(|certificate| words::spot(diagnosis, certificate.input, &certificate.at, lang))
            .collect();
        let found = if holders.is_empty() {
            Part::words(&NO_CERTIFICATE, lang)
        } else {
            Part::device(&holders.join(", "))
        };
        vec![
            vec![Part::device(&row.text)],
            vec![Part::Device(words::spot(diagnosis, row.input, &row.at, lang))],
            vec![found],
        ]
    });
    let head = vec![HASH, PLACE, CERTIFICATE];
    listed(HASHES, table(head, rows.collect()), diagnosis.hashes.len(), lang)
}

/// The phones in most trouble.
pub fn phones(diagnosis: &Diagnosis, lang: Lang) -> Section {
    let row = |row: &PhoneRow| {
        let outcome = match (row.failed, row.furthest) {
            (Some(stage), _) => format!("✖ {}: {}", stage.name().get(lang), visible(&row.reason.get(lang))),
            (None, Some(stage)) => format!("✔ {}", stage.name().get(lang)),
            (None, None) => visible(&row.reason.get(lang)),
        };
        vec![
            vec![Part::device(&row.name)],
            vec![Part::device(&row.model)],
            vec![Part::device(&row.addresses.join(" "))],
            vec![Part::Words(format!("{} / {}", row.attempts, row.connected))],
            vec![Part::Words(outcome)],
            vec![Part::device(&row.last)],
        ]
    };
    let rows = diagnosis.phones.iter().take(LISTED).map(row).collect();
    let head = vec![PHONE, MODEL, ADDRESSES, ATTEMPTS, OUTCOME, LAST];
    listed(PHONES, table(head, rows), diagnosis.phones.len(), lang)
}

/// The effective policy of one tunnel group.
pub fn policy(diagnosis: &Diagnosis, view: &PolicyView, lang: Lang) -> Section {
    let policy = if view.group_policy.is_empty() { "?" } else { &view.group_policy };
    let heading = EFFECTIVE_POLICY.with("tunnel-group", Class::Words, visible(&view.tunnel_group)).with(
        "policy",
        Class::Group,
        visible(policy),
    );
    let rows = view.settings.iter().map(|setting| {
        let mut from = vec![Part::words(&words::origin(setting.origin), lang)];
        if !setting.from.is_empty() {
            from.push(Part::device(&setting.from));
        }
        let place = setting.place.as_ref();
        vec![
            vec![Part::device(&setting.attribute)],
            vec![Part::device(&setting.value)],
            from,
            vec![Part::device(
                &place.map(|at| words::spot(diagnosis, at.input, &at.at, lang)).unwrap_or_default(),
            )],
            vec![Part::device(setting.rule.as_deref().unwrap_or_default())],
        ]
    });
    let head = vec![ATTRIBUTE, VALUE, FROM, PLACE, OBJECTION];
    let mut blocks = Vec::new();
    if !view.serves.is_empty() {
        blocks.push(Block::Paragraph(vec![Part::Words(visible(&view.serves.get(lang)))]));
    }
    if !view.path.is_empty() {
        blocks.push(Block::List(texts(&view.path, lang)));
    }
    blocks.extend(table(head, rows.collect()));
    if !view.unproven.is_empty() {
        blocks.push(Block::Paragraph(vec![Part::words(&UNPROVEN, lang)]));
        blocks.push(Block::List(texts(&view.unproven, lang)));
    }
    Section { heading, blocks }
}

/// What phones and one ASA agree on; the kinds of phones that the case has, or all of them.
pub fn negotiation(view: &NegotiationView, lang: Lang) -> Section {
    let own = view.rows.iter().any(|row| row.own);
    let row = |row: &NegotiationRow| {
        vec![
            vec![Part::Words(visible(&row.phone.get(lang)))],
            vec![Part::device(&row.version)],
            vec![Part::device(&row.suite)],
            vec![Part::Words(visible(&row.certificate.get(lang)))],
            vec![Part::Words(visible(&row.outcome.get(lang))), Part::Words(visible(&row.data.get(lang)))],
        ]
    };
    let rows = view.rows.iter().filter(|row| row.own || !own).map(row).collect();
    let mut blocks = table(vec![PHONE, VERSION, SUITE, CERTIFICATE, OUTCOME], rows);
    if !blocks.is_empty() && !view.assumed.is_empty() {
        blocks.push(Block::Paragraph(vec![Part::words(&ASSUMED, lang)]));
        blocks.push(Block::List(texts(&view.assumed, lang)));
    }
    Section { heading: NEGOTIATION, blocks }
}

fn texts(texts: &[Text], lang: Lang) -> Vec<Line> {
    texts.iter().map(|text| vec![Part::Words(visible(&text.get(lang)))]).collect()
}

/// A section of a bounded list, which says how much it leaves out.
fn listed(heading: Text, mut blocks: Vec<Block>, all: usize, lang: Lang) -> Section {
    if all > LISTED {
        blocks.push(Block::Paragraph(vec![Part::words(&words::more(all - LISTED), lang)]));
    }
    Section { heading, blocks }
}

/// Rows of the longest table; JSON has them all.
const LISTED: usize = 50;
const CERTIFICATES: Text = Text::fixed("Certificates", "Zertifikate");
const HASHES: Text = Text::fixed("Certificate hashes", "Zertifikats-Hashes");
const PHONES: Text = Text::fixed("Phones", "Telefone");
const NEGOTIATION: Text = Text::fixed("Negotiation", "Aushandlung");
const SUBJECT: Text = Text::fixed("Subject", "Inhaber");
const ISSUER: Text = Text::fixed("Issuer", "Aussteller");
const VALID: Text = Text::fixed("Valid", "Gültig");
const KEY: Text = Text::fixed("Key and signature", "Schlüssel und Signatur");
const SHA1: Text = Text::fixed("SHA-1", "SHA-1");
const HASH: Text = Text::fixed("Hash", "Hash");
const CERTIFICATE: Text = Text::fixed("Certificate", "Zertifikat");
const NO_CERTIFICATE: Text =
    Text::fixed("no certificate of the case has it", "kein Zertifikat des Falls hat ihn");
const PHONE: Text = Text::fixed("Phone", "Telefon");
const MODEL: Text = Text::fixed("Model", "Modell");
const ADDRESSES: Text = Text::fixed("From", "Von");
const ATTEMPTS: Text = Text::fixed("Attempts / connected", "Versuche / verbunden");
const OUTCOME: Text = Text::fixed("Outcome", "Ergebnis");
const LAST: Text = Text::fixed("Last seen", "Zuletzt");
const ATTRIBUTE: Text = Text::fixed("Attribute", "Attribut");
const VALUE: Text = Text::fixed("Value", "Wert");
const FROM: Text = Text::fixed("Where from", "Woher");
const OBJECTION: Text = Text::fixed("Objection", "Einwand");
const UNPROVEN: Text =
    Text::fixed("What this configuration cannot prove:", "Was diese Konfiguration nicht beweisen kann:");
const ASSUMED: Text =
    Text::fixed("What is assumed and not shown:", "Was angenommen wird und nicht zu sehen ist:");
const VERSION: Text = Text::fixed("Version", "Version");
const SUITE: Text = Text::fixed("Cipher suite", "Chiffrensammlung");

const EFFECTIVE_POLICY: Text = Text::fixed(
    "Effective policy: {tunnel-group} → {policy}",
    "Wirksame Richtlinie: {tunnel-group} → {policy}",
);
