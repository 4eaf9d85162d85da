//! The fields of a diagnosis, and what the strings among them hold.

use super::{
    CertificateCell, CertificateRow, Change, Choice, ClockRow, Diagnosis, HashRow, NegotiationRow,
    NegotiationView, Origin, PathView, PhoneRow, PolicySetting, PolicyView, QuestionRow, RenewalPhone,
    RenewalView, RuleRow, Since, StageRow, TimelineRow, Verdict, VerdictState, WaitingRow,
};
use crate::exchange::Exchange;
use crate::limits::LeftOut;
use crate::need::Need;
use crate::stage::{Stage, StageState};
use crate::strings::{no_strings, strings};
use crate::text::Lang;

no_strings! { Exchange Lang LeftOut Need Origin Stage StageState VerdictState }

strings! {
    Diagnosis {
        redacted, verdict, since, inputs, certificates, hashes, stages, findings, passed, waiting, questions, timeline,
        clocks, policies, negotiations, phones, path, renewal, left_out,
    }
    Verdict { state, rule: Own, stage, sentence, detail }
    Since { input, language, sentence, alone, summary, notes, fixed, new, same, unchecked }
    Change { rule: Rule, stage, title, finding, file: File, line, text, note }
    StageRow { stage, state, because }
    RuleRow { rule: Own, stage, title }
    WaitingRow { rule: Own, stage, title, needs }
    QuestionRow { key: Own, rules: Own, choices }
    Choice { value: Answer, says }
    CertificateRow {
        input, at, role: Own, label: Trustpoint, subject: Subject, issuer: Subject, serial: Serial, not_before, not_after,
        key, signature, names, self_signed, ca, md5: Hash, sha1: Hash, sha256: Hash, sha1_base64: Hash, notes, der_bytes,
        details, shown_by,
    }
    HashRow { input, at, text, algorithm: Own, hex: Hash, certificates }
    TimelineRow { input, at, time, aligned, stage, says, exchange }
    ClockRow { input, offset_millis, within_millis, from }
    PolicyView { input, tunnel_group: Group, serves, user: User, group_policy: Group, path, settings, unproven }
    PolicySetting { attribute, value, origin, from: Group, place, rule: Own }
    NegotiationView { input, release, rows, table, assumed }
    NegotiationRow {
        phone, own, offers, allows, version, suite, certificate, data, outcome, works, places, heard: Own,
    }
    CertificateCell { offers, bound, presented, works, own }
    RenewalView {
        presented, next, previous, further_presented, same_subject, trustpoint: Trustpoint, next_trustpoint: Trustpoint,
        previous_trustpoint: Trustpoint, interface, phones,
    }
    PathView { phone, way, gateway, tunnel, cucm }
    RenewalPhone { name, place, trusts_presented, trusts_next, trusts_previous, trusts_issuer }
    PhoneRow { name, model, addresses, attempts, connected, furthest, failed, reason, last, place }
}
