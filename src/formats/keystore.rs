//! PKCS#12 and Java key stores, private keys, certificate requests and revocation lists: recognised, never decoded, never shown.

use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::limits::Limits;

/// The format.
pub const FORMAT: Format = Format { name: "keystore", recognise, read: How::Whole(read) };

fn recognise(_sample: &Sample<'_>) -> Option<Claim> {
    None
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::default()
}
