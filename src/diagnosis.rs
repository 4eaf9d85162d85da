//! A [`Diagnosis`]: all that is said of a case, in both languages, as page, report and command line show it.

use serde::{Deserialize, Serialize};

use crate::exchange::Exchange;
use crate::finding::{Conclusion, ShownBy};
use crate::input::{Input, Kind};
use crate::limits::LeftOut;
use crate::need::Need;
use crate::source::{At, Place};
use crate::stage::{Stage, StageState};
use crate::text::{Lang, Text};

mod path;
mod strings;

pub use path::PathView;

/// What is said of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Names are pseudonyms: it went through `report::redact`.
    pub redacted: bool,
    /// The one sentence.
    pub verdict: Verdict,
    /// What became of it since an earlier report; `None` where none is there.
    pub since: Option<Since>,
    /// Every input, in the order in which they were given; an input's id is its place in this list.
    pub inputs: Vec<Input>,
    /// Every certificate seen.
    pub certificates: Vec<CertificateRow>,
    /// Every certificate hash seen in a text.
    pub hashes: Vec<HashRow>,
    /// The twelve stages in order.
    pub stages: Vec<StageRow>,
    /// Findings, the most important first; an echo follows its cause.
    pub findings: Vec<Conclusion>,
    /// Rules that were checked and found nothing.
    pub passed: Vec<RuleRow>,
    /// Rules that wait for evidence.
    pub waiting: Vec<WaitingRow>,
    /// Open questions that some of those ask, in the order of `case::QUESTIONS`.
    pub questions: Vec<QuestionRow>,
    /// What happened, in the order of each input.
    pub timeline: Vec<TimelineRow>,
    /// How the clocks of the inputs stand to each other.
    pub clocks: Vec<ClockRow>,
    /// What the group policies do to the phones of each tunnel group that serves phones.
    pub policies: Vec<PolicyView>,
    /// Which version, suite and certificate come out between the phones and each ASA.
    pub negotiations: Vec<NegotiationView>,
    /// What the evidence shows of each phone, the one in most trouble first.
    pub phones: Vec<PhoneRow>,
    /// What is known of each place between phone and CUCM.
    pub path: PathView,
    /// Who is ready for the ASA's next certificate; `None` where no certificate is presented.
    pub renewal: Option<RenewalView>,
    /// What is not listed, because there is too much of it.
    #[serde(default)]
    pub left_out: LeftOut,
}

/// The state of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VerdictState {
    /// A blocker was found.
    Fault,
    /// Warnings only.
    Suspect,
    /// Nothing was found, every input that could be evidence was understood, no log tells of a phone that failed or of
    /// attempts without an end, and some stage is shown to be passed.
    Clear,
    /// Too little could be checked, or something was not understood: the sentence says what.
    Unknown,
}

impl VerdictState {
    /// The id in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Suspect => "suspect",
            Self::Clear => "clear",
            Self::Unknown => "unknown",
        }
    }
}

/// The sentence on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The state of the case.
    pub state: VerdictState,
    /// The rule that the verdict rests on.
    pub rule: Option<String>,
    /// Its stage.
    pub stage: Option<Stage>,
    /// What is wrong, in the person's words.
    pub sentence: Text,
    /// The one thing to know besides, above all why; may be empty.
    pub detail: Text,
}

/// An earlier report against this diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// The input that holds the earlier report; `None` where it was given beside the case.
    pub input: Option<u32>,
    /// The language of the report's own words, where it is known.
    pub language: Option<Lang>,
    /// The sentence of its verdict, in its language.
    pub sentence: String,
    /// The case has nothing else: nothing is compared, and what the report found is only listed.
    pub alone: bool,
    /// How many findings are fixed, new and the same, in one sentence.
    pub summary: Text,
    /// What limits the comparison, one sentence each.
    pub notes: Vec<Text>,
    /// Found then, looked for now and not found.
    pub fixed: Vec<Change>,
    /// Found now and not then.
    pub new: Vec<Change>,
    /// Found then and now.
    pub same: Vec<Change>,
    /// Found then, and not looked for now: what would show it is missing.
    pub unchecked: Vec<Change>,
}

impl Since {
    /// The lists in the order in which they are shown.
    pub fn lists(&self) -> [(Became, &[Change]); 4] {
        [
            (Became::Fixed, &self.fixed),
            (Became::New, &self.new),
            (Became::Same, &self.same),
            (Became::Unchecked, &self.unchecked),
        ]
    }

    /// True where the finding at this place of [`Diagnosis::findings`] was not in the earlier report.
    pub fn is_new(&self, finding: usize) -> bool {
        self.new.iter().any(|change| change.finding.and_then(|at| usize::try_from(at).ok()) == Some(finding))
    }
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// Gone.
    Fixed,
    /// Not there before.
    New,
    /// Still there.
    Same,
    /// Not looked for.
    Unchecked,
}

impl Became {
    /// The id in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::New => "new",
            Self::Same => "same",
            Self::Unchecked => "unchecked",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> Text {
        match self {
            Self::Fixed => Text::fixed("Fixed", "Behoben"),
            Self::New => Text::fixed("New", "Neu"),
            Self::Same => Text::fixed("The same", "Unverändert"),
            Self::Unchecked => Text::fixed("Not checked this time", "Diesmal nicht geprüft"),
        }
    }
}

/// One finding, then or now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its rule; of an earlier report it may be one that is not known here.
    pub rule: String,
    /// Its stage, where it is known.
    pub stage: Option<Stage>,
    /// Its title.
    pub title: Text,
    /// Its place in [`Diagnosis::findings`], where it is found now.
    pub finding: Option<u32>,
    /// The name of the file that shows it; may be empty.
    pub file: String,
    /// The line's number in it.
    pub line: Option<u32>,
    /// The line; may be empty.
    pub text: String,
    /// What is to be said besides; may be empty.
    pub note: Text,
}

/// One stage of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    /// Which.
    pub stage: Stage,
    /// What is known of it.
    pub state: StageState,
    /// Why, in a few words.
    pub because: Text,
}

/// A rule by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// Its id.
    pub rule: String,
    /// Its stage.
    pub stage: Stage,
    /// What it looks for.
    pub title: Text,
}

/// A rule that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingRow {
    /// Its id.
    pub rule: String,
    /// Its stage.
    pub stage: Stage,
    /// What it looks for.
    pub title: Text,
    /// Any one of these would let it run.
    pub needs: Vec<Need>,
}

/// A question that nobody answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    /// Its key.
    pub key: String,
    /// The rules that wait for its answer.
    pub rules: Vec<String>,
    /// Answers that the case itself names, the likeliest first.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// An answer that the case itself names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The answer: an address, a user or a phone's name.
    pub value: String,
    /// What the case shows of it: `12 failures; Invalid password`.
    pub says: Text,
}

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRow {
    /// The input that it was found in.
    pub input: u32,
    /// Where in it.
    pub at: At,
    /// `asa-identity`, `asa-ca`, `asa-self-signed`, `phone-mic`, `phone-lsc`, `capf`, `cisco-ca`, or `unknown`.
    pub role: String,
    /// Where it was found, for example the trust-point that holds it; may be empty.
    pub label: String,
    /// Distinguished name in RFC 4514 order; empty where the fields could not be read.
    pub subject: String,
    /// Distinguished name in RFC 4514 order.
    pub issuer: String,
    /// Lower-case hexadecimal.
    pub serial: String,
    /// Seconds since 1970.
    pub not_before: Option<i64>,
    /// Seconds since 1970.
    pub not_after: Option<i64>,
    /// For example `RSA 2048` or `EC P-256`.
    pub key: String,
    /// For example `sha256WithRSAEncryption`.
    pub signature: String,
    /// Subject alternative names: DNS names, addresses, e-mail addresses, uris.
    pub names: Vec<String>,
    /// Subject and issuer are the same.
    pub self_signed: bool,
    /// Basic constraints say CA.
    pub ca: bool,
    /// Lower-case hexadecimal.
    pub md5: String,
    /// Lower-case hexadecimal.
    pub sha1: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Base64, as it stands in a phone's configuration.
    pub sha1_base64: String,
    /// What could not be read of it, and why.
    pub notes: Vec<Text>,
    /// Length of its DER encoding in bytes.
    pub der_bytes: u32,
    /// Line by line what the certificate says, for the certificate view: name and value.
    pub details: Vec<(Text, String)>,
    /// Who says that the ASA presents it.
    #[serde(default)]
    pub shown_by: Vec<ShownBy>,
}

/// One hash seen in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashRow {
    /// The input.
    pub input: u32,
    /// Where.
    pub at: At,
    /// As it was written.
    pub text: String,
    /// `md5`, `sha1`, `sha256` or `sha512`.
    pub algorithm: String,
    /// Lower-case hexadecimal.
    pub hex: String,
    /// Places in [`Diagnosis::certificates`] of the certificates that have this hash.
    pub certificates: Vec<u32>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineRow {
    /// The input.
    pub input: u32,
    /// Where.
    pub at: At,
    /// The device's own time, as far as it is known; empty where it printed none.
    pub time: String,
    /// The same on the clock of the case, where that is known.
    pub aligned: Option<String>,
    /// The stage that it belongs to.
    pub stage: Stage,
    /// What happened.
    pub says: Text,
    /// Between whom.
    pub exchange: Exchange,
}

/// How one input's clock stands to the case's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRow {
    /// The input.
    pub input: u32,
    /// Milliseconds to add to its times.
    pub offset_millis: i64,
    /// The true offset lies within so many milliseconds of that.
    pub within_millis: i64,
    /// What it was found from.
    pub from: Text,
}

/// The effective policy of the phones of one tunnel group on one ASA.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// The input that holds the configuration.
    pub input: u32,
    /// The tunnel group.
    pub tunnel_group: String,
    /// Why this tunnel group is taken for the phones'.
    pub serves: Text,
    /// The user whose own attributes count, where the view is of one; else empty.
    pub user: String,
    /// The group policy that the phones get; empty where it is not known.
    pub group_policy: String,
    /// How that policy was found, in order of precedence, one step each.
    pub path: Vec<Text>,
    /// Every setting that matters to a phone.
    pub settings: Vec<PolicySetting>,
    /// What this configuration cannot prove, one sentence each.
    pub unproven: Vec<Text>,
}

/// One setting of a [`PolicyView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySetting {
    /// The ASA's own word, for example `vpn-simultaneous-logins`.
    pub attribute: String,
    /// The value as configured, or the default; empty where it is not known.
    pub value: String,
    /// Where the value comes from.
    pub origin: Origin,
    /// The group policy or user that sets it; empty for a default.
    pub from: String,
    /// The line that sets it.
    pub place: Option<Place>,
    /// The rule that objects to it.
    pub rule: Option<String>,
}

/// Where a setting's value comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Set in the phones' own group policy.
    Own,
    /// Inherited from DfltGrpPolicy.
    Inherited,
    /// Set for the user.
    User,
    /// Set for the tunnel group.
    TunnelGroup,
    /// Nobody sets it: the release's default.
    Default,
    /// The configuration at hand does not show it.
    #[default]
    Unknown,
}

/// What phones and one ASA agree on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NegotiationView {
    /// The input that holds the ASA's settings.
    pub input: u32,
    /// The ASA's release, or empty where it is not known.
    pub release: String,
    /// One row for each kind of phone in the case, and for the kinds that the case has none of.
    pub rows: Vec<NegotiationRow>,
    /// Which certificate is presented to whom: three kinds of phones by four sets of certificates.
    pub table: Vec<CertificateCell>,
    /// What is assumed and not shown, one sentence each.
    pub assumed: Vec<Text>,
}

/// What one kind of phone and the ASA agree on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NegotiationRow {
    /// The kind of phone.
    pub phone: Text,
    /// Such a phone is in the case.
    pub own: bool,
    /// OpenSSL names of the suites that it offers, in order.
    pub offers: Vec<String>,
    /// OpenSSL names of the suites that the ASA allows for the version.
    pub allows: Vec<String>,
    /// The version agreed on, for example `TLSv1`; empty where none is.
    pub version: String,
    /// The suite agreed on; empty where none is.
    pub suite: String,
    /// Which certificate it is given.
    pub certificate: Text,
    /// What comes of the data channel over UDP (DTLS), in one sentence; may be empty.
    pub data: Text,
    /// In one sentence.
    pub outcome: Text,
    /// Whether it works; `None` where that cannot be told.
    pub works: Option<bool>,
    /// The lines that it was worked out from.
    pub places: Vec<Place>,
    /// What its own hello said besides: versions, curves, signatures. Empty where no capture shows one.
    #[serde(default)]
    pub heard: Vec<(Text, String)>,
}

/// One cell of the table of certificates (Cisco 116162): what the phone offers by which certificates are bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateCell {
    /// What the phone offers.
    pub offers: Text,
    /// Which certificates the interface has.
    pub bound: Text,
    /// Which certificate and suites are used.
    pub presented: Text,
    /// A handshake comes about.
    pub works: bool,
    /// It is the case at hand.
    pub own: bool,
}

/// What the case shows of a renewal of the ASA's certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalView {
    /// The certificate that the ASA presents: its place in [`Diagnosis::certificates`].
    pub presented: Option<u32>,
    /// The certificate that is kept ready.
    pub next: Option<u32>,
    /// The certificate that was presented before: phones still trust it, or it has the same subject and is older.
    pub previous: Option<u32>,
    /// How many further certificates are presented, by another interface or another ASA.
    pub further_presented: u32,
    /// Both have the same subject: CSCuh19734 threatens.
    pub same_subject: bool,
    /// The trust-point that is bound now; may be empty.
    pub trustpoint: String,
    /// The trust-point that holds the next certificate; may be empty.
    pub next_trustpoint: String,
    /// The trust-point that holds the previous certificate; may be empty.
    pub previous_trustpoint: String,
    /// The interface; may be empty.
    pub interface: String,
    /// Every phone whose configuration is there.
    pub phones: Vec<RenewalPhone>,
}

/// Whether one phone is ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalPhone {
    /// Its name.
    pub name: String,
    /// Its VPN settings.
    pub place: Option<Place>,
    /// It trusts what is presented now.
    pub trusts_presented: bool,
    /// It trusts the next certificate, too.
    pub trusts_next: bool,
    /// It trusts the previous certificate.
    pub trusts_previous: bool,
    /// It trusts the CA that issued the presented one.
    pub trusts_issuer: bool,
}

/// What the evidence shows of one phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneRow {
    /// `SEP001122334455`; empty where only an address is known.
    pub name: String,
    /// The model, for example `CP-7962G`; may be empty.
    pub model: String,
    /// Public addresses that it came from, at most three.
    pub addresses: Vec<String>,
    /// Attempts seen.
    pub attempts: u32,
    /// Attempts that got an address or a tunnel.
    pub connected: u32,
    /// The furthest stage that an attempt of it passed; `None` where none is seen.
    pub furthest: Option<Stage>,
    /// The stage where its last attempt ended, where it failed.
    pub failed: Option<Stage>,
    /// Why, as the device's words tell.
    pub reason: Text,
    /// Time of the last thing seen of it, as printed; may be empty.
    pub last: String,
    /// The line that tells most.
    pub place: Option<Place>,
}

impl Diagnosis {
    /// The name of an input, behind those of the archives that it lies in: `ticket.zip › prt.tar.gz › logs/messages`.
    pub fn full_name(&self, input: u32) -> String {
        let at = |id: u32| usize::try_from(id).ok().and_then(|id| self.inputs.get(id));
        let Some(named) = at(input) else { return String::new() };
        let (mut name, mut inside) = (named.name.clone(), named.inside.filter(|holder| *holder < input));
        while let Some((id, holder)) = inside.and_then(|id| Some((id, at(id)?))) {
            if holder.kind == Kind::Archive {
                name = format!("{} › {name}", holder.name);
            }
            inside = holder.inside.filter(|outer| *outer < id);
        }
        name
    }

    /// True where the gateway is another product and nothing of an ASA is in the case.
    pub fn is_without_asa(&self) -> bool {
        let of_asa = |kind: Kind| {
            matches!(
                kind,
                Kind::AsaConfig
                    | Kind::AsaVersion
                    | Kind::AsaSsl
                    | Kind::AsaSyslog
                    | Kind::AsaDebug
                    | Kind::AsaCertificates
                    | Kind::AsaSessions
            )
        };
        self.findings.iter().any(|found| found.rule == "gateway-not-an-asa")
            && !self.inputs.iter().any(|input| of_asa(input.kind))
    }

    /// What a kind of evidence is called in this case.
    pub fn name_of(&self, need: Need) -> Text {
        if self.is_without_asa() { need.name_without_asa() } else { need.name() }
    }

    /// How to get it in this case.
    pub fn way_to(&self, need: Need) -> Text {
        if self.is_without_asa() { need.how_to_get_without_asa() } else { need.how_to_get() }
    }

    /// What to bring, and the rules that each piece would let run; the most useful piece first.
    pub fn bring(&self) -> Vec<(Need, Vec<&WaitingRow>)> {
        let mut bring: Vec<(Need, Vec<&WaitingRow>)> = Vec::new();
        for need in Need::ALL {
            let rows: Vec<&WaitingRow> =
                self.waiting.iter().filter(|row| row.needs.contains(&need)).collect();
            if !rows.is_empty() {
                bring.push((need, rows));
            }
        }
        bring.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
        bring
    }
}
