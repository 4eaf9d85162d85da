//! The report's contract: field names here are public for ever.

use serde::Serialize;

use crate::case::QUESTIONS;
use crate::diagnosis::{CertificateRow, Choice, Diagnosis, HashRow, QuestionRow, TimelineRow, VerdictState};
use crate::finding::{Conclusion, Confidence, Evidence, Fix, Severity, Target};
use crate::input::{Input, InputState, Kind};
use crate::limits::LeftOut;
use crate::need::Need;
use crate::report::changes::{SinceEntry, since_entry};
use crate::report::subject::{FleetEntry, Subject, fleet_entry};
use crate::report::views::{
    NegotiationEntry, PhoneEntry, PolicyEntry, negotiation_entry, phone_entry, policy_entry,
};
use crate::stage::{Stage, StageState};
use crate::text::{Lang, Text};
use crate::time::rfc3339;
use crate::visible::escaped_json;

/// The report, in one language.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Always `vpn-phone-doctor/report/1`.
    pub schema: String,
    /// The version that wrote it.
    pub tool: String,
    /// The language of its texts.
    pub language: Lang,
    /// Names are pseudonyms.
    pub redacted: bool,
    /// Whose report it is, where each phone, file or folder of a fleet has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What a summary of the fleet asks of it; only beside `subject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fleet: Option<FleetEntry>,
    /// The one sentence.
    pub verdict: VerdictEntry,
    /// What became of it since an earlier report; only where one is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<SinceEntry>,
    /// Every input; an input's id is its place.
    pub inputs: Vec<InputEntry>,
    /// Every certificate.
    pub certificates: Vec<CertificateEntry>,
    /// Every certificate hash in a text.
    pub hashes: Vec<HashEntry>,
    /// The twelve stages in order.
    pub stages: Vec<StageEntry>,
    /// Findings, the most important first, an echo behind its cause.
    pub findings: Vec<FindingEntry>,
    /// Ids of rules that were checked and found nothing.
    pub passed: Vec<String>,
    /// Rules that wait for evidence.
    pub waiting: Vec<WaitingEntry>,
    /// Questions that no file answers, with the answers that the case itself names.
    pub questions: Vec<QuestionEntry>,
    /// Events of the logs.
    pub timeline: Vec<TimelineEntry>,
    /// Offsets between clocks.
    pub clocks: Vec<ClockEntry>,
    /// What the group policies do to the phones.
    pub policies: Vec<PolicyEntry>,
    /// What phones and ASAs agree on.
    pub negotiations: Vec<NegotiationEntry>,
    /// What the evidence shows of each phone, the one in most trouble first.
    pub phones: Vec<PhoneEntry>,
    /// How many rows of other lists were left out; only where some were.
    #[serde(default, skip_serializing_if = "LeftOut::is_nothing")]
    pub left_out: LeftOut,
}

/// The verdict.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerdictEntry {
    state: VerdictState,
    rule: Option<String>,
    stage: Option<Stage>,
    sentence: String,
    detail: String,
}

/// A question that nobody answered yet.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuestionEntry {
    /// The KEY of `--say KEY=VALUE`.
    key: String,
    asks: String,
    /// The rules that wait for its answer.
    rules: Vec<String>,
    choices: Vec<ChoiceEntry>,
}

/// An answer that the case itself names.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoiceEntry {
    value: String,
    says: String,
}

/// One input.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InputEntry {
    id: u32,
    name: String,
    inside: Option<u32>,
    bytes: u64,
    lines: Option<u32>,
    kind: Kind,
    state: InputState,
    because: String,
    notes: Vec<NoteEntry>,
}

/// One note of an input.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteEntry {
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    text: String,
}

/// One certificate.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CertificateEntry {
    input: u32,
    line: Option<u32>,
    offset: u64,
    role: String,
    label: String,
    subject: String,
    issuer: String,
    serial: String,
    not_before: Option<String>,
    not_after: Option<String>,
    key: String,
    signature: String,
    names: Vec<String>,
    self_signed: bool,
    ca: bool,
    md5: String,
    sha1: String,
    sha256: String,
    sha1_base64: String,
    notes: Vec<String>,
}

/// One hash.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HashEntry {
    input: u32,
    line: Option<u32>,
    text: String,
    algorithm: String,
    hex: String,
    /// Ids of the inputs that hold a certificate with this hash.
    matches: Vec<u32>,
    /// Places of those certificates in `certificates`.
    certificates: Vec<u32>,
}

/// One stage.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StageEntry {
    id: Stage,
    state: StageState,
    because: String,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FindingEntry {
    rule: String,
    stage: Stage,
    severity: Severity,
    confidence: Confidence,
    title: String,
    explanation: String,
    caused_by: Option<String>,
    evidence: Vec<EvidenceEntry>,
    more_evidence: u32,
    /// Further findings of the same rule that were left out, with the first of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    more_of_kind: u32,
    fix: Vec<FixEntry>,
    sources: Vec<String>,
}

/// One piece of evidence.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EvidenceEntry {
    input: Option<u32>,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    packet: Option<u32>,
    text: String,
    says: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    absent: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    looked_in: Option<String>,
}

/// One fix.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FixEntry {
    on: Target,
    steps: Vec<String>,
    commands: Vec<String>,
    undo: Vec<String>,
    verify: Vec<String>,
}

/// One rule that waits.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WaitingEntry {
    rule: String,
    needs: Vec<Need>,
}

/// One event.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TimelineEntry {
    input: u32,
    line: Option<u32>,
    /// The packet of a capture, 1-based.
    #[serde(skip_serializing_if = "Option::is_none")]
    packet: Option<u32>,
    at: String,
    aligned: Option<String>,
    stage: Stage,
    says: String,
}

/// One clock.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClockEntry {
    input: u32,
    offset_seconds: f64,
    /// The true offset lies within so many seconds of that.
    within_seconds: f64,
    from: String,
}

/// The diagnosis as a report in one language.
pub fn report(diagnosis: &Diagnosis, lang: Lang) -> Report {
    let verdict = &diagnosis.verdict;
    Report {
        schema: "vpn-phone-doctor/report/1".to_owned(),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        language: lang,
        redacted: diagnosis.redacted,
        subject: None,
        fleet: None,
        verdict: VerdictEntry {
            state: verdict.state,
            rule: verdict.rule.clone(),
            stage: verdict.stage,
            sentence: verdict.sentence.get(lang).into_owned(),
            detail: verdict.detail.get(lang).into_owned(),
        },
        since: diagnosis.since.as_ref().map(|since| since_entry(since, lang)),
        inputs: diagnosis.inputs.iter().zip(0..).map(|(input, id)| input_entry(input, id, lang)).collect(),
        certificates: diagnosis.certificates.iter().map(|row| certificate_entry(row, lang)).collect(),
        hashes: diagnosis.hashes.iter().map(|row| hash_entry(row, diagnosis)).collect(),
        stages: diagnosis
            .stages
            .iter()
            .map(|row| StageEntry {
                id: row.stage,
                state: row.state,
                because: row.because.get(lang).into_owned(),
            })
            .collect(),
        findings: diagnosis.findings.iter().map(|found| finding_entry(found, lang)).collect(),
        passed: diagnosis.passed.iter().map(|row| row.rule.clone()).collect(),
        waiting: diagnosis
            .waiting
            .iter()
            .map(|row| WaitingEntry { rule: row.rule.clone(), needs: row.needs.clone() })
            .collect(),
        questions: diagnosis.questions.iter().map(|row| question_entry(row, lang)).collect(),
        timeline: diagnosis.timeline.iter().map(|row| timeline_entry(row, lang)).collect(),
        clocks: diagnosis
            .clocks
            .iter()
            .map(|row| ClockEntry {
                input: row.input,
                offset_seconds: row.offset_millis as f64 / 1000.0,
                within_seconds: row.within_millis as f64 / 1000.0,
                from: row.from.get(lang).into_owned(),
            })
            .collect(),
        policies: diagnosis.policies.iter().map(|view| policy_entry(view, lang)).collect(),
        negotiations: diagnosis.negotiations.iter().map(|view| negotiation_entry(view, lang)).collect(),
        phones: diagnosis.phones.iter().map(|row| phone_entry(row, lang)).collect(),
        left_out: diagnosis.left_out,
    }
}

/// Indented JSON, ended by a line end.
pub fn pretty(diagnosis: &Diagnosis, lang: Lang) -> String {
    escaped_json(serde_json::to_string_pretty(&report(diagnosis, lang)).unwrap_or_default() + "\n")
}

/// JSON in one line, ended by a line end.
#[cfg(not(feature = "page"))]
pub fn line(diagnosis: &Diagnosis, lang: Lang) -> String {
    escaped_json(serde_json::to_string(&report(diagnosis, lang)).unwrap_or_default() + "\n")
}

/// The same of one phone, file or folder of a fleet.
pub fn line_of(diagnosis: &Diagnosis, subject: &Subject, lang: Lang) -> String {
    let name = subject.name.get(lang).into_owned();
    let fleet = Some(fleet_entry(subject, lang));
    let report = Report { subject: Some(name), fleet, ..report(diagnosis, lang) };
    serde_json::to_string(&report).unwrap_or_default() + "\n"
}

/// One input as the report lists it.
pub fn input_entry(input: &Input, id: u32, lang: Lang) -> InputEntry {
    InputEntry {
        id,
        name: input.name.clone(),
        inside: input.inside,
        bytes: input.bytes,
        lines: input.lines,
        kind: input.kind,
        state: input.state,
        because: input.because.get(lang).into_owned(),
        notes: input
            .notes
            .iter()
            .map(|note| NoteEntry {
                line: note.line,
                offset: note.offset,
                text: note.text.get(lang).into_owned(),
            })
            .collect(),
    }
}

/// One certificate as the report lists it.
pub fn certificate_entry(row: &CertificateRow, lang: Lang) -> CertificateEntry {
    CertificateEntry {
        input: row.input,
        line: line_number(row.at.line),
        offset: row.at.offset,
        role: row.role.clone(),
        label: row.label.clone(),
        subject: row.subject.clone(),
        issuer: row.issuer.clone(),
        serial: row.serial.clone(),
        not_before: row.not_before.map(rfc3339),
        not_after: row.not_after.map(rfc3339),
        key: row.key.clone(),
        signature: row.signature.clone(),
        names: row.names.clone(),
        self_signed: row.self_signed,
        ca: row.ca,
        md5: row.md5.clone(),
        sha1: row.sha1.clone(),
        sha256: row.sha256.clone(),
        sha1_base64: row.sha1_base64.clone(),
        notes: in_lang(&row.notes, lang),
    }
}

fn hash_entry(row: &HashRow, diagnosis: &Diagnosis) -> HashEntry {
    let holders = row.certificates.iter().filter_map(|index| diagnosis.certificates.get(*index as usize));
    let mut matches: Vec<u32> = holders.map(|certificate| certificate.input).collect();
    matches.dedup();
    HashEntry {
        input: row.input,
        line: line_number(row.at.line),
        text: row.text.clone(),
        algorithm: row.algorithm.clone(),
        hex: row.hex.clone(),
        matches,
        certificates: row.certificates.clone(),
    }
}

fn finding_entry(found: &Conclusion, lang: Lang) -> FindingEntry {
    FindingEntry {
        rule: found.rule.clone(),
        stage: found.stage,
        severity: found.severity,
        confidence: found.confidence,
        title: found.title.get(lang).into_owned(),
        explanation: in_lang(&found.explanation, lang).join("\n\n"),
        caused_by: found.caused_by.clone(),
        evidence: found.evidence.iter().map(|evidence| evidence_entry(evidence, lang)).collect(),
        more_evidence: found.more_evidence,
        more_of_kind: found.more_of_kind,
        fix: found.fix.iter().map(|fix| fix_entry(fix, lang)).collect(),
        sources: found.sources.clone(),
    }
}

/// One piece of evidence as the report lists it.
pub fn evidence_entry(evidence: &Evidence, lang: Lang) -> EvidenceEntry {
    let at = evidence.at.as_ref();
    let line = at.and_then(|at| line_number(at.line));
    EvidenceEntry {
        input: evidence.input,
        line,
        offset: at.filter(|_| line.is_none()).map(|at| at.offset),
        packet: at.and_then(|at| at.packet).map(|packet| packet.number),
        text: at.map(|at| at.text.clone()).unwrap_or_default(),
        says: evidence.says.get(lang).into_owned(),
        absent: evidence.looked_in.is_some(),
        looked_in: evidence.looked_in.clone(),
    }
}

/// One fix as the report lists it.
pub fn fix_entry(fix: &Fix, lang: Lang) -> FixEntry {
    FixEntry {
        on: fix.on,
        steps: in_lang(&fix.steps, lang),
        commands: fix.commands.clone(),
        undo: in_lang(&fix.undo, lang),
        verify: in_lang(&fix.verify, lang),
    }
}

fn question_entry(row: &QuestionRow, lang: Lang) -> QuestionEntry {
    let question = QUESTIONS.iter().find(|question| question.key == row.key);
    let choice = |choice: &Choice| ChoiceEntry {
        value: choice.value.clone(),
        says: choice.says.get(lang).into_owned(),
    };
    QuestionEntry {
        key: row.key.clone(),
        asks: question.map(|question| question.asks.get(lang).into_owned()).unwrap_or_default(),
        rules: row.rules.clone(),
        choices: row.choices.iter().map(choice).collect(),
    }
}

fn timeline_entry(row: &TimelineRow, lang: Lang) -> TimelineEntry {
    TimelineEntry {
        input: row.input,
        line: line_number(row.at.line),
        packet: row.at.packet.map(|packet| packet.number),
        at: row.time.clone(),
        aligned: row.aligned.clone(),
        stage: row.stage,
        says: row.says.get(lang).into_owned(),
    }
}

fn in_lang(texts: &[Text], lang: Lang) -> Vec<String> {
    texts.iter().map(|text| text.get(lang).into_owned()).collect()
}

/// Of what was left out: nothing is said where nothing was.
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn line_number(line: u32) -> Option<u32> {
    (line > 0).then_some(line)
}
