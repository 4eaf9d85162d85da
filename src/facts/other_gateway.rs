//! Is the phones' gateway another product than an ASA?
//!
//! Witnesses, the strongest first: an IOS router's configuration with a `webvpn gateway`; ocserv's log or configuration;
//! a file that seems to be another vendor's VPN gateway's. An ASA's own file in the case is a witness against it: then
//! the other product is named, and what is for the ASA stays.
//!
//! Sources: Cisco IOS SSL VPN configuration guide; ocserv, README-cisco-svc; the rows of
//! [`crate::tables::foreign_files`].

use crate::facts::Documents;
use crate::finding::Confidence;
use crate::source::Place;
use crate::tables::foreign_files::Weight;
use crate::text::Text;

/// A gateway of another make.
#[derive(Clone, Debug)]
pub struct OtherGateway {
    /// What its file is, with the article: `ocserv's log`.
    pub file: Text,
    /// The line that tells it.
    pub place: Place,
    /// How sure it is that this is the phones' gateway.
    pub confidence: Confidence,
}

/// Every file that shows one, the surest first.
pub fn of(documents: &Documents<'_>) -> Vec<OtherGateway> {
    let mut all = Vec::new();
    for config in &documents.ios_configs {
        let told = config.document.gateways.first().map(|gateway| &gateway.name);
        if let Some(name) = told.or_else(|| config.document.contexts.first()) {
            let place = config.place(&name.at);
            all.push(OtherGateway { file: IOS, place, confidence: Confidence::Likely });
        }
    }
    for foreign in &documents.foreigners {
        let row = foreign.document.row().filter(|row| row.weight == Weight::Gateway);
        all.extend(row.map(|row| OtherGateway {
            file: row.name.clone(),
            place: foreign.place(&foreign.document.at),
            confidence: if row.id.starts_with("ocserv") { Confidence::Likely } else { Confidence::Possible },
        }));
    }
    if has_asa(documents) {
        for other in &mut all {
            other.confidence = Confidence::Possible;
        }
    }
    all.sort_by_key(|other| other.confidence);
    all
}

/// True where a file of the case is an ASA's own.
pub fn has_asa(documents: &Documents<'_>) -> bool {
    !(documents.asa_configs.is_empty()
        && documents.asa_syslogs.is_empty()
        && documents.asa_debugs.is_empty()
        && documents.asa_sessions.is_empty()
        && documents.asa_ssls.is_empty()
        && documents.asa_versions.is_empty()
        && documents.asa_certificates.is_empty())
}

const IOS: Text = Text::fixed("an IOS router's configuration", "die Konfiguration eines IOS-Routers");
