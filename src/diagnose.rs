//! From readings to a [`Diagnosis`]: run every rule, put causes first and fold their echoes under them.

use std::collections::BTreeMap;

use crate::case::Case;
pub use crate::case::{NotAnAnswer, QUESTIONS, Said};
use crate::changes;
use crate::diagnosis::{
    CertificateRow, ClockRow, Diagnosis, HashRow, PhoneRow, PolicySetting, PolicyView, QuestionRow, RuleRow,
    StageRow, TimelineRow, Verdict, VerdictState, WaitingRow,
};
use crate::facts::certificates::Known;
use crate::facts::clocks::{Clock, Clocks};
use crate::facts::{clocks, negotiation, one_phone, phone_rows, renewal, timeline};
use crate::finding::{Conclusion, Confidence, Finding, Severity};
use crate::fingerprint;
use crate::formats::phone_log::PhoneMessage;
use crate::intake::Reading;
use crate::need::Need;
use crate::rules::{self, Rule, prose};
use crate::source::Place;
use crate::stage::{Stage, StageState};
use crate::text::{Text, counted};

/// Pieces of evidence kept of one finding; a fleet may have thousands.
const EVIDENCE: usize = 24;

/// Looks at all readings together. `now` is in seconds since 1970. Same readings, same answers and same clock,
/// same diagnosis.
pub fn diagnose(readings: &[Reading], said: &Said, now: i64) -> Diagnosis {
    let whole = Case::of(readings, said, now);
    let Some(name) = said.answer("phone") else { return told(whole) };
    let phones = rows_of_phones(&whole);
    match one_phone::narrowed(readings, &phones, name) {
        Some(narrowed) => Diagnosis { phones, ..told(Case::of(&narrowed, said, now)) },
        None => told(whole),
    }
}

fn rows_of_phones(case: &Case<'_>) -> Vec<PhoneRow> {
    phone_rows::of(&case.documents, &case.phones, &case.handshakes)
}

/// Runs every rule over a case.
fn told(case: Case<'_>) -> Diagnosis {
    let mut findings = Vec::new();
    let (mut passed, mut waiting) = (Vec::new(), Vec::new());
    let mut asked: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (order, rule) in rules::all().enumerate() {
        case.said.take_open();
        let (id, title) = (rule.id.to_owned(), prose::title(&rule.prose));
        match (rule.check)(&case) {
            Ok(found) if found.is_empty() => passed.push(RuleRow { rule: id, stage: rule.stage, title }),
            Ok(found) => findings.extend(found.iter().map(|finding| (order, conclude(rule, finding)))),
            Err(missing) => {
                if missing.0.contains(&Need::Answer) {
                    for key in case.said.take_open() {
                        asked.entry(key).or_default().push(id.clone());
                    }
                }
                waiting.push(WaitingRow { rule: id, stage: rule.stage, title, needs: missing.0 });
            }
        }
    }
    let findings = in_order(findings, case.progress.first_failed());
    let stages = stages(&case, &findings, &passed, &waiting);
    let policies = policies(&case, &findings);
    let clocks = clocks::of(&case.documents);
    let diagnosis = Diagnosis {
        verdict: verdict(&findings, &passed, &waiting),
        certificates: certificates(&case),
        hashes: hashes(&case),
        stages,
        findings,
        passed,
        waiting,
        redacted: false,
        questions: questions(asked),
        timeline: timeline_rows(&case, &clocks),
        clocks: clock_rows(&clocks),
        policies,
        negotiations: case.negotiations.iter().map(negotiation::view).collect(),
        phones: rows_of_phones(&case),
        renewal: renewal::of(
            &case.documents,
            &case.phones,
            &case.trusted_hashes,
            &case.gateway_certificates,
            &case.certificates,
        ),
        since: None,
        inputs: case.documents.inputs,
    };
    let since = changes::since(&case.documents.earlier_reports, &diagnosis, case.said.answer("phone"));
    Diagnosis { since, ..diagnosis }
}

fn questions(mut asked: BTreeMap<&str, Vec<String>>) -> Vec<QuestionRow> {
    let open = QUESTIONS.iter().filter_map(|question| {
        asked.remove(question.key).map(|rules| QuestionRow { key: question.key.to_owned(), rules })
    });
    open.collect()
}

fn conclude(rule: &Rule, finding: &Finding) -> Conclusion {
    let prose = prose::parse(&rule.prose);
    let all = finding.evidence();
    let evidence: Vec<_> = all.iter().take(EVIDENCE).cloned().collect();
    Conclusion {
        rule: rule.id.to_owned(),
        stage: rule.stage,
        severity: finding.severity.unwrap_or(rule.severity),
        confidence: finding.confidence,
        title: prose.title_for(finding),
        explanation: prose.explanation_for(finding),
        more_evidence: u32::try_from(all.len() - evidence.len()).unwrap_or(u32::MAX),
        evidence,
        fix: prose.fixes_for(finding),
        caused_by: None,
        sources: rule.sources.iter().map(|source| (*source).to_owned()).collect(),
        comparison: finding.comparison.clone(),
    }
}

/// Causes by weight, each followed by what it explains.
fn in_order(findings: Vec<(usize, Conclusion)>, first_failed: Option<Stage>) -> Vec<Conclusion> {
    let mut causes: Vec<Option<&'static str>> = Vec::new();
    for (_, echo) in &findings {
        let explains = |rule: &&Rule| {
            rule.echoes.contains(&echo.rule.as_str())
                && findings.iter().any(|(_, cause)| cause.rule == rule.id && explains(cause, echo))
        };
        causes.push(rules::all().find(explains).map(|rule| rule.id));
    }
    let mut roots: Vec<(usize, Conclusion)> = Vec::new();
    let mut echoes: Vec<(usize, Conclusion)> = Vec::new();
    for ((order, mut found), cause) in findings.into_iter().zip(causes) {
        found.caused_by = cause.map(str::to_owned);
        if found.caused_by.is_some() { echoes.push((order, found)) } else { roots.push((order, found)) }
    }
    roots.sort_by_key(|(order, found)| {
        (found.severity, first_failed != Some(found.stage), found.confidence, found.stage, *order)
    });
    let mut ordered: Vec<Conclusion> = roots.into_iter().map(|(_, root)| root).collect();
    place_echoes(&mut ordered, echoes);
    ordered
}

/// A guess does not explain away what the evidence says outright, nor does what is merely worth knowing explain what
/// stops the phone.
fn explains(cause: &Conclusion, echo: &Conclusion) -> bool {
    let a_guess = cause.confidence == Confidence::Possible && echo.confidence < Confidence::Possible;
    let a_trifle = cause.severity == Severity::Notice && echo.severity < Severity::Notice;
    !a_guess && !a_trifle
}

/// Puts each echo behind the last finding of its cause. A cause may be an echo itself; `tests/tidy.rs` shows that
/// there are no cycles, and every round places at least one echo or ends.
fn place_echoes(ordered: &mut Vec<Conclusion>, mut echoes: Vec<(usize, Conclusion)>) {
    echoes.sort_by_key(|(order, _)| *order);
    loop {
        let mut left = Vec::new();
        let before = ordered.len();
        for (order, echo) in echoes {
            let cause = ordered.iter().rposition(|found| {
                Some(&found.rule) == echo.caused_by.as_ref()
                    || (found.caused_by == echo.caused_by && found.caused_by.is_some())
            });
            match cause {
                Some(at) => ordered.insert(at + 1, echo),
                None => left.push((order, echo)),
            }
        }
        if left.is_empty() {
            return;
        }
        if ordered.len() == before {
            ordered.extend(left.into_iter().map(|(_, echo)| echo));
            return;
        }
        echoes = left;
    }
}

/// The ladder. An echo does not count: it tells of a stage that never ran for a reason of its own.
fn stages(
    case: &Case<'_>,
    findings: &[Conclusion],
    passed: &[RuleRow],
    waiting: &[WaitingRow],
) -> Vec<StageRow> {
    let stopped = case.progress.first_failed();
    Stage::ALL
        .into_iter()
        .map(|stage| {
            let own: Vec<&Conclusion> =
                findings.iter().filter(|found| found.stage == stage && found.caused_by.is_none()).collect();
            let worst = own.iter().map(|found| found.severity).min();
            let failed = case.progress.failed.get(&stage);
            let (state, because) = if worst == Some(Severity::Blocker) {
                (StageState::Failed, told_by(&own, Severity::Blocker))
            } else if let Some(place) = failed {
                (StageState::Failed, seen_at(case, place))
            } else if worst == Some(Severity::Warning) {
                (StageState::Warned, told_by(&own, Severity::Warning))
            } else if let Some(place) = case.progress.passed.get(&stage) {
                (StageState::Passed, seen_at(case, place))
            } else if stopped.is_some_and(|stopped| stopped < stage) {
                (StageState::NotReached, NOT_REACHED)
            } else {
                by_rules(stage, passed, waiting)
            };
            StageRow { stage, state, because }
        })
        .collect()
}

fn told_by(findings: &[&Conclusion], severity: Severity) -> Text {
    let found = findings.iter().find(|found| found.severity == severity);
    found.map(|found| found.title.clone()).unwrap_or_default()
}

fn seen_at(case: &Case<'_>, place: &Place) -> Text {
    let name = case.documents.input(place.input).map(|input| input.name.as_str()).unwrap_or_default();
    match place.at.line {
        0 => Text::quoted(name),
        line => Text::made(format!("{name}, line {line}"), format!("{name}, Zeile {line}")),
    }
}

fn by_rules(stage: Stage, passed: &[RuleRow], waiting: &[WaitingRow]) -> (StageState, Text) {
    let checked = passed.iter().filter(|rule| rule.stage == stage).count();
    let open = waiting.iter().filter(|rule| rule.stage == stage).count();
    let blockers_open = waiting
        .iter()
        .filter(|row| row.stage == stage)
        .any(|row| rules::by_id(&row.rule).is_some_and(|rule| rule.severity == Severity::Blocker));
    let because = Text::made(
        format!("{checked} checks passed, {open} wait for evidence"),
        format!("{checked} Prüfungen bestanden, {open} warten auf Belege"),
    );
    if checked > 0 && !blockers_open { (StageState::Passed, because) } else { (StageState::Unknown, because) }
}

fn verdict(findings: &[Conclusion], passed: &[RuleRow], waiting: &[WaitingRow]) -> Verdict {
    let first = findings.iter().find(|found| found.severity != Severity::Notice);
    if let Some(found) = first {
        let state =
            if found.severity == Severity::Blocker { VerdictState::Fault } else { VerdictState::Suspect };
        let own = found.explanation.first().cloned().unwrap_or_default();
        return Verdict {
            state,
            rule: Some(found.rule.clone()),
            stage: Some(found.stage),
            sentence: found.title.clone(),
            detail: own,
        };
    }
    let (checked, open) = (passed.len(), waiting.len());
    if checked == 0 {
        return Verdict {
            state: VerdictState::Unknown,
            rule: None,
            stage: None,
            sentence: NOTHING_CHECKED,
            detail: BRING_SOMETHING,
        };
    }
    let detail = if open == 0 {
        Text::default()
    } else {
        Text::made(
            format!("{open} more could not be checked yet: see what to bring."),
            format!("{open} weitere konnten noch nicht geprüft werden: Siehe „Das fehlt noch“."),
        )
    };
    Verdict {
        state: VerdictState::Clear,
        rule: None,
        stage: None,
        sentence: Text::made(
            format!("Nothing wrong in what could be checked: {}.", counted(checked, "check", "checks")),
            format!(
                "In dem, was geprüft werden konnte, ist kein Fehler: {}.",
                counted(checked, "Prüfung", "Prüfungen")
            ),
        ),
        detail,
    }
}

fn certificates(case: &Case<'_>) -> Vec<CertificateRow> {
    case.certificates.iter().map(certificate_row).collect()
}

/// One certificate as it is listed.
pub fn certificate_row(known: &Known<'_>) -> CertificateRow {
    let certificate = known.certificate.document;
    let fields = certificate.fields.clone().unwrap_or_default();
    let names = [fields.dns_names.as_slice(), &fields.addresses, &fields.other_names].concat();
    CertificateRow {
        input: known.certificate.input,
        at: certificate.at.clone(),
        role: known.role.id().to_owned(),
        label: known.trustpoint().unwrap_or_default().to_owned(),
        subject: fields.subject,
        issuer: fields.issuer,
        serial: fields.serial,
        not_before: fields.not_before,
        not_after: fields.not_after,
        key: fields.key,
        signature: fields.signature,
        names,
        self_signed: fields.self_signed,
        ca: fields.ca,
        md5: fingerprint::hex(&certificate.md5),
        sha1: fingerprint::hex(&certificate.sha1),
        sha256: fingerprint::hex(&certificate.sha256),
        sha1_base64: fingerprint::base64(&certificate.sha1),
        notes: certificate.notes.clone(),
        der_bytes: certificate.der_bytes,
        details: fields.details,
    }
}

fn hashes(case: &Case<'_>) -> Vec<HashRow> {
    let mut rows = Vec::new();
    let mut add = |place: &Place, text: &str, sha1: [u8; 20]| {
        let same = case.certificates.iter().zip(0_u32..).filter(|(known, _)| known.sha1() == sha1);
        rows.push(HashRow {
            input: place.input,
            at: place.at.clone(),
            text: text.to_owned(),
            algorithm: "sha1".to_owned(),
            hex: fingerprint::hex(&sha1),
            certificates: same.map(|(_, index)| index).collect(),
        });
    };
    for hash in &case.trusted_hashes {
        if let Ok(sha1) = hash.sha1 {
            add(&hash.place, &hash.text, sha1);
        }
    }
    for log in &case.documents.phone_logs {
        let mut seen = std::collections::BTreeSet::new();
        for event in &log.document.events {
            if let PhoneMessage::LeafHash { sha1 } = event.message
                && seen.insert(sha1)
            {
                add(&log.place(&event.at), &fingerprint::hex(&sha1).to_uppercase(), sha1);
            }
        }
    }
    rows
}

fn policies(case: &Case<'_>, findings: &[Conclusion]) -> Vec<PolicyView> {
    // The worst finding that quotes the setting's line is the one to show beside it.
    let objection = |place: &Place| {
        let quotes = |found: &&Conclusion| {
            let pieces = found.evidence.iter();
            pieces
                .filter(|piece| piece.input == Some(place.input))
                .any(|piece| piece.at.as_ref() == Some(&place.at))
        };
        let found = findings.iter().filter(quotes).min_by_key(|found| found.severity);
        found.map(|found| found.rule.clone())
    };
    let policies = case.effective_policies.iter();
    policies
        .map(|policy| PolicyView {
            input: policy.input,
            tunnel_group: policy.tunnel_group.clone(),
            serves: policy.serves.clone(),
            user: policy.user.map(|user| user.name.value.clone()).unwrap_or_default(),
            group_policy: policy.policy.clone(),
            path: policy.path.clone(),
            settings: policy
                .settings
                .iter()
                .map(|setting| PolicySetting {
                    attribute: setting.attribute.to_owned(),
                    value: setting.value.clone(),
                    origin: setting.origin,
                    from: setting.from.clone(),
                    place: setting.place.clone(),
                    rule: setting.place.as_ref().and_then(objection),
                })
                .collect(),
            unproven: policy.unproven.clone(),
        })
        .collect()
}

fn timeline_rows(case: &Case<'_>, clocks: &Clocks) -> Vec<TimelineRow> {
    timeline::of(&case.documents)
        .into_iter()
        .map(|event| TimelineRow {
            aligned: clocks.aligned(&event),
            input: event.place.input,
            at: event.place.at,
            time: event.time,
            stage: event.stage,
            says: event.says,
        })
        .collect()
}

fn clock_rows(clocks: &Clocks) -> Vec<ClockRow> {
    let row = |clock: &Clock| ClockRow {
        input: clock.input,
        offset_millis: clock.offset_micros / 1000,
        from: clock.from.clone(),
    };
    clocks.phones.iter().map(row).collect()
}

const NOT_REACHED: Text =
    Text::fixed("an earlier stage failed in the log", "eine frühere Stufe ist laut Protokoll gescheitert");
const NOTHING_CHECKED: Text =
    Text::fixed("Nothing could be checked yet.", "Noch konnte nichts geprüft werden.");
const BRING_SOMETHING: Text = Text::fixed(
    "Drop the phone's configuration, its console logs, the ASA's configuration, its log or a certificate.",
    "Legen Sie die Konfiguration des Telefons, seine Konsolenprotokolle, die Konfiguration oder das Protokoll der ASA oder ein Zertifikat ab.",
);
