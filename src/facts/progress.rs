//! How far did the phones come, by logs and captures?
//!
//! A later step proves the earlier ones: a phone that reads a certificate has reached the ASA and agreed on a
//! cipher. Only the last attempt of a log counts: what failed before a success is past.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::TransportStep;
use crate::event::attempt::Step;
use crate::event::traffic::{Happening, Service};
use crate::facts::events_that_matter::events_that_matter;
use crate::facts::handshake::Handshake;
use crate::facts::phone_stages::{stage_failed, stage_reached};
use crate::facts::recordings::Tie;
use crate::facts::whose::Message;
use crate::facts::wire::OnTheWire;
use crate::facts::wire_steps::{Shows, WireStep};
use crate::facts::{Documents, tls_matters, wire_words};
use crate::observe::{By, Log, LoginOutcome, What};
use crate::source::Place;
use crate::stage::Stage;

/// What the logs prove of the stages.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Stages that were passed, each with a line that proves it.
    pub passed: BTreeMap<Stage, Place>,
    /// Stages that failed, each with a line that proves it.
    pub failed: BTreeMap<Stage, Place>,
}

impl Progress {
    /// The stages before one. The first line that proves a stage stands for it, so that few places are ever made.
    fn pass_before(&mut self, stage: Stage, place: impl Fn() -> Place) {
        // What lies before the connection is not proved by it in every detail; see the rules of those stages.
        for earlier in Stage::ALL.iter().filter(|earlier| **earlier >= Stage::Reach && **earlier < stage) {
            self.passed.entry(*earlier).or_insert_with(&place);
        }
    }

    fn fail(&mut self, stage: Stage, place: impl FnOnce() -> Place) {
        self.failed.entry(stage).or_insert_with(place);
    }

    /// The first stage that failed by a log.
    pub fn first_failed(&self) -> Option<Stage> {
        self.failed.keys().next().copied()
    }
}

/// Reads the progress from phone logs, from the handshakes and sessions that are phones', and from captures.
pub fn of(
    documents: &Documents<'_>,
    handshakes: &[Handshake],
    messages: &[Message<'_>],
    wire: &Wire<'_, '_>,
) -> Progress {
    let mut progress = Progress::default();
    for log in documents.logs_by(By::PhoneLog) {
        from_phone_log(log, &mut progress);
    }
    for handshake in handshakes.iter().filter(|handshake| handshake.is_phones()) {
        from_handshake(handshake, &mut progress);
    }
    from_sessions(messages, &mut progress);
    from_captures(wire, &mut progress);
    // Two sources may disagree, for example about different phones: a failure is the news.
    progress.passed.retain(|stage, _| !progress.failed.contains_key(stage));
    progress
}

/// What captures show.
#[derive(Default)]
pub struct Wire<'w, 'a> {
    /// Step by step.
    pub steps: &'w [WireStep<'a>],
    /// The failures that count.
    pub failures: &'w [OnTheWire<'a>],
}

/// Of a host that is only taken for a phone nothing is passed, unless it fails as well: then how far it came is part of
/// that.
fn from_captures(wire: &Wire<'_, '_>, progress: &mut Progress) {
    let failures = wire.failures.iter().filter(|failure| !failure.over && failure.tie >= Tie::Alone);
    let failing: BTreeSet<(u32, &str)> =
        failures.clone().map(|failure| (failure.place.input, failure.client)).collect();
    // What follows a server's hello of TLS 1.3 is encrypted, a refusal of its certificate, too.
    let hidden: BTreeSet<(u32, &str)> = wire
        .steps
        .iter()
        .filter(|step| matches!(step.shows, Shows::Chosen(hello) if hello.certificates_hidden))
        .map(|step| (step.place.input, step.client))
        .collect();
    for step in wire.steps {
        let host = (step.place.input, step.client);
        if step.tie < Tie::Dials && !(step.tie == Tie::Alone && failing.contains(&host)) {
            continue;
        }
        let reached = match step.shows {
            Shows::Event(Happening::Registered) => {
                progress.passed.entry(Stage::Registration).or_insert_with(|| step.place.clone());
                None
            }
            _ if step.service != Service::Gateway => None,
            Shows::Hello(_) | Shows::Event(Happening::Connected) => Some(Stage::Tls),
            Shows::Chosen(_) | Shows::Certificate(_) => Some(Stage::Trust),
            Shows::Event(Happening::HandshakeDone { datagrams: false }) if !hidden.contains(&host) => {
                Some(Stage::HostName)
            }
            Shows::Event(Happening::LoginRefused { .. }) => Some(Stage::Login),
            Shows::Event(_) => None,
        };
        if let Some(stage) = reached {
            progress.pass_before(stage, || step.place.clone());
        }
    }
    for failure in failures {
        if let Some(stage) = stage_failed_on_the_wire(failure) {
            progress.fail(stage, || failure.place.clone());
        }
    }
}

/// What ends an attempt, and not what only slows it or hints at something.
fn stage_failed_on_the_wire(failure: &OnTheWire<'_>) -> Option<Stage> {
    use Happening as H;
    let ends = match failure.what {
        H::NameUnresolved { .. } => failure.tie == Tie::Dials,
        H::RegistrationRefused { .. } => true,
        H::LoginRefused { .. } => failure.service == Service::Gateway,
        what => failure.service == Service::Gateway && what.ends_attempt(),
    };
    ends.then(|| wire_words::stage_of(failure.what))
}

/// What one phone's log proves.
pub fn of_phone_log(log: &Log<'_>) -> Progress {
    let mut progress = Progress::default();
    from_phone_log(log, &mut progress);
    progress
}

fn from_phone_log(log: &Log<'_>, progress: &mut Progress) {
    for event in &log.observations {
        if let Some(stage) = stage_reached(&event.what) {
            progress.pass_before(stage, || event.place());
        }
    }
    for event in events_that_matter(log) {
        if let Some(stage) = stage_failed(&event.what) {
            progress.fail(stage, || event.place());
        }
    }
    after_tunnel(log, progress);
}

/// The last two stages. A phone registers inside as well, so only what follows a login shows that a tunnel carries it.
fn after_tunnel(log: &Log<'_>, progress: &mut Progress) {
    let connected = log.attempts.last().filter(|attempt| attempt.outcome == LoginOutcome::Connected);
    let mut failed: BTreeMap<Stage, Place> = BTreeMap::new();
    for (index, event) in log.observations.iter().enumerate() {
        let place = || event.place();
        let through_tunnel = connected.is_some_and(|attempt| index > attempt.last);
        match event.what {
            What::FileServer { .. } | What::FileArrived if through_tunnel => {
                progress.pass_before(Stage::Registration, place);
            }
            What::Registered => {
                failed.clear();
                if through_tunnel {
                    progress.pass_before(Stage::Registration, place);
                }
                progress.passed.entry(Stage::Registration).or_insert_with(place);
            }
            What::OutOfService { code: VPN_LOST, .. } => {
                failed.entry(Stage::Tunnel).or_insert_with(place);
            }
            What::RegistrationFailed | What::TrustListRefused { .. } => {
                failed.entry(Stage::Registration).or_insert_with(place);
            }
            _ => {}
        }
    }
    for (stage, place) in failed {
        progress.fail(stage, || place);
    }
}

/// The reason `VpnConnectionLost`.
const VPN_LOST: u32 = 108;

fn from_handshake(handshake: &Handshake, progress: &mut Progress) {
    if let Some(place) = &handshake.started {
        progress.pass_before(Stage::Tls, || place.clone());
    }
    if let Some(chosen) = &handshake.chosen {
        progress.pass_before(Stage::Trust, || handshake.place(chosen));
    }
    if let Some(place) = &handshake.done {
        progress.pass_before(Stage::HostName, || place.clone());
    }
    // What fails over UDP leaves the tunnel over TCP standing.
    if !handshake.fails_now() || handshake.is_datagram() {
        return;
    }
    if let Some(place) = handshake.failed.as_ref().filter(|_| handshake.reasons.is_empty()) {
        progress.pass_before(Stage::Tls, || place.clone());
        progress.fail(Stage::Tls, || place.clone());
    }
    for reason in &handshake.reasons {
        let place = || handshake.place(reason);
        progress.pass_before(Stage::Tls, place);
        let chosen = handshake.chosen.is_some();
        progress.fail(tls_matters::stage_of_asa_reason(&reason.value, chosen), place);
    }
}

/// Phones' sessions in the ASA's logs. What a phone failed at and got past later is no failure now.
fn from_sessions(messages: &[Message<'_>], progress: &mut Progress) {
    for message in messages.iter().filter(|message| message.is_phones()) {
        let place = || message.place();
        if let Some(stage) = session_reached(&message.what) {
            progress.pass_before(stage, place);
        }
        // Licences and limits lie before the connection: they say nothing of the stages between.
        if let Step::Failed { stage, .. } = message.step
            && stage >= Stage::Reach
        {
            progress.pass_before(stage, place);
            if message.is_current() {
                progress.fail(stage, place);
            }
        }
    }
}

/// The stage in which a session is when the ASA logs this; everything before it was passed.
fn session_reached(what: &What<'_>) -> Option<Stage> {
    match what {
        What::UserFromCertificate => Some(Stage::Login),
        What::LoginAccepted | What::SessionStarted => Some(Stage::Posture),
        What::AccessPolicyApplied { .. } => Some(Stage::Policy),
        What::AddressAssigned { .. } => Some(Stage::Tunnel),
        What::TunnelTransport { step: TransportStep::First | TransportStep::Established, .. } => {
            Some(Stage::Registration)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    const TUNNEL: &str =
        "0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n";
    const REGISTERED: &str = "1798: DEB 10:20:23.493726 JAVA: SIPCC-SIP_STATE: sip_reg_sm_change_state: Registration state change: SIP_REG_STATE_REGISTERING ---> SIP_REG_STATE_REGISTERED\n";
    const FAILED: &str = "2290: DEB 10:21:22.997160 JAVA: SIPCC-UI_API: ui_reg_all_failed: *** Registration to all CUCMs failed .***\n";
    const LOST: &str = "1962: NOT 10:22:22.681701 JAVA: x: setLastDeregistrationReason - new unreg-reason=108(VpnConnectionLost) , old unreg-reason=25\n";

    #[test]
    fn the_last_stages_pass_and_fail_by_the_phones_log() {
        use Stage::{Registration, Tunnel};
        type Row<'a> = (&'a [&'a str], Vec<Stage>, Vec<Stage>);
        let rows: [Row<'_>; 6] = [
            (&[TUNNEL, REGISTERED], vec![Tunnel, Registration], vec![]),
            (&[REGISTERED], vec![Registration], vec![]),
            (&[REGISTERED, TUNNEL], vec![Registration], vec![]),
            (&[TUNNEL, FAILED], vec![], vec![Registration]),
            (&[TUNNEL, FAILED, REGISTERED], vec![Tunnel, Registration], vec![]),
            (&[TUNNEL, REGISTERED, LOST], vec![Registration], vec![Tunnel]),
        ];
        for (lines, passed, failed) in rows {
            let readings = readings(&[("x", &lines.concat())]);
            let progress = of(&Documents::of(&readings), &[], &[], &Wire::default());
            let last: Vec<Stage> = progress.passed.keys().copied().filter(|stage| *stage >= Tunnel).collect();
            assert_eq!(last, passed, "{lines:?}");
            assert_eq!(progress.failed.keys().copied().collect::<Vec<_>>(), failed, "{lines:?}");
        }
    }

    /// The last stage that a log proves to be passed, and the first that it proves to have failed.
    fn stages_of(lines: &[&str]) -> (Option<Stage>, Option<Stage>) {
        let log: String = lines.iter().map(|line| format!("{}\n", line.replace("{phone}", PHONE))).collect();
        let (readings, said) = (readings(&[("x", &log)]), Said::new());
        let progress = Case::of(&readings, &said, now()).progress;
        (progress.passed.keys().last().copied(), progress.first_failed())
    }

    const PHONE: &str = "User <CP-8851-SEP001122334455> IP <192.0.2.9>";
    const ACCEPTED: &str =
        "%ASA-6-716038: Group <P> {phone} Authentication: successful, Session Type: WebVPN.";
    const REJECTED: &str = "%ASA-6-716039: Group <P> {phone} Authentication: rejected, Session Type: WebVPN.";
    const SELECTED: &str = "%ASA-6-734001: DAP: User CP-8851-SEP001122334455, Addr 192.0.2.9, Connection AnyConnect: The following DAP records were selected for this connection: DfltAccessPolicy";
    const TERMINATED: &str = "%ASA-5-734002: DAP: User CP-8851-SEP001122334455, Addr 192.0.2.9: Connection terminated by the following DAP records: DfltAccessPolicy";
    const ASSIGNED: &str = "%ASA-4-722051: Group <P> {phone} Address <198.51.100.7> assigned to session";
    const FIRST: &str =
        "%ASA-5-722033: Group <P> {phone} First TCP SVC connection established for SVC session.";

    #[test]
    fn a_phones_session_shows_how_far_it_came() {
        for (lines, passed, failed) in [
            (&[ACCEPTED][..], Some(Stage::Login), None),
            (&[REJECTED], Some(Stage::HostName), Some(Stage::Login)),
            (&[ACCEPTED, SELECTED], Some(Stage::Authorisation), None),
            (&[ACCEPTED, SELECTED, TERMINATED], Some(Stage::Posture), Some(Stage::Authorisation)),
            (&[ACCEPTED, ASSIGNED], Some(Stage::Policy), None),
            (&[ASSIGNED, FIRST], Some(Stage::Tunnel), None),
            (&[REJECTED, ACCEPTED, ASSIGNED], Some(Stage::Policy), None),
            (&[ASSIGNED, REJECTED], Some(Stage::Policy), Some(Stage::Login)),
        ] {
            assert_eq!(stages_of(lines), (passed, failed), "{lines:?}");
        }
    }

    #[test]
    fn other_peoples_sessions_prove_nothing_of_phones() {
        let joe = ASSIGNED.replace("{phone}", "User <joe> IP <192.0.2.66>");
        assert_eq!(stages_of(&[&joe]), (None, None));
    }
}
