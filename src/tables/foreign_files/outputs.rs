//! What other tools and devices print, of which no format reads anything.
//!
//! Sources: nmap reference guide, output; testssl.sh, sslyze and sslscan documentation; openssl-s_client(1); openconnect(8)
//! with `--dump-http-traffic`; Cisco Security Cloud Control API, devices; AnyConnect administrator guide, profiles, DART
//! and HostScan; Wireshark user's guide, export of packet dissections; tcpdump(1); Windows Event Viewer; FreeRADIUS,
//! Microsoft NPS and Cisco ISE log formats; Asterisk logger; CUCM trace format (SDL); dhcpd.leases(5).

use super::{ForeignFile, Sign, Weight};
use crate::text::Text;

pub(super) const ROWS: &[ForeignFile] = &[
    row(
        "nmap",
        Text::fixed("an nmap result", "ein Ergebnis von nmap"),
        Text::fixed("nmap results", "Ergebnisse von nmap"),
        SSL_SETTINGS,
        &[
            Sign::Starts("Nmap scan report for "),
            Sign::Starts("Starting Nmap "),
            Sign::Starts("# Nmap "),
            Sign::Holds("<nmaprun"),
        ],
    ),
    row(
        "tls-scan",
        Text::fixed("a TLS scanner's result", "ein Ergebnis eines TLS-Prüfprogramms"),
        Text::fixed("TLS scanners' results", "Ergebnisse von TLS-Prüfprogrammen"),
        SSL_SETTINGS,
        &[
            Sign::Holds("testssl.sh"),
            Sign::Holds("Testing protocols via sockets"),
            Sign::Holds("sslyze"),
            Sign::Starts("SCAN RESULTS FOR "),
            Sign::Starts("Testing SSL server "),
            Sign::Holds("ssllabs.com"),
        ],
    ),
    row(
        "openssl-client",
        Text::fixed(
            "an output of openssl s_client without a certificate",
            "eine Ausgabe von openssl s_client ohne Zertifikat",
        ),
        Text::fixed("outputs of openssl s_client", "Ausgaben von openssl s_client"),
        Text::fixed(
            "Let it print the certificates: `openssl s_client -showcerts -connect HOST:443`.",
            "Lassen Sie die Zertifikate mit ausgeben: `openssl s_client -showcerts -connect HOST:443`.",
        ),
        &[
            Sign::Starts("CONNECTED(0"),
            Sign::Holds("no peer certificate available"),
            Sign::Starts("SSL handshake has read "),
        ],
    ),
    row(
        "asks-for-host-scan",
        Text::fixed(
            "a gateway's answer to an AnyConnect client that asks for Host Scan (Cisco Secure Desktop), which no phone can run",
            "die Antwort eines Gateways an einen AnyConnect-Client, die Host Scan (Cisco Secure Desktop) verlangt; das kann kein Telefon",
        ),
        Text::fixed("answers that ask for Host Scan", "Antworten, die Host Scan verlangen"),
        CONFIGURATION,
        &[
            Sign::Starts("<host-scan>"),
            Sign::Holds("<host-scan-"),
            Sign::Holds("/sdesktop/wait.html"),
            Sign::Holds("Cisco Secure Desktop not installed"),
        ],
    ),
    row(
        "anyconnect-answer",
        Text::fixed(
            "a gateway's answer to an AnyConnect client",
            "die Antwort eines Gateways an einen AnyConnect-Client",
        ),
        Text::fixed("answers to AnyConnect clients", "Antworten an AnyConnect-Clients"),
        CONFIGURATION,
        &[Sign::Holds("<config-auth ")],
    ),
    row(
        "openconnect",
        Text::fixed("a log of OpenConnect", "ein Protokoll von OpenConnect"),
        Text::fixed("logs of OpenConnect", "Protokolle von OpenConnect"),
        LOG,
        &[
            Sign::Holds("Got HTTP response:"),
            Sign::Starts("Attempting to connect to server "),
            Sign::Starts("Connected to HTTPS on "),
            Sign::Starts("Established DTLS connection"),
        ],
    ),
    row(
        "anyconnect-profile",
        Text::fixed("an AnyConnect profile", "ein AnyConnect-Profil"),
        Text::fixed("AnyConnect profiles", "AnyConnect-Profile"),
        CONFIGURATION,
        &[Sign::Holds("<AnyConnectProfile")],
    ),
    row(
        "anyconnect-log",
        Text::fixed(
            "a log of the AnyConnect client on a PC",
            "ein Protokoll des AnyConnect-Clients auf einem PC",
        ),
        Text::fixed("logs of the AnyConnect client", "Protokolle des AnyConnect-Clients"),
        LOG,
        &[
            Sign::Holds("acvpnagent"),
            Sign::Holds("acvpnui"),
            Sign::Holds("vpnagentd"),
            Sign::Holds("csc_vpnagent"),
        ],
    ),
    row(
        "host-scan-settings",
        Text::fixed(
            "settings of Host Scan (Cisco Secure Desktop)",
            "Einstellungen von Host Scan (Cisco Secure Desktop)",
        ),
        Text::fixed("settings of Host Scan", "Einstellungen von Host Scan"),
        CONFIGURATION,
        &[Sign::Holds("<hostscan"), Sign::Holds("<data_files"), Sign::Holds("endpoint.os.version=")],
    ),
    row(
        "licences-of-a-management-api",
        Text::fixed(
            "a list of ASAs with their licences, as a management API (Security Cloud Control) gives it",
            "eine Liste von ASAs mit ihren Lizenzen, wie eine Management-API (Security Cloud Control) sie liefert",
        ),
        Text::fixed("lists of a management API", "Listen einer Management-API"),
        Text::fixed(
            "Add `show version` of the ASA that the phones dial: its licence lines are checked.",
            "Ergänzen Sie `show version` der ASA, die die Telefone anwählen: Deren Lizenzzeilen werden geprüft.",
        ),
        &[
            Sign::Holds("asaLicenseEntitlements"),
            Sign::Holds("\"AnyConnect for Cisco VPN Phone\""),
            Sign::Holds("\"AnyConnect Premium Peers\""),
        ],
    ),
    row(
        "printed-capture",
        Text::fixed("a capture printed as text", "ein als Text ausgegebener Mitschnitt"),
        Text::fixed("captures printed as text", "als Text ausgegebene Mitschnitte"),
        Text::fixed(
            "Add the ASA's log and the phone's console logs of the same attempt.",
            "Ergänzen Sie das Protokoll der ASA und die Konsolenprotokolle des Telefons vom selben Versuch.",
        ),
        &[
            Sign::Each(&["No. ", "Time ", "Protocol "]),
            Sign::Starts("Frame 1:"),
            Sign::Holds("\"_source\": {"),
            Sign::Holds("<pdml"),
            Sign::Holds("listening on "),
            Sign::Holds(": Flags ["),
        ],
    ),
    row(
        "windows-events",
        Text::fixed("an export of Windows events", "ein Export von Windows-Ereignissen"),
        Text::fixed("exports of Windows events", "Exporte von Windows-Ereignissen"),
        LOG,
        &[
            Sign::Holds("schemas.microsoft.com/win/2004/08/events"),
            Sign::Starts("Level,Date and Time,Source,Event ID"),
            Sign::Starts("Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID"),
        ],
    ),
    row(
        "radius-log",
        Text::fixed("a RADIUS server's log", "das Protokoll eines RADIUS-Servers"),
        Text::fixed("logs of RADIUS servers", "Protokolle von RADIUS-Servern"),
        LOG,
        &[
            Sign::Holds("radiusd["),
            Sign::Holds("CISE_"),
            Sign::Holds(",\"IAS\","),
            Sign::Holds("FreeRADIUS"),
            Sign::Holds("Packet-Type = Access-Request"),
        ],
    ),
    row(
        "asterisk",
        Text::fixed("a log of Asterisk", "ein Protokoll von Asterisk"),
        Text::fixed("logs of Asterisk", "Protokolle von Asterisk"),
        PHONE,
        &[
            Sign::Holds("] VERBOSE["),
            Sign::Holds("] NOTICE["),
            Sign::Holds("chan_sip.c"),
            Sign::Holds("res_pjsip"),
        ],
    ),
    row(
        "cucm-trace",
        Text::fixed("a trace of CUCM", "ein Trace des CUCM"),
        Text::fixed("traces of CUCM", "Traces des CUCM"),
        PHONE,
        &[Sign::Holds("|AppInfo  |"), Sign::Holds("|SdlSig"), Sign::Holds("CCM|")],
    ),
    row(
        "dhcp-leases",
        Text::fixed("a DHCP server's list of leases", "eine Liste der DHCP-Leases"),
        Text::fixed("lists of DHCP leases", "Listen von DHCP-Leases"),
        PHONE,
        &[Sign::Each(&["lease ", "binding state", "hardware ethernet"]), Sign::Holds("dhcpd: ")],
    ),
    row(
        "system-log",
        Text::fixed("a server's system log", "ein Systemprotokoll eines Servers"),
        Text::fixed("servers' system logs", "Systemprotokolle von Servern"),
        LOG,
        &[Sign::Holds(" sshd["), Sign::Holds(" systemd["), Sign::Holds(" kernel: "), Sign::Holds(" CRON[")],
    ),
    row(
        "web-server-log",
        Text::fixed("a web server's log", "das Protokoll eines Webservers"),
        Text::fixed("logs of web servers", "Protokolle von Webservern"),
        LOG,
        &[Sign::Each(&["\"GET /", " HTTP/1."]), Sign::Each(&["\"POST /", " HTTP/1."])],
    ),
    row(
        "ios-device",
        Text::fixed("a configuration of a Cisco IOS device", "eine Konfiguration eines Geräts mit Cisco IOS"),
        Text::fixed("configurations of Cisco IOS devices", "Konfigurationen von Geräten mit Cisco IOS"),
        CONFIGURATION,
        &[
            Sign::Starts("service timestamps "),
            Sign::Starts("! Last configuration change at "),
            Sign::Starts("aaa new-model"),
            Sign::Holds("Cisco IOS Software"),
            Sign::Holds("Cisco IOS XE Software"),
            Sign::Starts("interface GigabitEthernet0/0/"),
            Sign::Starts("switchport mode "),
        ],
    ),
];

const fn row(
    id: &'static str,
    name: Text,
    several: Text,
    instead: Text,
    signs: &'static [Sign],
) -> ForeignFile {
    ForeignFile { id, name, several, instead, weight: Weight::Evidence, signs }
}

const SSL_SETTINGS: Text = Text::fixed(
    "It is not read. Add `show ssl` and `show running-config all ssl` of the ASA: they say the same and more.",
    "Es wird nicht gelesen. Ergänzen Sie `show ssl` und `show running-config all ssl` der ASA: Das sagt dasselbe und mehr.",
);
const CONFIGURATION: Text = Text::fixed(
    "It is not read. Add `show running-config` of the ASA that the phones dial.",
    "Das wird nicht gelesen. Ergänzen Sie `show running-config` der ASA, die die Telefone anwählen.",
);
const LOG: Text = Text::fixed(
    "It is not read. Add the log of the gateway that the phones dial.",
    "Das wird nicht gelesen. Ergänzen Sie das Protokoll des Gateways, das die Telefone anwählen.",
);
const PHONE: Text = Text::fixed(
    "It is not read. Add the phone's console logs and its status messages.",
    "Das wird nicht gelesen. Ergänzen Sie die Konsolenprotokolle und die Statusmeldungen des Telefons.",
);
