//! Where on the way from the phone to CUCM a case stands, part by part. A pure function.
//!
//! The ladder says what is known of each of the twelve stages; here they lie where they happen, so that a person sees
//! between whom it breaks.

use vpn_phone_doctor::diagnosis::{Diagnosis, VerdictState};
use vpn_phone_doctor::finding::{Confidence, Target};
use vpn_phone_doctor::stage::{Stage, StageState};
use vpn_phone_doctor::text::Text;

/// A part of the way, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The phone.
    Phone,
    /// Between phone and ASA.
    Way,
    /// The ASA, or what stands in its place.
    Gateway,
    /// Through the tunnel, behind the ASA.
    Tunnel,
    /// CUCM with its files.
    Cucm,
}

impl Part {
    /// Every part in order.
    pub const ALL: [Self; 5] = [Self::Phone, Self::Way, Self::Gateway, Self::Tunnel, Self::Cucm];

    /// The id in the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Way => "way",
            Self::Gateway => "gateway",
            Self::Tunnel => "tunnel",
            Self::Cucm => "cucm",
        }
    }
}

/// What is known of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartState {
    /// Here it breaks: what the verdict rests on, or what a log shows.
    Breaks,
    /// Here it may break.
    MayBreak,
    /// Something else fails here, too.
    Fails,
    /// It will fail later, or for some phones.
    Warns,
    /// Every stage of it is shown to be fine.
    Passed,
    /// Some are, of the others nothing is known.
    Partly,
    /// It never came to it.
    NotReached,
    /// Nothing is known.
    Unknown,
}

/// One part of the picture.
#[derive(Debug, PartialEq, Eq)]
pub struct Place<'d> {
    /// Which.
    pub part: Part,
    /// What is known of it.
    pub stands: PartState,
    /// The stage that tells it.
    pub stage: Stage,
    /// What it is called and where it is, as far as the case knows.
    pub lines: &'d [Text],
    /// The line that leads to it is shown to work.
    pub before: bool,
    /// Likewise, the one that leads on.
    pub after: bool,
}

/// The picture of a case; nothing where no part is known.
pub fn places(diagnosis: &Diagnosis) -> Vec<Place<'_>> {
    let path = &diagnosis.path;
    if path.is_empty() {
        return Vec::new();
    }
    let broken = broken(diagnosis);
    let lines = [&path.phone, &path.way, &path.gateway, &path.tunnel, &path.cucm];
    let passed = |stages: &[Stage]| stages.iter().all(|stage| state(diagnosis, *stage) == StageState::Passed);
    let handshake = [Stage::Reach, Stage::Tls, Stage::Trust, Stage::HostName];
    let links = [
        false,
        passed(&handshake[..1]),
        passed(&handshake),
        passed(&[Stage::Tunnel]),
        passed(&[Stage::Registration]),
        false,
    ];
    Part::ALL
        .into_iter()
        .zip(lines)
        .zip(links.windows(2))
        .map(|((part, lines), links)| {
            let (stands, stage) = state_of_part(diagnosis, part, broken);
            let (before, after) = (links.first() == Some(&true), links.last() == Some(&true));
            Place { part, stands, stage, lines, before, after }
        })
        .collect()
}

/// The stage at which it breaks, and whether it surely does.
fn broken(diagnosis: &Diagnosis) -> Option<(Stage, PartState)> {
    let verdict = &diagnosis.verdict;
    if verdict.state == VerdictState::Fault
        && let Some(stage) = verdict.stage
    {
        let main = diagnosis.findings.iter().find(|found| Some(&found.rule) == verdict.rule.as_ref());
        let possible = main.is_some_and(|found| found.confidence == Confidence::Possible);
        return Some((stage, if possible { PartState::MayBreak } else { PartState::Breaks }));
    }
    let failed = diagnosis.stages.iter().find(|row| row.state == StageState::Failed);
    failed.map(|row| (row.stage, PartState::Breaks))
}

fn state_of_part(
    diagnosis: &Diagnosis,
    part: Part,
    broken: Option<(Stage, PartState)>,
) -> (PartState, Stage) {
    let own: Vec<(Stage, StageState)> = diagnosis
        .stages
        .iter()
        .map(|row| (row.stage, row.state))
        .filter(|(stage, _)| part_of(diagnosis, *stage) == part)
        .collect();
    let of = |wanted: StageState| own.iter().find(|(_, state)| *state == wanted).map(|(stage, _)| *stage);
    let all = |wanted: StageState| !own.is_empty() && own.iter().all(|(_, state)| *state == wanted);
    let first = own.first().map_or(Stage::Prerequisites, |(stage, _)| *stage);
    if let Some((stage, stands)) = broken.filter(|(stage, _)| part_of(diagnosis, *stage) == part) {
        (stands, stage)
    } else if let Some(stage) = of(StageState::Failed) {
        (PartState::Fails, stage)
    } else if let Some(stage) = of(StageState::Warned) {
        (PartState::Warns, stage)
    } else if all(StageState::Passed) {
        (PartState::Passed, first)
    } else if of(StageState::Passed).is_some() {
        (PartState::Partly, of(StageState::Unknown).unwrap_or(first))
    } else if all(StageState::NotReached) {
        (PartState::NotReached, first)
    } else {
        (PartState::Unknown, first)
    }
}

/// Where a stage happens. The prerequisites are of the phone, unless they are mended elsewhere.
fn part_of(diagnosis: &Diagnosis, stage: Stage) -> Part {
    match stage {
        Stage::Prerequisites => {
            let own =
                diagnosis.findings.iter().find(|found| found.stage == stage && found.caused_by.is_none());
            match own.and_then(|found| found.fix.first()).map(|fix| fix.on) {
                Some(Target::Asa) => Part::Gateway,
                Some(Target::Cucm) => Part::Cucm,
                _ => Part::Phone,
            }
        }
        Stage::Provisioning => Part::Phone,
        Stage::Reach | Stage::Tls | Stage::Trust | Stage::HostName => Part::Way,
        Stage::Login | Stage::Posture | Stage::Authorisation | Stage::Policy => Part::Gateway,
        Stage::Tunnel => Part::Tunnel,
        Stage::Registration => Part::Cucm,
    }
}

fn state(diagnosis: &Diagnosis, stage: Stage) -> StageState {
    let row = diagnosis.stages.iter().find(|row| row.stage == stage);
    row.map_or(StageState::Unknown, |row| row.state)
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnose::{Said, diagnose};
    use vpn_phone_doctor::intake;
    use vpn_phone_doctor::limits::Limits;

    use super::*;

    fn case(files: &[(&str, &str)]) -> Diagnosis {
        let read = |(name, text): &(&str, &str)| intake::read(name, text.as_bytes(), &Limits::default());
        diagnose(&files.iter().map(read).collect::<Vec<_>>(), &Said::new(), 1_795_000_000)
    }

    fn drawn(case: &Diagnosis) -> Vec<(&'static str, PartState, Stage)> {
        places(case).iter().map(|place| (place.part.id(), place.stands, place.stage)).collect()
    }

    const REFUSED: &str = "902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
         904: NOT 10:19:27.361610 VPNC: ssl_state_cb: TLSv1: SSL_connect: SSLv3 read server hello A\n\
         911: ERR 10:19:27.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted\n\
         913: ERR 10:19:27.422295 VPNC: alert_err: SSL write alert: code 48, unknown CA\n\
         922: ERR 10:19:27.432467 VPNC: protocol_handler: login failed\n";
    const PHONE: &str = "<device><vpnGroup><addresses><url1>https://vpn.example.com/Phones</url1></addresses>\
         <credentials><hashAlg>0</hashAlg><certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1></credentials></vpnGroup></device>";

    #[test]
    fn it_breaks_between_phone_and_asa_where_the_certificate_is_refused() {
        let case = case(&[("SEP001122334455.cnf.xml", PHONE), ("phone.log", REFUSED)]);
        let drawn = drawn(&case);
        assert_eq!(drawn[1], ("way", PartState::Breaks, Stage::Trust), "{drawn:?}");
        assert!(drawn[2..].iter().all(|(_, stands, _)| *stands == PartState::NotReached), "{drawn:?}");
        let places = places(&case);
        assert!(places[0].after && places[1].before, "packets came to the ASA");
        assert!(places[1..].iter().all(|place| !place.after), "and no further");
        assert!(places[2].lines.is_empty(), "nothing names the ASA");
    }

    #[test]
    fn what_is_mended_on_the_asa_breaks_there_although_it_is_a_prerequisite() {
        let version = "Cisco Adaptive Security Appliance Software Version 9.1(5)\n\nedge up 20 days 3 hours\n\n\
             Licensed features for this platform:\n\
             AnyConnect for Cisco VPN Phone    : Disabled       perpetual\n";
        let case = case(&[("SEP001122334455.cnf.xml", PHONE), ("version.txt", version)]);
        assert_eq!(case.verdict.rule.as_deref(), Some("vpn-phone-licence-disabled"));
        let drawn = drawn(&case);
        assert_eq!(drawn[2], ("gateway", PartState::Breaks, Stage::Prerequisites), "{drawn:?}");
        assert!(drawn.iter().filter(|(_, stands, _)| *stands == PartState::Breaks).count() == 1);
    }

    #[test]
    fn where_no_part_is_known_there_is_no_picture_and_what_is_not_checked_is_not_passed() {
        assert!(places(&case(&[("notes.txt", "nothing that anybody knows\n")])).is_empty());
        let drawn = drawn(&case(&[("SEP001122334455.cnf.xml", PHONE)]));
        assert!(drawn[3..].iter().all(|(_, stands, _)| *stands == PartState::Unknown), "{drawn:?}");
    }
}
