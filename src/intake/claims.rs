//! Who claims an input, and who of them reads it: decided before any reader starts.

use crate::formats::{self, Claim, Format, How, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::intake::sink::Closed;
use crate::limits::Limits;
use crate::lines::{Decoded, is_binary};
use crate::text::Text;

/// A claim and the format that makes it.
pub(super) type Claimed = (Claim, &'static Format);

/// The one format of a kind that the person named, or every claim. A kind that no format is of says nothing.
pub(super) fn said_or_claimed(said: Option<Kind>, sample: &Sample<'_>) -> Vec<Claimed> {
    let Some((kind, format)) = said.and_then(|kind| Some((kind, formats::of_kind(kind)?))) else {
        return claims(sample);
    };
    vec![(Claim { kind, strength: 100, because: PERSON_SAID, share: Share::Alone }, format)]
}

/// Every claim to an input that counts, the strongest first; equals in the order of the formats. Where one of them is for
/// its format alone, nobody is asked who could only claim less.
pub(super) fn claims(sample: &Sample<'_>) -> Vec<Claimed> {
    let mut claims: Vec<Claimed> = Vec::new();
    // The strength of a claim beside which no weaker one counts.
    let mut alone = 0;
    for format in formats::ALL {
        if format.most <= alone {
            continue;
        }
        let Some(claim) = (format.recognise)(sample).filter(|claim| claim.kind != Kind::Unknown) else {
            continue;
        };
        debug_assert!(claim.strength <= format.most, "{}", format.name);
        // A recorded session too large to be held is left to the readers of its logs.
        if claim.share == Share::Alone && claim.kind != Kind::Terminal {
            alone = alone.max(claim.strength);
        }
        claims.push((claim, format));
    }
    claims.sort_by_key(|(claim, _)| std::cmp::Reverse(claim.strength));
    claims
}

/// Those of the claims, the strongest first, that read: one alone, or everyone who shares.
pub(super) fn readers_of(claims: &[Claimed]) -> Vec<Claimed> {
    let alone = claims.first().is_some_and(|(best, _)| best.share == Share::Alone);
    let reads = |(place, (claim, _)): &(usize, &Claimed)| {
        if alone { *place == 0 } else { claim.share == Share::Mixed }
    };
    claims.iter().enumerate().filter(reads).map(|(_, claim)| claim.clone()).collect()
}

/// The same for a file that is too large to be held. A recorded session of that size cannot be cut into its commands;
/// the logs that it shows are read where they stand.
pub(super) fn readers_of_stream(claims: &[Claimed]) -> Vec<Claimed> {
    match claims {
        [(best, format), rest @ ..] if best.kind == Kind::Terminal && best.because != PERSON_SAID => {
            let mut readers = readers_of(rest);
            readers.push((best.clone(), format));
            readers
        }
        _ => readers_of(claims),
    }
}

/// The format that opens an archive while its bytes come by, where it is the one that reads the input.
pub(super) fn unpacker(sample: &Sample<'_>) -> Option<Claimed> {
    let opens = |format: &Format| matches!(format.read, How::Unpacked(_));
    // Magic bytes are looked at first: all other formats would look through the text.
    let maybe = formats::ALL.iter().any(|format| opens(format) && (format.recognise)(sample).is_some());
    let best = if maybe { claims(sample).into_iter().next() } else { None };
    best.filter(|(_, format)| opens(format))
}

/// What the head of a file tells that is not read at its size.
#[derive(Debug)]
pub(super) struct Unclaimed {
    pub(super) claim: Option<Claim>,
    /// Why it is not read at any size, where that is so.
    pub(super) refusal: Vec<Note>,
}

impl Unclaimed {
    /// By the head alone.
    pub(super) fn of(sample: &Sample<'_>, claims: &[Claimed], limits: &Limits) -> Self {
        let Some((claim, format)) = claims.first() else { return Self { claim: None, refusal: Vec::new() } };
        let refusal = match format.read {
            How::Whole(read) if claim.share == Share::Alone => Some(read(sample, limits)),
            How::Holder(read) if claim.share == Share::Alone => Some(read(sample, limits, &mut Closed)),
            _ => None,
        };
        let refusal = refusal.filter(|parsed| parsed.state == InputState::Refused);
        let refusal = refusal.map(|parsed| parsed.notes).unwrap_or_default();
        Self { claim: Some(claim.clone()), refusal }
    }
}

/// The text of an input, or no lines at all where it is binary.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Decoded {
    if is_binary(bytes) { Decoded::default() } else { Decoded::new(bytes, limits.line) }
}

/// The claim to a text whose evidence lies in it as files and outputs of their own.
pub(super) const HOLDER: Claim = Claim {
    kind: Kind::Terminal,
    strength: 50,
    because: Text::fixed("files or outputs inside", "Dateien oder Ausgaben darin"),
    share: Share::Mixed,
};

/// The same for a mail, which is an archive of its attachments.
pub(super) const MAIL: Claim = Claim {
    kind: Kind::Archive,
    strength: 50,
    because: Text::fixed("the headers of a mail", "den Kopfzeilen einer E-Mail"),
    share: Share::Mixed,
};

pub(super) const PERSON_SAID: Text = Text::fixed("your choice", "Ihrer Angabe");
