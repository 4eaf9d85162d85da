//! PKCS#7: certificates in a SignedData bundle.

use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::limits::Limits;

/// The format.
pub const FORMAT: Format = Format { name: "pkcs7", recognise, read: How::Whole(read) };

fn recognise(_sample: &Sample<'_>) -> Option<Claim> {
    None
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::default()
}
