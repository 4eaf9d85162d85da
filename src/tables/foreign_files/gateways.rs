//! Files that show a gateway of another make than an ASA, and files of firewalls that may be one.
//!
//! Sources: Cisco IOS SSL VPN configuration guide; ocserv(8) and its sample configuration; FortiOS administration guide,
//! configuration backups and log format; PAN-OS administrator's guide, configuration and log export; Check Point Gaia
//! administration guide, `show configuration`; Junos CLI user guide; TMOS reference, `tmsh save sys config`; NetScaler
//! `ns.conf`; MikroTik RouterOS, `export`; OPNsense and pfSense `config.xml`; OpenVPN manual; strongSwan log.

use super::{ForeignFile, Sign, Weight};
use crate::text::Text;

pub(super) const ROWS: &[ForeignFile] = &[
    gateway(
        "ocserv-log",
        Text::fixed("ocserv's log", "das Protokoll von ocserv"),
        Text::fixed("logs of ocserv", "Protokolle von ocserv"),
        &[Sign::Holds("ocserv["), Sign::Holds("initialized ocserv ")],
    ),
    gateway(
        "ocserv-configuration",
        Text::fixed("ocserv's configuration", "die Konfiguration von ocserv"),
        Text::fixed("configurations of ocserv", "Konfigurationen von ocserv"),
        &[
            Sign::Starts("cisco-client-compat ="),
            Sign::Starts("cisco-svc-client-compat ="),
            Sign::Each(&["run-as-user", "ipv4-network"]),
            Sign::Each(&["server-cert =", "socket-file ="]),
        ],
    ),
    gateway(
        "ios-gateway",
        Text::fixed("an IOS router's configuration", "die Konfiguration eines IOS-Routers"),
        Text::fixed("configurations of IOS routers", "Konfigurationen von IOS-Routern"),
        &[Sign::Starts("webvpn gateway "), Sign::Starts("webvpn context ")],
    ),
    gateway(
        "ios-gateway-output",
        Text::fixed(
            "an IOS router's output about its SSL VPN",
            "eine Ausgabe eines IOS-Routers zu seinem SSL-VPN",
        ),
        Text::fixed("outputs of IOS routers", "Ausgaben von IOS-Routern"),
        &[Sign::Each(&["Gateway Name", "Admin", "Operation"]), Sign::Starts("WebVPN context name:")],
    ),
    gateway(
        "ios-gateway-log",
        Text::fixed("an IOS router's log of its SSL VPN", "das SSL-VPN-Protokoll eines IOS-Routers"),
        Text::fixed("logs of IOS routers", "Protokolle von IOS-Routern"),
        &[Sign::Holds("%SSLVPN-"), Sign::Holds("%WEBVPN-"), Sign::Holds("WV-TUNL:"), Sign::Holds("WV: ")],
    ),
    gateway(
        "fortigate-vpn",
        Text::fixed(
            "a FortiGate's VPN configuration or log",
            "die VPN-Konfiguration oder das VPN-Protokoll einer FortiGate",
        ),
        Text::fixed("files of a FortiGate", "Dateien einer FortiGate"),
        &[
            Sign::Starts("config vpn ssl "),
            Sign::Each(&["devid=", "subtype=\"vpn\""]),
            Sign::Each(&["devid=", "tunneltype=\"ssl"]),
        ],
    ),
    gateway(
        "global-protect",
        Text::fixed(
            "a Palo Alto firewall's GlobalProtect configuration or log",
            "die GlobalProtect-Konfiguration oder das GlobalProtect-Protokoll einer Palo-Alto-Firewall",
        ),
        Text::fixed("files of a Palo Alto firewall", "Dateien einer Palo-Alto-Firewall"),
        &[Sign::Holds("global-protect-gateway"), Sign::Holds(",GLOBALPROTECT,")],
    ),
    device(
        "fortigate",
        Text::fixed(
            "a FortiGate's configuration or log",
            "die Konfiguration oder das Protokoll einer FortiGate",
        ),
        Text::fixed("files of a FortiGate", "Dateien einer FortiGate"),
        &[
            Sign::Starts("#config-version=F"),
            Sign::Starts("config system global"),
            Sign::Each(&["devid=", "logid="]),
        ],
    ),
    device(
        "palo-alto",
        Text::fixed("a Palo Alto firewall's configuration", "die Konfiguration einer Palo-Alto-Firewall"),
        Text::fixed("files of a Palo Alto firewall", "Dateien einer Palo-Alto-Firewall"),
        &[Sign::Holds("urldb=\"paloaltonetworks\""), Sign::Starts("set deviceconfig ")],
    ),
    device(
        "check-point",
        Text::fixed("a Check Point gateway's configuration", "die Konfiguration eines Check-Point-Gateways"),
        Text::fixed("files of a Check Point gateway", "Dateien eines Check-Point-Gateways"),
        &[
            Sign::Each(&["# Configuration of ", "# Language version:"]),
            Sign::Holds("This is Check Point"),
            Sign::Holds("ProductName: VPN-1"),
        ],
    ),
    device(
        "junos",
        Text::fixed("a Juniper device's configuration", "die Konfiguration eines Juniper-Geräts"),
        Text::fixed("files of a Juniper device", "Dateien eines Juniper-Geräts"),
        &[
            Sign::Starts("## Last commit:"),
            Sign::Starts("set system host-name "),
            Sign::Starts("## Last changed:"),
        ],
    ),
    gateway(
        "big-ip",
        Text::fixed("a BIG-IP's configuration", "die Konfiguration einer BIG-IP"),
        Text::fixed("configurations of a BIG-IP", "Konfigurationen einer BIG-IP"),
        &[Sign::Starts("apm profile "), Sign::Starts("apm policy ")],
    ),
    gateway(
        "netscaler",
        Text::fixed("a NetScaler's configuration", "die Konfiguration eines NetScalers"),
        Text::fixed("configurations of a NetScaler", "Konfigurationen eines NetScalers"),
        &[Sign::Starts("add vpn vserver "), Sign::Holds("SSLVPN LOGIN")],
    ),
    device(
        "routeros",
        Text::fixed("a MikroTik router's configuration", "die Konfiguration eines MikroTik-Routers"),
        Text::fixed("configurations of MikroTik routers", "Konfigurationen von MikroTik-Routern"),
        &[Sign::Holds("by RouterOS "), Sign::Starts("# software id =")],
    ),
    device(
        "pfsense",
        Text::fixed("a pfSense or OPNsense configuration", "eine Konfiguration von pfSense oder OPNsense"),
        Text::fixed("configurations of pfSense or OPNsense", "Konfigurationen von pfSense oder OPNsense"),
        &[Sign::Starts("<pfsense>"), Sign::Starts("<opnsense>")],
    ),
    gateway(
        "openvpn",
        Text::fixed("a configuration or log of OpenVPN", "eine Konfiguration oder ein Protokoll von OpenVPN"),
        Text::fixed("files of OpenVPN", "Dateien von OpenVPN"),
        &[
            Sign::Holds(" OpenVPN 2."),
            Sign::Starts("OpenVPN 2."),
            Sign::Each(&["remote-cert-tls", "dev tun"]),
        ],
    ),
    device(
        "strongswan",
        Text::fixed("a log of strongSwan (IPsec)", "ein Protokoll von strongSwan (IPsec)"),
        Text::fixed("logs of strongSwan", "Protokolle von strongSwan"),
        &[Sign::Holds("charon: "), Sign::Holds("charon["), Sign::Holds("charon-systemd[")],
    ),
    device(
        "ios-version",
        Text::fixed("an IOS device's `show version`", "`show version` eines IOS-Geräts"),
        Text::fixed("outputs of IOS devices", "Ausgaben von IOS-Geräten"),
        &[
            Sign::Starts("Cisco IOS Software"),
            Sign::Starts("Cisco IOS XE Software"),
            Sign::Starts("Cisco Internetwork Operating System Software"),
        ],
    ),
    device(
        "firepower",
        Text::fixed(
            "a Firepower Threat Defense device's or its management center's file",
            "eine Datei einer Firepower Threat Defense oder ihres Management Centers",
        ),
        Text::fixed("files of Firepower Threat Defense", "Dateien von Firepower Threat Defense"),
        &[
            Sign::Starts("NGFW Version "),
            Sign::Holds("Cisco Firepower Extensible Operating System"),
            Sign::Holds("Firepower Threat Defense"),
            Sign::Holds("%FTD-"),
            Sign::Holds("fmc_config/v1"),
        ],
    ),
];

const fn gateway(id: &'static str, name: Text, several: Text, signs: &'static [Sign]) -> ForeignFile {
    ForeignFile { id, name, several, instead: INSTEAD, weight: Weight::Gateway, signs }
}

const fn device(id: &'static str, name: Text, several: Text, signs: &'static [Sign]) -> ForeignFile {
    ForeignFile { id, name, several, instead: INSTEAD, weight: Weight::Evidence, signs }
}

const INSTEAD: Text = Text::fixed(
    "These rules are for the ASA. Of another gateway, its certificate as a file can be checked against the phone's configuration.",
    "Diese Regeln gelten für die ASA. Von einem anderen Gateway lässt sich sein Zertifikat als Datei gegen die Konfiguration des Telefons prüfen.",
);
