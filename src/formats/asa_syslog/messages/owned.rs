//! A message with texts of its own, instead of those of the line that was read.

use std::borrow::Cow;

use super::super::phrase::Words;
use super::super::{AddressOutcome, Peer, PolicySource, Transport, TransportStep};
use crate::documents::asa_syslog::AsaMessage;
use crate::event::{DropReason, Session};

/// Each kind with its fields.
macro_rules! kinds {
    ($message:expr; $($kind:ident { $($field:ident),* })*) => {
        match $message {
            $(AsaMessage::$kind { $($field),* } => AsaMessage::$kind { $($field: $field.owned()),* },)*
        }
    };
}

/// The message, to be kept.
pub(crate) fn owned(message: AsaMessage<Words<'_>>) -> AsaMessage {
    kinds! {
        message;
        HandshakeStarted { peer, protocol }
        HandshakeDone { peer, protocol }
        ResumeRequested { peer }
        CertificateRequested { peer }
        HandshakeFailed { peer }
        SessionTerminated { peer }
        ClientProposes { peer, count }
        DeviceSupports { count }
        DeviceProposes { count }
        Cipher { order, name }
        CipherChosen { peer, name }
        LibraryError { function, reason }
        TrustpointSelected { peer, trustpoint }
        NoClientCertificate { peer }
        CipherPreference { text }
        Certificate { subject, issuer, serial, trustpoint, reason }
        AaaAccepted { session, server }
        AaaRejected { session, server, reason }
        AaaServerFailed { session, server, reason }
        AaaServerActive { server }
        AaaChallenge { session, server }
        UserLockedOut { session }
        PolicyChosen { session, policy, by }
        UserFromCertificate { session }
        UserNotInCertificate { session, reason }
        SessionLimit { session, limit }
        LicenceLimit { session, kind }
        ClientNotEnabled { session }
        ClientNotAllowed { session }
        ParentSessionStarted { session }
        GroupLocked { attempted, locked }
        SessionEnded { session, kind, duration, reason }
        WebSessionStarted { session }
        WebSessionEnded { session, reason }
        LoginAccepted { session }
        LoginRejected { session }
        SessionLost { session }
        SessionResumed { session }
        Posture { session }
        DapSelected { session, connection, records }
        DapTerminated { session, records }
        DapAttribute { session, name, value }
        DapError { text }
        ClientMessage { session, level, text }
        NoAddress { session, tunnel_group }
        Transport { session, transport, step }
        LargePacket { session, bytes, threshold }
        TunnelClosing { session, reason }
        DtlsDisabled { session, reason }
        AddressAssigned { session, assigned }
        ClientType { session, client }
        ClientRejected { address, client, reason }
        ConnectRequestFailed { session, reason }
        AddressRequest { outcome, tunnel_group, address, pool, session_id, reason }
        AddressMapped { user, address }
        AddressUnmapped { user, address }
        Connection { transport, number, from, to }
        ConnectionEnded { transport, number, from, to, duration, bytes, reason }
        ConnectionDenied { transport, from, to, by }
        TrafficDropped { from, to, by, reason }
        Shunned { address, interface }
        Unshunned { address }
        LicenceExpiring { days }
        LoadBalancing {}
        Startup {}
        Named { session }
        Other {}
    }
}

trait Owned {
    type Own;

    fn owned(self) -> Self::Own;
}

impl Owned for Words<'_> {
    type Own = String;

    fn owned(self) -> String {
        self.into_owned()
    }
}

impl Owned for Vec<Words<'_>> {
    type Own = Vec<String>;

    fn owned(self) -> Vec<String> {
        self.into_iter().map(Cow::into_owned).collect()
    }
}

impl Owned for Peer<Words<'_>> {
    type Own = Peer;

    fn owned(self) -> Peer {
        let Self { interface, address, port, is_server } = self;
        Peer { interface: interface.owned(), address: address.owned(), port, is_server }
    }
}

impl Owned for Session<Words<'_>> {
    type Own = Session;

    fn owned(self) -> Session {
        Session { group: self.group.owned(), user: self.user.owned(), address: self.address.owned() }
    }
}

/// What holds no text.
macro_rules! plain {
    ($($plain:ty)*) => {
        $(impl Owned for $plain {
            type Own = Self;

            fn owned(self) -> Self {
                self
            }
        })*
    };
}

plain!(u32 Option<u32> Option<u64> AddressOutcome DropReason PolicySource Transport TransportStep);
