//! How far did the phones come, by the logs?
//!
//! A later step proves the earlier ones: a phone that reads a certificate has reached the ASA and agreed on a
//! cipher. Only the last attempt of a log counts: what failed before a success is past.

use std::collections::BTreeMap;

use crate::facts::handshakes::Handshake;
use crate::facts::tls_objections;
use crate::facts::whose::Message;
use crate::facts::{Documents, In};
use crate::formats::asa_syslog::steps::Step;
use crate::formats::asa_syslog::{AsaMessage, TransportStep};
use crate::formats::phone_log::{Attempt, Outcome, PhoneEvent, PhoneLog, PhoneMessage};
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
    /// The stages before one.
    fn pass_before(&mut self, stage: Stage, place: &Place) {
        // What lies before the connection is not proved by it in every detail; see the rules of those stages.
        for earlier in Stage::ALL.iter().filter(|earlier| **earlier >= Stage::Reach && **earlier < stage) {
            self.passed.entry(*earlier).or_insert_with(|| place.clone());
        }
    }

    fn fail(&mut self, stage: Stage, place: &Place) {
        self.failed.entry(stage).or_insert_with(|| place.clone());
    }

    /// The first stage that failed by a log.
    pub fn first_failed(&self) -> Option<Stage> {
        self.failed.keys().next().copied()
    }
}

/// The events of a phone's log that still matter: those after its last successful attempt, and of the failed ones after
/// it the last and those right before it that failed in the same way.
pub fn events_that_matter(log: &PhoneLog) -> &[PhoneEvent] {
    let past = log
        .attempts
        .iter()
        .filter(|attempt| attempt.outcome == Outcome::Connected)
        .map(|attempt| attempt.last)
        .max();
    let from = past.map_or(0, |last| last as usize + 1).max(log.past as usize);
    let from = from.max(same_failures(log, from));
    log.events.get(from.min(log.events.len())..).unwrap_or_default()
}

/// Where the last failures of one kind begin, not before `from`.
fn same_failures(log: &PhoneLog, from: usize) -> usize {
    let kind = |attempt: &Attempt| stage_of(log, attempt);
    let failures = log.attempts.iter().rev().filter(|attempt| attempt.outcome == Outcome::Failed);
    let mut failures = failures.take_while(|attempt| attempt.first as usize >= from);
    let Some(last) = failures.next() else { return from };
    let (wanted, mut begin) = (kind(last), last.first as usize);
    let mut earlier = false;
    for attempt in failures {
        if kind(attempt) != wanted {
            earlier = true;
            break;
        }
        begin = attempt.first as usize;
    }
    // What stands before the first attempt may tell why it fails.
    if earlier { begin } else { from }
}

/// The stage at which an attempt failed, or that it reached.
fn stage_of(log: &PhoneLog, attempt: &Attempt) -> Option<Stage> {
    let events = log.events.get(attempt.first as usize..=attempt.last as usize).unwrap_or_default();
    let failed = events.iter().filter_map(|event| stage_failed(&event.message)).min();
    failed.or_else(|| events.iter().filter_map(|event| stage_reached(&event.message)).max())
}

/// How many events of each part of one log are past, by what the parts after it tell: all that stands before a success,
/// and before the last failures of one kind. Parts stand in the order in which they were written.
pub fn past_by_later_parts(parts: &[&PhoneLog]) -> Vec<usize> {
    let mut past = vec![0; parts.len()];
    // The last failures are of this kind, as far as any were met.
    let mut wanted: Option<Option<Stage>> = None;
    let mut over = false;
    for (log, past) in parts.iter().zip(&mut past).rev() {
        if over {
            *past = log.events.len();
            continue;
        }
        for attempt in log.attempts.iter().rev() {
            let same = match attempt.outcome {
                Outcome::Open => continue,
                Outcome::Connected => false,
                Outcome::Failed => {
                    let stage = stage_of(log, attempt);
                    *wanted.get_or_insert(stage) == stage
                }
            };
            if !same {
                over = true;
                *past = attempt.last as usize + 1;
                break;
            }
        }
    }
    past
}

/// Reads the progress from phone logs, and from the handshakes and sessions that are phones'.
pub fn of(documents: &Documents<'_>, handshakes: &[Handshake], messages: &[Message<'_>]) -> Progress {
    let mut progress = Progress::default();
    for log in &documents.phone_logs {
        from_phone_log(*log, &mut progress);
    }
    for handshake in handshakes.iter().filter(|handshake| handshake.is_phones()) {
        from_handshake(handshake, &mut progress);
    }
    from_sessions(messages, &mut progress);
    // Two sources may disagree, for example about different phones: a failure is the news.
    progress.passed.retain(|stage, _| !progress.failed.contains_key(stage));
    progress
}

/// What one phone's log proves.
pub fn of_phone_log(log: In<'_, PhoneLog>) -> Progress {
    let mut progress = Progress::default();
    from_phone_log(log, &mut progress);
    progress
}

fn from_phone_log(log: In<'_, PhoneLog>, progress: &mut Progress) {
    for event in &log.document.events {
        if let Some(stage) = stage_reached(&event.message) {
            progress.pass_before(stage, &log.place(&event.at));
        }
    }
    for event in events_that_matter(log.document) {
        if let Some(stage) = stage_failed(&event.message) {
            progress.fail(stage, &log.place(&event.at));
        }
    }
    after_tunnel(log, progress);
}

/// The last two stages. A phone registers inside as well, so only what follows a login shows that a tunnel carries it.
fn after_tunnel(log: In<'_, PhoneLog>, progress: &mut Progress) {
    use PhoneMessage as M;
    let connected = log.document.attempts.last().filter(|attempt| attempt.outcome == Outcome::Connected);
    let mut failed: BTreeMap<Stage, Place> = BTreeMap::new();
    for (event, index) in log.document.events.iter().zip(0_u32..) {
        let place = || log.place(&event.at);
        let through_tunnel = connected.is_some_and(|attempt| index > attempt.last);
        match &event.message {
            M::FileServer { .. } | M::FileStatus { status: 100 } if through_tunnel => {
                progress.pass_before(Stage::Registration, &place());
            }
            M::Registered => {
                failed.clear();
                if through_tunnel {
                    progress.pass_before(Stage::Registration, &place());
                }
                progress.passed.entry(Stage::Registration).or_insert_with(place);
            }
            M::Deregistered { code: VPN_LOST, .. } => {
                failed.entry(Stage::Tunnel).or_insert_with(place);
            }
            M::RegistrationFailed | M::TrustListRefused { .. } => {
                failed.entry(Stage::Registration).or_insert_with(place);
            }
            _ => {}
        }
    }
    for (stage, place) in failed {
        progress.fail(stage, &place);
    }
}

/// The reason `VpnConnectionLost`.
const VPN_LOST: u32 = 108;

/// The stage in which a phone is when it writes this; everything before it was passed.
fn stage_reached(message: &PhoneMessage) -> Option<Stage> {
    use PhoneMessage as M;
    match message {
        M::HandshakeStep { step, .. } if step.contains("read server hello") => Some(Stage::Trust),
        M::HandshakeStep { step, .. } if step.contains("negotiation finished") => Some(Stage::HostName),
        M::PeerSubject { .. } | M::VerifyCode { .. } | M::LeafHash { .. } | M::ChainNotTrusted => {
            Some(Stage::Trust)
        }
        M::WildcardCheck | M::WildcardRefused { .. } | M::HostIdCheckFailed => Some(Stage::Trust),
        M::LoginResponse | M::HttpStatus { .. } | M::RedirectUrl { .. } => Some(Stage::Login),
        M::DeadPeerDetection { .. } | M::OldSessionCipher | M::DtlsFailed => Some(Stage::Tunnel),
        _ => None,
    }
}

fn stage_failed(message: &PhoneMessage) -> Option<Stage> {
    use PhoneMessage as M;
    match message {
        M::ConnectFailed { .. } | M::NameNotResolved { .. } => Some(Stage::Reach),
        M::ChainNotTrusted => Some(Stage::Trust),
        M::Alert { .. } | M::SslError { .. } => tls_objections::stage_of_message(message),
        M::OldSessionCipher | M::DtlsFailed => Some(Stage::Tls),
        M::HostIdCheckFailed => Some(Stage::HostName),
        M::HttpStatus { code: 300..=599, .. } | M::RedirectUrl { .. } => Some(Stage::Login),
        _ => None,
    }
}

fn from_handshake(handshake: &Handshake, progress: &mut Progress) {
    if let Some(place) = &handshake.started {
        progress.pass_before(Stage::Tls, place);
    }
    if let Some(chosen) = &handshake.chosen {
        progress.pass_before(Stage::Trust, &handshake.place(chosen));
    }
    if let Some(place) = &handshake.done {
        progress.pass_before(Stage::HostName, place);
    }
    if !handshake.fails_now() {
        return;
    }
    if let Some(place) = handshake.failed.as_ref().filter(|_| handshake.reasons.is_empty()) {
        progress.pass_before(Stage::Tls, place);
        progress.fail(Stage::Tls, place);
    }
    for reason in &handshake.reasons {
        let place = handshake.place(reason);
        progress.pass_before(Stage::Tls, &place);
        let chosen = handshake.chosen.is_some();
        progress.fail(tls_objections::stage_of_asa_reason(&reason.value, chosen), &place);
    }
}

/// Phones' sessions in the ASA's logs. What a phone failed at and got past later is no failure now.
fn from_sessions(messages: &[Message<'_>], progress: &mut Progress) {
    for message in messages.iter().filter(|message| message.is_phones()) {
        let place = message.place();
        if let Some(stage) = session_reached(&message.event.message) {
            progress.pass_before(stage, &place);
        }
        // Licences and limits lie before the connection: they say nothing of the stages between.
        if let Step::Failed { stage, .. } = message.step()
            && stage >= Stage::Reach
        {
            progress.pass_before(stage, &place);
            if message.is_current() {
                progress.fail(stage, &place);
            }
        }
    }
}

/// The stage in which a session is when the ASA logs this; everything before it was passed.
fn session_reached(message: &AsaMessage) -> Option<Stage> {
    use AsaMessage as M;
    match message {
        M::UserFromCertificate { .. } => Some(Stage::Login),
        M::LoginAccepted { .. } | M::ParentSessionStarted { .. } => Some(Stage::Posture),
        M::DapSelected { .. } => Some(Stage::Policy),
        M::AddressAssigned { .. } => Some(Stage::Tunnel),
        M::Transport { step: TransportStep::First | TransportStep::Established, .. } => {
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
            let progress = of(&Documents::of(&readings), &[], &[]);
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
