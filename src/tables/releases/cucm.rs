//! What CUCM versions changed for phones' VPNs, above all for certificates and for CAPF.
//!
//! Not known from any source: in which version a certificate of the same subject stopped overwriting another one
//! (CSCuh19734); the guides of 14 and 15 describe it as it is meant to be.

use super::{Change, Weighs};
use crate::stage::Stage;
use crate::tables::asa_defaults::Certainty;
use crate::text::Text;

/// Every change, the oldest first. Service updates stand at the fourth place: 11.5(1)SU1 is `[11, 5, 1, 1]`.
pub const CHANGES: &[Change] = &[
    Change {
        from: [10, 5, 2, 0],
        release: "10.5(2)",
        what: Text::fixed(
            "CAPF issues LSCs with keys of 2048 bits by default, after 1024; older ones stay until they are issued anew. Guides contradict each other on the default.",
            "Die CAPF stellt LSCs mit Schlüsseln von 2048 statt 1024 Bit aus; ältere bleiben, bis sie neu ausgestellt werden. Die Handbücher widersprechen sich bei der Vorgabe.",
        ),
        stage: Stage::Login,
        weighs: Weighs::ClientCertificate,
        certainty: Certainty::Inferred,
        source: "CUCM security guide 12.5(1)SU4 and 15, TLS 1.2; the CAPF field table says otherwise",
    },
    Change {
        from: [11, 5, 1, 1],
        release: "11.5(1)SU1",
        what: Text::fixed(
            "CAPF signs LSCs with SHA-256 only, after SHA-1.",
            "Die CAPF signiert LSCs nur noch mit SHA-256 statt mit SHA-1.",
        ),
        stage: Stage::Login,
        weighs: Weighs::ClientCertificate,
        certainty: Certainty::Documented,
        source: "CUCM security guide 15, CAPF",
    },
    Change {
        from: [11, 5, 1, 3],
        release: "11.5(1)SU3",
        what: Text::fixed(
            "A lowest version of TLS can be set (`set tls min-version`). At 1.2, phones of the 79xx, 89xx and 99xx series have no LSC for their VPN login.",
            "Eine niedrigste TLS-Version lässt sich setzen (`set tls min-version`). Bei 1.2 haben Telefone der Reihen 79xx, 89xx und 99xx kein LSC für die VPN-Anmeldung.",
        ),
        stage: Stage::Login,
        weighs: Weighs::Unknown,
        certainty: Certainty::Documented,
        source: "CUCM security guide 14 and 15, TLS Restrictions",
    },
    Change {
        from: [12, 5, 1, 0],
        release: "12.5(1)",
        what: Text::fixed(
            "CAPF can have LSCs issued by another CA (Online CA). A new installation has no CAP-RTP-001 and CAP-RTP-002.",
            "Die CAPF kann LSCs von einer anderen CA ausstellen lassen (Online CA). Eine neue Installation hat kein CAP-RTP-001 und CAP-RTP-002.",
        ),
        stage: Stage::Login,
        weighs: Weighs::ClientCertificate,
        certainty: Certainty::Documented,
        source: "release notes of CUCM 12.5(1) and 12.5(1)SU6",
    },
    Change {
        from: [12, 5, 1, 6],
        release: "12.5(1)SU6, 14SU2",
        what: Text::fixed(
            "An upgrade does not take along certificates that have expired: an expired one of the ASA in Phone-VPN-trust is gone.",
            "Ein Upgrade übernimmt keine abgelaufenen Zertifikate: Ein abgelaufenes der ASA in Phone-VPN-trust ist danach weg.",
        ),
        stage: Stage::Provisioning,
        weighs: Weighs::Unknown,
        certainty: Certainty::Inferred,
        source: "CUCM security guide 15, Certificates overview (read so)",
    },
    Change {
        from: [14, 0, 1, 0],
        release: "14",
        what: Text::fixed(
            "When CAPF's certificate changes, phones are reset by themselves. Of two certificates with the same subject, the one with the later start replaces the other.",
            "Ändert sich das Zertifikat der CAPF, werden die Telefone von selbst zurückgesetzt. Von zwei Zertifikaten mit gleichem Subject ersetzt das später beginnende das andere.",
        ),
        stage: Stage::Trust,
        weighs: Weighs::Unknown,
        certainty: Certainty::Documented,
        source: "release notes of CUCM 14, Phone Interaction on Certificate Update; security guide 15, Certificates overview",
    },
    Change {
        from: [14, 0, 1, 1],
        release: "14SU1",
        what: Text::fixed(
            "Loads signed with the earlier key (before 14.1(1)) can no longer be installed.",
            "Firmware mit dem früheren Signaturschlüssel (vor 14.1(1)) lässt sich nicht mehr installieren.",
        ),
        stage: Stage::Provisioning,
        weighs: Weighs::Nothing,
        certainty: Certainty::Documented,
        source: "release notes of CUCM 14SU1",
    },
    Change {
        from: [15, 0, 1, 2],
        release: "15SU2",
        what: Text::fixed(
            "TLS 1.3 can be the lowest version; then phones in Authenticated mode do not register.",
            "TLS 1.3 kann die niedrigste Version sein; dann registrieren sich Telefone im Modus Authenticated nicht.",
        ),
        stage: Stage::Registration,
        weighs: Weighs::Unknown,
        certainty: Certainty::Documented,
        source: "CUCM security guide 15, TLS Restrictions",
    },
    Change {
        from: [15, 0, 1, 3],
        release: "15SU3",
        what: Text::fixed(
            "Self-signed certificates are no CA any more, except CAPF's.",
            "Selbstsignierte Zertifikate sind keine CA mehr, ausgenommen das der CAPF.",
        ),
        stage: Stage::Login,
        weighs: Weighs::Nothing,
        certainty: Certainty::Documented,
        source: "release notes of CUCM 15SU3",
    },
];
