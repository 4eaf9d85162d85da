//! `show tech-support` through the public door: its sections are the outputs of commands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

/// What `show tech-support` prints, in a recorded session, and ASDM's command window after it.
const SUPPORT: &str = "\
asa/pri/act# show tech-support

------------------ show version ------------------

Cisco Adaptive Security Appliance Software Version 9.8(4)20
Hardware:   ASA5525, 8192 MB RAM, CPU Lynnfield 2394 MHz, 1 CPU (4 cores)
Licensed features for this platform:
AnyConnect Premium Peers          : 750            perpetual
AnyConnect for Cisco VPN Phone    : Enabled        perpetual

------------------ show disk0: controller ------------------

Flash Model: TOSHIBA

------------------ show ip local pool PHONES ------------------

Begin           End             Mask            Free     Held     In use
198.51.100.1    198.51.100.9    255.255.255.0       0        0        9

------------------ show running-config ------------------

: Saved
ASA Version 9.8(4)20
hostname asa
webvpn
 enable outside
: end

Result of the command: \"show crypto ca trustpoints\"

Trustpoint PHONES:
    Not authenticated.
";

#[test]
fn the_sections_of_show_tech_support_are_read_as_commands() {
    let reading = intake::read("x", SUPPORT.as_bytes(), &Limits::default());
    let listed: Vec<(&str, &str)> =
        reading.inputs.iter().skip(1).map(|input| (input.name.as_str(), input.kind.id())).collect();
    assert_eq!(
        listed,
        [
            ("show version", "asa-version"),
            ("show disk0: controller", "asa-show"),
            ("show ip local pool PHONES", "asa-show"),
            ("show running-config", "asa-config"),
            ("show crypto ca trustpoints", "asa-show"),
        ]
    );
    let pool = reading.documents.iter().find_map(|document| match &document.content {
        Content::AsaPools(pools) => pools.pools.first(),
        _ => None,
    });
    assert_eq!(pool.map(|pool| (pool.name.as_str(), pool.free, pool.in_use)), Some(("PHONES", 0, 9)));
    let noted: Vec<bool> = reading.inputs.iter().skip(1).map(|input| !input.notes.is_empty()).collect();
    assert_eq!(noted, [false, true, false, false, true], "only what nothing reads is noted");
}
