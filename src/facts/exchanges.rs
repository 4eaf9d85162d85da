//! Between whom does what a witness tells pass, and by what do the other witnesses know it?
//!
//! Sources: Cisco 116162 (who sends what in a phone's handshake and login).

use End::{Asa, Cucm, Network, Phone};
use Fate::{Arrives, Ends, Lost};

use crate::event::traffic::{Happening, Service};
use crate::event::{Channel, Sender};
use crate::exchange::{End, Exchange, Fate, Moment};
use crate::facts::wire_steps::{Shows, WireStep};
use crate::observe::{LoginState, What};
use crate::tables::tls_alerts;

/// What a phone's own log tells.
pub fn by_phone(what: &What<'_>) -> Exchange {
    use What as W;
    let (from, to, fate, moment) = match what {
        W::Connecting { channel: Channel::Tls, .. } => (Phone, Asa, Arrives, Some(Moment::Connection)),
        W::Connecting { .. } | W::SuitesOffered { .. } => (Phone, Asa, Arrives, None),
        W::ConnectFailed { .. } => (Phone, Asa, Lost, None),
        W::NameNotResolved { .. } => (Phone, Network, Lost, Some(Moment::Name)),
        W::HandshakeStarted { channel: Channel::Tls, .. } => (Phone, Asa, Arrives, Some(Moment::TlsBegins)),
        W::HandshakeStarted { .. } => (Phone, Asa, Arrives, Some(Moment::DtlsBegins)),
        W::ServerCertificate { .. } => (Asa, Phone, Arrives, Some(Moment::Certificate)),
        W::ChainNotTrusted | W::HostNameRefused | W::WildcardRefused { .. } => (Phone, Phone, Ends, None),
        W::Alert { sender: Sender::Phone, code, .. } => (Phone, Asa, Ends, code.map(Moment::Alert)),
        W::Alert { .. } => (Asa, Phone, Ends, None),
        W::HandshakeFailed { channel: Channel::Tls } => (Phone, Phone, Ends, Some(Moment::HandshakeFailed)),
        W::LoginAnswered | W::Redirected { .. } | W::HttpStatus { .. } => (Asa, Phone, Arrives, None),
        W::LoginFailed => (Phone, Phone, Ends, Some(Moment::LoginRefused)),
        W::LoginStateChanged { now: LoginState::LoggedIn, .. } => {
            (Phone, Phone, Arrives, Some(Moment::LoginAccepted))
        }
        W::TunnelParameters { .. } => (Asa, Phone, Arrives, Some(Moment::Tunnel)),
        W::DtlsFailed => (Phone, Asa, Lost, None),
        W::FileRequested { .. } => (Phone, Cucm, Arrives, None),
        W::FileServer { .. } | W::Pushed { .. } => (Cucm, Phone, Arrives, None),
        W::FileFailed { .. } | W::CallControlUnreachable { .. } => (Phone, Cucm, Lost, None),
        W::RegistrationFailed => (Phone, Cucm, Ends, None),
        W::Registered => (Cucm, Phone, Arrives, Some(Moment::Registered)),
        W::TftpServerGiven { server: "", .. } => (Network, Phone, Lost, None),
        W::TftpServerGiven { .. } => (Network, Phone, Arrives, None),
        _ => return Exchange::at(Phone),
    };
    Exchange::of(from, to, fate, moment)
}

/// What an ASA's log tells.
pub fn by_asa(what: &What<'_>) -> Exchange {
    use What as W;
    let (from, to, fate, moment) = match what {
        W::HandshakeStarted { channel: Channel::Dtls, .. } => (Phone, Asa, Arrives, Some(Moment::DtlsBegins)),
        W::HandshakeStarted { .. } => (Phone, Asa, Arrives, Some(Moment::TlsBegins)),
        W::SuiteChosen { .. } => (Asa, Phone, Arrives, Some(Moment::SuiteChosen)),
        W::HandshakeFailed { .. } => (Asa, Asa, Ends, Some(Moment::HandshakeFailed)),
        W::HandshakeDone { .. } => (Asa, Asa, Arrives, Some(Moment::HandshakeDone)),
        W::LibraryError { reason, .. } => match tls_alerts::by_reason(reason) {
            Some(code) => (Phone, Asa, Ends, Some(Moment::Alert(code))),
            None => (Asa, Asa, Ends, None),
        },
        W::LoginRejected => (Asa, Phone, Ends, Some(Moment::LoginRefused)),
        W::UserRefused { .. } => (Asa, Asa, Ends, Some(Moment::LoginRefused)),
        W::LoginAccepted => (Asa, Phone, Arrives, Some(Moment::LoginAccepted)),
        W::AddressAssigned { .. } => (Asa, Phone, Arrives, Some(Moment::Tunnel)),
        _ => return Exchange::at(Asa),
    };
    Exchange::of(from, to, fate, moment)
}

/// What a capture shows.
pub fn on_the_wire(step: &WireStep<'_>) -> Exchange {
    let server = match step.service {
        Service::Gateway | Service::Other => Asa,
        Service::Names | Service::Addresses => Network,
        Service::Files | Service::Capf | Service::Trust | Service::CallControl => Cucm,
    };
    let of_gateway = |moment: Moment| (server == Asa).then_some(moment);
    let (from, to, fate, moment) = match step.shows {
        Shows::Hello(hello) if hello.datagrams => (Phone, server, Arrives, of_gateway(Moment::DtlsBegins)),
        Shows::Hello(_) => (Phone, server, Arrives, of_gateway(Moment::TlsBegins)),
        Shows::Chosen(_) => (server, Phone, Arrives, of_gateway(Moment::SuiteChosen)),
        Shows::Certificate(_) => (server, Phone, Arrives, of_gateway(Moment::Certificate)),
        Shows::Event(what) => {
            let (from, to, fate, moment) = event(what, server);
            (from, to, fate, moment.filter(|_| server == Asa || moment != Some(Moment::Connection)))
        }
    };
    Exchange::of(from, to, fate, moment)
}

fn event(what: &Happening, server: End) -> (End, End, Fate, Option<Moment>) {
    use Happening as H;
    match what {
        H::NameResolved { .. } => (Network, Phone, Arrives, Some(Moment::Name)),
        H::NameUnresolved { .. } => (Network, Phone, Lost, Some(Moment::Name)),
        H::Connected => (Phone, server, Arrives, Some(Moment::Connection)),
        H::Refused
        | H::Unanswered { .. }
        | H::Unreachable { .. }
        | H::Prohibited { .. }
        | H::Rejected { .. } => (Phone, server, Lost, Some(Moment::Connection)),
        H::HelloUnanswered
        | H::DatagramsUnanswered { .. }
        | H::DatagramsUnreachable { .. }
        | H::DatagramsNotTried
        | H::Lost { .. }
        | H::FileUnanswered { .. }
        | H::RegistrationUnanswered { .. }
        | H::KeepAliveUnanswered => (Phone, server, Lost, None),
        H::LargePacketsLost { .. } | H::TooBig { .. } => (server, Phone, Lost, None),
        H::Alert { from_client: true, code, level, .. } => {
            (Phone, server, ending(*level, *code), Some(Moment::Alert(*code)))
        }
        H::Alert { level, code, .. } => (server, Phone, ending(*level, *code), None),
        H::HandshakeDone { datagrams } => {
            (Phone, server, Arrives, (!datagrams && server == Asa).then_some(Moment::HandshakeDone))
        }
        H::EllipticCertificate { .. } | H::AnsweredLate { .. } => (server, Phone, Arrives, None),
        H::IssuerNotAskedFor { .. } => (Phone, server, Arrives, None),
        H::LeftBehindAnswers { .. } | H::LeftBehindCertificate => (Phone, server, Ends, None),
        H::LoginRefused { .. } => (server, Phone, Ends, Some(Moment::LoginRefused)),
        H::ClosedAfterHello { .. }
        | H::AnsweredInClear { .. }
        | H::ClosedWithoutCertificate
        | H::ClosedByServer
        | H::ServiceUnavailable
        | H::RedirectedElsewhere { .. }
        | H::FileNotFound { .. }
        | H::FileRefused { .. }
        | H::FileBroken { .. }
        | H::RegistrationRefused { .. } => (server, Phone, Ends, None),
        H::NoTftpServerGiven => (Network, Phone, Lost, None),
        H::TftpServersGiven { .. } => (Network, Phone, Arrives, None),
        H::FileArrived { .. } | H::ResetByServer { .. } => (server, Phone, Arrives, None),
        H::Registered => (server, Phone, Arrives, Some(Moment::Registered)),
        H::Alarm { .. } => (Phone, server, Arrives, None),
    }
}

/// A warning such as `close_notify` ends nothing for the worse.
fn ending(level: u8, code: u8) -> Fate {
    if level < 2 || matches!(code, 0 | 90 | 100) { Arrives } else { Ends }
}
