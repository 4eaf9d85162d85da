//! What phone loads changed for their VPN client, by family.
//!
//! Versions and ciphers by firmware stand in [`phone_families`](crate::tables::phone_families), which every diagnosis
//! reads, and bugs in [`firmware_bugs`](crate::tables::firmware_bugs). Here stands that something changed, and up to which
//! load a source tells.

use super::{Change, Release, Weighs};
use crate::stage::Stage;
use crate::tables::asa_defaults::Certainty;
use crate::text::Text;

/// What is known of one family's loads.
#[derive(Debug)]
pub struct Loads {
    /// The family's name, as in [`phone_families`](crate::tables::phone_families).
    pub family: &'static str,
    /// The newest load of which a source tells what it changed.
    pub newest: Release,
    /// Every change, the oldest first.
    pub changes: &'static [Change],
}

/// Every family.
pub const ALL: &[Loads] = &[
    Loads { family: "79xx", newest: [9, 4, 2, 4], changes: &[] },
    Loads { family: "89xx/99xx", newest: [9, 4, 2, 3], changes: &[] },
    Loads { family: "7832/8832", newest: [14, 4, 1, 3], changes: CONFERENCE },
    Loads { family: "78xx", newest: [14, 4, 1, 3], changes: DESK_78 },
    Loads { family: "88xx", newest: [14, 4, 1, 3], changes: DESK_88 },
];

const DESK_78: &[Change] = &[
    Change {
        from: [12, 0, 1, 0],
        release: "12.0(1)",
        what: TLS_1_2,
        stage: Stage::Tls,
        weighs: Weighs::Negotiation,
        certainty: Certainty::Inferred,
        source: "TLS 1.3 compatibility matrix, Endpoints; no source names the first load of the 78xx",
    },
    ECDSA,
    DTLS_1_2,
    SIGNED_ANEW,
    LOWEST_1_2,
];

const DESK_88: &[Change] = &[
    Change {
        from: [10, 3, 1, 0],
        release: "10.3(1)",
        what: TLS_1_2,
        stage: Stage::Tls,
        weighs: Weighs::Negotiation,
        certainty: Certainty::Documented,
        source: "release notes of the 8800 series, 10.3(1)",
    },
    ECDSA,
    DTLS_1_2,
    SIGNED_ANEW,
    LOWEST_1_2,
];

const CONFERENCE: &[Change] = &[
    DTLS_1_2,
    SIGNED_ANEW,
    LOWEST_1_2,
    Change {
        from: [14, 4, 1, 0],
        release: "14.4(1)",
        what: Text::fixed(
            "TLS 1.3 arrives, and the lowest version holds for DTLS as well.",
            "TLS 1.3 kommt hinzu, und die niedrigste Version gilt auch für DTLS.",
        ),
        stage: Stage::Tls,
        weighs: Weighs::Unknown,
        certainty: Certainty::Unsure,
        source: "release notes of the 7832 and 8832, 14.4(1), Support for TLS 1.3",
    },
];

const TLS_1_2: Text = Text::fixed(
    "The phone speaks TLS 1.2, with ciphers of SHA-2.",
    "Das Telefon spricht TLS 1.2, mit Chiffren auf SHA-2.",
);

const ECDSA: Change = Change {
    from: [12, 5, 1, 0],
    release: "12.5(1)",
    what: Text::fixed(
        "The phone takes certificates on elliptic curves, and CUCM can switch off single ciphers.",
        "Das Telefon nimmt Zertifikate auf elliptischen Kurven an, und der CUCM kann einzelne Chiffren abschalten.",
    ),
    stage: Stage::Tls,
    weighs: Weighs::Negotiation,
    certainty: Certainty::Documented,
    source: "release notes of the 7800 and 8800 series, 12.5(1)",
};

const DTLS_1_2: Change = Change {
    from: [14, 0, 1, 0],
    release: "14.0(1)",
    what: Text::fixed(
        "DTLS 1.2 arrives; it needs an ASA of 9.10 or later.",
        "DTLS 1.2 kommt hinzu; es braucht eine ASA ab 9.10.",
    ),
    stage: Stage::Tls,
    weighs: Weighs::Negotiation,
    certainty: Certainty::Documented,
    source: "release notes of the 7800, 7832, 8800 and 8832, 14.0(1)",
};

const SIGNED_ANEW: Change = Change {
    from: [14, 1, 1, 0],
    release: "14.1(1)",
    what: Text::fixed(
        "Loads are signed with another key: from CUCM 14SU1 on, older ones cannot be installed, so there is no way back.",
        "Die Firmware ist mit einem anderen Schlüssel signiert: Ab CUCM 14SU1 lässt sich ältere nicht installieren, ein Zurück gibt es also nicht.",
    ),
    stage: Stage::Provisioning,
    weighs: Weighs::Nothing,
    certainty: Certainty::Documented,
    source: "release notes of CUCM 14SU1; names of the files in the phones' release notes",
};

const LOWEST_1_2: Change = Change {
    from: [14, 3, 1, 3],
    release: "14.3(1)SR3",
    what: Text::fixed(
        "TLS Client Min Version arrives with TLS 1.2 as its default: an ASA before 9.3(2), or one that is limited to TLS 1.0, may be refused.",
        "TLS Client Min Version kommt hinzu, Vorgabe TLS 1.2: Eine ASA vor 9.3(2) oder eine, die auf TLS 1.0 beschränkt ist, wird womöglich abgelehnt.",
    ),
    stage: Stage::Tls,
    weighs: Weighs::Negotiation,
    certainty: Certainty::Unsure,
    source: "release notes of the 7800, 7832, 8800 and 8832, 14.3(1)SR3; VPN is not named there",
};

/// What is known of a family.
pub fn of(family: &str) -> Option<&'static Loads> {
    ALL.iter().find(|loads| loads.family == family)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::phone_families;

    #[test]
    fn every_family_has_its_row() {
        for family in phone_families::ALL {
            assert!(of(family.name).is_some(), "{}", family.name);
        }
        assert_eq!(ALL.len(), phone_families::ALL.len());
    }
}
