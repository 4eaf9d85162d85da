//! What rules about logged failures share: how sure they are, and whether they still count.
//!
//! A failure that its phone got past later is no fault now, so a finding of nothing else is a notice that says when it
//! was over. One that nothing ties to a phone is possible at most, and a warning. Whose a line is, and whether it is
//! over, is told by [`crate::facts::whose`]; here it is only put into words.

use crate::case::Case;
use crate::facts::whose::{Message, Over, Witness};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::observe::What;
use crate::text::{Class, Text};

/// A line that tells of a failure.
#[derive(Clone, Debug)]
pub struct Line {
    /// How sure it is that it is a phone's.
    pub confidence: Confidence,
    /// What ties it.
    pub witness: Witness,
    /// Where it was over.
    pub over: Option<Over>,
    /// The line itself.
    pub proof: Evidence,
}

impl Line {
    /// A message of an ASA's log.
    pub fn of(message: &Message<'_>, says: Text) -> Self {
        Self {
            confidence: message.confidence(),
            witness: message.witness,
            over: message.over.clone(),
            proof: Evidence::at(&message.place(), says),
        }
    }
}

/// What an ASA's log tells of phones, or of clients that may be phones.
pub fn lines(case: &Case<'_>, says: &Text, tells: impl Fn(&What<'_>) -> bool) -> Vec<Line> {
    let messages = case.messages.iter().filter(|message| tells(&message.what));
    messages.map(|message| Line::of(message, says.clone())).collect()
}

/// The lines that speak, those that count first and the surest of them before others. Where some are phones', what
/// nothing at all ties is another client's that fails beside them.
pub fn in_order(mut lines: Vec<Line>) -> Vec<Line> {
    if lines.iter().any(|line| line.confidence < Confidence::Possible) {
        lines.retain(|line| line.witness != Witness::Nothing);
    }
    lines.sort_by_key(|line| (line.over.is_some(), line.confidence));
    lines
}

/// One finding of lines that say the same; `None` where there are none.
pub fn finding(lines: Vec<Line>) -> Option<Finding> {
    let lines = in_order(lines);
    let mut proofs = lines.iter().map(|line| line.proof.clone());
    let finding = Finding::new(lines.first()?.confidence, proofs.next()?).and(proofs);
    Some(weighed(finding, &lines))
}

/// Weighs a finding by the lines that it rests on: the surest of those that count speaks for all.
pub fn weighed(mut finding: Finding, lines: &[Line]) -> Finding {
    if let Some(over) = over(lines) {
        finding.severity = Some(Severity::Notice);
        let line = over.place.at.line;
        let because = match (&over.stamp, over.passed) {
            (Some(stamp), true) => OVER_AT.number("line", line).with("when", Class::Words, stamp.to_string()),
            (None, true) => OVER.number("line", line),
            (_, false) => ELSEWHERE.number("line", line),
        };
        let says = if over.passed { PAST } else { FAILS };
        return finding.because(because).and([Evidence::at(&over.place, says)]);
    }
    let Some(confidence) = surest(lines) else { return finding };
    if confidence == Confidence::Possible && finding.confidence == Confidence::Possible {
        finding.severity = Some(finding.severity.unwrap_or(Severity::Warning).max(Severity::Warning));
        finding = finding.because(untied(lines));
    }
    finding
}

/// How sure the lines are that count; `None` where none does.
pub fn surest(lines: &[Line]) -> Option<Confidence> {
    lines.iter().filter(|line| line.over.is_none()).map(|line| line.confidence).min()
}

/// Nothing but a possibility ties those that count.
pub fn is_untied(lines: &[Line]) -> bool {
    surest(lines) == Some(Confidence::Possible)
}

/// Where the last of them was over; `None` where one still counts.
pub fn over(lines: &[Line]) -> Option<&Over> {
    let all: Option<Vec<&Over>> = lines.iter().map(|line| line.over.as_ref()).collect();
    all?.into_iter().max_by_key(|over| (over.passed, over.place.input, over.place.at.order))
}

/// Why it is only possible.
fn untied(lines: &[Line]) -> Text {
    match lines.iter().map(|line| line.witness).min() {
        Some(Witness::Name) => ONLY_NAMED,
        Some(Witness::SharedAddress) => SHARED,
        Some(Witness::SharedGroup) => SHARED_GROUP,
        _ => NOT_TIED,
    }
}

const PAST: Text = Text::fixed("here the phone gets past it", "Hier kommt das Telefon darüber hinaus");
const FAILS: Text =
    Text::fixed("here the phone's last attempt fails", "Hier scheitert der letzte Versuch des Telefons");
const OVER_AT: Text = Text::fixed(
    "This was over at {when}: by line {line} the phone got past it.",
    "Das war um {when} vorbei: In Zeile {line} ist das Telefon darüber hinaus.",
);
const OVER: Text = Text::fixed(
    "This was over later: by line {line} the phone got past it.",
    "Das war später vorbei: In Zeile {line} ist das Telefon darüber hinaus.",
);
const ELSEWHERE: Text = Text::fixed(
    "This was an earlier attempt; the phone's last one failed elsewhere, in line {line}.",
    "Das war ein früherer Versuch; der letzte des Telefons ist anderswo gescheitert, in Zeile {line}.",
);
/// Why something is possible at most.
pub const NOT_TIED: Text = Text::fixed(
    "Nothing ties this to a phone: another client may have caused it.",
    "Nichts verbindet das mit einem Telefon: Ein anderer Client kann es ausgelöst haben.",
);
const ONLY_NAMED: Text =
    Text::fixed("Nothing but a name ties this to a phone.", "Nur ein Name verbindet das mit einem Telefon.");
const SHARED_GROUP: Text = Text::fixed(
    "The user is in a group of phones, but phones are called otherwise there.",
    "Der Benutzer ist in einer Gruppe von Telefonen; Telefone heißen dort aber anders.",
);
const SHARED: Text = Text::fixed(
    "The address is shared: a phone and other clients come from it.",
    "Die Adresse ist geteilt: Von ihr kommen ein Telefon und andere Clients.",
);
