//! What ASA releases changed for phones' VPNs.
//!
//! Versions, default ciphers and curves by release stand in [`asa_defaults`](crate::tables::asa_defaults), which every
//! diagnosis reads; here stands that they changed, and what else did.
//!
//! Not known from any source, and so never told as harmless: what the levels of `ssl cipher` hold from 9.10(1) on, which
//! DTLS ciphers 9.10(1) dropped, what an upgrade makes of a cipher that a new release no longer has, and any change
//! after [`NEWEST`].

use super::{Change, Release, Weighs};
use crate::stage::Stage;
use crate::tables::asa_defaults::Certainty;
use crate::text::Text;

/// The newest release of which a source tells what it changed.
pub const NEWEST: Release = [9, 23, u32::MAX, u32::MAX];

/// The first release that the 5500 series without an X does not get (ASA 9.2 ASDM general guide, Feature Licenses).
pub const WITHOUT_5500: Release = [9, 2, 0, 0];
/// The models of that series, as `show version` prints them.
pub const SERIES_5500: &[&str] = &["ASA5510", "ASA5520", "ASA5540", "ASA5550", "ASA5580"];

/// Every change, the oldest first.
pub const CHANGES: &[Change] = &[
    Change {
        from: [8, 2, 0, 0],
        release: "8.2",
        what: Text::fixed(
            "A tunnel group can leave out Cisco Secure Desktop (`without-csd`). The licence for phones has another name.",
            "Eine Tunnelgruppe kann Cisco Secure Desktop auslassen (`without-csd`). Die Lizenz für Telefone heißt anders.",
        ),
        stage: Stage::Posture,
        weighs: Weighs::Line("without-csd"),
        certainty: Certainty::Inferred,
        source: "Managing Feature Licenses for Cisco ASA 5500 Version 8.2; Cisco 116162",
    },
    Change {
        from: [8, 4, 1, 0],
        release: "8.4(1)",
        what: Text::fixed(
            "The word `svc` is replaced by `anyconnect`, and the words of `vpn-tunnel-protocol` change.",
            "Das Wort `svc` wird durch `anyconnect` ersetzt, und die Wörter von `vpn-tunnel-protocol` ändern sich.",
        ),
        stage: Stage::Reach,
        weighs: Weighs::Unknown,
        certainty: Certainty::Inferred,
        source: "ASA command reference, anyconnect enable (read so)",
    },
    Change {
        from: [9, 3, 2, 0],
        release: "9.3(2)",
        what: Text::fixed(
            "TLS 1.1 and 1.2 arrive, SSL 3.0 is no longer accepted, and `ssl cipher` takes the place of `ssl encryption`, with the level medium for every version.",
            "TLS 1.1 und 1.2 kommen hinzu, SSL 3.0 wird nicht mehr angenommen, und `ssl cipher` ersetzt `ssl encryption`, mit der Stufe medium für jede Version.",
        ),
        stage: Stage::Tls,
        weighs: Weighs::Negotiation,
        certainty: Certainty::Documented,
        source: "ASA command reference, ssl server-version and ssl cipher, command history",
    },
    Change {
        from: [9, 4, 1, 0],
        release: "9.4(1)",
        what: Text::fixed(
            "Ciphers and certificates on elliptic curves arrive. Without the fix for CSCuu02848 a self-signed EC certificate is preferred to a bound RSA certificate.",
            "Chiffren und Zertifikate auf elliptischen Kurven kommen hinzu. Ohne die Korrektur zu CSCuu02848 hat ein selbstsigniertes EC-Zertifikat Vorrang vor einem gebundenen RSA-Zertifikat.",
        ),
        stage: Stage::Tls,
        weighs: Weighs::Negotiation,
        certainty: Certainty::Documented,
        source: "Cisco 116162, elliptic curves in 9.4.1 and CSCuu02848",
    },
    Change {
        from: [9, 10, 1, 0],
        release: "9.10(1)",
        what: Text::fixed(
            "DTLS 1.2 arrives, and some ciphers of DTLS are removed; which ones, no source tells.",
            "DTLS 1.2 kommt hinzu, und einige Chiffren für DTLS entfallen; welche, sagt keine Quelle.",
        ),
        stage: Stage::Tls,
        weighs: Weighs::Unknown,
        certainty: Certainty::Inferred,
        source: "Cisco community document 3156717, Support, item 4",
    },
    Change {
        from: [9, 12, 1, 0],
        release: "9.12(1)",
        what: Text::fixed(
            "The word `ssl encryption`, NULL-SHA and Diffie-Hellman group 1 are gone.",
            "Das Wort `ssl encryption`, NULL-SHA und die Diffie-Hellman-Gruppe 1 entfallen.",
        ),
        stage: Stage::Tls,
        weighs: Weighs::Line("ssl encryption"),
        certainty: Certainty::Inferred,
        source: "Cisco community document 3156717, Support, item 3; ASA 9.12 release notes",
    },
    Change {
        from: [9, 13, 1, 0],
        release: "9.13(1)",
        what: Text::fixed(
            "Diffie-Hellman group 14 is the default; groups 2, 5 and 24 are deprecated. Only DHE ciphers use one.",
            "Die Diffie-Hellman-Gruppe 14 ist die Vorgabe; die Gruppen 2, 5 und 24 gelten als veraltet. Nur DHE-Chiffren benutzen eine.",
        ),
        stage: Stage::Tls,
        weighs: Weighs::Suite("DHE-"),
        certainty: Certainty::Inferred,
        source: "Cisco community document 3156717, Support, item 2",
    },
    Change {
        from: [9, 16, 1, 0],
        release: "9.16(1)",
        what: Text::fixed(
            "Certificates signed with SHA-1 and RSA keys below 2048 bits are refused unless `crypto ca permit-weak-crypto` is set.",
            "Mit SHA-1 signierte Zertifikate und RSA-Schlüssel unter 2048 Bit werden abgelehnt, solange `crypto ca permit-weak-crypto` nicht gesetzt ist.",
        ),
        stage: Stage::Login,
        weighs: Weighs::ClientCertificate,
        certainty: Certainty::Documented,
        source: "ASA 9.16 release notes, weak certificates; ASA syslog guide, 717009",
    },
    Change {
        from: [9, 17, 1, 0],
        release: "9.17(1)",
        what: Text::fixed(
            "Clientless SSL VPN is removed. AnyConnect, which phones use, stays.",
            "Clientless SSL VPN entfällt. AnyConnect, das die Telefone benutzen, bleibt.",
        ),
        stage: Stage::Policy,
        weighs: Weighs::Nothing,
        certainty: Certainty::Inferred,
        source: "ASA 9.17 release notes (read so)",
    },
    Change {
        from: [9, 19, 1, 0],
        release: "9.19(1)",
        what: Text::fixed(
            "TLS 1.3 arrives at about this release; no public source names the first one.",
            "Etwa mit dieser Version kommt TLS 1.3 hinzu; keine öffentliche Quelle nennt die erste.",
        ),
        stage: Stage::Tls,
        weighs: Weighs::Negotiation,
        certainty: Certainty::Unsure,
        source: "Cisco Defense Orchestrator documentation, About SSL Settings (read so)",
    },
    Change {
        from: [9, 22, 1, 0],
        release: "9.22",
        what: Text::fixed(
            "Connections that did not log in yet are limited in number per second (message 725025): many phones that fail at once are slowed down.",
            "Verbindungen vor der Anmeldung sind je Sekunde begrenzt (Meldung 725025): Viele Telefone, die zugleich scheitern, werden gebremst.",
        ),
        stage: Stage::Reach,
        weighs: Weighs::Nothing,
        certainty: Certainty::Unsure,
        source: "ASA VPN CLI configuration guide 9.22, Rate Limit for Preauthenticated SSL Connections",
    },
];
