//! The ASA drops what a phone sends through its tunnel.
//!
//! `%ASA-4-106023: Deny udp src outside:198.51.100.7/50091 dst inside:198.51.100.69/69 by access-group "outside_in"`,
//! `%ASA-6-110003: Routing failed to locate next-hop …`, `%ASA-5-305013: Asymmetric NAT rules matched …` with the
//! address that a phone's session got (722051). An interface's access list counts for tunnels where
//! `sysopt connection permit-vpn` was taken away; a filter of the policy always does.
//!
//! That one server is not reached need not hold a phone up, so a drop is never more than likely the cause.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::event::DropReason;
use crate::facts::after_tunnel::Sign;
use crate::facts::dropped_traffic::{self, Drop, PhoneDrops};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::names::phone::PhoneName;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::phone_ports;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "tunnel-traffic-dropped",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog],
    echoes: &["tftp-server-unreachable", "call-control-unreachable", "capf-not-reached"],
    sources: &[
        "Cisco Secure Firewall ASA syslog guide, 106023, 106100, 106103, 110002, 110003, 305005, 305013",
        "ASA command reference, sysopt connection permit-vpn",
    ],
    prose: Text::fixed(
        include_str!("tunnel_traffic_dropped.en.md"),
        include_str!("tunnel_traffic_dropped.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if case.addresses_given().next().is_none() {
        return Err(Missing::need(Need::AsaLog));
    }
    let rows = dropped_traffic::of(&case.documents, &case.messages);
    let registered = Registered::of(case);
    let mut groups: BTreeMap<(DropReason, &str), Vec<PhoneHeldUp<'_, '_>>> = BTreeMap::new();
    for row in &rows {
        let drops = decisive(row);
        if let Some(last) = drops.last() {
            let (reason, by) = (last.reason, last.by);
            let judged = PhoneHeldUp { row, doubts: doubts(row, &drops, &registered), drops };
            groups.entry((reason, by)).or_default().push(judged);
        }
    }
    Ok(groups.into_iter().filter_map(|((reason, by), rows)| tell(reason, by, rows)).collect())
}

/// A phone's drops, and what speaks against them.
struct PhoneHeldUp<'r, 'a> {
    row: &'r PhoneDrops<'a>,
    /// Those that tell most.
    drops: Vec<&'r Drop<'a>>,
    doubts: Vec<Text>,
}

/// Phones that say that they registered.
struct Registered {
    names: BTreeSet<String>,
    /// A log that names no phone is of the only one.
    only: bool,
}

impl Registered {
    fn of(case: &Case<'_>) -> Self {
        let said = || case.after_tunnel.iter().filter(|remark| remark.sign == Sign::Registered);
        Self {
            names: said().map(|remark| remark.phone.to_ascii_uppercase()).collect(),
            only: case.phones.len() < 2 && said().any(|remark| remark.phone.is_empty()),
        }
    }

    fn holds(&self, user: &str) -> bool {
        let name = PhoneName::at_end_of(user).map(|(_, name)| name);
        self.only || name.is_some_and(|name| self.names.contains(name.as_str()))
    }
}

/// What happens to phones in one way.
fn tell(reason: DropReason, by: &str, mut rows: Vec<PhoneHeldUp<'_, '_>>) -> Option<Finding> {
    rows.sort_by_key(|row| (!row.is_needed(), row.doubts.len()));
    let PhoneHeldUp { row: first, doubts, drops } = rows.first()?;
    let drop = drops.last()?;
    let confidence = if doubts.is_empty() { Confidence::Likely } else { Confidence::Possible };
    let proof = Evidence::marked(&drop.place, &drop.from.address, DROPPED);
    let others = rows.iter().skip(1).take(MOST_SHOWN).filter_map(|other| other.drops.last());
    let mut found = Finding::new(confidence, proof)
        .and([Evidence::marked(&first.assigned, &drop.from.address, ASSIGNED)])
        .and(others.map(|drop| Evidence::marked(&drop.place, &drop.from.address, DROPPED)))
        .because(
            says(reason, by)
                .with("user", Class::User, &first.user)
                .with("address", Class::Host, &drop.from.address)
                .with("server", Class::Host, &drop.to.address)
                .number("port", drop.to.port.unwrap_or_default())
                .number("count", drops.len())
                .with("list", Class::Group, by),
        );
    if rows.len() > 1 {
        found = found.because(OTHERS.number("count", rows.len() - 1));
    }
    for doubt in doubts {
        found = found.because(doubt.clone());
    }
    if confidence == Confidence::Possible || !rows.iter().any(PhoneHeldUp::is_needed) {
        found.severity = Some(Severity::Warning);
    }
    let label = match reason {
        DropReason::AccessList if MADE.iter().any(|start| by.starts_with(start)) => "made",
        DropReason::AccessList => "list",
        DropReason::NoRoute => "route",
        DropReason::Translation => "translation",
    };
    found = found.fix(label).value("address", &drop.from.address).value("server", &drop.to.address);
    Some(if by.is_empty() { found } else { found.value("list", by) })
}

impl PhoneHeldUp<'_, '_> {
    /// A phone does not register without it: files, or call control.
    fn is_needed(&self) -> bool {
        self.drops.last().is_some_and(|drop| is_needed(drop))
    }
}

fn is_needed(drop: &Drop<'_>) -> bool {
    drop.to.port.is_some_and(phone_ports::is_of_registration)
}

/// The drops of one phone to one port of one server, for one reason: those without which it does not register, then the
/// most.
fn decisive<'r, 'a>(row: &'r PhoneDrops<'a>) -> Vec<&'r Drop<'a>> {
    type Key<'k> = (DropReason, &'k str, &'k str, Option<u16>);
    let mut groups: BTreeMap<Key<'_>, Vec<&Drop<'_>>> = BTreeMap::new();
    for drop in &row.drops {
        let key = (drop.reason, drop.by, drop.to.address.as_str(), drop.to.port);
        groups.entry(key).or_default().push(drop);
    }
    let weight = |drops: &Vec<&Drop<'_>>| (drops.last().is_some_and(|drop| is_needed(drop)), drops.len());
    groups.into_values().max_by_key(weight).unwrap_or_default()
}

/// What speaks against it.
fn doubts(row: &PhoneDrops<'_>, drops: &[&Drop<'_>], registered: &Registered) -> Vec<Text> {
    let mut doubts = Vec::new();
    if registered.holds(&row.user) {
        doubts.push(REGISTERED);
    }
    if let Some(minutes) = row.quiet_minutes {
        doubts.push(QUIET.number("minutes", minutes));
    }
    if row.by_another_log {
        doubts.push(ANOTHER_LOG);
    }
    if row.begins_again {
        doubts.push(BEGINS_AGAIN);
    }
    if let Some(minutes) = row.minutes_at_one_server() {
        doubts.push(ONE_SERVER.number("minutes", minutes));
    }
    if drops.len() < 2 {
        doubts.push(ONCE);
    }
    doubts
}

fn says(reason: DropReason, by: &str) -> Text {
    match reason {
        DropReason::AccessList if by.is_empty() => DENIED,
        DropReason::AccessList => BY_LIST,
        DropReason::NoRoute => NO_ROUTE,
        DropReason::Translation => TRANSLATION,
    }
}

/// How lists begin that nobody edits on an ASA: of dynamic access policies, of AAA servers, of Firepower Management
/// Center.
const MADE: [&str; 3] = ["DAP-", "AAA-user-", "CSM_FW_ACL_"];
/// Phones whose lines are shown beside the first one's.
const MOST_SHOWN: usize = 4;

const DROPPED: Text =
    Text::fixed("the ASA drops the phone's packet", "Die ASA verwirft das Paket des Telefons");
const ASSIGNED: Text =
    Text::fixed("the phone's session got this address", "Die Sitzung des Telefons bekam diese Adresse");
const DENIED: Text = Text::fixed(
    "{user} has address {address} in its tunnel, and an access list denied what it sent to {server}, port {port} (packets: {count}).",
    "{user} hat im Tunnel die Adresse {address}, und eine Zugriffsliste hat verboten, was es an {server}, Port {port}, schickte (Pakete: {count}).",
);
const BY_LIST: Text = Text::fixed(
    "{user} has address {address} in its tunnel, and access list {list} denied what it sent to {server}, port {port} (packets: {count}).",
    "{user} hat im Tunnel die Adresse {address}, und die Zugriffsliste (access-list) {list} hat verboten, was es an {server}, Port {port}, schickte (Pakete: {count}).",
);
const NO_ROUTE: Text = Text::fixed(
    "{user} has address {address} in its tunnel, and the ASA found no way for what it sent to {server}, port {port} (packets: {count}).",
    "{user} hat im Tunnel die Adresse {address}, und die ASA fand keinen Weg für das, was es an {server}, Port {port}, schickte (Pakete: {count}).",
);
const TRANSLATION: Text = Text::fixed(
    "{user} has address {address} in its tunnel, and address translation stopped what it sent to {server}, port {port} (packets: {count}).",
    "{user} hat im Tunnel die Adresse {address}, und die Adressübersetzung hielt auf, was es an {server}, Port {port}, schickte (Pakete: {count}).",
);
const OTHERS: Text = Text::fixed(
    "The same happens to further phones: {count}.",
    "Weiteren Telefonen geht es ebenso: {count}.",
);
const REGISTERED: Text = Text::fixed(
    "The phone says that it registered: it may lack only what was dropped.",
    "Das Telefon sagt, dass es sich registriert hat: Ihm fehlt vielleicht nur, was verworfen wurde.",
);
const QUIET: Text = Text::fixed(
    "The log goes on for {minutes} minutes without a further drop of this phone: it may be over.",
    "Das Protokoll geht {minutes} Minuten weiter, ohne dass von diesem Telefon noch etwas verworfen wurde: Es kann vorbei sein.",
);
const ANOTHER_LOG: Text = Text::fixed(
    "That the phone has this address stands in another log: somebody else may have had it by then.",
    "Dass das Telefon diese Adresse hat, steht in einem anderen Protokoll: Ein anderer kann sie da schon gehabt haben.",
);
const BEGINS_AGAIN: Text = Text::fixed(
    "The phone begins again later, and the log has no times to tell how long nothing was dropped since: it may be over.",
    "Das Telefon beginnt später noch einmal, und das Protokoll hat keine Zeiten, die zeigen, wie lange seitdem nichts verworfen wurde: Es kann vorbei sein.",
);
const ONE_SERVER: Text = Text::fixed(
    "For {minutes} minutes this one server alone was asked: another one may have taken the phone, so that it lacks no more than its standby.",
    "{minutes} Minuten lang wurde nur dieser eine Server gefragt: Ein anderer kann das Telefon angenommen haben, und ihm fehlt dann nur der Ersatz.",
);
const ONCE: Text = Text::fixed(
    "One line alone tells of it: a phone that is held up asks again.",
    "Nur eine Zeile berichtet davon: Ein Telefon, das aufgehalten wird, fragt noch einmal.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::need::Need;
    use crate::testing::{fires, silent, waits};

    const WHO: &str = "Group <P> User <CP-7962G-SEP001122334455> IP <192.0.2.9>";

    fn line(clock: &str, text: &str) -> String {
        format!("Nov 24 2026 {clock}: %ASA-{text}\n")
    }

    fn up(clock: &str) -> String {
        line(clock, &format!("4-722051: {WHO} Address <198.51.100.7> assigned to session"))
    }

    fn denied(clock: &str, port: u16) -> String {
        line(
            clock,
            &format!(
                "4-106023: Deny tcp src outside:198.51.100.7/50091 dst inside:198.51.100.10/{port} by access-group \"outside_in\" [0x0, 0x0]"
            ),
        )
    }

    #[test]
    fn call_control_that_a_list_denies_is_likely_the_cause() {
        let log = [up("10:00:00"), denied("10:00:05", 5060), denied("10:00:09", 5060)].concat();
        let finding = &fires(&RULE, &[("x", &log)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None));
        let lines: Vec<_> = finding.evidence().iter().filter_map(|it| Some(it.at.as_ref()?.line)).collect();
        assert_eq!(lines, [3, 1]);
        assert!(finding.because[0].en().contains("outside_in"), "{:?}", finding.because);
        let voice = [up("10:00:00"), denied("10:00:05", 2445), denied("10:00:09", 2445)].concat();
        assert_eq!(fires(&RULE, &[("x", &voice)])[0].severity, Some(Severity::Warning));
    }

    #[test]
    fn routes_translations_and_filters_are_told_apart() {
        let flow = "outside:198.51.100.7/50091";
        for (text, label) in [
            (
                format!("6-110003: Routing failed to locate next-hop for udp from {flow} to inside:198.51.100.10/69"),
                "route",
            ),
            (
                format!("6-110002: Failed to locate egress interface for udp from {flow} to 198.51.100.10/69"),
                "route",
            ),
            (
                format!("5-305013: Asymmetric NAT rules matched for forward and reverse flows; Connection for udp src {flow} dst inside:198.51.100.10/69 denied due to NAT reverse path failure."),
                "translation",
            ),
            (
                format!("3-305005: No translation group found for udp src {flow} dst inside:198.51.100.10/69"),
                "translation",
            ),
            (
                "4-106103: access-list VOICE denied udp for user 'CP-7962G-SEP001122334455' outside/198.51.100.7(50091) -> inside/198.51.100.10(69) hit-cnt 1 first hit [0x1, 0x2]".to_owned(),
                "list",
            ),
            (
                "6-106100: access-list VOICE denied udp outside/198.51.100.7(50091) -> inside/198.51.100.10(69) hit-cnt 1 first hit [0x1, 0x2]".to_owned(),
                "list",
            ),
        ] {
            let log = [up("10:00:00"), line("10:00:05", &text), line("10:00:09", &text)].concat();
            let finding = &fires(&RULE, &[("x", &log)])[0];
            assert_eq!(finding.fixes, [label], "{text}");
            assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_phones_or_does_not_hold_it_up_is_left_alone() {
        let drops = [denied("10:00:05", 5060), denied("10:00:09", 5060)].concat();
        let pc = up("10:00:00").replace("CP-7962G-SEP001122334455", "somebody");
        let phone = up("09:00:00").replace("198.51.100.7", "198.51.100.8");
        silent(&RULE, &[("x", &[phone.clone(), pc.clone(), drops.clone()].concat())]);
        // The address was the phone's once, and is a PC's now.
        silent(&RULE, &[("x", &[up("09:00:00"), pc, drops.clone()].concat())]);
        let ended = line(
            "09:30:00",
            "4-113019: Group = P, Username = CP-7962G-SEP001122334455, IP = 192.0.2.9, Session disconnected. Session Type: SSL, Duration: 0h:00m:31s, Bytes xmt: 1, Bytes rcv: 2, Reason: User Requested",
        );
        silent(&RULE, &[("x", &[up("09:00:00"), ended, drops.clone()].concat())]);
        let permitted = line(
            "10:00:05",
            "6-106100: access-list VOICE permitted tcp outside/198.51.100.7(50091) -> inside/198.51.100.10(5060) hit-cnt 1 first hit [0x1, 0x2]",
        );
        let late = line(
            "10:00:05",
            "6-106015: Deny TCP (no connection) from 198.51.100.7/50091 to 198.51.100.10/5060 flags RST on interface outside",
        );
        for text in [permitted, late, denied("10:00:05", 22)] {
            silent(&RULE, &[("x", &[up("10:00:00"), text.clone(), text].concat())]);
        }
        assert_eq!(waits(&RULE, &[("x", &drops)]), [Need::AsaLog]);
    }

    #[test]
    fn late_packets_and_what_a_list_lets_through_are_no_drops() {
        for text in [
            "2-106001: Inbound TCP connection denied from 198.51.100.7/50091 to 198.51.100.10/5060 flags RST  on interface outside",
            "2-106001: Inbound TCP connection denied from 198.51.100.7/50091 to 198.51.100.10/5060 flags FIN ACK  on interface outside",
            "6-106100: access-list V est-allowed tcp outside/198.51.100.7(50091) -> inside/198.51.100.10(5060) hit-cnt 1 first hit [0x1, 0x2]",
        ] {
            let text = line("10:00:05", text);
            silent(&RULE, &[("x", &[up("10:00:00"), text.clone(), text].concat())]);
        }
        let refused = line(
            "10:00:05",
            "2-106001: Inbound TCP connection denied from 198.51.100.7/50091 to 198.51.100.10/5060 flags SYN  on interface outside",
        );
        fires(&RULE, &[("x", &[up("10:00:00"), refused.clone(), refused].concat())]);
    }

    #[test]
    fn a_server_that_the_asa_knows_by_name_is_named() {
        let text = line(
            "10:00:05",
            "4-106023: Deny tcp src outside:198.51.100.7/50091 dst inside:CUCM-PUB/5060 by access-group \"o\" [0x0, 0x0]",
        );
        let finding = &fires(&RULE, &[("x", &[up("10:00:00"), text.clone(), text].concat())])[0];
        assert!(finding.because[0].en().contains("CUCM-PUB, port 5060"), "{:?}", finding.because);
    }

    #[test]
    fn an_address_that_the_phone_gave_back_is_not_its_own() {
        let drops = [denied("10:10:05", 5060), denied("10:10:09", 5060)].concat();
        let freed = line("10:05:00", "6-737016: IPAA: Freeing local pool address 198.51.100.7");
        silent(&RULE, &[("x", &[up("10:00:00"), freed, drops.clone()].concat())]);
        let next = up("10:05:00").replace("198.51.100.7", "198.51.100.8");
        silent(&RULE, &[("x", &[up("10:00:00"), next.clone(), drops.clone()].concat())]);
        // The end of the session before comes behind the beginning of the next one.
        let ended = line(
            "10:06:00",
            "4-113019: Group = P, Username = CP-7962G-SEP001122334455, IP = 192.0.2.9, Session disconnected. Session Type: SSL, Duration: 0h:06m:00s, Bytes xmt: 1, Bytes rcv: 2, Reason: Idle Timeout",
        );
        let drops = drops.replace("198.51.100.7", "198.51.100.8");
        fires(&RULE, &[("x", &[up("10:00:00"), next, ended, drops].concat())]);
    }

    #[test]
    fn what_the_phone_needs_most_is_told_and_counted() {
        let others: String = (10..40).map(|second| denied(&format!("10:00:{second}"), 2445)).collect();
        let log = [up("10:00:00"), denied("10:00:05", 5060), others].concat();
        let finding = &fires(&RULE, &[("x", &log)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        assert!(finding.because[0].en().contains("port 5060 (packets: 1)"), "{:?}", finding.because);
    }

    #[test]
    fn a_list_that_something_else_made_is_not_edited() {
        let log = [up("10:00:00"), denied("10:00:05", 5060), denied("10:00:09", 5060)].concat();
        for name in ["DAP-ip-user-1A2B3C4D", "CSM_FW_ACL_"] {
            let finding = &fires(&RULE, &[("x", &log.replace("outside_in", name))])[0];
            assert_eq!(finding.fixes, ["made"]);
        }
    }

    #[test]
    fn a_new_session_without_drops_ends_it() {
        let drops = [up("10:00:00"), denied("10:00:05", 5060), denied("10:00:09", 5060)].concat();
        let later = |clock| line(clock, "6-199005: Startup begin");
        silent(&RULE, &[("x", &[drops.clone(), up("10:01:00"), later("10:09:00")].concat())]);
        let soon = [drops.clone(), up("10:01:00"), later("10:01:30")].concat();
        assert_eq!(fires(&RULE, &[("x", &soon)])[0].confidence, Confidence::Likely);
        let next = [up("10:01:00"), later("10:09:00")].concat();
        silent(&RULE, &[("x", &drops), ("next", &next)]);
    }

    #[test]
    fn doubts_make_it_a_possibility() {
        let drops = [denied("10:00:05", 5060), denied("10:00:09", 5060)].concat();
        let whole = [up("10:00:00"), drops.clone()].concat();
        let quiet = [whole.clone(), line("10:40:00", "6-199005: Startup begin")].concat();
        let once = [up("10:00:00"), denied("10:00:05", 5060), denied("10:00:05", 5061)].concat();
        let registered = "2400: DEB 10:22:23.493726 JAVA: SIPCC-SIP_STATE: Registration state change: SIP_REG_STATE_REGISTERING ---> SIP_REG_STATE_REGISTERED\n2401: NOT 10:22:24.493726 VPNC: SEP001122334455\n";
        let apart = drops.replace("198.51.100.7", "10.1.1.7");
        let before = up("09:00:00").replace("198.51.100.7", "10.1.1.7");
        let standby: String = (10..40).map(|minute| denied(&format!("10:{minute}:00"), 5060)).collect();
        let standby = [up("10:00:00"), standby].concat();
        let (begun, dropped) = (up("10:00:00"), denied("10:00:05", 5060));
        let untimed =
            [begun.as_str(), &dropped, &dropped, &begun].concat().replace("Nov 24 2026 10:00:0", "");
        let untimed = untimed.replace("0: %", "%").replace("5: %", "%");
        let cases: [&[(&str, &str)]; 6] = [
            &[("x", &standby)],
            &[("x", &untimed)],
            &[("x", &quiet)],
            &[("x", &once)],
            &[("x", &whole), ("SEP001122334455-console.log", registered)],
            &[("x", &before), ("y", &apart)],
        ];
        for files in cases {
            let finding = &fires(&RULE, files)[0];
            let told = (finding.confidence, finding.severity);
            assert_eq!(told, (Confidence::Possible, Some(Severity::Warning)), "{files:?}");
        }
    }

    #[test]
    fn phones_that_one_list_holds_up_are_one_finding() {
        let one = [up("10:00:00"), denied("10:00:05", 5060), denied("10:00:09", 5060)].concat();
        let other = one.replace("334455", "334466").replace("198.51.100.7", "198.51.100.8");
        let findings = fires(&RULE, &[("x", &[one, other].concat())]);
        assert_eq!((findings.len(), findings[0].evidence().len()), (1, 3));
        assert!(findings[0].because[1].en().contains("further phones: 1"), "{:?}", findings[0].because);
    }
}
