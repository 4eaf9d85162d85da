//! What the rules of this stage share: they judge one setting of every policy that phones get.

use crate::case::Case;
use crate::diagnosis::Origin;
use crate::facts::effective_policy::{DEFAULT_POLICY, EffectivePolicy, Setting};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::logged::{self, Line};
use crate::source::{Place, shortened};
use crate::text::{Class, Text};

/// What came out of judging one setting.
pub(super) struct SettingCheck<'c, 'a> {
    /// Settings that are wrong, one for each line that sets them.
    pub wrong: Vec<(&'c EffectivePolicy<'a>, &'c Setting)>,
    /// What would show the settings that could not be judged; `None` where all were.
    pub open: Option<Missing>,
}

impl SettingCheck<'_, '_> {
    /// Findings, an honest pass, or what is missing.
    pub fn answer(self, findings: Vec<Finding>) -> Result<Vec<Finding>, Missing> {
        match self.open {
            Some(missing) if findings.is_empty() => Err(missing),
            _ => Ok(findings),
        }
    }
}

/// Judges one attribute in every policy that phones get. Only lines are judged: a default is never wrong, and it
/// proves nothing either.
pub(super) fn check_setting<'c, 'a>(
    case: &'c Case<'a>,
    attribute: &str,
    is_wrong: impl Fn(&EffectivePolicy<'a>, &Setting) -> bool,
) -> SettingCheck<'c, 'a> {
    let mut wrong: Vec<(&EffectivePolicy<'a>, &Setting)> = Vec::new();
    let mut open = if case.effective_policies.is_empty() { Some(no_policy(case)) } else { None };
    for policy in &case.effective_policies {
        let Some(setting) = policy.setting(attribute) else { continue };
        match (&setting.place, setting.origin) {
            (Some(place), _) if is_wrong(policy, setting) => {
                if !wrong.iter().any(|(_, known)| known.place.as_ref() == Some(place)) {
                    wrong.push((policy, setting));
                }
            }
            // A policy that only its name ties to phones shows nothing about phones by being right.
            (Some(_), _) if policy.sure => {}
            (Some(_), _) => {
                open.get_or_insert(Missing(vec![Need::PhoneConfig, Need::AsaLog]));
            }
            (None, Origin::Default) => {
                open.get_or_insert(Missing::need(Need::AsaConfigAll));
            }
            (None, _) => {
                open.get_or_insert(Missing(vec![Need::AsaConfig, Need::AsaConfigAll]));
            }
        }
    }
    SettingCheck { wrong, open }
}

/// What would show which policy phones get.
pub(super) fn no_policy(case: &Case<'_>) -> Missing {
    let has_groups = case.asa_devices.iter().any(|device| device.tunnel_groups().next().is_some());
    if has_groups && case.phone_groups.sure().next().is_none() {
        // Asking is what puts the question to the person.
        let _ = case.said.answer("tunnel-group");
        Missing(vec![Need::PhoneConfig, Need::AsaLog, Need::Answer])
    } else {
        Missing::need(Need::AsaConfig)
    }
}

/// A finding about a setting: its line, where it comes from, and the fix at the right place.
pub(super) fn finding(policy: &EffectivePolicy<'_>, setting: &Setting, place: &Place, says: Text) -> Finding {
    let line = place.at.text.trim();
    let mut finding = Finding::new(policy.confidence(setting), Evidence::marked(place, line, says))
        .because(whence(policy, setting, place))
        .value("tunnel-group", policy.tunnel_group.as_str());
    if !policy.sure {
        finding = finding.because(ONLY_NAMED);
    }
    if policy.left_to_server && setting.origin != Origin::User {
        finding.severity = Some(Severity::Warning);
        finding = finding.because(LEFT_TO_SERVER);
    }
    match setting.origin {
        Origin::User => finding.value("user", setting.from.as_str()).fix("user"),
        _ if policy.is_default_policy() => finding.fix("new"),
        _ => finding.value("group-policy", policy.policy.as_str()).fix("policy"),
    }
}

/// Puts what the log says of the same defect to what the configuration says: the first finding is confirmed by it;
/// where there is none, the log makes one.
pub(super) fn with_log(case: &Case<'_>, mut findings: Vec<Finding>, lines: Vec<Line>) -> Vec<Finding> {
    let lines = logged::in_order(lines);
    let Some(surest) = lines.first().map(|line| line.confidence) else { return findings };
    let mut proof = lines.iter().map(|line| line.proof.clone());
    if let Some(first) = findings.first_mut() {
        if logged::over(&lines).is_none() {
            first.confidence = first.confidence.min(surest);
        }
        *first = first.clone().and(proof);
    } else if let Some(line) = proof.next() {
        findings.push(logged::weighed(by_log_alone(case, surest, line).and(proof), &lines));
    }
    findings
}

/// A finding that rests on the log alone: the policy may still be known.
fn by_log_alone(case: &Case<'_>, confidence: Confidence, proof: Evidence) -> Finding {
    let finding = Finding::new(confidence, proof);
    let sure: Vec<_> = case.effective_policies.iter().filter(|policy| policy.sure).collect();
    match sure.as_slice() {
        [policy] if policy.is_default_policy() => {
            finding.value("tunnel-group", policy.tunnel_group.as_str()).fix("new")
        }
        [policy] => finding
            .value("tunnel-group", policy.tunnel_group.as_str())
            .value("group-policy", policy.policy.as_str())
            .fix("policy"),
        _ => finding.fix("policy"),
    }
}

/// Where a setting comes from, in one sentence.
fn whence(policy: &EffectivePolicy<'_>, setting: &Setting, place: &Place) -> Text {
    let line = place.at.line;
    let template = match setting.origin {
        Origin::User => BY_USER,
        Origin::Inherited if policy.policy == DEFAULT_POLICY => ITSELF,
        Origin::Inherited => INHERITED,
        _ => OWN,
    };
    template
        .with("quoted", Class::Words, quoted(&place.at.text).as_str())
        .number("line", line)
        .with("policy", Class::Group, &policy.policy)
        .with("from", Class::Group, &setting.from)
}

/// A line, cut to a length that a sentence can bear.
pub(super) fn quoted(line: &str) -> String {
    shortened(line.trim(), QUOTED)
}

/// Characters of a line that is quoted in a sentence.
const QUOTED: usize = 72;

const OWN: Text = Text::fixed(
    "The phones' group policy {policy} sets it itself: “{quoted}” in line {line}.",
    "Die Gruppenrichtlinie (group-policy) {policy} der Telefone setzt es selbst: „{quoted}“ in Zeile {line}.",
);
const INHERITED: Text = Text::fixed(
    "The phones' group policy {policy} does not set it, so they inherit it from DfltGrpPolicy: “{quoted}” in line {line}.",
    "Die Gruppenrichtlinie (group-policy) {policy} der Telefone setzt es nicht. Deshalb erben sie es von DfltGrpPolicy: „{quoted}“ in Zeile {line}.",
);
const ITSELF: Text = Text::fixed(
    "The phones have no group policy of their own and get DfltGrpPolicy: “{quoted}” in line {line}.",
    "Die Telefone haben keine eigene Gruppenrichtlinie (group-policy) und bekommen DfltGrpPolicy: „{quoted}“ in Zeile {line}.",
);
const BY_USER: Text = Text::fixed(
    "It is set for the user {from}, and should win over every group policy: “{quoted}” in line {line}. That order is not written in Cisco's texts on phones.",
    "Es ist für den Benutzer {from} gesetzt und dürfte jeder Gruppenrichtlinie (group-policy) vorgehen: „{quoted}“ in Zeile {line}. Diese Reihenfolge steht nicht in Ciscos Texten zu Telefonen.",
);
const LEFT_TO_SERVER: Text = Text::fixed(
    "The AAA server may give the phones another group policy, and this configuration is made for that. It matters only where the server gives them none; 113003 or 113011 in the log would show which one they get.",
    "Der AAA-Server kann den Telefonen eine andere Gruppenrichtlinie geben, und diese Konfiguration ist dafür gemacht. Es zählt nur, wenn er ihnen keine gibt; 113003 oder 113011 im Protokoll würden zeigen, welche sie bekommen.",
);
const ONLY_NAMED: Text = Text::fixed(
    "Only a name ties this policy to phones. The phone's configuration or the ASA's log would show whether they get it.",
    "Nur ein Name verbindet diese Richtlinie mit Telefonen. Die Konfiguration eines Telefons oder das Protokoll der ASA würde zeigen, ob sie sie bekommen.",
);
