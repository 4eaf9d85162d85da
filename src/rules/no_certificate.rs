//! Words for an ASA that asks for a client certificate and gets none, whoever tells it: a log or a capture.

use crate::text::Text;

/// The title where all proof is of that.
pub(super) const TITLE_NONE_CAME: Text = Text::fixed(
    "The ASA asks for a client certificate, and the phone sends none",
    "Die ASA verlangt ein Client-Zertifikat, und das Telefon sendet keines",
);

/// Why a phone does so.
pub(super) const WHY_NONE_CAME: Text = Text::fixed(
    "A phone sends no certificate where it has neither an LSC nor a MIC that it can use, or where its VPN profile says password while the ASA asks for a certificate.",
    "Ein Telefon sendet kein Zertifikat, wenn es weder ein LSC noch ein brauchbares MIC hat, oder wenn sein VPN-Profil Kennwort vorsieht, während die ASA ein Zertifikat verlangt.",
);

/// What a line or packet shows.
pub(super) const NONE_CAME: Text = Text::fixed(
    "the ASA asks for a certificate and gets none",
    "Die ASA verlangt ein Zertifikat und bekommt keines",
);
