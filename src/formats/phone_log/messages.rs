//! What a record says: the sentences that rules ask about, as [`PhoneMessage`]s.
//!
//! ```text
//! alert_err: SSL write alert: code 48, unknown CA
//! set_login_state: VPNC : 1 (LoggingIn) --> 3 (LoginFailed)
//! vpnc_send_notify: notify code: 37 [SslAlertSrvrCert]
//! ```
//!
//! Empty: `None` is a record that says nothing of the VPN.
//! Quirks: SECD also checks certificates of TVS, CAPF and call control. Its TLS alerts and handshakes are therefore
//! never taken for the gateway's: only what concerns the VPN or the phone's own certificate is typed.
//! Sources: Cisco 116162, "IP Phone Logs"; Cisco 118699, 215014 and 225746 (lines of SECD and of other processes); ocserv,
//! `src/worker-vpn.c` (the answers to a login). The wordings of resolver errors, of failed connections
//! and of the TCP twin of `udp_connect` are inferred: no public log shows them.

use nom::bytes::complete::{tag, take_till, take_until, take_while_m_n};
use nom::character::complete::{char, digit1, space0};
use nom::combinator::{map_opt, map_res, opt, rest};
use nom::sequence::{preceded, separated_pair, terminated};
use nom::{IResult, Parser};

use super::{Channel, Sender, after_tunnel};
use crate::documents::phone_log::PhoneMessage;
use crate::hex;

/// What a record of a process says about the VPN, if anything.
pub(super) fn message(process: &str, text: &str) -> Option<PhoneMessage> {
    let vpnc = process == "VPNC";
    let readers = if vpnc { VPN_READERS } else { CERTIFICATE_READERS };
    let sentences = SENTENCES.iter().filter(|(_, whose, _)| vpnc || *whose == Whose::Any);
    sentences
        .filter(|(sentence, ..)| text.contains(sentence))
        .map(|(_, _, message)| message())
        .next()
        .or_else(|| readers.iter().find_map(|read| read(text)))
        .or_else(|| after_tunnel::message(process, text))
        .or_else(|| (vpnc || concerns_vpn(text)).then(|| other(text)))
}

/// Whether a record is told to its end, or may go on in the next line.
pub(super) fn is_whole(text: &str, message: Option<&PhoneMessage>) -> bool {
    let text = text.trim_end();
    let open = |a: char, b: char| text.matches(a).count() > text.matches(b).count();
    let ends = UNFINISHED.iter().any(|end| text.ends_with(end));
    let state = text.rsplit_once("-->").is_some_and(|(_, to)| !to.contains('('));
    let error = text.split_once("error:").is_some_and(|(_, error)| error.matches(':').count() < 3);
    let hash = text.split_once("hash = ").is_some_and(|(_, hash)| hash.len() < 40);
    let code = text.split_once("notify code:").is_some_and(|(_, code)| !code.contains('['));
    let cut = open('(', ')') || open('[', ']') || open('<', '>') || ends || state && is_login(text);
    let vague = matches!(message, Some(PhoneMessage::Other { .. } | PhoneMessage::HandshakeStep { .. }));
    !(cut || error || hash || code || vague)
}

fn is_login(text: &str) -> bool {
    text.contains("set_login_state")
}

fn concerns_vpn(text: &str) -> bool {
    VPN_WORDS.iter().any(|word| text.contains(word))
}

fn other(text: &str) -> PhoneMessage {
    PhoneMessage::Other { text: text.to_owned() }
}

fn channel_of(name: &str) -> Channel {
    let dtls = ["dtls", "DTLS", "udp"].iter().any(|word| name.contains(word));
    if dtls { Channel::Dtls } else { Channel::Tls }
}

/// Runs a grammar on the text behind a key.
fn after<'a, T>(
    text: &'a str,
    key: &str,
    mut grammar: impl Parser<&'a str, Output = T, Error = Error<'a>>,
) -> Option<T> {
    let (_, behind) = text.split_once(key)?;
    grammar.parse(behind.trim_start()).ok().map(|(_, told)| told)
}

type Error<'a> = nom::error::Error<&'a str>;

fn number<T: std::str::FromStr>(text: &str) -> IResult<&str, T> {
    map_res(digit1, str::parse).parse(text)
}

/// `(self signed certificate)`, also where the end is missing.
fn inside<'a>(open: char, close: char) -> impl Parser<&'a str, Output = &'a str, Error = Error<'a>> {
    preceded((space0, char(open)), take_till(move |c| c == close))
}

/// `<https://…>`: everything up to the last `>`, or to the end where it is missing.
fn pointed(text: &str) -> &str {
    let text = text.trim().strip_prefix('<').unwrap_or(text.trim());
    text.rsplit_once('>').map_or(text, |(inner, _)| inner)
}

/// `ssl_state_cb: TLSv1: SSL_connect: <step>`, and the alerts that are told in the same place.
fn state(text: &str) -> Option<PhoneMessage> {
    let (function, behind) = text.split_once("_state_cb: ")?;
    let (version, told) = behind.split_once(": ")?;
    let channel = if version.starts_with("DTLS") { Channel::Dtls } else { channel_of(function) };
    if let Some(step) = told.strip_prefix("SSL_connect:") {
        return Some(PhoneMessage::HandshakeStep { channel, step: step.trim().to_owned() });
    }
    let sender = sender(told)?;
    let level = preceded((take_until("alert"), tag("alert"), space0, char(':'), space0), tag("fatal"));
    let text = preceded((level, space0, char(':'), space0), rest::<&str, Error<'_>>).parse(told).ok()?.1;
    Some(PhoneMessage::Alert { channel, sender, code: None, text: text.trim().to_owned() })
}

fn sender(told: &str) -> Option<Sender> {
    match told.split([':', ' ']).next()? {
        "write" => Some(Sender::Phone),
        "read" => Some(Sender::Gateway),
        _ => None,
    }
}

/// `alert_err: SSL write alert: code 48, unknown CA`. Code 0 is the ordinary farewell.
fn alert(text: &str) -> Option<PhoneMessage> {
    let (_, behind) = text.split_once("alert_err: ")?;
    let (name, told) = behind.split_once(' ')?;
    let sender = sender(told)?;
    let code = preceded((tag("code"), space0), number::<u8>);
    let (code, text) = after(told, "alert:", (code, preceded(opt((char(','), space0)), rest)))?;
    (code > 0).then(|| PhoneMessage::Alert {
        channel: channel_of(name),
        sender,
        code: Some(code),
        text: text.trim().to_owned(),
    })
}

/// `SSL: SSL_connect: error:14090086:SSL routines:…`.
fn ssl_error(text: &str) -> Option<PhoneMessage> {
    let (before, error) = text.split_once("SSL_connect: error:")?;
    Some(PhoneMessage::SslError { channel: channel_of(before), text: error.trim().to_owned() })
}

fn ssl_setup(text: &str) -> Option<PhoneMessage> {
    let failed = SETUP_FAILED.iter().find(|words| text.contains(**words))?;
    Some(PhoneMessage::SslSetupFailed { channel: channel_of(failed) })
}

/// `cert_vfy_cb: depth:1 of 1, subject: <…>` and `… pre_err: 18 (…)`.
fn certificate(text: &str) -> Option<PhoneMessage> {
    let depth = after(text, "cert_vfy_cb: depth:", number)?;
    if let Some((_, subject)) = text.split_once("subject:") {
        return Some(PhoneMessage::PeerSubject { depth, subject: pointed(subject).to_owned() });
    }
    let (code, words) = after(text, "pre_err:", (number, opt(inside('(', ')'))))?;
    Some(PhoneMessage::VerifyCode { code, text: words.unwrap_or_default().to_owned() })
}

/// `Leaf cert hash = 1289…`: exactly forty digits.
fn leaf_hash(text: &str) -> Option<PhoneMessage> {
    let forty = terminated(
        take_while_m_n(40, 40, |c: char| c.is_ascii_hexdigit()),
        nom::combinator::not(nom::character::complete::satisfy(|c| c.is_ascii_hexdigit())),
    );
    let digits: &str = after(text, "Leaf cert hash =", forty)?;
    Some(PhoneMessage::LeafHash { sha1: hex::decode(digits)?.try_into().ok()? })
}

/// `… stopping checks on host=(vpn.example.com) and dns=(*.example.com)`.
fn wildcard(text: &str) -> Option<PhoneMessage> {
    let host = after(text, "host=", inside('(', ')'));
    let name = after(text, "dns=", inside('(', ')'));
    text.contains("wildcards are not allowed").then(|| PhoneMessage::WildcardRefused {
        host: host.unwrap_or_default().to_owned(),
        name: name.unwrap_or_default().to_owned(),
    })
}

/// `process_login: HTTP/1.0 302 Temporary moved` and `login code: 302 (redirected)`.
fn http_status(text: &str) -> Option<PhoneMessage> {
    let version = preceded(take_till(|c| c == ' '), preceded(space0, number::<u16>));
    let from_line = after(text, "HTTP/", (version, preceded(space0, rest)));
    let from_code = || after(text, "login code:", (number::<u16>, inside('(', ')')));
    let (code, text) = from_line.or_else(from_code)?;
    Some(PhoneMessage::HttpStatus { code, text: text.trim().to_owned() })
}

fn location(text: &str) -> Option<PhoneMessage> {
    let (_, location) = text.split_once("new 'Location':")?;
    let location = location.split_whitespace().next().unwrap_or_default().to_owned();
    Some(PhoneMessage::Location { location })
}

fn redirect(text: &str) -> Option<PhoneMessage> {
    let (_, url) = text.split_once("set_redirect_url: new URL")?;
    Some(PhoneMessage::RedirectUrl { url: pointed(url).to_owned() })
}

/// `LOGIN: 1 (TRYING) --> 3 (FAILED)`: number and name as they stand, because the names differ between the two.
fn login_state(text: &str) -> Option<PhoneMessage> {
    let (_, told) = text.split_once("set_login_state:")?;
    let (_, states) = told.split_once(':')?;
    let (from, to) = states.split_once("-->")?;
    let to = to.split_inclusive(')').next().unwrap_or(to);
    Some(PhoneMessage::LoginState { from: from.trim().to_owned(), to: to.trim().to_owned() })
}

fn notify(text: &str) -> Option<PhoneMessage> {
    let pair = || (number, opt(inside('[', ']')));
    if let Some((code, name)) = after(text, "notify type:", pair()) {
        return Some(PhoneMessage::NotifyType { code, name: name.unwrap_or_default().to_owned() });
    }
    if let Some((code, name)) = after(text, "notify code:", pair()) {
        return Some(PhoneMessage::NotifyCode { code, name: name.unwrap_or_default().to_owned() });
    }
    let text = after(text, "notify desc:", inside('[', ']'))?.to_owned();
    Some(PhoneMessage::NotifyDescription { text })
}

fn dead_peer_detection(text: &str) -> Option<PhoneMessage> {
    let seconds = after(text, "SSL dpd", terminated(number, (space0, tag("sec"))))?;
    Some(PhoneMessage::DeadPeerDetection { seconds })
}

/// `udp_connect: connecting to 192.0.2.1:443`.
fn connecting(text: &str) -> Option<PhoneMessage> {
    let (function, peer) = text.split_once("connect: connecting to ")?;
    let peer = peer.split_whitespace().next().unwrap_or_default().to_owned();
    Some(PhoneMessage::Connecting { channel: channel_of(function), peer })
}

/// The phone prints `getsockname failed` in every start, and `SSL_connect` speaks of a handshake: neither says that
/// the gateway was not reached.
fn connect_failed(text: &str) -> Option<PhoneMessage> {
    let lower = text.to_ascii_lowercase();
    let socket = lower.contains("connect") && !HANDSHAKE_WORDS.iter().any(|word| lower.contains(word));
    (socket && FAILURE_WORDS.iter().any(|word| lower.contains(word)))
        .then(|| PhoneMessage::ConnectFailed { channel: channel_of(&lower), text: text.to_owned() })
}

fn name_not_resolved(text: &str) -> Option<PhoneMessage> {
    let lower = text.to_ascii_lowercase();
    let resolver = RESOLVER_WORDS.iter().any(|word| lower.contains(word));
    let failed =
        ["fail", "unknown host", "timeout", "timed out", "not found", "error", "could not", "cannot"];
    (resolver && failed.iter().any(|word| lower.contains(word)))
        .then(|| PhoneMessage::NameNotResolved { text: text.to_owned() })
}

fn cipher_list(text: &str) -> Option<PhoneMessage> {
    let (function, ciphers) = text.split_once("connection: cipher list:")?;
    Some(PhoneMessage::CipherList { channel: channel_of(function), ciphers: ciphers.trim().to_owned() })
}

/// `vpn_set_active: activated -> de-activated`.
fn active(text: &str) -> Option<PhoneMessage> {
    let states = separated_pair(take_until(" -> "), tag(" -> "), take_till(char::is_whitespace));
    let (from, to): (&str, &str) = after(text, "vpn_set_active:", states)?;
    Some(PhoneMessage::Active { from: from.to_owned(), to: to.to_owned() })
}

/// `PXY_CERT_CIPHER: [SCCP], [TLSv1], cert [LSC], cipher [AES256-SHA:AES128-SHA]`.
fn proxy_certificate(text: &str) -> Option<PhoneMessage> {
    let (_, told) = text.split_once("PXY_CERT_CIPHER:")?;
    let kind = after(told, "cert ", inside('[', ']'))?.to_owned();
    let ciphers = after(told, "cipher ", inside('[', ']')).unwrap_or_default().to_owned();
    Some(PhoneMessage::ClientCertificate { kind, ciphers })
}

/// `SSL session setup - cert len=785, type=LSC`.
fn session_certificate(text: &str) -> Option<PhoneMessage> {
    let kind = preceded(digit1, preceded(tag(", type="), take_till(|c: char| !c.is_ascii_alphanumeric())));
    let kind: &str =
        after(text, "cert len=", map_opt(kind, |kind: &str| Some(kind).filter(|kind| !kind.is_empty())))?;
    Some(PhoneMessage::ClientCertificate { kind: kind.to_owned(), ciphers: String::new() })
}

fn certificate_name(text: &str) -> Option<PhoneMessage> {
    if let Some((_, subject)) = text.split_once("Certificate subject name = ") {
        return Some(PhoneMessage::CertificateSubject { subject: subject.trim().to_owned() });
    }
    let (_, issuer) = text.split_once("Certificate issuer name = ")?;
    Some(PhoneMessage::CertificateIssuer { issuer: issuer.trim().to_owned() })
}

/// Who may say a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// VPNC alone.
    Vpnc,
    /// Any process.
    Any,
}

/// Words, who may say them, and what they mean.
type Sentence = (&'static str, Whose, fn() -> PhoneMessage);

/// Sentences without a value in them.
const SENTENCES: &[Sentence] = &[
    ("file not found </tmp/issuer.crt>", Whose::Any, || PhoneMessage::IssuerFileMissing),
    ("Unable to open file /tmp/issuer.crt", Whose::Any, || PhoneMessage::IssuerFileMissing),
    ("VPN cert chain verification failed", Whose::Any, || PhoneMessage::ChainNotTrusted),
    ("DNS has wildcard", Whose::Vpnc, || PhoneMessage::WildcardCheck),
    ("hostID not found in subjectAltNames", Whose::Vpnc, || PhoneMessage::HostNotInAlternativeNames),
    ("hostID not found in subject name", Whose::Vpnc, || PhoneMessage::HostNotInSubject),
    ("hostIDCheck failed", Whose::Vpnc, || PhoneMessage::HostIdCheckFailed),
    ("do_login: got login response", Whose::Vpnc, || PhoneMessage::LoginResponse),
    ("old session cipher not returned", Whose::Vpnc, || PhoneMessage::OldSessionCipher),
    ("SSL success DTLS fail", Whose::Vpnc, || PhoneMessage::DtlsFailed),
    ("vpn_stop: de-activating vpn", Whose::Vpnc, || PhoneMessage::Stopped),
    ("protocol_handler: login failed", Whose::Vpnc, || PhoneMessage::LoginFailed),
    ("PXY_NO_LSC:", Whose::Any, || PhoneMessage::ClientCertificate {
        kind: "MIC".to_owned(),
        ciphers: String::new(),
    }),
];

type Reader = fn(&str) -> Option<PhoneMessage>;

const VPN_READERS: &[Reader] = &[
    state,
    alert,
    ssl_error,
    ssl_setup,
    certificate,
    leaf_hash,
    wildcard,
    http_status,
    location,
    redirect,
    login_state,
    notify,
    dead_peer_detection,
    connecting,
    cipher_list,
    active,
    proxy_certificate,
    session_certificate,
    certificate_name,
    name_not_resolved,
    connect_failed,
];

/// What SECD, SECUREAPP and others say that concerns the VPN: hashes, and the phone's own certificate.
const CERTIFICATE_READERS: &[Reader] = &[leaf_hash, proxy_certificate, session_certificate, certificate_name];

/// Words of other processes' records that are kept as they are.
pub(super) const VPN_WORDS: [&str; 5] = ["VPN", "Vpn", "/tmp/leaf.crt", "/tmp/issuer.crt", "cert hash"];

/// Ends after which a value or a word must follow.
const UNFINISHED: &[&str] = &[":", ",", "=", "-->", "before/connect", "before SSL", "new URL"];

const SETUP_FAILED: &[&str] = &[
    "create_ssl_connection: SSL setup failure",
    "create_ssl_connection failed",
    "create_dtls_connection: DTLS setup failure",
    "create_dtls_connection failed",
    "do_dtls_connect failed",
];

const HANDSHAKE_WORDS: &[&str] = &["ssl", "dtls", "getsockname"];

const FAILURE_WORDS: &[&str] = &[
    "failed",
    "failure",
    "timeout",
    "timed out",
    "refused",
    "unreachable",
    "no route to host",
    "reset by peer",
];

const RESOLVER_WORDS: &[&str] =
    &["gethostbyname", "getaddrinfo", "resolv", "dns lookup", "dns query", "unknown host"];

#[cfg(test)]
mod tests {
    use PhoneMessage as M;

    use super::*;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    #[test]
    fn the_messages_of_the_vpn_client_are_typed() {
        let (tls, dtls) = (Channel::Tls, Channel::Dtls);
        let failed = || text("3 (FAILED)");
        let rows = [
            (
                "ssl_state_cb: TLSv1: SSL_connect: SSLv3 read server hello A",
                M::HandshakeStep { channel: tls, step: text("SSLv3 read server hello A") },
            ),
            (
                "dtls_state_cb: DTLS: SSL_connect: before/connect initialization",
                M::HandshakeStep { channel: dtls, step: text("before/connect initialization") },
            ),
            (
                "ssl_state_cb: TLSv1: write: alert: fatal: unknown CA",
                M::Alert { channel: tls, sender: Sender::Phone, code: None, text: text("unknown CA") },
            ),
            (
                "dtls_state_cb: DTLS: write: alert: fatal:illegal parameter",
                M::Alert {
                    channel: dtls,
                    sender: Sender::Phone,
                    code: None,
                    text: text("illegal parameter"),
                },
            ),
            (
                "ssl_state_cb: TLSv1: read: alert: fatal:handshake failure",
                M::Alert {
                    channel: tls,
                    sender: Sender::Gateway,
                    code: None,
                    text: text("handshake failure"),
                },
            ),
            (
                "alert_err: SSL write alert: code 48, unknown CA",
                M::Alert { channel: tls, sender: Sender::Phone, code: Some(48), text: text("unknown CA") },
            ),
            (
                "alert_err: DTLS read alert: code 40, handshake failure",
                M::Alert {
                    channel: dtls,
                    sender: Sender::Gateway,
                    code: Some(40),
                    text: text("handshake failure"),
                },
            ),
            (
                "cert_vfy_cb: depth:1 of 1, subject: </CN=192.0.2.1/unstructuredName=192.0.2.1>",
                M::PeerSubject { depth: 1, subject: text("/CN=192.0.2.1/unstructuredName=192.0.2.1") },
            ),
            (
                "cert_vfy_cb: depth:1 of 1, pre_err: 18 (self signed certificate)",
                M::VerifyCode { code: 18, text: text("self signed certificate") },
            ),
            (
                "VPN cert chain verification failed, issuer certificate not found and leaf not trusted",
                M::ChainNotTrusted,
            ),
            (
                "SSL: SSL_connect: error:14090086:SSL routines:SSL3_GET_SERVER_CERTIFICATE:certificate verify failed",
                M::SslError {
                    channel: tls,
                    text: text("14090086:SSL routines:SSL3_GET_SERVER_CERTIFICATE:certificate verify failed"),
                },
            ),
            ("create_ssl_connection: SSL setup failure", M::SslSetupFailed { channel: tls }),
            ("do_login: create_ssl_connection failed", M::SslSetupFailed { channel: tls }),
            ("do_dtls_connect: create_dtls_connection failed", M::SslSetupFailed { channel: dtls }),
            ("DNS has wildcard, starting checks...", M::WildcardCheck),
            (
                "Generic third level wildcards are not allowed, stopping checks on host=(vpn.example.com) and dns=(*.example.com)",
                M::WildcardRefused { host: text("vpn.example.com"), name: text("*.example.com") },
            ),
            ("hostID not found in subjectAltNames", M::HostNotInAlternativeNames),
            ("hostID not found in subject name", M::HostNotInSubject),
            ("hostIDCheck failed!!", M::HostIdCheckFailed),
            ("do_login: got login response", M::LoginResponse),
            (
                "process_login: HTTP/1.0 302 Temporary moved",
                M::HttpStatus { code: 302, text: text("Temporary moved") },
            ),
            (
                "process_login: login code: 302 (redirected)",
                M::HttpStatus { code: 302, text: text("redirected") },
            ),
            (
                "process_login: new 'Location': /+webvpn+/index.html",
                M::Location { location: text("/+webvpn+/index.html") },
            ),
            (
                "set_redirect_url: new URL <https://vpn.example.com:443/+webvpn+/index.html>",
                M::RedirectUrl { url: text("https://vpn.example.com:443/+webvpn+/index.html") },
            ),
            (
                "set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)",
                M::LoginState { from: text("1 (TRYING)"), to: failed() },
            ),
            (
                "set_login_state: VPNC : 1 (LoggingIn) --> 3 (LoginFailed)",
                M::LoginState { from: text("1 (LoggingIn)"), to: text("3 (LoginFailed)") },
            ),
            (
                "vpnc_send_notify: notify type: 1 [LoginFailed]",
                M::NotifyType { code: 1, name: text("LoginFailed") },
            ),
            (
                "vpnc_send_notify: notify code: 37 [SslAlertSrvrCert]",
                M::NotifyCode { code: 37, name: text("SslAlertSrvrCert") },
            ),
            (
                "vpnc_send_notify: notify desc: [alert: Unknown CA (server cert)]",
                M::NotifyDescription { text: text("alert: Unknown CA (server cert)") },
            ),
            ("protocol_handler: login failed", M::LoginFailed),
            ("protocol_handler: SSL dpd 30 sec from SG (enabled)", M::DeadPeerDetection { seconds: 30 }),
            (
                "udp_connect: connecting to 192.0.2.1:443",
                M::Connecting { channel: dtls, peer: text("192.0.2.1:443") },
            ),
            (
                "tcp_connect: connect to 192.0.2.1:443 timed out",
                M::ConnectFailed {
                    channel: tls,
                    text: text("tcp_connect: connect to 192.0.2.1:443 timed out"),
                },
            ),
            (
                "do_login: gethostbyname failed",
                M::NameNotResolved { text: text("do_login: gethostbyname failed") },
            ),
            (
                "create_dtls_connection: cipher list: AES256-SHA",
                M::CipherList { channel: dtls, ciphers: text("AES256-SHA") },
            ),
            (
                "DTLS: SSL_connect: error:140920C5:SSL routines:SSL3_GET_SERVER_HELLO:old session cipher not returned",
                M::OldSessionCipher,
            ),
            ("protocol_handler: connect : err: SSL success DTLS fail", M::DtlsFailed),
            ("vpn_stop: de-activating vpn", M::Stopped),
            (
                "vpn_set_active: activated -> de-activated",
                M::Active { from: text("activated"), to: text("de-activated") },
            ),
        ];
        for (line, expected) in rows {
            assert_eq!(message("VPNC", line), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_is_not_known_is_kept_as_it_is() {
        for line in [
            "udp_connect: getsockname failed",
            "create_ssl_connection: SSL_connect ret -1 error 1",
            "SSL: SSL_connect: SSL_ERROR_SSL (error 1)",
            "ssl_state_cb: TLSv1: write: alert: warning:close notify",
            "alert_err: SSL read alert: code 0, close notify",
            "vpn_set_auto: auto -> auto",
            "udp_connect: connected to 192.0.2.1:443",
            "",
        ] {
            assert_eq!(message("VPNC", line), Some(other(line)), "{line}");
        }
    }

    #[test]
    fn other_processes_speak_of_other_servers_too() {
        let hex = "1289B8A7AA9FFD84865E38939F3466A61B5608FC";
        let Some(M::LeafHash { sha1 }) = message("SECD", &format!("Leaf cert hash = {hex}")) else {
            panic!()
        };
        assert_eq!((sha1[0], sha1[19]), (0x12, 0xfc));
        let certificate = |kind: &str, ciphers: &str| {
            Some(M::ClientCertificate { kind: text(kind), ciphers: text(ciphers) })
        };
        let rows = [
            ("EROR:secLoadFile: file not found </tmp/issuer.crt>", Some(M::IssuerFileMissing)),
            ("Unable to open file /tmp/issuer.crt", Some(M::IssuerFileMissing)),
            (
                "PXY_CERT_CIPHER: [SCCP], [TLSv1], cert [LSC], cipher [AES256-SHA:AES128-SHA]",
                certificate("LSC", "AES256-SHA:AES128-SHA"),
            ),
            ("PXY_NO_LSC: No LSC for [SCCP], will try MIC", certificate("MIC", "")),
            ("SSL session setup - cert len=785, type=LSC", certificate("LSC", "")),
            (
                "SSL session setup - Certificate issuer name = /O=Cisco/CN=Cisco Manufacturing CA SHA2",
                Some(M::CertificateIssuer { issuer: text("/O=Cisco/CN=Cisco Manufacturing CA SHA2") }),
            ),
            (
                "Certificate subject name = /CN=CP-8861-SEP001122334455",
                Some(M::CertificateSubject { subject: text("/CN=CP-8861-SEP001122334455") }),
            ),
            ("STATE_SSL3_ALERT: SSL3 alert [read]:[fatal]:[unknown CA", None),
            ("EROR:clpState: SSL3 alert read:fatal:handshake failure:<192.0.2.6>", None),
            ("clpSetupSsl: ** SSL handshake failed, <192.0.2.6> c:14 s:15", None),
            ("Leaf cert hash = 1289", Some(other("Leaf cert hash = 1289"))),
        ];
        for (line, expected) in rows {
            assert_eq!(message("SECD", line), expected, "{line}");
        }
    }
}
