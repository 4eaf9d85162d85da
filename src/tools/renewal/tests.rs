//! Each situation of a renewal, from files to the plan.

use super::{Plan, Situation, Trusts, plan};
use crate::diagnose::{Said, diagnose};
use crate::testing::certificates::{AUTHORITY, CURRENT, ISSUED, OTHER, PREVIOUS};
use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};
use crate::text::Lang;

/// The trust-point OLD holds the certificate that expired in March 2026, NEW the one that began in February.
fn made(bound: &str, phones: &[&[&str]]) -> Plan {
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
    plan(Some(&diagnose(&readings(&files), &Said::new(), now())), now())
}

fn trusts(plan: &Plan) -> Vec<Trusts> {
    plan.phones.iter().map(|phone| phone.trusts).collect()
}

const SWITCH: &str = "ssl trust-point NEW outside";
const BACK: &str = "ssl trust-point OLD outside";

#[test]
fn before_nobody_has_the_new_hash() {
    let plan = made("OLD", &[&[PREVIOUS], &[PREVIOUS]]);
    assert_eq!((plan.situation, trusts(&plan)), (Situation::Waiting, vec![Trusts::OldOnly; 2]));
    assert!(plan.verdict.en.contains("Do not switch yet: of 2 phones, 2"), "{}", plan.verdict.en);
    assert!(plan.verdict.de.contains("gilt bis 2026-03"), "{}", plan.verdict.de);
    assert_eq!(plan.steps.last().unwrap().commands, [SWITCH]);
    assert_eq!(plan.undo.commands, [BACK]);
    assert!(plan.warnings.iter().any(|text| text.en.contains("CSCuh19734")), "both have one name");
}

#[test]
fn half_the_switch_waits_for_the_last_phone() {
    let plan = made("OLD", &[&[PREVIOUS, CURRENT], &[PREVIOUS], &[OTHER]]);
    assert_eq!(trusts(&plan), [Trusts::Neither, Trusts::OldOnly, Trusts::Both], "who needs help comes first");
    assert_eq!((plan.situation, plan.not_ready().len()), (Situation::Waiting, 2));
    assert_eq!(plan.steps[5].done, Some(false));
    assert!(plan.warnings[0].en.contains("locked out already"), "the third trusts neither");
    assert!(
        plan.asa_commands(Lang::En).contains(&format!("\n! {SWITCH}\n")),
        "{}",
        plan.asa_commands(Lang::En)
    );
}

#[test]
fn all_ready_says_when() {
    let plan = made("OLD", &[&[PREVIOUS, CURRENT], &[CURRENT]]);
    assert_eq!((plan.situation, trusts(&plan)), (Situation::Ready, vec![Trusts::NewOnly, Trusts::Both]));
    assert_eq!((plan.steps[5].done, plan.not_ready().len()), (Some(true), 0));
    assert!(plan.verdict.en.contains("You can switch") && plan.verdict.en.contains("valid from 2026-02"));
    assert!(plan.asa_commands(Lang::En).contains(&format!("\n{SWITCH}\n")));
}

#[test]
fn too_late_goes_back_to_the_previous_trust_point_first() {
    let plan = made("NEW", &[&[PREVIOUS], &[CURRENT]]);
    assert_eq!((plan.situation, trusts(&plan)), (Situation::Late, vec![Trusts::OldOnly, Trusts::NewOnly]));
    assert_eq!(
        (plan.steps[0].commands.as_slice(), plan.undo.commands.as_slice()),
        (&[BACK.to_owned()][..], &[BACK.to_owned()][..])
    );
    assert_eq!(plan.steps.last().unwrap().commands, [SWITCH]);
    assert!(plan.warnings[0].en.contains("locked out already"));
    assert!(
        plan.rescue[0].en.contains("OLD") && plan.rescue[0].en.contains("2026-03"),
        "{}",
        plan.rescue[0].en
    );
    assert!(plan.rescue.iter().any(|text| text.en.contains("TFTP server that they reach from outside")));
    assert_eq!(plan.steps[1].done, Some(true), "the new certificate is there");
}

#[test]
fn too_late_without_the_previous_certificate_leaves_its_name_to_be_filled_in() {
    let config = asa("ssl trust-point NEW outside", &chain("NEW", &[("", CURRENT)]));
    let phone = phone_trusting(&[hash_of(PREVIOUS)]);
    let case = diagnose(&readings(&[("a", &config), ("p", &phone)]), &Said::new(), now());
    let plan = plan(Some(&case), now());
    assert_eq!(plan.situation, Situation::Late);
    assert_eq!(plan.undo.commands, ["ssl trust-point <previous-trustpoint> outside"]);
}

#[test]
fn the_hash_of_the_issuer_survives() {
    let config = asa("ssl trust-point NEW outside", &chain("NEW", &[("", ISSUED), (" ca", AUTHORITY)]));
    let phone = phone_trusting(&[hash_of(AUTHORITY)]);
    let case = diagnose(&readings(&[("a", &config), ("p", &phone)]), &Said::new(), now());
    let plan = plan(Some(&case), now());
    assert_ne!(plan.situation, Situation::Late, "{plan:?}");
    assert!(plan.phones[0].issuer);
    assert!(plan.warnings.iter().any(|text| text.en.contains("nothing has to change in the phones")));
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
    assert!(plan.warnings.iter().any(|text| text.en.contains("more than one presented certificate")));
    let unknown = plan.phones.iter().find(|phone| phone.trusts == Trusts::Unknown).unwrap();
    assert_eq!(unknown.name, "SEP001122334499");
    assert!(plan.warnings.iter().any(|text| text.en.contains("appears in the logs")));
}

#[test]
fn no_evidence_gives_the_general_plan_and_a_hostile_name_reaches_no_command() {
    let general = plan(None, now());
    assert_eq!((general.situation, general.phones.len()), (Situation::General, 0));
    assert_eq!(general.steps.last().unwrap().commands, ["ssl trust-point <new-trustpoint> <interface>"]);
    assert_eq!(general.steps[5].done, None);

    let config = asa("ssl trust-point OLD outside", &chain("OLD", &[("", PREVIOUS)]));
    let mut case = diagnose(&readings(&[("a", &config)]), &Said::new(), now());
    let view = case.renewal.as_mut().unwrap();
    view.next = Some(0);
    view.next_trustpoint = "x\nreload".to_owned();
    view.interface = "outside;reload".to_owned();
    let plan = plan(Some(&case), now());
    for text in [plan.as_text(Lang::En), plan.as_text(Lang::De), plan.asa_commands(Lang::En)] {
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
