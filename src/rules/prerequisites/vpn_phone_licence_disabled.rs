//! The ASA's licence does not allow VPN phones.
//!
//! `show version`: `AnyConnect for Cisco VPN Phone : Disabled` from 8.2 on, `AnyConnect for Linksys phone` in 8.0
//! (Cisco 116162, licences). Of a failover pair the cluster's block is in effect. Smart-licensed models print the same
//! line without a duration, and an ASAv that is not licensed prints `Disabled`.

use super::{connected_phone, serves_no_phones};
use crate::case::Case;
use crate::facts::licences::{self, AsaLicences};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::licence_features::Feature;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-phone-licence-disabled",
    stage: Stage::Prerequisites,
    severity: Severity::Blocker,
    needs: &[Need::AsaVersion],
    echoes: &["vpn-session-limit-reached", "login-failed"],
    sources: &["Cisco 116162, licences", "Cisco 115785, licences"],
    prose: Text::fixed(
        include_str!("vpn_phone_licence_disabled.en.md"),
        include_str!("vpn_phone_licence_disabled.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if serves_no_phones(case) {
        return Err(Missing::need(Need::AsaVersion));
    }
    let mut told = false;
    let mut finding: Option<Finding> = None;
    for licences in licences::of(&case.documents).filter(|licences| case.may_serve(licences.input())) {
        let Some(licence) = licences.line(Feature::VpnPhone) else { continue };
        let Some(enabled) = licence.is_enabled() else { continue };
        told = true;
        if enabled {
            continue;
        }
        let says = if licence.of_cluster() { DISABLED_IN_CLUSTER } else { DISABLED };
        let proof = Evidence::marked(&licence.place, licence.value(), says);
        let unlicensed = licences
            .unlicensed_platform()
            .map(|state| Evidence::marked(&state.place, &state.value, NO_LICENCE_AT_ALL));
        finding = Some(match finding.take() {
            Some(first) => first.and([proof]).and(unlicensed),
            None => first(licences, proof).and(unlicensed),
        });
    }
    match finding {
        Some(mut finding) => {
            if let Some(proof) = connected_phone(case) {
                finding.confidence = Confidence::Possible;
                finding = finding.and([proof]).because(ANOTHER_TIME);
            }
            Ok(vec![finding])
        }
        None if told => Ok(Vec::new()),
        None => Err(Missing::need(Need::AsaVersion)),
    }
}

fn first(licences: AsaLicences<'_>, proof: Evidence) -> Finding {
    let label = if licences.is_smart() { "smart" } else { "key" };
    let finding = Finding::new(Confidence::Certain, proof).fix(label);
    match licences.hardware_and_release() {
        Some((hardware, release)) => finding.because(DEVICE.with("hardware", Class::Words, hardware).with(
            "release",
            Class::Words,
            release,
        )),
        None => finding,
    }
}

const DISABLED: Text =
    Text::fixed("the licence for VPN phones is off", "Die Lizenz für VPN-Telefone ist nicht aktiv");
const DISABLED_IN_CLUSTER: Text = Text::fixed(
    "off in the failover pair's own block, which is the one in effect",
    "Nicht aktiv im Block des Failover-Paars, und dieser Block gilt",
);
const NO_LICENCE_AT_ALL: Text = Text::fixed(
    "the whole device is not licensed, so every licence shows its lowest value",
    "Das ganze Gerät ist nicht lizenziert, daher zeigt jede Lizenz ihren kleinsten Wert",
);
const DEVICE: Text =
    Text::fixed("This is {hardware} with release {release}.", "Es geht um {hardware} mit Version {release}.");
const ANOTHER_TIME: Text = Text::fixed(
    "A phone is shown connected, so this output is from another time or from another ASA than the phones use.",
    "Ein Telefon ist nachweislich verbunden; diese Ausgabe stammt also von einem anderen Zeitpunkt oder von einer anderen ASA als der, die die Telefone benutzen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn output(phone: &str) -> String {
        format!(
            "Cisco Adaptive Security Appliance Software Version 9.1(2)\nHardware:   ASA5512, 4096 MB RAM\n\
             Licensed features for this platform:\nAnyConnect Premium Peers          : 25             perpetual\n{phone}"
        )
    }

    const OFF: &str = "AnyConnect for Cisco VPN Phone    : Disabled       perpetual\n";
    const ON: &str = "AnyConnect for Cisco VPN Phone    : Enabled        perpetual\n";

    #[test]
    fn a_disabled_licence_is_told_with_its_line() {
        let finding = &fires(&RULE, &[("x", &output(OFF))])[0];
        let proof = &finding.evidence()[0];
        assert_eq!((proof.at.as_ref().unwrap().line, proof.mark.as_str()), (5, "Disabled"));
        assert_eq!((finding.confidence, finding.fixes.as_slice()), (Confidence::Certain, ["key"].as_slice()));
        assert_eq!(finding.because[0].en(), "This is ASA5512 with release 9.1(2).");
        let linksys = "AnyConnect for Linksys phone : Disabled\n";
        assert_eq!(fires(&RULE, &[("x", &output(linksys))])[0].evidence()[0].mark, "Disabled");
    }

    #[test]
    fn the_failover_pairs_block_is_in_effect() {
        let cluster = "Failover cluster licensed features for this platform:\n";
        silent(&RULE, &[("x", &output(&format!("{OFF}{cluster}{ON}")))]);
        let finding = &fires(&RULE, &[("x", &output(&format!("{ON}{cluster}{OFF}")))])[0];
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 7);
    }

    #[test]
    fn a_smart_licence_is_registered_not_keyed() {
        let smart = output(OFF).replace(
            "Licensed features",
            "License mode: Smart Licensing\nASAv Platform License State: Unlicensed\nLicensed features",
        );
        let finding = &fires(&RULE, &[("x", &smart)])[0];
        assert_eq!(finding.fixes, ["smart"]);
        assert_eq!(finding.evidence()[1].mark, "Unlicensed");
    }

    #[test]
    fn a_phone_that_is_connected_makes_it_another_time_or_device() {
        let log = "%ASA-4-722051: Group <P> User <CP-7965G-SEP001122334455> IP <192.0.2.9> Address <198.51.100.7> assigned to session\n";
        let finding = &fires(&RULE, &[("x", &output(OFF)), ("y", log)])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
    }

    #[test]
    fn of_two_asas_the_one_that_no_phone_dials_may_do_without() {
        let session = |name: &str, licence: &str| {
            format!(
                "{name}# show version\n{}{name}# show running-config\n: Saved\n:\nASA Version 9.1(2)\nhostname {name}\nwebvpn\n enable outside\n\
                 tunnel-group DESK type remote-access\ntunnel-group DESK webvpn-attributes\n group-url https://{name}.example.com/desk enable\n: end\n{name}# exit\n",
                output(licence)
            )
        };
        let phone = "<vpnGroup><addresses><url1>https://north.example.com/desk</url1></addresses></vpnGroup>";
        let files = |north: &str, south: &str| [session("north", north), session("south", south)];
        let good = files(ON, OFF);
        silent(&RULE, &[("n", &good[0]), ("s", &good[1]), ("a.cnf.xml", phone)]);
        let bad = files(OFF, ON);
        fires(&RULE, &[("n", &bad[0]), ("s", &bad[1]), ("a.cnf.xml", phone)]);
    }

    #[test]
    fn an_enabled_licence_passes_and_a_missing_line_waits() {
        silent(&RULE, &[("x", &output(ON))]);
        waits(&RULE, &[("x", &output(""))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn an_asa_without_webvpn_and_phones_is_left_alone() {
        let config =
            "ASA Version 9.1(2)\nhostname fw\ninterface GigabitEthernet0/0\n nameif outside\n: end\n";
        waits(&RULE, &[("x", &output(OFF)), ("y", config)]);
    }
}
