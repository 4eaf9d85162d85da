//! What a person can bring, and how to get it.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// A kind of evidence. Its id is the one in reports and in the rule list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// `show version`.
    AsaVersion,
    /// `show running-config`.
    AsaConfig,
    /// `show running-config all`.
    AsaConfigAll,
    /// `show ssl`.
    AsaSsl,
    /// The ASA's syslog at level debugging.
    AsaLog,
    /// `debug webvpn anyconnect`.
    AsaDebug,
    /// `show crypto ca certificates`.
    AsaCertificates,
    /// `show vpn-sessiondb detail anyconnect`.
    AsaSessions,
    /// The phone's `SEP….cnf.xml`.
    PhoneConfig,
    /// The phone's console logs.
    PhoneLog,
    /// The phone's status messages or network page.
    PhoneStatus,
    /// The phone's ITL or CTL file.
    TrustList,
    /// The certificate that the ASA presents.
    Certificate,
    /// A packet capture.
    Capture,
    /// CUCM's version or install media name.
    CucmVersion,
    /// Something that only the person knows.
    Answer,
}

/// The rule could not be checked: any one of these would let it run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing(pub Vec<Need>);

impl Missing {
    /// One kind of evidence is missing.
    pub fn need(need: Need) -> Self {
        Self(vec![need])
    }
}

impl Need {
    /// Every kind of evidence.
    pub const ALL: [Self; 16] = [
        Self::AsaVersion,
        Self::AsaConfig,
        Self::AsaConfigAll,
        Self::AsaSsl,
        Self::AsaLog,
        Self::AsaDebug,
        Self::AsaCertificates,
        Self::AsaSessions,
        Self::PhoneConfig,
        Self::PhoneLog,
        Self::PhoneStatus,
        Self::TrustList,
        Self::Certificate,
        Self::Capture,
        Self::CucmVersion,
        Self::Answer,
    ];

    /// A log or a capture, of which the next attempt may show more.
    pub const fn is_log(self) -> bool {
        matches!(self, Self::AsaLog | Self::AsaDebug | Self::PhoneLog | Self::PhoneStatus | Self::Capture)
    }

    /// Only an ASA prints it.
    pub const fn is_of_asa(self) -> bool {
        matches!(
            self,
            Self::AsaVersion
                | Self::AsaConfig
                | Self::AsaConfigAll
                | Self::AsaSsl
                | Self::AsaLog
                | Self::AsaDebug
                | Self::AsaCertificates
                | Self::AsaSessions
        )
    }

    /// The id in reports and rule lists.
    pub const fn id(self) -> &'static str {
        match self {
            Self::AsaVersion => "asa-version",
            Self::AsaConfig => "asa-config",
            Self::AsaConfigAll => "asa-config-all",
            Self::AsaSsl => "asa-ssl",
            Self::AsaLog => "asa-log",
            Self::AsaDebug => "asa-debug",
            Self::AsaCertificates => "asa-certificates",
            Self::AsaSessions => "asa-sessions",
            Self::PhoneConfig => "phone-config",
            Self::PhoneLog => "phone-log",
            Self::PhoneStatus => "phone-status",
            Self::TrustList => "trust-list",
            Self::Certificate => "certificate",
            Self::Capture => "capture",
            Self::CucmVersion => "cucm-version",
            Self::Answer => "answer",
        }
    }

    /// What it is called.
    pub const fn name(self) -> Text {
        match self {
            Self::AsaVersion => Text::fixed("the ASA's version and licences", "Version und Lizenzen der ASA"),
            Self::AsaConfig => Text::fixed("the ASA's configuration", "die Konfiguration der ASA"),
            Self::AsaConfigAll => Text::fixed(
                "the ASA's configuration with defaults",
                "die Konfiguration der ASA mit Vorgabewerten",
            ),
            Self::AsaSsl => Text::fixed("the ASA's SSL settings", "die SSL-Einstellungen der ASA"),
            Self::AsaLog => Text::fixed("the ASA's log", "das Protokoll der ASA"),
            Self::AsaDebug => {
                Text::fixed("the ASA's WebVPN debug output", "die WebVPN-Debug-Ausgabe der ASA")
            }
            Self::AsaCertificates => Text::fixed("the ASA's certificates", "die Zertifikate der ASA"),
            Self::AsaSessions => Text::fixed("the ASA's VPN sessions", "die VPN-Sitzungen der ASA"),
            Self::PhoneConfig => Text::fixed("the phone's configuration", "die Konfiguration des Telefons"),
            Self::PhoneLog => Text::fixed("the phone's console logs", "die Konsolenprotokolle des Telefons"),
            Self::PhoneStatus => {
                Text::fixed("the phone's status messages", "die Statusmeldungen des Telefons")
            }
            Self::TrustList => Text::fixed(
                "the phone's trust list (ITL, CTL)",
                "die Vertrauensliste des Telefons (ITL, CTL)",
            ),
            Self::Certificate => {
                Text::fixed("the certificate that the ASA presents", "das Zertifikat, das die ASA vorlegt")
            }
            Self::Capture => Text::fixed("a packet capture", "ein Paketmitschnitt"),
            Self::CucmVersion => Text::fixed("CUCM's version", "die Version des CUCM"),
            Self::Answer => Text::fixed("your answer", "Ihre Antwort"),
        }
    }

    /// The one command or address to copy; empty where there is none.
    pub const fn command(self) -> &'static str {
        match self {
            Self::AsaVersion => "show version",
            Self::AsaConfig => "show running-config",
            Self::AsaConfigAll => "show running-config all",
            Self::AsaSsl => "show ssl",
            Self::AsaLog => "show logging",
            Self::AsaDebug => "debug webvpn anyconnect 255",
            Self::AsaCertificates => "show crypto ca certificates",
            Self::AsaSessions => "show vpn-sessiondb detail anyconnect",
            Self::CucmVersion => "show version active",
            Self::PhoneConfig
            | Self::PhoneLog
            | Self::PhoneStatus
            | Self::TrustList
            | Self::Certificate
            | Self::Capture
            | Self::Answer => "",
        }
    }

    /// What it is called where the gateway is no ASA.
    pub const fn name_without_asa(self) -> Text {
        match self {
            Self::Certificate => Text::fixed(
                "the certificate that the gateway presents",
                "das Zertifikat, das das Gateway vorlegt",
            ),
            other => other.name(),
        }
    }

    /// How to get it where the gateway is no ASA.
    pub const fn how_to_get_without_asa(self) -> Text {
        match self {
            Self::Certificate => Text::fixed(
                "Open the phones' URL in a browser and export the certificate that it shows.",
                "Öffnen Sie die URL der Telefone im Browser und exportieren Sie das angezeigte Zertifikat.",
            ),
            Self::Capture => Text::fixed(
                "Record one connection attempt at the gateway, or at the phone's PC port with Span to PC Port enabled.",
                "Zeichnen Sie einen Verbindungsversuch auf: am Gateway oder am PC-Port des Telefons mit eingeschaltetem Span to PC Port.",
            ),
            other => other.how_to_get(),
        }
    }

    /// How to get it, in one or two sentences.
    pub const fn how_to_get(self) -> Text {
        match self {
            Self::AsaVersion => Text::fixed(
                "On the ASA: `show version`. The licence lines at its end matter.",
                "Auf der ASA: `show version`. Wichtig sind die Lizenzzeilen am Ende.",
            ),
            Self::AsaConfig => Text::fixed(
                "On the ASA: `terminal pager 0`, then `show running-config`. Keep the certificate blocks in it: the hash is computed from them.",
                "Auf der ASA: `terminal pager 0`, dann `show running-config`. Lassen Sie die Zertifikatsblöcke darin: Aus ihnen wird der Hash berechnet.",
            ),
            Self::AsaConfigAll => Text::fixed(
                "On the ASA: `show running-config all`. Only this shows the values that nobody has set.",
                "Auf der ASA: `show running-config all`. Nur so sind auch die Werte zu sehen, die niemand gesetzt hat.",
            ),
            Self::AsaSsl => Text::fixed(
                "On the ASA: `show ssl` and `show running-config all ssl`.",
                "Auf der ASA: `show ssl` und `show running-config all ssl`.",
            ),
            Self::AsaLog => Text::fixed(
                "On the ASA, in `configure terminal`: `logging enable`, `logging buffer-size 1048576`, `logging buffered debugging`, `end`. Let the phone try again, then `show logging`. Afterwards set `logging buffered` to what it was.",
                "Auf der ASA in `configure terminal`: `logging enable`, `logging buffer-size 1048576`, `logging buffered debugging`, `end`. Lassen Sie das Telefon einen neuen Versuch machen, dann `show logging`. Stellen Sie `logging buffered` danach auf den alten Wert.",
            ),
            Self::AsaDebug => Text::fixed(
                "On the ASA: `debug webvpn anyconnect 255`, and `undebug all` afterwards. Not on a gateway with many users: the output cannot be filtered by address.",
                "Auf der ASA: `debug webvpn anyconnect 255`, danach `undebug all`. Nicht auf einem Gateway mit vielen Benutzern: Die Ausgabe lässt sich nicht nach Adresse filtern.",
            ),
            Self::AsaCertificates => Text::fixed(
                "On the ASA: `show crypto ca certificates`. It shows names and dates but no hash; `show running-config` holds the certificates themselves.",
                "Auf der ASA: `show crypto ca certificates`. Das zeigt Namen und Daten, aber keinen Hash; die Zertifikate selbst stehen in `show running-config`.",
            ),
            Self::AsaSessions => Text::fixed(
                "On the ASA, while a phone is connected: `show vpn-sessiondb detail anyconnect`.",
                "Auf der ASA, während ein Telefon verbunden ist: `show vpn-sessiondb detail anyconnect`.",
            ),
            Self::PhoneConfig => Text::fixed(
                "From a PC that reaches CUCM: open port 6970 of the TFTP server in a browser, for example `http://CUCM:6970/SEP001122334455.cnf.xml.sgn`, or use `tftp -i CUCM get SEP001122334455.cnf.xml.sgn`.",
                "Öffnen Sie an einem PC, der den CUCM erreicht, Port 6970 des TFTP-Servers im Browser, zum Beispiel `http://CUCM:6970/SEP001122334455.cnf.xml.sgn`, oder `tftp -i CUCM get SEP001122334455.cnf.xml.sgn`.",
            ),
            Self::PhoneLog => Text::fixed(
                "Open the phone's address in a browser, choose Console Logs and save every file of the list (five on the 79xx): the phone overwrites them in turn. Web access must be enabled for the phone in CUCM.",
                "Öffnen Sie die Adresse des Telefons im Browser, wählen Sie Console Logs und speichern Sie jede Datei der Liste (bei 79xx fünf): Das Telefon überschreibt sie reihum. Im CUCM muss für das Telefon der Webzugriff (Web Access) eingeschaltet sein.",
            ),
            Self::PhoneStatus => Text::fixed(
                "On the phone: Settings > Status > Status Messages, or the same page in a browser.",
                "Am Telefon: Einstellungen > Status > Statusmeldungen, oder dieselbe Seite im Browser.",
            ),
            Self::TrustList => Text::fixed(
                "From CUCM's TFTP server: `ITLSEP001122334455.tlv` (or `ITLFile.tlv`) and `CTLSEP001122334455.tlv`, with the phone's own name.",
                "Vom TFTP-Server des CUCM: `ITLSEP001122334455.tlv` (oder `ITLFile.tlv`) und `CTLSEP001122334455.tlv`, mit dem Namen Ihres Telefons.",
            ),
            Self::Certificate => Text::fixed(
                "Open the phones' URL in a browser and export the certificate that it shows, or on the ASA, in `configure terminal`: `crypto ca export <trustpoint> identity-certificate` for the trust-point that `show running-config ssl` names.",
                "Öffnen Sie die URL der Telefone im Browser und exportieren Sie das angezeigte Zertifikat, oder auf der ASA in `configure terminal`: `crypto ca export <trustpoint> identity-certificate` für den Vertrauenspunkt (trust-point), den `show running-config ssl` nennt.",
            ),
            Self::Capture => Text::fixed(
                "Record one connection attempt at the ASA (`capture VPN interface <interface> match ip host <phone-address> any`) or at the phone's PC port with Span to PC Port enabled.",
                "Zeichnen Sie einen Verbindungsversuch auf: an der ASA (`capture VPN interface <interface> match ip host <phone-address> any`) oder am PC-Port des Telefons mit eingeschaltetem Span to PC Port.",
            ),
            Self::CucmVersion => Text::fixed(
                "On CUCM: `show version active`. The name of the install media says whether it is export restricted.",
                "Auf dem CUCM: `show version active`. Am Namen des Installationsmediums ist zu erkennen, ob es die exportbeschränkte Version ist.",
            ),
            Self::Answer => Text::fixed(
                "No file can show this: answer the question.",
                "Das kann keine Datei zeigen: Beantworten Sie die Frage.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_what_serde_writes() {
        for need in Need::ALL {
            assert_eq!(serde_json::to_value(need).unwrap(), need.id());
        }
    }
}
