//! Each situation of a renewal, from files to the plan.

use super::{Plan, Situation, Trusts, plan};
use crate::diagnose::{Said, diagnose};
use crate::testing::certificates::{AUTHORITY, CURRENT, ISSUED, OTHER, PREVIOUS};
use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};
use crate::text::Lang;
use crate::time::parse_rfc3339;

/// The trust-point OLD holds the certificate that expired in March 2026, NEW the one that began in February.
fn made(bound: &str, phones: &[&[&str]]) -> Plan {
    made_at(bound, phones, now())
}

fn made_at(bound: &str, phones: &[&[&str]], now: i64) -> Plan {
    let chains = chain("OLD", &[("", PREVIOUS)]) + &chain("NEW", &[("", CURRENT)]);
    let config = asa(&format!("ssl trust-point {bound} outside"), &chains);
    let phones: Vec<(String, String)> = phones
        .iter()
        .zip(10..)
        .map(|(trusted, number)| {
            let hashes: Vec<String> = trusted.iter().map(|pem| hash_of(pem)).collect();
            (format!("SEP0011223344{number}.cnf.xml"), phone_trusting(&hashes))
        })
        .collect();
    let mut files = vec![("asa.cfg", config.as_str())];
    files.extend(phones.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    plan(Some(&diagnose(&readings(&files), &Said::new(), now)), now)
}

fn trusts(plan: &Plan) -> Vec<Trusts> {
    plan.phones.iter().map(|phone| phone.trusts).collect()
}

const SWITCH: &str = "ssl trust-point NEW outside";
const BACK: &str = "ssl trust-point OLD outside";

/// A command of the configuration as the plan has it typed.
fn saved(command: &str) -> Vec<String> {
    ["configure terminal", command, "end", "write memory"].map(str::to_owned).to_vec()
}

#[test]
fn before_nobody_has_the_new_hash() {
    let plan = made("OLD", &[&[PREVIOUS], &[PREVIOUS]]);
    assert_eq!((plan.situation, trusts(&plan)), (Situation::Waiting, vec![Trusts::OldOnly; 2]));
    assert!(plan.verdict.en().contains("Do not switch yet: of 2 phones, 2"), "{}", plan.verdict.en());
    assert!(plan.verdict.de().contains("ist am 2026-03"), "{}", plan.verdict.de());
    assert_eq!(plan.steps.last().unwrap().commands, saved(SWITCH));
    assert_eq!(plan.undo.commands, saved(BACK));
    assert!(plan.warnings.iter().any(|text| text.en().contains("CSCuh19734")), "both have one name");
}

#[test]
fn half_the_switch_waits_for_the_last_phone() {
    let plan = made("OLD", &[&[PREVIOUS, CURRENT], &[PREVIOUS], &[OTHER]]);
    assert_eq!(trusts(&plan), [Trusts::Neither, Trusts::OldOnly, Trusts::Both], "who needs help comes first");
    assert_eq!((plan.situation, plan.not_ready().len()), (Situation::Waiting, 2));
    assert_eq!(plan.steps[6].done, Some(false));
    assert!(plan.warnings[0].en().contains("locked out already"), "the third trusts neither");
    let typed = plan.asa_parts(Lang::En).concat();
    assert!(typed.contains(&format!("\n! {SWITCH}\n")), "{typed}");
}

#[test]
fn all_ready_says_when() {
    let plan = made("OLD", &[&[PREVIOUS, CURRENT], &[CURRENT]]);
    assert_eq!((plan.situation, trusts(&plan)), (Situation::Ready, vec![Trusts::NewOnly, Trusts::Both]));
    assert_eq!((plan.steps[6].done, plan.not_ready().len()), (Some(true), 0));
    assert!(plan.verdict.en().contains("You can switch") && plan.verdict.en().contains("valid from 2026-02"));
    assert!(plan.asa_parts(Lang::En).concat().contains(&format!("\n{SWITCH}\n")));
}

#[test]
fn too_late_goes_back_to_the_previous_trust_point_first() {
    let plan = made("NEW", &[&[PREVIOUS], &[CURRENT]]);
    assert_eq!((plan.situation, trusts(&plan)), (Situation::Late, vec![Trusts::OldOnly, Trusts::NewOnly]));
    assert_eq!((&plan.steps[0].commands, &plan.undo.commands), (&saved(BACK), &saved(BACK)));
    assert_eq!(plan.steps.last().unwrap().commands, saved(SWITCH));
    assert!(plan.verdict.en().contains("1 of 2 phones do not trust"), "{}", plan.verdict.en());
    assert!(
        plan.rescue[0].en().contains("OLD") && plan.rescue[0].en().contains("2026-03"),
        "{}",
        plan.rescue[0].en()
    );
    assert!(plan.rescue.iter().any(|text| text.en().contains("TFTP server that they reach from outside")));
    assert_eq!(plan.steps[1].done, Some(true), "the new certificate is there");
}

#[test]
fn an_old_certificate_that_has_ended_is_said_to_have_ended() {
    for (today, said) in
        [("2026-02-01T00:00:00Z", "valid until 2026-03"), ("2026-11-24T12:00:00Z", "ended on 2026-03")]
    {
        let plan = made_at("NEW", &[&[PREVIOUS]], parse_rfc3339(today).unwrap());
        assert!(plan.verdict.en().contains(said), "{}", plan.verdict.en());
    }
}

#[test]
fn too_late_without_the_previous_certificate_leaves_its_name_to_be_filled_in() {
    let config = asa("ssl trust-point NEW outside", &chain("NEW", &[("", CURRENT)]));
    let phone = phone_trusting(&[hash_of(PREVIOUS)]);
    let case = diagnose(&readings(&[("a", &config), ("p", &phone)]), &Said::new(), now());
    let plan = plan(Some(&case), now());
    assert_eq!(plan.situation, Situation::Late);
    assert_eq!(plan.undo.commands, saved("ssl trust-point <previous-trustpoint> outside"));
}

#[test]
fn the_hash_of_the_issuer_survives() {
    let config = asa("ssl trust-point NEW outside", &chain("NEW", &[("", ISSUED), (" ca", AUTHORITY)]));
    let phone = phone_trusting(&[hash_of(AUTHORITY)]);
    let case = diagnose(&readings(&[("a", &config), ("p", &phone)]), &Said::new(), now());
    let plan = plan(Some(&case), now());
    assert_ne!(plan.situation, Situation::Late, "{plan:?}");
    assert!(plan.phones[0].issuer);
    assert!(plan.warnings.iter().any(|text| text.en().contains("nothing has to change in the phones")));
}

#[test]
fn two_asas_are_planned_one_by_one_and_a_phone_without_its_file_is_not_counted() {
    let one = asa("ssl trust-point OLD outside", &chain("OLD", &[("", PREVIOUS)]));
    let two = asa("ssl trust-point PORTAL outside", &chain("PORTAL", &[("", OTHER)]));
    let phone = phone_trusting(&[hash_of(PREVIOUS)]);
    let log = "%ASA-4-722051: Group <Phones> User <CP-7962G-SEP001122334499> IP <192.0.2.9> Address <198.51.100.11> assigned to session\n";
    let files =
        [("a", one.as_str()), ("b", two.as_str()), ("SEP001122334411.cnf.xml", phone.as_str()), ("log", log)];
    let plan = plan(Some(&diagnose(&readings(&files), &Said::new(), now())), now());
    assert!(plan.warnings.iter().any(|text| text.en().contains("more than one presented certificate")));
    let unknown = plan.phones.iter().find(|phone| phone.trusts == Trusts::Unknown).unwrap();
    assert_eq!(unknown.name, "SEP001122334499");
    assert!(plan.warnings.iter().any(|text| text.en().contains("appears in the logs")));
}

#[test]
fn no_evidence_gives_the_general_plan_and_a_hostile_name_reaches_no_command() {
    let general = plan(None, now());
    assert_eq!((general.situation, general.phones.len()), (Situation::General, 0));
    assert_eq!(general.steps.last().unwrap().commands, saved("ssl trust-point <new-trustpoint> <interface>"));
    assert_eq!(general.steps[5].done, None);

    let config = asa("ssl trust-point OLD outside", &chain("OLD", &[("", PREVIOUS)]));
    let mut case = diagnose(&readings(&[("a", &config)]), &Said::new(), now());
    let view = case.renewal.as_mut().unwrap();
    view.next = Some(0);
    view.next_trustpoint = "x\nreload".to_owned();
    view.interface = "outside;reload".to_owned();
    let plan = plan(Some(&case), now());
    for text in [plan.as_text(Lang::En), plan.as_text(Lang::De), plan.asa_parts(Lang::En).concat()] {
        assert!(
            !text.contains("reload") && text.contains("ssl trust-point <new-trustpoint> <interface>"),
            "{text}"
        );
    }
}

#[test]
fn the_whole_plan_is_one_text() {
    let plan = made("OLD", &[&[PREVIOUS], &[CURRENT]]);
    for (lang, words) in [
        (Lang::En, ["Phone-VPN-trust", "has only the old hash"]),
        (Lang::De, ["Phone-VPN-trust", "hat nur den alten Hash"]),
    ] {
        let text = plan.as_text(lang);
        for word in words.into_iter().chain([SWITCH, BACK, "CSCuh19734", "SEP001122334410"]) {
            assert!(text.contains(word), "{word} in {text}");
        }
    }
}

/// Pastes a text into a session, as a console does: line by line, whatever was asked.
fn pasted(text: &str) {
    let commands: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('!')).collect();
    let mut configuring = false;
    for (index, command) in commands.iter().enumerate() {
        if command.starts_with("crypto ca enroll") {
            assert!(configuring && index + 1 == commands.len(), "what follows answers it: {text}");
            assert!(text.trim_end().ends_with(command), "not even a remark may follow it: {text}");
            return;
        }
        match *command {
            "configure terminal" => assert!(!std::mem::replace(&mut configuring, true), "{text}"),
            "end" => assert!(std::mem::replace(&mut configuring, false), "{text}"),
            "write memory" => assert!(!configuring, "{text}"),
            _ => assert!(configuring, "{command} needs the configuration: {text}"),
        }
    }
    assert!(!configuring, "the configuration is not left: {text}");
}

#[test]
fn nothing_is_pasted_behind_a_question_and_every_block_enters_and_leaves_the_configuration() {
    let config = asa("ssl trust-point OLD outside", &chain("OLD", &[("", PREVIOUS)]));
    let no_next = plan(Some(&diagnose(&readings(&[("a", &config)]), &Said::new(), now())), now());
    let plans = [
        (plan(None, now()), Situation::General, 2),
        (no_next, Situation::NoNext, 2),
        (made("OLD", &[&[PREVIOUS]]), Situation::Waiting, 1),
        (made("OLD", &[&[CURRENT]]), Situation::Ready, 1),
        (made("NEW", &[&[PREVIOUS]]), Situation::Late, 1),
    ];
    for (plan, situation, count) in plans {
        assert_eq!(plan.situation, situation);
        for lang in [Lang::En, Lang::De] {
            let parts = plan.asa_parts(lang);
            assert_eq!(parts.len(), count, "{situation:?}: {parts:#?}");
            parts.iter().for_each(|part| pasted(part));
            assert!(parts.concat().contains("crypto ca export"), "{situation:?} goes on behind the question");
        }
        for step in plan.steps.iter().chain([&plan.undo]) {
            pasted(&step.commands.join("\n"));
        }
    }
}
