//! Counts, renewals, damaged lines, and what is told of them.

use super::*;
use crate::text::Lang;

fn line(subject: &str, state: &str, rules: &[(&str, &str)], fleet: &str) -> String {
    let findings: Vec<String> = rules
        .iter()
        .map(|(rule, severity)| format!("{{\"rule\":\"{rule}\",\"severity\":\"{severity}\",\"later\":1}}"))
        .collect();
    format!(
        "{{\"schema\":\"{SCHEMA}\",\"subject\":\"{subject}\",\"verdict\":{{\"state\":\"{state}\"}},\"findings\":[{}],\
         \"fleet\":{{\"model\":\"CP-7962G\",\"load\":\"SCCP42.9-4-2SR3-1S\",\"gateways\":[\"vpn.example.com\"]{fleet}}}}}",
        findings.join(",")
    )
}

fn renewal(next: bool, presented: bool, trusts_next: bool, issuer: bool) -> String {
    format!(
        ",\"renewal\":{{\"certificate\":\"ab12\",\"not_after\":\"2027-01-01T00:00:00Z\",\"has_next\":{next},\
         \"trusts_presented\":{presented},\"trusts_next\":{trusts_next},\"trusts_issuer\":{issuer}}}"
    )
}

fn summary(lines: &[String]) -> Summary {
    let mut tally = Tally::default();
    for (text, number) in lines.iter().zip(1..) {
        tally.line("r.ndjson", number, text);
    }
    tally.summary()
}

#[test]
fn reports_are_counted_by_what_they_share() {
    let lines = [
        line(
            "SEPB",
            "fault",
            &[
                ("vpn-url-not-https", "warning"),
                ("vpn-url-missing", "blocker"),
                ("vpn-url-missing", "blocker"),
            ],
            "",
        ),
        line("SEPA", "suspect", &[("vpn-url-not-https", "warning")], ""),
        line("SEPC", "clear", &[], ""),
        String::new(),
        "{\"schema\":\"vpn-phone-doctor/report/1\",\"subject\":\"SEPD\"".to_owned(),
        "{\"schema\":\"vpn-phone-doctor/report/9\",\"verdict\":{\"state\":\"clear\"}}".to_owned(),
        "{\"subject\":\"SEPE\",\"error\":\"it died\"}".to_owned(),
    ];
    let summary = summary(&lines);
    assert_eq!((summary.reports, summary.damaged_lines), (3, 3));
    let damaged: Vec<u64> = summary.damaged.iter().map(|row| row.line).collect();
    assert_eq!(damaged, [5, 6, 7], "each is named");
    assert!(summary.damaged[2].why.contains("SEPE: it died"));
    assert_eq!((summary.by_verdict.fault, summary.by_verdict.suspect, summary.by_verdict.clear), (1, 1, 1));
    let rules: Vec<(&str, u64, &[String])> = summary
        .by_rule
        .iter()
        .map(|row| (row.rule.as_str(), row.subjects, row.examples.as_slice()))
        .collect();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        rules,
        [
            ("vpn-url-missing", 1, names(&["SEPB"]).as_slice()),
            ("vpn-url-not-https", 2, names(&["SEPA", "SEPB"]).as_slice())
        ]
    );
    assert_eq!((summary.by_model[0].reports, summary.by_load.len(), summary.by_gateway.len()), (3, 1, 1));
}

#[test]
fn the_order_of_the_reports_changes_nothing() {
    let mut lines: Vec<String> = (0..50)
        .map(|number| line(&format!("SEP{number:02}"), "fault", &[("vpn-url-missing", "blocker")], ""))
        .collect();
    let forth = summary(&lines);
    lines.reverse();
    assert_eq!(forth, summary(&lines));
    assert_eq!(forth.by_rule[0].examples.len(), EXAMPLES);
}

#[test]
fn a_renewal_breaks_who_does_not_know_the_next_certificate() {
    for (next, presented, trusts_next, issuer, expected) in [
        (true, true, true, false, (1, 0, 0, 0)),
        (true, true, false, true, (0, 0, 1, 0)),
        (true, true, false, false, (0, 0, 1, 0)),
        (false, true, false, true, (0, 1, 0, 0)),
        (false, true, false, false, (0, 0, 1, 0)),
        (true, false, false, false, (0, 0, 0, 1)),
    ] {
        let summary = summary(&[line("SEPA", "clear", &[], &renewal(next, presented, trusts_next, issuer))]);
        let group = &summary.at_renewal[0];
        let found = (group.ready, group.ready_if_same_issuer, group.breaks, group.refuses_now);
        assert_eq!(found, expected, "{next} {presented} {trusts_next} {issuer}");
        assert_eq!(group.breaking.len(), usize::from(group.breaks == 1));
    }
}

#[test]
fn it_is_told_in_both_languages_and_nothing_of_a_report_is_markup() {
    let bad = "<script>alert(1)</script>\\u001b[31m";
    let summary = summary(&[
        line(
            bad,
            "fault",
            &[(bad, "blocker"), ("vpn-url-missing", "blocker")],
            &renewal(false, true, false, false),
        ),
        "<b>no report".to_owned(),
    ]);
    for (lang, telling) in [(Lang::En, "Reports of the fleet: 1"), (Lang::De, "Berichte der Flotte: 1")] {
        let (page, text) = (page::render(&summary, lang), text::render(&summary, lang));
        assert!(page.contains(telling) && text.contains(telling));
        assert!(!page.contains("<script") && !page.contains('\u{1b}') && !text.contains('\u{1b}'));
        assert!(page.contains("<svg") && page.contains("2027-01-01") && text.contains("vpn-url-missing"));
    }
}

#[test]
fn an_empty_fleet_says_so() {
    let summary = summary(&[]);
    assert_eq!(summary.reports, 0);
    assert!(text::render(&summary, Lang::En).contains("No report has a finding"));
}
