//! The stage that a phone has reached, or that failed, by what it writes.

use crate::event::Channel;
use crate::facts::tls_matters;
use crate::observe::What;
use crate::stage::Stage;

/// The stage in which a phone is when it writes this; everything before it was passed.
pub(super) fn stage_reached(what: &What<'_>) -> Option<Stage> {
    use What as W;
    match what {
        W::HelloAnswered { .. } => Some(Stage::Trust),
        W::HandshakeDone { .. } => Some(Stage::HostName),
        W::ServerCertificate { .. }
        | W::VerifyCode { .. }
        | W::ServerCertificateHash { .. }
        | W::ChainNotTrusted => Some(Stage::Trust),
        W::WildcardChecked | W::WildcardRefused { .. } | W::HostNameRefused => Some(Stage::Trust),
        W::LoginAnswered | W::HttpStatus { .. } | W::Redirected { .. } => Some(Stage::Login),
        W::TunnelParameters { .. } | W::OtherSessionSuite | W::DtlsFailed => Some(Stage::Tunnel),
        _ => None,
    }
}

pub(super) fn stage_failed(what: &What<'_>) -> Option<Stage> {
    use What as W;
    match what {
        W::ConnectFailed { .. } | W::NameNotResolved { .. } => Some(Stage::Reach),
        // What fails over UDP leaves the tunnel over TCP standing.
        W::Alert { channel: Channel::Dtls, .. } | W::LibraryError { channel: Channel::Dtls, .. } => None,
        W::ChainNotTrusted => Some(Stage::Trust),
        W::Alert { .. } | W::LibraryError { .. } => tls_matters::stage_of_phones(what),
        W::OtherSessionSuite | W::DtlsFailed => Some(Stage::Tls),
        W::HostNameRefused => Some(Stage::HostName),
        W::HttpStatus { code: 300..=599 } | W::Redirected { .. } => Some(Stage::Login),
        _ => None,
    }
}
