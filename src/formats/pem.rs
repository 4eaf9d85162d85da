//! PEM: certificates in any text.

use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::limits::Limits;

/// The format.
pub const FORMAT: Format = Format { name: "pem", recognise, read: How::Whole(read) };

fn recognise(_sample: &Sample<'_>) -> Option<Claim> {
    None
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::default()
}
