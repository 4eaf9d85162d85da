//! A phone's connection is replaced again and again while its session stands.
//!
//! `%ASA-5-722032: … New UDP SVC connection replacing old connection.` and `%ASA-5-722028: … Stale SVC connection
//! closed.` One of them is a router that changed its address; many in an hour are a line that does not hold, or two
//! devices with one user name (ASA syslog guide).

use std::collections::BTreeMap;

use crate::case::Case;
use crate::event::TransportStep;
use crate::facts::phone_groups::SessionTie;
use crate::facts::phone_logins::PhoneLogin;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "tunnel-flapping",
    stage: Stage::Tunnel,
    severity: Severity::Warning,
    needs: &[Need::AsaLog],
    echoes: &[],
    sources: &["Cisco Secure Firewall ASA syslog guide, 722028, 722032"],
    prose: Text::fixed(include_str!("tunnel_flapping.en.md"), include_str!("tunnel_flapping.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let logins = case.phone_logins();
    if logins.is_empty() {
        return Err(Missing::need(Need::AsaLog));
    }
    let by_name =
        |login: &&PhoneLogin<'_, '_>| login.tie == SessionTie::User || case.whose.is_by_client(login.session);
    let mut by_user: BTreeMap<(u32, &str), Vec<&PhoneLogin<'_, '_>>> = BTreeMap::new();
    for login in logins.iter().filter(|login| by_name(login)) {
        if step(login).is_some() {
            by_user.entry((login.observation.input, login.session.user.as_str())).or_default().push(login);
        }
    }
    Ok(by_user.into_iter().filter_map(|((_, user), lines)| tell(user, &lines)).collect())
}

fn step(login: &PhoneLogin<'_, '_>) -> Option<TransportStep> {
    match login.observation.what {
        What::TunnelTransport { step, .. } => {
            matches!(step, TransportStep::Replaced | TransportStep::Stale).then_some(step)
        }
        _ => None,
    }
}

fn tell(user: &str, lines: &[&PhoneLogin<'_, '_>]) -> Option<Finding> {
    // A replaced connection is also closed as stale: whichever is logged more often counts the changes.
    let of = |wanted| lines.iter().filter(move |login| step(login) == Some(wanted)).copied();
    let replaced: Vec<_> = of(TransportStep::Replaced).collect();
    let stale: Vec<_> = of(TransportStep::Stale).collect();
    let changes = if replaced.len() >= stale.len() { replaced } else { stale };
    let busiest = busiest(&changes)?;
    let mut addresses: Vec<&str> = busiest.iter().map(|login| login.session.address.as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let count = busiest.len();
    let because = if addresses.len() > 1 { SEVERAL } else { SAME };
    let mut proof = busiest.iter().map(|login| Evidence::at(&login.place(), CHANGES));
    let finding = Finding::new(Confidence::Certain, proof.next()?).and(proof).because(
        because.with("user", Class::User, user).number("count", count).with(
            "addresses",
            Class::Host,
            addresses.join(", "),
        ),
    );
    Some(finding.value("user", user))
}

/// The hour with the most changes, where there are enough of them. Without times a whole log counts as one hour.
fn busiest<'l, 'c>(changes: &'l [&'c PhoneLogin<'c, 'c>]) -> Option<&'l [&'c PhoneLogin<'c, 'c>]> {
    let time = |login: &PhoneLogin<'_, '_>| {
        let stamp = login.observation.stamp.as_ref()?;
        Some(u64::from(stamp.day_of_year(None).unwrap_or_default()) * DAY + stamp.micros_of_day)
    };
    let mut best: &[&PhoneLogin<'_, '_>] = &[];
    let mut from = 0;
    for (to, login) in changes.iter().enumerate() {
        while changes.get(from).is_some_and(|first| match (time(first), time(login)) {
            (Some(first), Some(last)) => last.saturating_sub(first) > HOUR,
            _ => false,
        }) {
            from += 1;
        }
        let window = changes.get(from..=to).unwrap_or_default();
        if window.len() > best.len() {
            best = window;
        }
    }
    (best.len() >= OFTEN).then_some(best)
}

/// Changes in an hour that are more than a line's bad moment.
const OFTEN: usize = 3;
const HOUR: u64 = 3_600_000_000;
const DAY: u64 = 24 * HOUR;

const CHANGES: Text =
    Text::fixed("the phone's connection is replaced", "Die Verbindung des Telefons wird ersetzt");
const SAME: Text = Text::fixed(
    "{user} replaced its connection {count} times within an hour, always from {addresses}: the line does not hold.",
    "{user} hat seine Verbindung binnen einer Stunde {count}-mal ersetzt, immer von {addresses}: Die Leitung hält nicht.",
);
const SEVERAL: Text = Text::fixed(
    "{user} replaced its connection {count} times within an hour, from {addresses}: a line that changes its address, or two devices with one user name.",
    "{user} hat seine Verbindung binnen einer Stunde {count}-mal ersetzt, von {addresses}: eine Leitung, die ihre Adresse wechselt, oder zwei Geräte mit einem Benutzernamen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn replaced(user: &str, address: &str, clocks: &[&str]) -> String {
        let line = |clock: &&str| {
            format!(
                "Nov 24 2026 {clock}: %ASA-5-722032: Group <P> User <{user}> IP <{address}> New UDP SVC connection replacing old connection.\n"
            )
        };
        clocks.iter().map(line).collect()
    }

    const PHONE: &str = "CP-8851-SEP001122334455";

    #[test]
    fn three_changes_in_an_hour_are_told() {
        let log = replaced(PHONE, "192.0.2.9", &["09:00:00", "10:00:01", "10:10:00", "10:59:59"]);
        let finding = &fires(&RULE, &[("x", &log)])[0];
        assert_eq!(finding.evidence().len(), 4 - 1);
        assert!(finding.because[0].en().contains("3 times") && finding.because[0].en().contains("192.0.2.9"));
        let moved = format!(
            "{}{}",
            replaced(PHONE, "192.0.2.9", &["10:00:00", "10:01:00"]),
            replaced(PHONE, "203.0.113.7", &["10:02:00"])
        );
        assert!(fires(&RULE, &[("x", &moved)])[0].because[0].de().contains("zwei Geräte"));
    }

    #[test]
    fn a_change_now_and_then_and_other_people_are_fine() {
        silent(&RULE, &[("x", &replaced(PHONE, "192.0.2.9", &["08:00:00", "10:00:00", "12:00:00"]))]);
        let joe = replaced("joe", "192.0.2.66", &["10:00:00", "10:01:00", "10:02:00"]);
        silent(&RULE, &[("x", &format!("{joe}{}", replaced(PHONE, "192.0.2.9", &["10:00:00"])))]);
        waits(&RULE, &[("x", &joe)]);
    }
}
