//! A summary for a person at a terminal.

use std::fmt::Write;

use super::words::{
    AMONG, BREAKS, CERTIFICATE, DAMAGED, FINDINGS, GATEWAYS, LINE, LOADS, MODELS, NO_FINDINGS, NO_NEXT,
    NO_RENEWAL, NOT_SHOWN, READY, REFUSES, RENEWAL, SAME_ISSUER, TITLE, title, verdict,
};
use super::{Group, RenewalGroup, Summary};
use crate::report::severity;
use crate::text::{Class, Lang, Text};
use crate::visible::visible;

/// Writes it.
pub fn render(summary: &Summary, lang: Lang) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", TITLE.number("reports", summary.reports).get(lang));
    for (state, count) in summary.by_verdict.all() {
        let _ = writeln!(out, "{count:>8}  {}", verdict(state).get(lang));
    }
    let _ = writeln!(out, "\n{}", FINDINGS.get(lang));
    if summary.by_rule.is_empty() {
        let _ = writeln!(out, "  {}", NO_FINDINGS.get(lang));
    }
    for row in &summary.by_rule {
        let ((sign, severity), title) = (severity(row.severity), title(&row.rule, lang));
        let _ = writeln!(out, "{:>8}  {sign} {}: {}", row.subjects, severity.get(lang), visible(&title));
        let _ = writeln!(out, "          {} ({})", visible(&row.rule), names(&row.examples, lang));
    }
    for (heading, groups) in
        [(GATEWAYS, &summary.by_gateway), (MODELS, &summary.by_model), (LOADS, &summary.by_load)]
    {
        group_list(&mut out, &heading, groups, lang);
    }
    let _ = writeln!(out, "\n{}", RENEWAL.get(lang));
    if summary.at_renewal.is_empty() {
        let _ = writeln!(out, "  {}", NO_RENEWAL.get(lang));
    }
    for group in &summary.at_renewal {
        for line in renewal_lines(group) {
            let _ = writeln!(out, "  {}", visible(&line.get(lang)));
        }
        if !group.breaking.is_empty() {
            let _ = writeln!(out, "  {}", names(&group.breaking, lang));
        }
    }
    if summary.damaged_lines > 0 {
        let _ = writeln!(out, "\n{}", DAMAGED.number("count", summary.damaged_lines).get(lang));
        for line in damaged_lines(summary) {
            let _ = writeln!(out, "  {}", visible(&line.get(lang)));
        }
    }
    out
}

fn group_list(out: &mut String, heading: &Text, groups: &[Group], lang: Lang) {
    let _ = writeln!(out, "\n{}", heading.get(lang));
    for group in groups {
        let parts = group.by_verdict.all().into_iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> =
            parts.map(|(state, count)| format!("{count} {}", verdict(state).get(lang))).collect();
        let _ = writeln!(out, "{:>8}  {}: {}", group.reports, group_name(group, lang), parts.join(", "));
    }
}

/// What a group is called.
pub(super) fn group_name(group: &Group, lang: Lang) -> String {
    if group.name.is_empty() { NOT_SHOWN.get(lang).into_owned() } else { visible(&group.name) }
}

/// What is said of one certificate.
pub(super) fn renewal_lines(group: &RenewalGroup) -> Vec<Text> {
    let until = group.not_after.as_deref().and_then(|at| at.get(..10)).unwrap_or("?");
    let mut lines = vec![
        CERTIFICATE.with("sha1", Class::Hash, &group.certificate).with("until", Class::Words, until),
        READY.number("count", group.ready),
        SAME_ISSUER.number("count", group.ready_if_same_issuer),
        BREAKS.number("count", group.breaks),
        REFUSES.number("count", group.refuses_now),
    ];
    lines.extend((!group.has_next).then_some(NO_NEXT));
    lines
}

/// `among them SEP001122334455, …`.
pub(super) fn names(names: &[String], lang: Lang) -> String {
    visible(&AMONG.list("names", Class::Phone, names).get(lang))
}

/// Each line that is no report.
pub(super) fn damaged_lines(summary: &Summary) -> Vec<Text> {
    let line = |row: &super::Damaged| {
        LINE.with("file", Class::File, &row.file).number("line", row.line).with("why", Class::Words, &row.why)
    };
    summary.damaged.iter().map(line).collect()
}
