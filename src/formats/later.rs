//! Formats that are recognised but not read yet: the page says what to take out of them.

use crate::formats::{Claim, Format, How, Parsed, Sample};
use crate::limits::Limits;

/// pcap and pcapng.
pub const CAPTURE: Format = Format { name: "capture", recognise: none, read: How::Whole(read) };
/// zip, tar and gzip.
pub const ARCHIVE: Format = Format { name: "archive", recognise: none, read: How::Whole(read) };
/// Output of ASA show commands.
pub const SHOW: Format = Format { name: "asa_show", recognise: none, read: How::Whole(read) };
/// CUCM command line.
pub const CUCM: Format = Format { name: "cucm_cli", recognise: none, read: How::Whole(read) };
/// CME configuration.
pub const CME: Format = Format { name: "cme_config", recognise: none, read: How::Whole(read) };

fn none(_sample: &Sample<'_>) -> Option<Claim> {
    None
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    Parsed::default()
}
