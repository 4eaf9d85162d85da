//! Where on the way from the phone to CUCM a case stands, part by part, in the words and figures of its picture.
//!
//! The ladder says what is known of each of the twelve stages; here they lie where they happen, so that a person sees
//! between whom it breaks.

use crate::diagnosis::{Diagnosis, VerdictState};
use crate::exchange::End;
use crate::finding::{Confidence, Target};
use crate::stage::{Stage, StageState};
use crate::text::Text;
use crate::views::sequence;

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

    /// What it is called in this case.
    pub fn name(self, diagnosis: &Diagnosis) -> Text {
        match self {
            Self::Phone => sequence::name(End::Phone),
            Self::Way => sequence::name(End::Network),
            Self::Gateway if diagnosis.is_without_asa() => GATEWAY,
            Self::Gateway => sequence::name(End::Asa),
            Self::Tunnel => Stage::Tunnel.name(),
            Self::Cucm => sequence::name(End::Cucm),
        }
    }

    /// What is drawn of it, as the path of an SVG around its middle, at most 40 pixels wide and high; empty for a line.
    pub const fn figure(self) -> &'static str {
        match self {
            Self::Phone => {
                "M-17-17h34v34h-34zM-12-12h5v24h-5zM-2-12h14v9h-14zM-2 3h3M5 3h3M11 3h1M-2 9h3M5 9h3M11 9h1"
            }
            Self::Gateway => {
                "M-19-15h38v30h-38zM-19-5h38M-19 5h38M-6-15v10M8-15v10M-12-5v10M2-5v10M-6 5v10M8 5v10"
            }
            Self::Cucm => {
                "M-15-18h30v10h-30zM-15-5h30v10h-30zM-15 8h30v10h-30zM-10-13h3M-10 0h3M-10 13h3M3-13h7M3 0h7M3 13h7"
            }
            Self::Way | Self::Tunnel => "",
        }
    }

    /// The lines that lead from it to its left and right edge, as paths of an SVG; empty at the ends of the way.
    pub const fn leads(self) -> (&'static str, &'static str) {
        match self {
            Self::Phone => ("", "M26 0H999"),
            Self::Gateway => ("M-26 0H-999", "M26 0H999"),
            Self::Way | Self::Tunnel => ("M0 0H-999", "M0 0H999"),
            Self::Cucm => ("M-26 0H-999", ""),
        }
    }

    /// Where the sign of a break is put: beside what stands there, or in the middle of the line.
    pub const fn sign_at(self) -> &'static str {
        if self.figure().is_empty() { "translate(0 0)" } else { "translate(20 -12)" }
    }
}

/// The sign of a break, as the path of an SVG.
pub const SIGN: &str = "M-5-5l10 10M5-5L-5 5";

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

impl PartState {
    /// It breaks here, or may.
    pub const fn is_break(self) -> bool {
        matches!(self, Self::Breaks | Self::MayBreak)
    }

    /// As a stage in this state looks.
    pub const fn as_stage(self) -> StageState {
        match self {
            Self::Breaks | Self::Fails => StageState::Failed,
            Self::MayBreak | Self::Warns => StageState::Warned,
            Self::Passed => StageState::Passed,
            Self::Partly | Self::Unknown => StageState::Unknown,
            Self::NotReached => StageState::NotReached,
        }
    }

    /// What is said of it at this stage; `None` where it is what is said of every stage in its state.
    pub fn word(self, stage: Stage) -> Option<Text> {
        let at = |word: Text| Some(word.nested("stage", stage.name()));
        match self {
            Self::Breaks => at(BREAKS),
            Self::MayBreak => at(MAY_BREAK),
            Self::Fails => at(FAILS),
            Self::Warns => at(WARNS),
            Self::Partly => Some(PARTLY),
            // What is not reached is a stage: its part may be, as an ASA is whose certificate is refused.
            Self::NotReached => at(NOT_REACHED),
            Self::Passed | Self::Unknown => None,
        }
    }
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

/// What the picture is called.
pub const LABEL: Text = Text::fixed("From the phone to CUCM", "Vom Telefon zum CUCM");
/// Said of a part of which no file tells anything.
pub const NOT_SHOWN: Text = Text::fixed("not shown in your files", "aus den Dateien nicht erkennbar");
const GATEWAY: Text = Text::fixed("Gateway", "Gateway");
const BREAKS: Text = Text::fixed("Here it breaks: {stage}", "Hier bricht es ab: {stage}");
const MAY_BREAK: Text = Text::fixed("It may break here: {stage}", "Hier bricht es vielleicht ab: {stage}");
const FAILS: Text = Text::fixed("Fails, too: {stage}", "Scheitert auch: {stage}");
const PARTLY: Text = Text::fixed("passed in part", "teilweise bestanden");
const NOT_REACHED: Text = Text::fixed("{stage}: not reached", "{stage}: nicht erreicht");
const WARNS: Text = Text::fixed("Warning: {stage}", "Warnung: {stage}");

#[cfg(test)]
mod tests {
    use crate::diagnose::{Said, diagnose};
    use crate::intake;
    use crate::limits::Limits;

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
