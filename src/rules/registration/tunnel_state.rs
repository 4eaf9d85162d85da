//! Whether a tunnel stood when the phone spoke, and the findings that follow from its remarks.

use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign, ToldBy};
use crate::facts::progress;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, Log, Observation, What};
use crate::source::{Located, Place, shortened};
use crate::stage::Stage;
use crate::text::Text;

/// Whether a tunnel stood when the phone spoke.
pub(super) enum Tunnel {
    /// Something shows it.
    Up(Place),
    /// A log shows that an earlier stage failed: what comes after it says nothing.
    Failed,
    /// Nothing tells.
    Unknown,
}

impl Tunnel {
    pub(super) fn of(case: &Case<'_>) -> Self {
        // Stages before the policy are those of the login; the policy gives the tunnel its address.
        if case.progress.first_failed().is_some_and(|stage| stage <= Stage::Policy) {
            return Self::Failed;
        }
        let logged = case.progress.passed.get(&Stage::Policy).cloned();
        logged.or_else(|| pages(case).find_map(tunnel_shown)).map_or(Self::Unknown, Self::Up)
    }

    /// Of one phone: what another phone's log shows says nothing of it.
    pub(super) fn of_phone(case: &Case<'_>, phone: &str) -> Self {
        let device =
            |seen: Option<&Located<String>>| seen.is_some_and(|seen| seen.value.eq_ignore_ascii_case(phone));
        let names_others = case
            .documents
            .logs_by(By::PhoneLog)
            .any(|log| log.phone.is_some() && !device(log.phone))
            || case.messages.iter().any(|message| !message.user.is_empty() && !message.user.ends_with(phone));
        if phone.is_empty() || !names_others {
            return Self::of(case);
        }
        let logs = case.documents.logs_by(By::PhoneLog).filter(|log| device(log.phone));
        let told: Vec<_> = logs.map(progress::of_phone_log).collect();
        let failed =
            told.iter().filter_map(progress::Progress::first_failed).any(|stage| stage <= Stage::Policy)
                || case.logged_failures.iter().any(|failure| {
                    failure.is_current() && failure.phone.ends_with(phone) && failure.stage <= Stage::Policy
                });
        if failed {
            return Self::Failed;
        }
        let shown = pages(case).filter(|page| device(page.phone)).find_map(tunnel_shown);
        let assigned = case.messages.iter().find(|message| {
            message.user.ends_with(phone) && matches!(message.what, What::AddressAssigned { .. })
        });
        told.iter()
            .find_map(|told| told.passed.get(&Stage::Policy).cloned())
            .or_else(|| assigned.map(|message| message.place()))
            .or(shown)
            .map_or(Self::Unknown, Self::Up)
    }

    pub(super) fn proof(&self) -> Option<Evidence> {
        match self {
            Self::Up(place) => Some(Evidence::at(place, TUNNEL_UP)),
            Self::Failed | Self::Unknown => None,
        }
    }
}

/// Pages of phones.
fn pages<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Log<'c>> {
    case.documents.logs_by(By::PhoneStatus)
}

/// Where a page says that its phone is connected over VPN.
fn tunnel_shown(page: &Log<'_>) -> Option<Place> {
    let shown = page.observations.iter().find(|event| event.what == What::TunnelShown);
    shown.map(Observation::place)
}

/// How sure it is that a phone could not do this through its tunnel. A status page does not say when the tunnel
/// stood, and without any sign of a tunnel the phone may have spoken from anywhere.
fn certainty(remark: &Remark, tunnel: &Tunnel) -> Confidence {
    if remark.stopped.is_some() {
        return Confidence::Possible;
    }
    match (tunnel, remark.told_by) {
        (_, ToldBy::LogInferred) | (Tunnel::Unknown | Tunnel::Failed, _) => Confidence::Possible,
        (Tunnel::Up(_), ToldBy::Log) => Confidence::Certain,
        (Tunnel::Up(_), ToldBy::Status | ToldBy::Alarm) => Confidence::Likely,
    }
}

/// One finding out of remarks: the surest first. `None` where there are none.
pub(super) fn finding(
    case: &Case<'_>,
    remarks: &[&Remark],
    tunnel: &Tunnel,
    says: impl Fn(&Remark) -> Text,
) -> Option<Finding> {
    let mut remarks = remarks.to_vec();
    remarks.sort_by_key(|remark| (certainty(remark, tunnel), remark.stopped.is_some()));
    let (first, rest) = remarks.split_first()?;
    let proof = |remark: &Remark| Evidence::at(&remark.place, says(remark));
    // Where the first came behind the client's stop, all did.
    let stopped = first.stopped.as_ref().map(|place| Evidence::at(place, STOPPED));
    let stood = tunnel.proof().filter(|_| stopped.is_none());
    let mut finding = Finding::new(certainty(first, tunnel), proof(first))
        .and(rest.iter().map(|remark| proof(remark)))
        .and(stood)
        .and(stopped)
        .because(quoted(&first.place));
    if first.stopped.is_some() {
        (finding.title, finding.severity) = (Some(AFTER_STOP), Some(Severity::Warning));
        finding = finding.because(ITS_CONSEQUENCE);
    }
    let finding = match group_policy(case) {
        Some(name) => finding.value("group-policy", name),
        None => finding,
    };
    Some(match tunnel {
        Tunnel::Unknown => finding.because(NO_TUNNEL_SEEN),
        Tunnel::Up(_) | Tunnel::Failed => finding,
    })
}

/// The group policy of the phones, for commands; `None` where there may be several.
fn group_policy<'c>(case: &'c Case<'_>) -> Option<&'c str> {
    let mut names = case.effective_policies.iter().map(|policy| policy.policy.as_str());
    let first = names.next().filter(|name| !name.is_empty())?;
    names.all(|name| name == first).then_some(first)
}

/// `The telling line: "TFTP timeout" in line 3.`
fn quoted(place: &Place) -> Text {
    const CHARS: usize = 90;
    let shown = shortened(place.at.text.trim(), CHARS);
    let line = place.at.line;
    TELLING_LINE.quote("shown", shown).number("line", line)
}

/// A pass where phones said something of this time, or what would let the rule run.
pub(super) fn passed(case: &Case<'_>, heard: impl Fn(&Sign) -> bool) -> Result<Vec<Finding>, Missing> {
    if case.shows_status_messages() || case.after_tunnel.iter().any(|remark| heard(&remark.sign)) {
        Ok(Vec::new())
    } else {
        Err(Missing(vec![Need::PhoneStatus, Need::PhoneLog]))
    }
}

const TUNNEL_UP: Text = Text::fixed("the tunnel was up", "Der Tunnel stand");

const STOPPED: Text = Text::fixed("the VPN client stopped", "Der VPN-Client hat angehalten");
const AFTER_STOP: Text = Text::fixed(
    "The VPN client stopped, and then the phone reached nothing inside the network",
    "Der VPN-Client hat angehalten, und danach hat das Telefon im Netz nichts mehr erreicht",
);
const ITS_CONSEQUENCE: Text = Text::fixed(
    "The VPN client had stopped before, so there was no tunnel any more: probably this is only a consequence of that.",
    "Der VPN-Client hatte vorher angehalten, es gab also keinen Tunnel mehr: Wahrscheinlich ist das nur eine Folge davon.",
);

const NO_TUNNEL_SEEN: Text = Text::fixed(
    "Nothing here shows that the tunnel was up at that time; without a tunnel the phone reaches no server inside.",
    "Hier zeigt nichts, dass der Tunnel zu dieser Zeit stand; ohne Tunnel erreicht das Telefon keinen Server im Netz.",
);

const TELLING_LINE: Text = Text::fixed(
    "The telling line: {shown} in line {line}.",
    "Die entscheidende Zeile: {shown} in Zeile {line}.",
);
