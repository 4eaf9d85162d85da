//! Effective policies, negotiations and phones in a report: three lists of the contract, and their short form for
//! reports that people read.

use serde::Serialize;

use crate::diagnosis::{
    CertificateCell, Diagnosis, NegotiationRow, NegotiationView, Origin, PhoneRow, PolicySetting, PolicyView,
};
use crate::report::visible;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::{Lang, Text};

/// The effective policy of the phones of one tunnel group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyEntry {
    input: u32,
    tunnel_group: String,
    serves: String,
    user: String,
    group_policy: String,
    path: Vec<String>,
    settings: Vec<SettingEntry>,
    unproven: Vec<String>,
}

/// One setting of a policy.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SettingEntry {
    attribute: String,
    value: String,
    origin: Origin,
    from: String,
    at: Option<PlaceEntry>,
    rule: Option<String>,
}

/// A line of an input.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry {
    input: u32,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    packet: Option<u32>,
    text: String,
}

/// What phones and one ASA agree on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NegotiationEntry {
    input: u32,
    release: String,
    rows: Vec<NegotiationRowEntry>,
    table: Vec<CellEntry>,
    assumed: Vec<String>,
}

/// What one kind of phone and the ASA agree on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NegotiationRowEntry {
    phone: String,
    own: bool,
    offers: Vec<String>,
    allows: Vec<String>,
    version: String,
    suite: String,
    certificate: String,
    data: String,
    outcome: String,
    works: Option<bool>,
    at: Vec<PlaceEntry>,
}

/// One cell of the table of certificates.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CellEntry {
    offers: String,
    bound: String,
    presented: String,
    works: bool,
    own: bool,
}

/// One phone.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PhoneEntry {
    name: String,
    model: String,
    addresses: Vec<String>,
    attempts: u32,
    connected: u32,
    furthest: Option<Stage>,
    failed: Option<Stage>,
    reason: String,
    last: String,
    at: Option<PlaceEntry>,
}

/// A policy as the report lists it.
pub fn policy_entry(view: &PolicyView, lang: Lang) -> PolicyEntry {
    let setting = |setting: &PolicySetting| SettingEntry {
        attribute: setting.attribute.clone(),
        value: setting.value.clone(),
        origin: setting.origin,
        from: setting.from.clone(),
        at: setting.place.as_ref().map(place_entry),
        rule: setting.rule.clone(),
    };
    PolicyEntry {
        input: view.input,
        tunnel_group: view.tunnel_group.clone(),
        serves: view.serves.get(lang).into_owned(),
        user: view.user.clone(),
        group_policy: view.group_policy.clone(),
        path: texts(&view.path, lang),
        settings: view.settings.iter().map(setting).collect(),
        unproven: texts(&view.unproven, lang),
    }
}

/// A negotiation as the report lists it.
pub fn negotiation_entry(view: &NegotiationView, lang: Lang) -> NegotiationEntry {
    let row = |row: &NegotiationRow| NegotiationRowEntry {
        phone: row.phone.get(lang).into_owned(),
        own: row.own,
        offers: row.offers.clone(),
        allows: row.allows.clone(),
        version: row.version.clone(),
        suite: row.suite.clone(),
        certificate: row.certificate.get(lang).into_owned(),
        data: row.data.get(lang).into_owned(),
        outcome: row.outcome.get(lang).into_owned(),
        works: row.works,
        at: row.places.iter().map(place_entry).collect(),
    };
    let cell = |cell: &CertificateCell| CellEntry {
        offers: cell.offers.get(lang).into_owned(),
        bound: cell.bound.get(lang).into_owned(),
        presented: cell.presented.get(lang).into_owned(),
        works: cell.works,
        own: cell.own,
    };
    NegotiationEntry {
        input: view.input,
        release: view.release.clone(),
        rows: view.rows.iter().map(row).collect(),
        table: view.table.iter().map(cell).collect(),
        assumed: texts(&view.assumed, lang),
    }
}

/// A phone as the report lists it.
pub fn phone_entry(row: &PhoneRow, lang: Lang) -> PhoneEntry {
    PhoneEntry {
        name: row.name.clone(),
        model: row.model.clone(),
        addresses: row.addresses.clone(),
        attempts: row.attempts,
        connected: row.connected,
        furthest: row.furthest,
        failed: row.failed,
        reason: row.reason.get(lang).into_owned(),
        last: row.last.clone(),
        at: row.place.as_ref().map(place_entry),
    }
}

fn place_entry(place: &Place) -> PlaceEntry {
    let line = (place.at.line > 0).then_some(place.at.line);
    let packet = place.at.packet.map(|packet| packet.number);
    PlaceEntry { input: place.input, line, packet, text: place.at.text.clone() }
}

fn texts(texts: &[Text], lang: Lang) -> Vec<String> {
    texts.iter().map(|text| text.get(lang).into_owned()).collect()
}

/// The three lists in a short form, as headings and lines; text from files is made visible. An empty list has none.
pub fn summary(diagnosis: &Diagnosis, lang: Lang) -> Vec<(Text, Vec<String>)> {
    let mut lists = vec![
        (PHONES, diagnosis.phones.iter().take(LISTED).map(|row| phone_line(row, lang)).collect::<Vec<_>>()),
        (POLICIES, diagnosis.policies.iter().map(|view| policy_line(view, lang)).collect()),
        (
            NEGOTIATIONS,
            diagnosis.negotiations.iter().flat_map(|view| negotiation_lines(view, lang)).collect(),
        ),
    ];
    let left = diagnosis.phones.len().saturating_sub(LISTED);
    if let Some((_, phones)) = lists.first_mut()
        && left > 0
    {
        let more = Text::fixed("… and {left} more", "… und {left} weitere").number("left", left);
        phones.push(more.get(lang).into_owned());
    }
    lists.retain(|(_, lines)| !lines.is_empty());
    lists
}

/// `SEP001122334455 (CP-7962G) 192.0.2.9: 3 attempts, 0 connected; Trust failed: tlsv1 alert unknown ca`
const ATTEMPT: Text =
    Text::fixed("{count} attempt, {connected} connected", "{count} Versuch, {connected} verbunden");
const ATTEMPTS: Text =
    Text::fixed("{count} attempts, {connected} connected", "{count} Versuche, {connected} verbunden");

fn phone_line(row: &PhoneRow, lang: Lang) -> String {
    let mut who: Vec<String> =
        [&row.name, &row.model].into_iter().filter(|name| !name.is_empty()).cloned().collect();
    who.extend(row.addresses.iter().cloned());
    let counts = Text::counted(row.attempts as usize, ATTEMPT, ATTEMPTS).number("connected", row.connected);
    let mut line = format!("{}: {}", who.join(" · "), counts.get(lang));
    if let Some(stage) = row.failed {
        line.push_str(&format!("; {} ✖ {}", stage.name().get(lang), row.reason.get(lang)));
    } else if let Some(stage) = row.furthest {
        line.push_str(&format!("; {} ✔", stage.name().get(lang)));
    }
    visible(&line)
}

/// `VPNPhone → PHONES: vpn-simultaneous-logins 0 (DfltGrpPolicy)`: only what a rule objects to.
fn policy_line(view: &PolicyView, lang: Lang) -> String {
    let objected: Vec<String> = view
        .settings
        .iter()
        .filter(|setting| setting.rule.is_some())
        .map(|setting| match setting.from.as_str() {
            "" => format!("{} {}", setting.attribute, setting.value),
            from => format!("{} {} ({from})", setting.attribute, setting.value),
        })
        .collect();
    let policy = if view.group_policy.is_empty() { "?" } else { &view.group_policy };
    let fine = Text::fixed("no objection", "kein Einwand");
    let told = if objected.is_empty() { fine.get(lang).into_owned() } else { objected.join("; ") };
    visible(&format!("{} → {policy}: {told}", view.tunnel_group))
}

fn negotiation_lines(view: &NegotiationView, lang: Lang) -> Vec<String> {
    let own = view.rows.iter().any(|row| row.own);
    let rows = view.rows.iter().filter(|row| row.own || !own);
    rows.map(|row| visible(&format!("{}: {}", row.phone.get(lang), row.outcome.get(lang)))).collect()
}

/// Phones listed in the short form; JSON has them all.
const LISTED: usize = 20;
const PHONES: Text = Text::fixed("Phones", "Telefone");
const POLICIES: Text = Text::fixed("Effective policies", "Wirksame Richtlinien");
const NEGOTIATIONS: Text = Text::fixed("Negotiation", "Aushandlung");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_stands_in_one_line() {
        let row = PhoneRow {
            name: "SEP001122334455".into(),
            model: "CP-7962G".into(),
            addresses: vec!["192.0.2.9".into()],
            attempts: 3,
            failed: Some(Stage::Trust),
            reason: Text::quoted("tlsv1 alert unknown ca\u{1b}[31m"),
            ..PhoneRow::default()
        };
        let line = phone_line(&row, Lang::De);
        assert!(
            line.starts_with("SEP001122334455 · CP-7962G · 192.0.2.9: 3 Versuche, 0 verbunden; Vertrauen ✖")
        );
        assert!(!line.contains('\u{1b}'), "{line}");
    }
}
