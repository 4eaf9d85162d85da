//! What a phone shows about itself: status messages, the network and device pages, and alarms with reason codes.
//!
//! ```text
//! 10:12:33a TFTP timeout
//! 10:12:40a File not found SEP001122334455.cnf.xml
//! Cisco Unified IP Phone CP-7965G ( SEP001122334455 )           the head of each page
//! TFTP Server 1    192.168.1.1                                  copied from a browser
//! <tr><td><b>TFTP Server 1</b></td><td>192.168.1.1</td></tr>    the page itself, saved
//! <NetworkConfiguration><TFTPServer1>192.168.1.1</TFTPServer1>  /NetworkConfigurationX, /DeviceInformationX
//! … LastOutOfServiceInformation …: TFTPCfgStatus=2 …            an alarm, other than in the phone's console log
//! ```
//!
//! Empty: without a message, a setting or an alarm that is known nothing is returned.
//! Quirks: labels differ between firmwares in case and blanks, so [`PhoneStatus::setting`] compares them without
//! either. Only the last 10 (page) or 30 (phone) messages are kept by a phone: absence proves little.
//! Sources: Cisco IP Phone 8800 administration guide, "Status Messages" and "Cisco IP Phone Web Page"; CUCM 15 alarms,
//! `LastOutOfServiceInformation`, and Cisco 200850 (its reasons). The elements of the XML pages are those that public programs read.

mod markup;
mod rows;

use rows::Row;

use crate::alarm;
use crate::documents::Content;
use crate::documents::phone_status::{PhoneStatus, StatusMessage, bare};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind};
use crate::limits::Limits;
use crate::lines::Decoded;
use crate::source::{At, Located};

/// The format.
pub const FORMAT: Format = Format { name: "phone_status", recognise, most: 95, read: How::Whole(read) };

/// Rows looked at to recognise.
const ROWS_TO_RECOGNISE: usize = 2000;
/// Rows read; a page has some hundreds.
const ROWS_AT_MOST: usize = 50_000;
/// Entries kept of each list.
const LIST_AT_MOST: usize = 2000;

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let form = Form::of(sample.text);
    let mut best: Option<(u8, At)> = None;
    for row in form.rows(sample.text, ROWS_TO_RECOGNISE) {
        let strength = match (rows::message(&row), rows::setting(&row)) {
            (Some((time, _)), _) => 30 + 35 * u8::from(!time.is_empty()),
            (None, Some((name, value)))
                if !value.is_empty() && rows::is_telling(&name) || form == Form::Xml =>
            {
                65
            }
            (None, None) if is_alarm(&row.at.text) => 60,
            _ => continue,
        };
        let strength = if form == Form::Xml { 95 } else { strength };
        if best.as_ref().is_none_or(|(known, _)| strength > *known) {
            best = Some((strength, row.at.clone()));
        }
    }
    let (strength, at) = best?;
    let line = sample.text.line(at.line)?;
    let share = if form == Form::Xml { Share::Alone } else { Share::Mixed };
    Some(Claim { kind: Kind::PhoneStatus, strength, because: line.quoted(), share })
}

/// How the text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Html,
    /// One of the pages for programs.
    Xml,
}

impl Form {
    fn of(text: &Decoded) -> Self {
        let start = text.text().trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
        if !start.starts_with('<') {
            return Self::Plain;
        }
        let head: String = start.chars().take(2000).collect();
        if XML_ROOTS.iter().any(|root| head.contains(root)) { Self::Xml } else { Self::Html }
    }

    fn rows(self, text: &Decoded, at_most: usize) -> Vec<Row> {
        match self {
            Self::Plain => rows::plain(text, at_most),
            Self::Html => markup::rows(text, markup::Names::Drop, at_most),
            Self::Xml => markup::rows(text, markup::Names::AreLabels, at_most),
        }
    }
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    let mut status = PhoneStatus::default();
    for row in Form::of(sample.text).rows(sample.text, ROWS_AT_MOST) {
        if let Some((time, text)) = rows::message(&row) {
            if status.messages.len() < LIST_AT_MOST {
                status.messages.push(StatusMessage { at: row.at, time, text });
            }
        } else if let Some(head) = rows::head(&row) {
            if status.device.is_none() {
                status.device = head.device.map(|device| Located::new(device, row.at.clone()));
            }
            if status.model.is_none() {
                status.model = Some(Located::new(head.model, row.at));
            }
        } else if let Some((name, value)) = rows::setting(&row) {
            if bare(&name) == "hostname" && value.starts_with("SEP") && status.device.is_none() {
                status.device = Some(Located::new(value.clone(), row.at.clone()));
            }
            if status.settings.len() < LIST_AT_MOST {
                status.settings.push((name, Located::new(value, row.at)));
            }
        } else if is_alarm(&row.at.text) || !status.alarms.is_empty() {
            let line = sample.text.line(row.at.line).map(|line| line.text.to_owned()).unwrap_or_default();
            for (name, value) in alarm::parameters(&line) {
                let seen = Located::new(value, row.at.clone());
                if name == "DeviceName" && status.device.is_none() {
                    status.device = Some(seen.clone());
                }
                let known = status.alarms.iter().any(|(told, before)| told == name && before == &seen);
                if !known && status.alarms.len() < LIST_AT_MOST {
                    status.alarms.push((name.to_owned(), seen));
                }
            }
        }
    }
    // A head alone may stand in any text about phones.
    let nothing =
        PhoneStatus { device: status.device.clone(), model: status.model.clone(), ..PhoneStatus::default() };
    if status == nothing {
        return Parsed { state: InputState::Read, ..Parsed::default() };
    }
    Parsed::read(vec![Content::PhoneStatus(status)])
}

/// An alarm outside of the phone's console log, whose records are read with that.
fn is_alarm(line: &str) -> bool {
    line.contains(alarm::OUT_OF_SERVICE) && !rows::is_console_record(line)
}

const XML_ROOTS: &[&str] =
    &["<DeviceInformation", "<NetworkConfiguration", "<NetworkSetup", "<DeviceLog", "<StatusMessages"];

#[cfg(test)]
mod tests {

    use super::*;
    use crate::intake;
    use crate::tables::phone_status_messages::{self as messages, Said};

    const PAGE: &str = "<!DOCTYPE html><html><head><title>Cisco IP Phone</title>
<style>td { color: red }</style><script>var a = '<td>TFTP Server 1</td>';</script></head>
<body><table>
<tr><td><b>Host&nbsp;Name</b></td><td>SEP001122334455</td></tr>
<tr><td><b> TFTP Server 1</b></td>
<td> 192.168.1.1 &lt;DHCP&gt;</td></tr>
<tr><td>Alternate TFTP</td><td>No</td></tr>
<tr><td>Unified CM 1</td><td></td></tr>
</table><p>10:12:33a&#32;TFTP timeout<br>10:12:40a File not found <b>SEP001122334455.cnf.xml</b></p>
</body></html>
";

    fn status(text: &str) -> PhoneStatus {
        let reading = intake::read("x", text.as_bytes(), &Limits::default());
        let told = reading.documents.iter().find_map(|document| match &document.content {
            Content::PhoneStatus(status) => Some(status.clone()),
            _ => None,
        });
        told.unwrap_or_else(|| panic!("no status in {text}\n{reading:?}"))
    }

    fn kind(text: &str) -> Kind {
        intake::read("x", text.as_bytes(), &Limits::default()).inputs[0].kind
    }

    fn messages_of(status: &PhoneStatus) -> Vec<(&str, &str, u32)> {
        let rows = status.messages.iter();
        rows.map(|message| (&message.time[..], &message.text[..], message.at.line)).collect()
    }

    #[test]
    fn a_saved_page_is_read_with_its_places() {
        assert_eq!(kind(PAGE), Kind::PhoneStatus);
        let status = status(PAGE);
        assert_eq!(status.device.as_ref().unwrap().value, "SEP001122334455");
        let server = status.setting(&["tftpserver1"]).unwrap();
        assert_eq!((&server.value[..], server.at.line), ("192.168.1.1 <DHCP>", 5));
        assert_eq!(status.setting(&["alternatetftp"]).unwrap().value, "No");
        assert_eq!(
            messages_of(&status),
            [("10:12:33a", "TFTP timeout", 9), ("10:12:40a", "File not found SEP001122334455.cnf.xml", 9)]
        );
    }

    #[test]
    fn a_copy_of_the_page_says_the_same() {
        let text = "Network Setup\nHost name\tSEP001122334455\nTFTP server 1\t192.168.1.1\nAlternate TFTP: No\n\
            Status messages\n[10:12:33am 11/24/26] TFTP Timeout : SEP001122334455.cnf.xml.sgn\n\
            2026-11-24 10:12:40 Trust List update failed\n";
        let status = status(text);
        assert_eq!(status.setting(&["tftpserver1"]).unwrap().value, "192.168.1.1");
        assert_eq!(
            messages_of(&status),
            [
                ("10:12:33am 11/24/26", "TFTP Timeout : SEP001122334455.cnf.xml.sgn", 6),
                ("2026-11-24 10:12:40", "Trust List update failed", 7),
            ]
        );
        assert_eq!(messages::of(&status.messages[1].text), Some(Said::TrustListUpdateFailed));
    }

    #[test]
    fn the_head_of_a_page_names_model_and_phone() {
        for (head, model, device) in [
            ("Cisco Unified IP Phone CP-7945G ( SEP0011223344AA )", "CP-7945G", Some("SEP0011223344AA")),
            ("Cisco IP Phone CP-8845", "CP-8845", None),
            ("Cisco Unified IP-Telefon CP-7962G ( SEP0011223344AA )", "CP-7962G", Some("SEP0011223344AA")),
            ("CP-8861 SEP0011223344AA", "CP-8861", Some("SEP0011223344AA")),
            ("Cisco IP Phone 7841 (SEP0011223344AA)", "7841", Some("SEP0011223344AA")),
        ] {
            for text in [
                format!("Device Information\n{head}\nTFTP Server 1 192.0.2.1\n"),
                format!(
                    "<html><body><p><b>{head}</b></p><table><tr><td>TFTP Server 1</td><td>192.0.2.1</td></tr></table></body></html>"
                ),
            ] {
                let status = status(&text);
                assert_eq!(status.model.as_ref().map(|seen| seen.value.as_str()), Some(model), "{text}");
                assert_eq!(status.device.as_ref().map(|seen| seen.value.as_str()), device, "{text}");
            }
        }
        let prose = "We bought the CP-7945G last year because it has VPN\nTFTP Server 1 192.0.2.1\n";
        assert_eq!(status(prose).model, None);
    }

    #[test]
    fn pages_for_programs_are_read() {
        let text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<NetworkConfiguration>\n<HostName>SEP001122334455</HostName>\n\
            <TFTPServer1>192.168.1.1</TFTPServer1>\n<AltTFTP>No</AltTFTP>\n<TFTPServer2></TFTPServer2></NetworkConfiguration>\n";
        let told = status(text);
        assert_eq!(told.device.as_ref().unwrap().value, "SEP001122334455");
        assert_eq!(told.setting(&["tftpserver1"]).unwrap().at.line, 4);
        assert_eq!(told.settings.len(), 3);
        let log = "<DeviceLog><status>10:12:33a TFTP timeout</status></DeviceLog>";
        assert_eq!(messages_of(&status(log)), [("10:12:33a", "TFTP timeout", 1)]);
    }

    #[test]
    fn an_alarm_is_read_once() {
        let alarm = "Nov 24 10:12:33 cucm : %UC_PHONE-6-LastOutOfServiceInformation: %[DeviceName=SEP001122334455][TFTPCfgStatus=2][ReasonForOutOfService=108]\n";
        let status = status(alarm);
        let alarms: Vec<_> = status.alarms.iter().map(|(name, seen)| (&name[..], &seen.value[..])).collect();
        assert_eq!(
            alarms,
            [("DeviceName", "SEP001122334455"), ("TFTPCfgStatus", "2"), ("ReasonForOutOfService", "108")]
        );
        let console = "1966 INF Nov 09 13:01:22.822003 JAVA-send alarm( LastOutOfServiceInformation ): TFTPCfgStatus=1\n";
        assert_eq!(kind(console), Kind::PhoneLog);
    }

    #[test]
    fn other_texts_are_not_claimed() {
        for text in [
            "",
            "Dear colleagues, we saw a TFTP timeout yesterday.\n",
            "Host name: server1\nIP address: 192.0.2.1\nDomain name: example.com\nDNS server 1: 192.0.2.3\n",
            "hostname asa\ndomain-name example.com\nip address 192.0.2.1\nvpn load-balancing\nversion 9.1\n",
            "tftp-server 192.0.2.1\nTFTP Server\n",
            "<html><body><p>Hello</p></body></html>",
        ] {
            assert_ne!(kind(text), Kind::PhoneStatus, "{text}");
        }
    }

    #[test]
    fn a_page_cut_anywhere_is_read_without_panic() {
        for end in 0..PAGE.len() {
            let _ = kind(&PAGE[..end]);
        }
    }
}
