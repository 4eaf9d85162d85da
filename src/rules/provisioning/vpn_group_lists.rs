//! What the rules of this stage ask of a `<vpnGroup>`: its numbered lists, and the lines that show a setting.

use crate::facts::phones::Phone;
use crate::finding::{Confidence, Evidence};
use crate::source::{Located, Stated, shortened};
use crate::text::Text;

/// The proof that a list inside `<vpnGroup>` holds nothing: its empty element, or the group's lines where not
/// even that is there. A group that stands in a whole file shows it for certain; a piece may have been cut.
pub(super) fn nothing_in(
    phone: &Phone<'_>,
    list: Numbered<'_>,
    absent: Text,
    empty: Text,
) -> (Confidence, Evidence) {
    let confidence = if phone.is_whole() { Confidence::Certain } else { Confidence::Likely };
    let proof = match list.first() {
        Some((_, element)) => Evidence::at(&phone.config.place(&element.at), empty),
        None => Evidence::not_in(&phone.vpn_group_searched(), absent),
    };
    (confidence, proof)
}

/// A setting's line with the whole element marked: the value alone may stand elsewhere in the line as well.
pub(super) fn setting(element: &str, stated: &Stated<String>, says: Text) -> Evidence {
    let mark = format!("<{element}>{}</{element}>", stated.value);
    Evidence::marked(&stated.place, &mark, says)
}

/// True where every list of these phones is whole and has something in it to judge.
pub(super) fn all_told<'a>(phones: &[&Phone<'a>], list: fn(&Phone<'a>) -> Numbered<'a>) -> bool {
    phones.iter().filter(|phone| phone.vpn_group().is_some()).all(|phone| {
        phone.has_whole_vpn_group() && list(phone).iter().any(|(_, element)| !element.value.trim().is_empty())
    })
}

/// Elements of a list with their numbers, such as 1 of `<url1>`.
pub(super) type Numbered<'a> = &'a [(u32, Located<String>)];

/// A value from a file, cut to a length that a sentence can bear.
pub(super) fn quotable(value: &str) -> String {
    shortened(value.trim(), QUOTED)
}

/// Characters of a value that is quoted in a sentence.
const QUOTED: usize = 64;
