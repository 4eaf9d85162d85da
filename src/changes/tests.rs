//! From two sets of files to what became of the case between them.

use super::*;
use crate::diagnose::{Said, diagnose};
use crate::diagnosis::Became;
use crate::formats::earlier_report::parse;
use crate::report::redact::{Addresses, redact};
use crate::report::{Form, render};
use crate::testing::certificates::{CURRENT, OTHER, PREVIOUS};
use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};

const RULE: &str = "cert-hash-mismatch";
const PHONE: &str = "SEP001122334455.cnf.xml";

fn config() -> String {
    asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]))
}

fn diagnosis_of(files: &[(&str, &str)]) -> Diagnosis {
    diagnose(&readings(files), &Said::new(), now())
}

/// An ASA, and phones that trust what they trust.
fn case(phones: &[(&str, &str)]) -> Diagnosis {
    let config = config();
    let phones: Vec<(&str, String)> =
        phones.iter().map(|(name, trusted)| (*name, phone_trusting(&[hash_of(trusted)]))).collect();
    let mut files = vec![("asa.cfg", config.as_str())];
    files.extend(phones.iter().map(|(name, text)| (*name, text.as_str())));
    diagnosis_of(&files)
}

fn saved(diagnosis: &Diagnosis) -> EarlierReport {
    parse(&render(diagnosis, Form::Json, Lang::En), 1).0.remove(0)
}

fn after(earlier: &Diagnosis, today: &Diagnosis) -> Since {
    compare(&saved(earlier), today, None)
}

/// What became of the mismatch of hashes: the list and the note, for each finding.
fn became(since: &Since) -> Vec<(&'static str, Text)> {
    let lists = since.lists().into_iter();
    lists
        .flat_map(|(became, list)| {
            let list = list.iter().filter(|change| change.rule == RULE);
            list.map(move |change| (became.id(), change.note.clone()))
        })
        .collect()
}

#[test]
fn what_was_mended_is_fixed_and_what_was_not_is_the_same() {
    let (broken, mended) = (case(&[(PHONE, OTHER)]), case(&[(PHONE, CURRENT)]));
    let none = Text::default();
    for (earlier, today, expected) in [
        (&broken, &mended, ("fixed", none.clone())),
        (&broken, &broken, ("same", none.clone())),
        (&mended, &broken, ("new", WAS_FINE)),
        (&broken, &case(&[(PHONE, PREVIOUS)]), ("same", none)),
    ] {
        let since = after(earlier, today);
        assert_eq!(became(&since), [expected], "{since:?}");
        assert!(since.notes.is_empty(), "{since:?}");
    }
    let mut two = broken.clone();
    let mut other = two.findings.iter().find(|found| found.rule == RULE).unwrap().clone();
    other.evidence.iter_mut().filter_map(|piece| piece.at.as_mut()).for_each(|at| at.text.push('x'));
    two.findings.push(other);
    assert_eq!(became(&after(&two, &broken)).len(), 2);
    let mut cut = broken.clone();
    cut.findings.iter_mut().for_each(|found| found.more_of_kind = 3);
    let listed = became(&after(&two, &cut));
    assert!(listed.contains(&("unchecked", AMONG_MORE)), "what is not listed is not gone: {listed:?}");
    let again = after(&broken, &broken);
    assert_eq!((again.fixed.len(), again.new.len(), again.unchecked.len()), (0, 0, 0));
    assert_eq!(again.same.len(), broken.findings.len());
    assert_eq!(again.summary.en(), format!("{} the same", broken.findings.len()));
}

#[test]
fn a_phone_is_fixed_only_where_its_own_file_is_seen_again() {
    const SECOND: &str = "SEP0011223344AA.cnf.xml";
    let none = Text::default();
    for (then, today, expected) in [
        // Another phone is fine, this one is not here.
        (&[(PHONE, OTHER)][..], &[(SECOND, CURRENT)][..], vec![("unchecked", NOT_LOOKED_FOR)]),
        // The same phone in a folder, under the name that a browser gave its second download.
        (&[(PHONE, OTHER)], &[("today/SEP001122334455.cnf (1).xml", CURRENT)], vec![("fixed", none.clone())]),
        // Its name does not tell which phone it is.
        (&[("phone.xml", OTHER)], &[("other.xml", CURRENT)], vec![("fixed", BY_OTHER_FILES)]),
        // One was mended, and another is wrong: it is not the same finding moved.
        (
            &[(PHONE, OTHER)],
            &[(PHONE, CURRENT), (SECOND, OTHER)],
            vec![("fixed", none.clone()), ("new", NEW_FILE)],
        ),
        // One came that the earlier report had not seen.
        (&[(PHONE, CURRENT)], &[(PHONE, CURRENT), (SECOND, OTHER)], vec![("new", NEW_FILE)]),
    ] {
        let since = after(&case(then), &case(today));
        assert_eq!(became(&since), expected, "{then:?} {since:?}");
    }
}

#[test]
fn a_log_need_not_be_brought_again_where_the_phones_file_shows_enough() {
    let log = "0902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
        0908: NOT 10:19:27.375718 SECD: Leaf cert hash = 61B262809FB6D0FDDAD988CE8C13082641E01EE1\n";
    let (wrong, right) = (phone_trusting(&[hash_of(OTHER)]), phone_trusting(&[hash_of(CURRENT)]));
    let earlier = diagnosis_of(&[("console.log", log), (PHONE, &wrong), ("asa.cfg", &config())]);
    let shown = earlier.findings.iter().find(|found| found.rule == RULE).unwrap();
    assert_eq!(shown.evidence[0].input, Some(0), "the log tells most");
    let today = diagnosis_of(&[(PHONE, &right), ("asa.cfg", &config())]);
    assert_eq!(became(&after(&earlier, &today)), [("fixed", Text::default())]);
}

#[test]
fn what_cannot_be_seen_today_is_not_called_fixed() {
    let broken = case(&[(PHONE, OTHER)]);
    let nothing = diagnosis_of(&[("notes.txt", "hello")]);
    let since = after(&broken, &nothing);
    assert_eq!(became(&since), [("unchecked", NOT_LOOKED_FOR)]);
    assert_eq!(since.notes, [NO_FILE_AGAIN]);
    assert!(since.fixed.is_empty() && since.same.is_empty());
    // The file is here, and what it has to be held against is not.
    let phone = phone_trusting(&[hash_of(OTHER)]);
    assert_eq!(became(&after(&broken, &diagnosis_of(&[(PHONE, &phone)]))), [("unchecked", NOT_LOOKED_FOR)]);
    assert_eq!(became(&after(&nothing, &broken)), [("new", COULD_NOT_BE_SEEN)]);
}

#[test]
fn a_check_that_the_earlier_report_does_not_name_may_have_failed_then() {
    let mut earlier = saved(&case(&[(PHONE, CURRENT)]));
    earlier.passed.retain(|rule| rule != RULE);
    let since = compare(&earlier, &case(&[(PHONE, OTHER)]), None);
    assert_eq!(became(&since), [("new", NOT_KNOWN_THEN)]);
}

#[test]
fn another_rule_with_the_same_line_is_another_finding() {
    let today = case(&[(PHONE, OTHER)]);
    let mut earlier = saved(&today);
    for finding in &mut earlier.findings {
        finding.rule = "wrong-trustpoint-on-interface".to_owned();
    }
    let since = compare(&earlier, &today, None);
    assert_eq!(became(&since).first().map(|(became, _)| *became), Some("new"), "{since:?}");
}

#[test]
fn a_rule_that_is_not_known_is_told_in_the_reports_own_words() {
    let mut earlier = saved(&case(&[(PHONE, OTHER)]));
    earlier.findings.truncate(1);
    let finding = earlier.findings.first_mut().unwrap();
    finding.rule = "<b>no\u{202e}such</b>".to_owned();
    finding.title = "It <b>was</b> \u{1b}[31m".to_owned();
    let mut today = case(&[(PHONE, CURRENT)]);
    today.since = Some(compare(&earlier, &today, None));
    let since = today.since.as_ref().unwrap();
    let change = since.unchecked.first().unwrap();
    assert_eq!((&change.note, change.title.de().as_ref()), (&UNKNOWN_RULE, "It <b>was</b> \u{1b}[31m"));
    for form in [Form::Text, Form::Markdown, Form::Html] {
        let report = render(&today, form, Lang::De);
        assert!(report.contains("Seit dem früheren Bericht") && report.contains("⟪U+202E⟫such"), "{report}");
        assert!(!report.contains(['\u{1b}', '\u{202e}']), "{report}");
        assert!(form == Form::Text || !report.contains(" <b>was"), "{report}");
    }
}

#[test]
fn every_form_tells_every_list() {
    let mut today = case(&[(PHONE, CURRENT), ("SEP0011223344AA.cnf.xml", OTHER)]);
    let earlier = case(&[(PHONE, OTHER), ("SEP0011223344BB.cnf.xml", OTHER)]);
    let mut earlier = saved(&earlier);
    let answered =
        EarlierFinding { rule: "later-rule".into(), title: "Später".into(), ..EarlierFinding::default() };
    earlier.findings.push(answered);
    today.since = Some(compare(&earlier, &today, None));
    let since = today.since.as_ref().unwrap();
    assert!(!since.unchecked.is_empty(), "{since:?}");
    for (lang, heading) in [(Lang::En, "Since the earlier report"), (Lang::De, "Seit dem früheren Bericht")]
    {
        for form in [Form::Text, Form::Markdown, Form::Html] {
            let report = render(&today, form, lang);
            assert!(report.contains(heading), "{form:?} {report}");
            let summary = since.summary.get(lang);
            assert!(report.contains(&*summary), "{form:?} {summary} {report}");
            for (became, list) in since.lists() {
                assert_eq!(
                    report.contains(&format!(" {}", became.name().get(lang))),
                    !list.is_empty(),
                    "{became:?}"
                );
            }
        }
        let json: serde_json::Value = serde_json::from_str(&render(&today, Form::Json, lang)).unwrap();
        assert_eq!(json["since"]["summary"], *since.summary.get(lang));
        for (became, list) in since.lists() {
            assert_eq!(json["since"][became.id()].as_array().unwrap().len(), list.len());
        }
    }
}

#[test]
fn a_dropped_report_is_compared_and_of_several_the_closest() {
    let broken = case(&[(PHONE, OTHER)]);
    let other = render(&diagnosis_of(&[("portal.log", "hello")]), Form::Json, Lang::En);
    let yesterday = render(&broken, Form::Json, Lang::De);
    let (config, phone) = (config(), phone_trusting(&[hash_of(CURRENT)]));
    let files = [("asa.cfg", config.as_str()), (PHONE, phone.as_str())];
    let with = |reports: &[(&str, &str)]| diagnosis_of(&[&files[..], reports].concat());
    let one = with(&[("yesterday.json", &yesterday)]);
    let since = one.since.as_ref().unwrap();
    assert_eq!((since.input, since.alone, since.notes.len()), (Some(2), false, 0));
    assert_eq!(became(since), [("fixed", Text::default())]);
    let several = with(&[("yesterday.json", &yesterday), ("elsewhere.json", &other)]);
    let since = several.since.unwrap();
    assert_eq!(since.input, Some(2));
    assert!(since.notes.contains(&TAKEN.with("name", Class::Words, "`yesterday.json`")), "{:?}", since.notes);
    let equals = with(&[("a.json", &yesterday), ("b.json", &yesterday)]).since.unwrap();
    assert_eq!(equals.input, Some(3), "the last of equals");
    // What is compared is no evidence: nothing else changes by it.
    assert_eq!(with(&[]).findings, one.findings);
    assert_eq!(with(&[]).waiting, one.waiting);
    // A report of a day that was compared itself is a report like any other.
    let again = with(&[("today.json", &render(&one, Form::Json, Lang::En))]).since.unwrap();
    assert!(again.fixed.is_empty() && again.new.is_empty(), "{again:?}");
}

#[test]
fn a_report_alone_is_shown_and_not_compared() {
    let broken = case(&[(PHONE, OTHER)]);
    let alone = diagnosis_of(&[("yesterday.json", &render(&broken, Form::Json, Lang::De))]);
    let since = alone.since.as_ref().unwrap();
    assert!(since.alone && since.summary.is_empty());
    assert_eq!(since.sentence, broken.verdict.sentence.de());
    assert_eq!(since.notes, [ALONE]);
    let titles: Vec<_> = since.unchecked.iter().map(|change| change.title.de().clone()).collect();
    let own: Vec<_> = broken.findings.iter().map(|found| found.title.de().clone()).collect();
    assert_eq!(titles, own);
    assert!(since.unchecked.iter().all(|change| change.note.is_empty()));
    for lang in [Lang::En, Lang::De] {
        let text = render(&alone, Form::Text, lang);
        assert!(text.contains(broken.verdict.sentence.de().as_ref()), "{text}");
        assert!(!text.contains(&*Became::Unchecked.name().get(lang)), "{text}");
    }
}

#[test]
fn a_redacted_report_is_matched_by_rule_alone() {
    const SECOND: &str = "SEP0011223344AA.cnf.xml";
    let redacted = |case: &Diagnosis| redact(case, Addresses::Opaque, [7; 32]).diagnosis;
    let (one, both) = (case(&[(PHONE, OTHER)]), case(&[(PHONE, OTHER), (SECOND, OTHER)]));
    let mended = case(&[(PHONE, CURRENT)]);
    for (earlier, today, expected) in [
        (&one, &one, vec!["same"]),
        (&one, &mended, vec!["fixed"]),
        (&mended, &one, vec!["new"]),
        (&both, &both, vec!["same"; became(&after(&both, &both)).len()]),
    ] {
        let since = after(&redacted(earlier), today);
        assert_eq!(
            became(&since).iter().map(|(became, _)| *became).collect::<Vec<_>>(),
            expected,
            "{since:?}"
        );
        assert_eq!(since.notes, [PSEUDONYMS]);
    }
    // One finding fewer, or one more: pseudonyms do not tell which.
    let mut twice = saved(&redacted(&one));
    let again = twice.findings.iter().find(|then| then.rule == RULE).unwrap().clone();
    twice.findings.push(again);
    assert_eq!(
        became(&compare(&twice, &one, None)),
        [("same", Text::default()), ("unchecked", WHICH_IS_GONE)]
    );
    let mut more = one.clone();
    more.findings.extend(one.findings.iter().find(|now| now.rule == RULE).cloned());
    let since = compare(&saved(&redacted(&one)), &more, None);
    assert_eq!(became(&since), [("same", Text::default()), ("same", WHICH_IS_NEW)]);
}

#[test]
fn a_case_narrowed_to_a_phone_says_nothing_of_the_others() {
    let config = config();
    let (wrong, right) = (phone_trusting(&[hash_of(OTHER)]), phone_trusting(&[hash_of(CURRENT)]));
    let log =
        "%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.9/50091 for TLSv1 session\n";
    let device = |vpn: &str| format!("<device><deviceProtocol>SCCP</deviceProtocol>{vpn}</device>");
    let (wrong, right) = (device(&wrong), device(&right));
    let files = [
        ("asa.cfg", config.as_str()),
        (PHONE, wrong.as_str()),
        ("SEP0011223344AA.cnf.xml", right.as_str()),
        ("asa.log", log),
    ];
    let earlier = saved(&diagnosis_of(&files));
    let mut said = Said::new();
    said.say("phone", "SEP0011223344AA").unwrap();
    let today = diagnose(&readings(&files), &said, now());
    let since = compare(&earlier, &today, said.answer("phone"));
    assert_eq!(became(&since), [("unchecked", OTHER_PHONE)], "{since:?}");
}

#[test]
fn redaction_walks_over_the_comparison_too() {
    const HIDDEN: &str = "SEP0011223344AC.cnf.xml";
    let mut today = case(&[(HIDDEN, CURRENT)]);
    let mut earlier = saved(&case(&[(HIDDEN, OTHER)]));
    let finding = earlier.findings.first_mut().unwrap();
    "wachtelnest-rule".clone_into(&mut finding.rule);
    "User wachtelnest at gw.wachtelnest.example".clone_into(&mut finding.title);
    "wachtelnest".clone_into(&mut earlier.sentence);
    earlier.inputs.iter_mut().for_each(|input| input.name = format!("wachtelnest-{}", input.name));
    today.since = Some(compare(&earlier, &today, None));
    let hidden = redact(&today, Addresses::Opaque, [7; 32]).diagnosis;
    let (before, since) = (today.since.unwrap(), hidden.since.as_ref().unwrap());
    let counts = |since: &Since| since.lists().map(|(_, list)| list.len());
    assert_eq!(counts(since), counts(&before));
    assert_eq!((since.language, since.input), (before.language, before.input));
    for form in [Form::Text, Form::Json, Form::Markdown, Form::Html] {
        let report = render(&hidden, form, Lang::En).to_lowercase();
        for name in ["wachtelnest", "0011223344ac"] {
            assert!(!report.contains(name), "{name} in {report}");
        }
    }
}
