//! What a rule says when it fires, and what a person reads of it.
//!
//! A rule returns [`Finding`]s; `diagnose` joins each with its rule's prose to a [`Conclusion`].

use serde::{Deserialize, Serialize};

use crate::source::{At, Place, Searched, Stated};
use crate::stage::Stage;
use crate::strings::{EachString, Holds, Strings, no_strings, strings};
use crate::text::Text;

/// How bad it is for the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The phone cannot work while it stands.
    Blocker,
    /// It will fail later, or for some phones.
    Warning,
    /// Worth knowing.
    Notice,
}

impl Severity {
    /// The id in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Blocker => "blocker",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The evidence says it outright.
    Certain,
    /// The evidence fits, and little else would explain it.
    Likely,
    /// It would explain the evidence; so would other things.
    Possible,
}

impl Confidence {
    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// One piece of proof: a line, an absence, or an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// The input's id; `None` for an answer of the person.
    pub input: Option<u32>,
    /// Where it stands; `None` for an absence or an answer.
    pub at: Option<At>,
    /// What this piece shows, in plain words.
    pub says: Text,
    /// The part of the excerpt that tells; empty where the whole line does.
    pub mark: String,
    /// Where the evidence is that something is not there: which lines were searched.
    pub looked_in: Option<String>,
}

impl Evidence {
    /// A line or byte of an input.
    pub fn at(place: &Place, says: Text) -> Self {
        Self {
            input: Some(place.input),
            at: Some(place.at.clone()),
            says,
            mark: String::new(),
            looked_in: None,
        }
    }

    /// The same, with the telling part of the line marked.
    pub fn marked(place: &Place, mark: &str, says: Text) -> Self {
        Self { mark: mark.to_owned(), ..Self::at(place, says) }
    }

    /// Something is not in an input, although it would have been seen there.
    pub fn absent(input: u32, looked_in: impl Into<String>, says: Text) -> Self {
        let looked_in = Some(looked_in.into());
        Self { input: Some(input), at: None, says, mark: String::new(), looked_in }
    }

    /// Likewise, of lines that a fact names.
    pub fn not_in(searched: &Searched, says: Text) -> Self {
        Self::absent(searched.input, searched.what.clone(), says)
    }

    /// A value that a fact states.
    pub fn stated<T>(stated: &Stated<T>, says: Text) -> Self {
        Self::at(&stated.place, says)
    }

    /// The person said so; `says` quotes it.
    pub fn answer(says: Text) -> Self {
        Self { input: None, at: None, says, mark: String::new(), looked_in: None }
    }
}

/// Two hashes that should be equal, for a picture that puts them one under the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashComparison {
    /// What the phone trusts.
    pub trusted: HashSide,
    /// What the ASA presents.
    pub presented: HashSide,
}

/// One side of a [`HashComparison`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashSide {
    /// The bytes of the hash.
    pub bytes: Vec<u8>,
    /// Where it was seen.
    pub seen: Vec<Place>,
}

/// A rule's answer before it is told to a person. It cannot be made without evidence.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How sure.
    pub confidence: Confidence,
    /// Where it differs from the rule's own severity.
    pub severity: Option<Severity>,
    /// A title for just this case; else the rule's own.
    pub title: Option<Text>,
    /// What is particular to this case, above all the WHY, one paragraph each; shown before the rule's prose.
    pub because: Vec<Text>,
    /// The proof, the most telling piece first. Never empty.
    evidence: Vec<Evidence>,
    /// Values for the `{placeholders}` of the rule's prose.
    pub values: Vec<(&'static str, String)>,
    /// Likewise, worked out here and so free of anything that a file could smuggle in.
    pub computed: Vec<(&'static str, String)>,
    /// Labels of the labelled fix blocks that this case wants, besides the unlabelled ones.
    pub fixes: Vec<&'static str>,
    /// Two hashes to show one under the other.
    pub comparison: Option<HashComparison>,
}

impl Finding {
    /// A finding and its first proof.
    pub fn new(confidence: Confidence, proof: Evidence) -> Self {
        Self {
            confidence,
            severity: None,
            title: None,
            because: Vec::new(),
            evidence: vec![proof],
            values: Vec::new(),
            computed: Vec::new(),
            fixes: Vec::new(),
            comparison: None,
        }
    }

    /// More proof.
    #[must_use]
    pub fn and(mut self, proof: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(proof);
        self
    }

    /// More proof, for a finding that is shared.
    pub fn add(&mut self, proof: impl IntoIterator<Item = Evidence>) {
        self.evidence.extend(proof);
    }

    /// What is particular to this case.
    #[must_use]
    pub fn because(mut self, text: Text) -> Self {
        self.because.push(text);
        self
    }

    /// A value for a `{placeholder}`. It may come from a file: where it could do harm in a command it is
    /// replaced by a visible `<placeholder>` (see [`safe_name`]).
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// A value that was worked out here, such as a hash or a number: it may stand anywhere.
    #[must_use]
    pub fn computed(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.computed.push((name, value.into()));
        self
    }

    /// Asks for a labelled fix block of the rule's prose.
    #[must_use]
    pub fn fix(mut self, label: &'static str) -> Self {
        self.fixes.push(label);
        self
    }

    /// The same as a warning, where it is no more than possible.
    pub fn no_blocker_if_only_possible(mut self) -> Self {
        if self.confidence == Confidence::Possible {
            self.severity = Some(Severity::Warning);
        }
        self
    }

    /// The proof, never empty.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }
}

/// True for a name from a file that may stand in a command to copy: `^[A-Za-z0-9_.:/@-]{1,64}$`.
pub fn safe_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.:/@-".contains(&b))
}

/// Where a fix is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// On the ASA, by command line.
    Asa,
    /// In CUCM's administration pages.
    Cucm,
    /// On the phone itself.
    Phone,
    /// Between phone and ASA: DNS, routers, firewalls.
    Network,
}

impl Target {
    /// The id in reports and in the prose's headings.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Asa => "asa",
            Self::Cucm => "cucm",
            Self::Phone => "phone",
            Self::Network => "network",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> Text {
        match self {
            Self::Asa => Text::fixed("ASA", "ASA"),
            Self::Cucm => Text::fixed("CUCM", "CUCM"),
            Self::Phone => Text::fixed("Phone", "Telefon"),
            Self::Network => Text::fixed("Network", "Netz"),
        }
    }
}

/// What to do, how to take it back, and what to see afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Where.
    pub on: Target,
    /// Steps in order.
    pub steps: Vec<Text>,
    /// Commands in order, complete, to be pasted as they stand.
    pub commands: Vec<String>,
    /// How to take it back.
    pub undo: Vec<Text>,
    /// What to see afterwards.
    pub verify: Vec<Text>,
}

/// A finding as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// The rule's id.
    pub rule: String,
    /// The stage that it concerns.
    pub stage: Stage,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What is wrong, in one line.
    pub title: Text,
    /// Why, one paragraph each; what is particular to this case first.
    pub explanation: Vec<Text>,
    /// The proof.
    pub evidence: Vec<Evidence>,
    /// How many further pieces of the same proof were left out.
    pub more_evidence: u32,
    /// How many further findings of the same rule were left out; told with the first of them.
    pub more_of_kind: u32,
    /// The phones that it is about, as far as its proof names them, what was left out included.
    #[serde(default)]
    pub concerned: Concerned,
    /// What to do.
    pub fix: Vec<Fix>,
    /// The id of the rule whose finding this one only echoes.
    pub caused_by: Option<String>,
    /// Where the facts come from.
    pub sources: Vec<String>,
    /// Two hashes to show one under the other.
    pub comparison: Option<HashComparison>,
}

/// The phones that a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concerned {
    /// Their names in order, each once.
    pub names: Vec<String>,
    /// How many more there are.
    pub more: u32,
}

impl Concerned {
    /// How many phones that are.
    pub fn count(&self) -> usize {
        self.names.len().saturating_add(usize::try_from(self.more).unwrap_or(usize::MAX))
    }
}

/// Who says that the ASA presents a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownBy {
    /// In words.
    pub says: Text,
    /// Where.
    pub place: Place,
    /// A stronger witness shows another certificate.
    pub disputed: bool,
}

no_strings! { Confidence Severity Target }

strings! {
    HashComparison { trusted, presented }
    HashSide { bytes, seen }
    Fix { on, steps, commands, undo, verify }
    Conclusion {
        rule: Own, stage, severity, confidence, title, explanation, evidence, more_evidence, more_of_kind,
        concerned, fix, caused_by: Own, sources: Own, comparison,
    }
    Concerned { names: Phone, more }
    ShownBy { says, place, disputed }
}

impl Strings for Evidence {
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>) {
        let Self { input: _, at, says, mark, looked_in } = self;
        let marks = |at: &Option<At>, mark: &str| at.as_ref().is_some_and(|at| at.text.contains(mark));
        let marked = marks(at, mark);
        at.each_string(holds, each);
        says.each_string(holds, each);
        each(mark, holds);
        looked_in.each_string(holds, each);
        // What was marked may have become another word of the line.
        if marked && !marks(at, mark) {
            mark.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_do_harm_is_told_apart() {
        for good in ["VPNPhone", "asa.example.com", "https://vpn.example.com/VPNPhone", "a@b-c_d"] {
            assert!(safe_name(good), "{good}");
        }
        for bad in ["", "a b", "x\nno crypto ca trustpoint y", "x;reload", "ä", &"a".repeat(65)] {
            assert!(!safe_name(bad), "{bad:?}");
        }
    }
}
