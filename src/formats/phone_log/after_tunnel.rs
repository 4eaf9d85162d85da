//! What other processes than the VPN client say of the time after the tunnel: files, trust lists, call control, and
//! changes that CUCM pushes.
//!
//! ```text
//! dgetfile(877)-GETXXTP [GT877][src=ITLSEP001122334455.tlv][dest=/tmp/ITLFile.tlv][serv=][serv6=][sec=0]
//! dgetfile(851)-XXTP actualserver [192.0.2.51]
//! JAVA-SIPCC-SIP_CC_CONN: sip_tcp_create_connection: socket connect failed cpr_errno: 1 ipaddr: 192.0.2.10, port: 5060
//! ```
//!
//! Empty: `None` is a record that says nothing of it.
//! Quirks: status 100 was seen where a file arrived; what other numbers mean is not published. Levels say nothing.
//! Sources: Cisco 213407, 200850, 215014, 118699 and 217219. The wordings of a failed download, of a refused trust list,
//! of a connection to CAPF and of a change pushed by CUCM are inferred: no public log shows them.

use crate::alarm;
use crate::documents::phone_log::PhoneMessage;
use crate::event::Push;

/// Processes that fetch files and addresses: all that they say is looked at.
pub(super) const FETCHERS: [&str; 5] = ["dgetfile", "downd", "DHCP", "TFTP", "CFG"];

/// What stands in every record of other processes that is looked at here. Processes talk much, so the list is short.
pub(super) const WORDS: [&str; 13] = [
    "CAPF",
    "3804",
    "LastOutOfServiceInformation",
    "---> SIP_REG_STATE_REGISTERED",
    "socket connect failed",
    "Not connected*",
    "CUCMs failed",
    "unreg-reason=",
    "action=",
    "TL file updated",
    "TL parse",
    "trust list",
    "Authentication Response received",
];

/// What such a record says.
pub(super) fn message(process: &str, text: &str) -> Option<PhoneMessage> {
    let fetches = FETCHERS.contains(&process);
    READERS.iter().filter(|(whose, _)| fetches || *whose == Whose::Any).find_map(|(_, read)| read(text))
}

/// Who may say a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The processes in [`FETCHERS`].
    Fetcher,
    /// Any process.
    Any,
}

type Reader = fn(&str) -> Option<PhoneMessage>;

const READERS: &[(Whose, Reader)] = &[
    (Whose::Any, out_of_service),
    (Whose::Fetcher, file_request),
    (Whose::Fetcher, file_status),
    (Whose::Fetcher, file_server),
    (Whose::Fetcher, dhcp_server),
    (Whose::Fetcher, file_failed),
    (Whose::Any, registered),
    (Whose::Any, connect_failed),
    (Whose::Any, not_connected),
    (Whose::Any, all_failed),
    (Whose::Any, deregistered),
    (Whose::Any, push),
    (Whose::Any, trust_list),
    (Whose::Any, trust_verification),
    (Whose::Any, capf),
];

/// `[src=ITLSEP001122334455.tlv]…[serv=192.0.2.51]`; the server is empty where the phone is still to choose one.
fn file_request(text: &str) -> Option<PhoneMessage> {
    let (_, behind) = text.split_once("GETXXTP")?;
    let file = bracket(behind, "[src=")?.to_owned();
    Some(PhoneMessage::FileRequest { file, server: bracket(behind, "[serv=").unwrap_or_default().to_owned() })
}

/// `XXTP complete - status = 100`.
fn file_status(text: &str) -> Option<PhoneMessage> {
    let (_, status) = text.split_once("XXTP complete - status = ")?;
    Some(PhoneMessage::FileStatus { status: leading_number(status)? })
}

/// `XXTP actualserver [192.0.2.51]`.
fn file_server(text: &str) -> Option<PhoneMessage> {
    let server = bracket(text, "XXTP actualserver [")?.to_owned();
    Some(PhoneMessage::FileServer { server })
}

/// `tftpsvr1:192.0.2.20`; 0.0.0.0 and nothing are what the server did not give.
fn dhcp_server(text: &str) -> Option<PhoneMessage> {
    let (number, server) = text.trim_start().strip_prefix("tftpsvr")?.split_once(':')?;
    let number = number.parse().ok()?;
    let server = server.trim();
    let server = if server == "0.0.0.0" { "" } else { server };
    Some(PhoneMessage::DhcpTftpServer { number, server: server.to_owned() })
}

/// A download that ended in an error or got no answer, in words.
fn file_failed(text: &str) -> Option<PhoneMessage> {
    let lower = text.to_ascii_lowercase();
    let transfer = ["tftp", "xxtp", "file"].iter().any(|word| lower.contains(word));
    let failed = ["timeout", "timed out", "not found", "access error", "tftp error", "no answer"]
        .iter()
        .any(|word| lower.contains(word));
    (transfer && failed).then(|| PhoneMessage::FileFailed { text: text.to_owned() })
}

fn registered(text: &str) -> Option<PhoneMessage> {
    let (_, to) = text.split_once("--->")?;
    (text.contains("Registration state change") && to.trim() == "SIP_REG_STATE_REGISTERED")
        .then_some(PhoneMessage::Registered)
}

/// `… ipaddr: 192.0.2.10, port: 5060`.
fn connect_failed(text: &str) -> Option<PhoneMessage> {
    let (_, behind) = text.split_once("sip_tcp_create_connection: socket connect failed")?;
    let server = behind.split_once("ipaddr: ")?.1.split([',', ' ']).next()?.to_owned();
    let port = behind.split_once("port: ").and_then(|(_, port)| leading_number(port));
    Some(PhoneMessage::CallControlConnectFailed { server, port })
}

/// `ui_set_ccm_conn_status: ***********CUCM 192.0.2.10 Not connected***********`.
fn not_connected(text: &str) -> Option<PhoneMessage> {
    let (_, behind) = text.split_once("*CUCM ")?;
    let (server, _) = behind.split_once(" Not connected")?;
    Some(PhoneMessage::CallControlNotConnected { server: server.trim().to_owned() })
}

fn all_failed(text: &str) -> Option<PhoneMessage> {
    text.contains("Registration to all CUCMs failed").then_some(PhoneMessage::RegistrationFailed)
}

/// `setLastDeregistrationReason - new unreg-reason=10(LastTimeTCPtimeout) , old unreg-reason=25`.
fn deregistered(text: &str) -> Option<PhoneMessage> {
    let (_, behind) = text.split_once("new unreg-reason=")?;
    let code = leading_number(behind)?;
    let name = behind.split_once('(').and_then(|(_, name)| name.split_once(')')).map(|(name, _)| name);
    Some(PhoneMessage::Deregistered { code, name: name.unwrap_or_default().to_owned() })
}

fn out_of_service(text: &str) -> Option<PhoneMessage> {
    if !text.contains(alarm::OUT_OF_SERVICE) {
        return None;
    }
    let known = alarm::parameters(text);
    let parameters: Vec<_> = known.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    (!parameters.is_empty()).then_some(PhoneMessage::OutOfService { parameters })
}

/// The body of CUCM's `NOTIFY` with `Event: service-control`: `action=restart`.
fn push(text: &str) -> Option<PhoneMessage> {
    let (_, action) = text.split_once("action=")?;
    let word = action.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-')).next()?;
    let push = match word.to_ascii_lowercase().as_str() {
        "apply-config" | "applyconfig" => Push::ApplyConfig,
        "reset" => Push::Reset,
        "restart" => Push::Restart,
        _ => return None,
    };
    Some(PhoneMessage::Pushed { push })
}

/// Results of reading a trust list, and what is not in it.
fn trust_list(text: &str) -> Option<PhoneMessage> {
    if text.contains("TL file updated") {
        return Some(PhoneMessage::TrustListUpdated);
    }
    if let Some((_, result)) = text.split_once("TL parse to table: ") {
        let good = result.trim().starts_with("CTL_SUCCESS");
        return (!good).then(|| PhoneMessage::TrustListRefused { text: text.to_owned() });
    }
    let lower = text.to_ascii_lowercase();
    if lower.contains("trust list update failed") {
        return Some(PhoneMessage::TrustListRefused { text: text.to_owned() });
    }
    lower
        .contains("no match found in trust list")
        .then(|| PhoneMessage::NotInTrustList { text: text.to_owned() })
}

/// `Authentication Response received, status : 0`: the trust verification service answered, 0 is good.
fn trust_verification(text: &str) -> Option<PhoneMessage> {
    let (_, status) = text.split_once("Authentication Response received, status :")?;
    Some(PhoneMessage::TrustVerified { status: leading_number(status.trim_start())? })
}

/// A connection to CAPF that failed, or a certificate that came from it. The name of an issuer, `CN=CAPF-0a1b2c3d`, is
/// none of both.
fn capf(text: &str) -> Option<PhoneMessage> {
    // Most of what a phone says holds neither.
    let may = memchr::memchr3_iter(b'c', b'C', b'3', text.as_bytes());
    let mut four = may.filter_map(|at| text.as_bytes().get(at..at + CAPF_PORT.len()));
    if !four.any(|four| four.eq_ignore_ascii_case(b"capf") || four == CAPF_PORT.as_bytes()) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let named = lower
        .match_indices("capf")
        .any(|(at, word)| !lower.get(at + word.len()..).unwrap_or_default().starts_with('-'));
    let port = lower.split(|sign: char| !sign.is_ascii_digit()).any(|number| number == CAPF_PORT);
    if !named && !port {
        return None;
    }
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if says(&["fail", "refused", "timeout", "timed out", "no answer", "unreachable", "not reach", "reset by"])
    {
        return Some(PhoneMessage::CapfFailed { text: text.to_owned() });
    }
    let came = says(&["success", "installed", "lsc updated"]);
    (named && came).then_some(PhoneMessage::CapfDone)
}

/// The port that CAPF listens on: CUCM, TCP and UDP Port Usage.
const CAPF_PORT: &str = "3804";

fn bracket<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.split_once(key)?.1.split(']').next()
}

fn leading_number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let digits = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    text.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use PhoneMessage as M;

    use super::*;

    #[test]
    fn what_follows_the_tunnel_is_typed() {
        let text = str::to_owned;
        let rows = [
            (
                "dgetfile",
                "GETXXTP [GT877][src=ITLSEP001122334455.tlv][dest=/tmp/ITLFile.tlv][serv=][serv6=][sec=0]",
                M::FileRequest { file: text("ITLSEP001122334455.tlv"), server: String::new() },
            ),
            ("dgetfile", "XXTP complete - status = 100", M::FileStatus { status: 100 }),
            ("dgetfile", "XXTP actualserver [192.0.2.51]", M::FileServer { server: text("192.0.2.51") }),
            ("DHCP", "tftpsvr1:192.0.2.20", M::DhcpTftpServer { number: 1, server: text("192.0.2.20") }),
            ("DHCP", "tftpsvr2:0.0.0.0", M::DhcpTftpServer { number: 2, server: String::new() }),
            (
                "TFTP",
                "TFTP timeout: SEP001122334455.cnf.xml",
                M::FileFailed { text: text("TFTP timeout: SEP001122334455.cnf.xml") },
            ),
            (
                "JAVA",
                "SIPCC-SIP_CC_CONN: sip_tcp_create_connection: socket connect failed cpr_errno: 1 ipaddr: 192.0.2.10, port: 5060",
                M::CallControlConnectFailed { server: text("192.0.2.10"), port: Some(5060) },
            ),
            (
                "JAVA",
                "SIPCC-UI_API: ui_set_ccm_conn_status: ***********CUCM 192.0.2.10 Not connected***********",
                M::CallControlNotConnected { server: text("192.0.2.10") },
            ),
            (
                "JAVA",
                "SIPCC-UI_API: ui_reg_all_failed: *********** Registration to all CUCMs failed .***********",
                M::RegistrationFailed,
            ),
            (
                "JAVA",
                "SIPCC-SIP_STATE: 97/1, sip_reg_sm_change_state: Registration state change: SIP_REG_STATE_REGISTERING ---> SIP_REG_STATE_REGISTERED",
                M::Registered,
            ),
            (
                "JAVA",
                "Thread-5|cip.sipcc.SipEnhancedAlarmInfo: setLastDeregistrationReason - new unreg-reason=24(x) , old unreg-reason=25",
                M::Deregistered { code: 24, name: text("x") },
            ),
            (
                "JAVA",
                "ALarmerIF send alarm( LastOutOfServiceInformation ): TFTPCfgStatus=2 ReasonForOutOfService=108",
                M::OutOfService {
                    parameters: vec![
                        (text("TFTPCfgStatus"), text("2")),
                        (text("ReasonForOutOfService"), text("108")),
                    ],
                },
            ),
            (
                "JAVA",
                "recv<--- NOTIFY … action=apply-config RegisterCallId={}",
                M::Pushed { push: Push::ApplyConfig },
            ),
            ("SECUREAPP", "TL file updated.", M::TrustListUpdated),
            (
                "SECUREAPP",
                "No match found in trust list against the item",
                M::NotInTrustList { text: text("No match found in trust list against the item") },
            ),
            ("SECD", "Authentication Response received, status : 0", M::TrustVerified { status: 0 }),
            (
                "SECD",
                "clpConnect: ** connect to <198.51.100.10:3804> failed, Connection refused",
                M::CapfFailed {
                    text: text("clpConnect: ** connect to <198.51.100.10:3804> failed, Connection refused"),
                },
            ),
            ("SECD", "CAPF: LSC installed", M::CapfDone),
        ];
        for (process, line, expected) in rows {
            assert_eq!(message(process, line), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_it_says_nothing() {
        for (process, line) in [
            ("JAVA", "file not found, tftp timeout"),
            ("SECUREAPP", "cert verify failed, issuer /O=x/CN=CAPF-0a1b2c3d"),
            ("SECD", "CAPF server list: 198.51.100.10"),
            ("JAVA", "Registration state change: SIP_REG_STATE_REGISTERED ---> SIP_REG_STATE_IDLE"),
            ("SECUREAPP", "updateFromFile: TL parse to table: CTL_SUCCESS"),
            ("JAVA", "action=check-version"),
            ("JAVA", "LastOutOfServiceInformation"),
            ("dgetfile", "In normal mode, call - > makeXXTPrequest (V6...)"),
        ] {
            assert_eq!(message(process, line), None, "{line}");
        }
    }
}
