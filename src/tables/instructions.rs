//! How each kind of evidence is got, step by step: on each system that a person may sit at, in the phone's menu, on
//! its web page, in CUCM.
//!
//! [`Need::how_to_get`] is the sentence; a row here says how at one place. `CUCM`, `ASA`, `PHONE` and
//! `SEP001122334455` in a command are to be replaced.
//!
//! Sources: Cisco 116162, "IP Phone Logs" and "Capture"; Cisco 200850 (logs over SSH); Cisco Unified Communications Manager, HTTP provisioning (port
//! 6970 first, TFTP second); IP Phone 7800 and 8800 Administration, "Status Messages"; Microsoft, `tftp` and the TFTP
//! client feature; curl, `tftp://`; Wireshark User's Guide, "Capture Options".

use crate::need::Need;
use crate::text::Text;

/// How one kind of evidence is got at one place.
#[derive(Debug)]
pub struct Instructions {
    /// What it gets.
    pub need: Need,
    /// At which place: `Windows`, "In the phone's menu".
    pub place: Text,
    /// What to do, in order. May hold `code` between backticks.
    pub steps: &'static [Text],
    /// What to type; empty where nothing is typed.
    pub commands: &'static [&'static str],
}

/// The instructions for one kind of evidence, the easiest first. Empty where its sentence says all.
pub fn for_need(need: Need) -> impl Iterator<Item = &'static Instructions> {
    INSTRUCTIONS.iter().filter(move |row| row.need == need)
}

/// Every row.
pub static INSTRUCTIONS: &[Instructions] = &[
    Instructions {
        need: Need::AsaConfig,
        place: Text::fixed("On the ASA (SSH or console)", "Auf der ASA (SSH oder Konsole)"),
        steps: &[
            Text::fixed(
                "Switch logging on in your terminal program, then type the commands.",
                "Schalten Sie im Terminalprogramm die Aufzeichnung ein und geben Sie dann die Befehle ein.",
            ),
            Text::fixed(
                "Drop the recorded session as it is: the page finds each command in it.",
                "Legen Sie die Aufzeichnung ab, wie sie ist: Die Seite findet jeden Befehl darin.",
            ),
        ],
        commands: &["terminal pager 0", "show running-config", "show version"],
    },
    Instructions {
        need: Need::AsaConfigAll,
        place: Text::fixed("On the ASA (SSH or console)", "Auf der ASA (SSH oder Konsole)"),
        steps: &[Text::fixed(
            "Record the session and drop it as it is.",
            "Zeichnen Sie die Sitzung auf und legen Sie sie ab, wie sie ist.",
        )],
        commands: &["terminal pager 0", "show running-config all"],
    },
    Instructions {
        need: Need::AsaLog,
        place: Text::fixed("On the ASA (SSH or console)", "Auf der ASA (SSH oder Konsole)"),
        steps: &[
            Text::fixed(
                "Type the first four commands. The buffer keeps the newest messages, so that nothing floods the console.",
                "Geben Sie die ersten vier Befehle ein. Der Puffer behält die neuesten Meldungen, die Konsole bleibt ruhig.",
            ),
            Text::fixed("Let the phone try to connect once.", "Lassen Sie das Telefon einen Versuch machen."),
            Text::fixed(
                "Then `show logging`; afterwards set `logging buffered` to what it was.",
                "Dann `show logging`; danach stellen Sie `logging buffered` auf den alten Wert.",
            ),
        ],
        commands: &[
            "configure terminal",
            "logging enable",
            "logging buffer-size 1048576",
            "logging buffered debugging",
            "end",
            "show logging",
        ],
    },
    Instructions {
        need: Need::AsaDebug,
        place: Text::fixed("On the ASA (SSH or console)", "Auf der ASA (SSH oder Konsole)"),
        steps: &[
            Text::fixed(
                "Do without it on a gateway with many users: the output cannot be filtered by address. The buffered log is enough for most cases.",
                "Verzichten Sie auf einem Gateway mit vielen Benutzern darauf: Die Ausgabe lässt sich nicht nach Adresse filtern. Für die meisten Fälle genügt das gepufferte Protokoll.",
            ),
            Text::fixed(
                "Record the session, let the phone try once, then switch the output off.",
                "Zeichnen Sie die Sitzung auf, lassen Sie das Telefon einen Versuch machen und schalten Sie die Ausgabe wieder ab.",
            ),
        ],
        commands: &["terminal monitor", "debug webvpn anyconnect 255", "undebug all"],
    },
    Instructions {
        need: Need::PhoneConfig,
        place: Text::fixed("In any browser", "In jedem Browser"),
        steps: &[
            Text::fixed(
                "From a PC that reaches CUCM, open the address with your phone's name. Save the file and drop it here unopened.",
                "Öffnen Sie an einem PC, der den CUCM erreicht, die Adresse mit dem Namen Ihres Telefons. Speichern Sie die Datei und legen Sie sie ungeöffnet hier ab.",
            ),
            Text::fixed(
                "Not found: try it without `.sgn`. Unreadable: its profile encrypts the file (`.enc.sgn`); a phone without encryption in the same VPN group shows the same VPN settings.",
                "Nicht gefunden: Versuchen Sie es ohne `.sgn`. Nicht lesbar: Das Profil verschlüsselt die Datei (`.enc.sgn`); ein Telefon ohne Verschlüsselung in derselben VPN-Gruppe hat dieselben VPN-Einstellungen.",
            ),
        ],
        commands: &["http://CUCM:6970/SEP001122334455.cnf.xml.sgn"],
    },
    Instructions {
        need: Need::PhoneConfig,
        place: Text::fixed("Windows", "Windows"),
        steps: &[
            Text::fixed(
                "The TFTP client is off by default: Control Panel > Programs > Turn Windows features on or off > TFTP Client.",
                "Der TFTP-Client ist ab Werk aus: Systemsteuerung > Programme > Windows-Features aktivieren oder deaktivieren > TFTP-Client.",
            ),
            Text::fixed(
                "In a command prompt. `-i` fetches it as it is, byte for byte.",
                "In einer Eingabeaufforderung. `-i` holt sie unverändert, Byte für Byte.",
            ),
        ],
        commands: &["tftp -i CUCM get SEP001122334455.cnf.xml.sgn"],
    },
    Instructions {
        need: Need::PhoneConfig,
        place: Text::fixed("macOS", "macOS"),
        steps: &[Text::fixed("In the Terminal.", "Im Terminal.")],
        commands: &["curl -O tftp://CUCM/SEP001122334455.cnf.xml.sgn"],
    },
    Instructions {
        need: Need::PhoneConfig,
        place: Text::fixed("Linux", "Linux"),
        steps: &[Text::fixed(
            "In a terminal; where curl was built without TFTP, the second line.",
            "Im Terminal; wo curl ohne TFTP gebaut ist, die zweite Zeile.",
        )],
        commands: &[
            "curl -O tftp://CUCM/SEP001122334455.cnf.xml.sgn",
            "tftp -m binary CUCM -c get SEP001122334455.cnf.xml.sgn",
        ],
    },
    Instructions {
        need: Need::TrustList,
        place: Text::fixed("In any browser", "In jedem Browser"),
        steps: &[Text::fixed(
            "From a PC that reaches CUCM, with your phone's name. A cluster that is not in mixed mode has no CTL file.",
            "An einem PC, der den CUCM erreicht, mit dem Namen Ihres Telefons. Ein Cluster, der nicht im Mixed Mode läuft, hat keine CTL-Datei.",
        )],
        commands: &["http://CUCM:6970/ITLSEP001122334455.tlv", "http://CUCM:6970/CTLSEP001122334455.tlv"],
    },
    Instructions {
        need: Need::TrustList,
        place: Text::fixed("Windows", "Windows"),
        steps: &[Text::fixed(
            "With the TFTP client from “Turn Windows features on or off”.",
            "Mit dem TFTP-Client aus „Windows-Features aktivieren oder deaktivieren“.",
        )],
        commands: &["tftp -i CUCM get ITLSEP001122334455.tlv"],
    },
    Instructions {
        need: Need::TrustList,
        place: Text::fixed("macOS and Linux", "macOS und Linux"),
        steps: &[Text::fixed("In a terminal.", "Im Terminal.")],
        commands: &["curl -O tftp://CUCM/ITLSEP001122334455.tlv"],
    },
    Instructions {
        need: Need::PhoneLog,
        place: Text::fixed("On the phone's web page", "Auf der Webseite des Telefons"),
        steps: &[
            Text::fixed(
                "Switch it on if it is off: Cisco Unified CM Administration > Device > Phone > Web Access: Enabled, save, reset the phone. It is often off.",
                "Schalten Sie sie ein, falls sie aus ist: Cisco Unified CM Administration > Device > Phone > Web Access: Enabled, speichern, Telefon zurücksetzen. Oft ist sie aus.",
            ),
            Text::fixed(
                "From a PC in a network that reaches the phone, open its address and choose Console Logs.",
                "Öffnen Sie an einem PC, der das Telefon erreicht, dessen Adresse und wählen Sie „Console Logs“ (Konsolenprotokolle).",
            ),
            Text::fixed(
                "Save every file of the list: the phone writes them in turn, and the attempt may be in any of them.",
                "Speichern Sie jede Datei der Liste: Das Telefon beschreibt sie reihum, und der Versuch kann in jeder stehen.",
            ),
        ],
        commands: &["http://PHONE/"],
    },
    Instructions {
        need: Need::PhoneLog,
        place: Text::fixed("Over SSH", "Über SSH"),
        steps: &[Text::fixed(
            "With SSH Access enabled in CUCM and the phone's own credentials; then log in as `debug` with the password `debug` (some models: `log`, `log`).",
            "Mit aktiviertem SSH-Zugriff (SSH Access) im CUCM und den Zugangsdaten des Telefons; danach Anmeldung als `debug` mit dem Kennwort `debug` (manche Modelle: `log`, `log`).",
        )],
        commands: &["ssh USER@PHONE", "sdump"],
    },
    Instructions {
        need: Need::PhoneLog,
        place: Text::fixed("Over SSH, where there is no web page", "Über SSH, wo es keine Webseite gibt"),
        steps: &[
            Text::fixed(
                "Cisco Unified CM Administration > Device > Phone: SSH Access: Enabled, and a Secure Shell User with a password. Save, apply the configuration.",
                "Cisco Unified CM Administration > Device > Phone: SSH Access: Enabled und ein Secure Shell User mit Kennwort. Speichern, Konfiguration übernehmen (Apply Config).",
            ),
            Text::fixed(
                "Log on with them, then as `debug` with the password `debug`. `sdump` prints the log: record the session and drop it as it is.",
                "Melden Sie sich damit an, dann als `debug` mit dem Kennwort `debug`. `sdump` gibt das Protokoll aus: Zeichnen Sie die Sitzung auf und legen Sie sie ab, wie sie ist.",
            ),
        ],
        commands: &["ssh USER@PHONE", "sdump"],
    },
    Instructions {
        need: Need::PhoneStatus,
        place: Text::fixed("In the phone's menu", "Im Menü des Telefons"),
        steps: &[
            Text::fixed(
                "7900 series: Settings > Status > Status Messages.",
                "Reihe 7900: Einstellungen (Settings) > Status > Statusmeldungen (Status Messages).",
            ),
            Text::fixed(
                "7800 and 8800 series: Applications > Admin settings > Status > Status messages.",
                "Reihen 7800 und 8800: Anwendungen (Applications) > Administratoreinstellungen (Admin settings) > Status > Statusmeldungen (Status messages).",
            ),
        ],
        commands: &[],
    },
    Instructions {
        need: Need::PhoneStatus,
        place: Text::fixed("On the phone's web page", "Auf der Webseite des Telefons"),
        steps: &[Text::fixed(
            "Open the phone's address, choose Status Messages, mark everything and paste it here. It shows the last ten; the phone's menu shows more.",
            "Öffnen Sie die Adresse des Telefons, wählen Sie „Status Messages“, markieren Sie alles und fügen Sie es hier ein. Dort stehen die letzten zehn; im Menü des Telefons stehen mehr.",
        )],
        commands: &["http://PHONE/"],
    },
    Instructions {
        need: Need::Certificate,
        place: Text::fixed("Chrome or Edge", "Chrome oder Edge"),
        steps: &[
            Text::fixed(
                "Open the URL that the phones dial (the group-url), from outside.",
                "Öffnen Sie von außen die URL, die die Telefone wählen (group-url).",
            ),
            Text::fixed(
                "The sign left of the address > Connection is secure (or Not secure) > the certificate's icon > Details > Export.",
                "Das Zeichen links neben der Adresse > „Verbindung ist sicher“ (oder „Nicht sicher“) > Zertifikatssymbol > Details > Exportieren.",
            ),
            Text::fixed(
                "Drop the file. Its fingerprint alone helps only as SHA-1: the phones have no SHA-256.",
                "Legen Sie die Datei ab. Der Fingerabdruck allein hilft nur als SHA-1: Die Telefone haben kein SHA-256.",
            ),
        ],
        commands: &["https://ASA/GROUP"],
    },
    Instructions {
        need: Need::Certificate,
        place: Text::fixed("Firefox", "Firefox"),
        steps: &[Text::fixed(
            "The lock > Connection secure > More information > View Certificate > Download: PEM (cert). The same page shows SHA-1 and SHA-256.",
            "Das Schloss > „Verbindung sicher“ > „Weitere Informationen“ > „Zertifikat anzeigen“ > Herunterladen: PEM (Zertifikat). Dieselbe Seite zeigt SHA-1 und SHA-256.",
        )],
        commands: &["https://ASA/GROUP"],
    },
    Instructions {
        need: Need::Certificate,
        place: Text::fixed("macOS and Linux", "macOS und Linux"),
        steps: &[Text::fixed(
            "In a terminal. Paste everything it prints: the page finds the certificates.",
            "Im Terminal. Fügen Sie alles ein, was ausgegeben wird: Die Seite findet die Zertifikate.",
        )],
        commands: &["openssl s_client -connect ASA:443 -showcerts </dev/null"],
    },
    Instructions {
        need: Need::Certificate,
        place: Text::fixed("On the ASA", "Auf der ASA"),
        steps: &[Text::fixed(
            "The first command names the trust-point; export that one.",
            "Der erste Befehl nennt den Vertrauenspunkt (trust-point); exportieren Sie diesen.",
        )],
        commands: &[
            "show running-config ssl",
            "configure terminal",
            "crypto ca export <trustpoint> identity-certificate",
            "end",
        ],
    },
    Instructions {
        need: Need::Capture,
        place: Text::fixed("On the ASA", "Auf der ASA"),
        steps: &[
            Text::fixed(
                "Put in the name of the interface and the phone's public address. Let the phone try once.",
                "Setzen Sie den Namen der Schnittstelle und die öffentliche Adresse des Telefons ein. Lassen Sie das Telefon einen Versuch machen.",
            ),
            Text::fixed(
                "Save the address in a browser as `vpn.pcap`, then take the capture away.",
                "Speichern Sie die Adresse im Browser als `vpn.pcap` und entfernen Sie den Mitschnitt dann.",
            ),
        ],
        commands: &[
            "capture VPN interface <interface> match ip host <phone-address> any",
            "https://ASA/admin/capture/VPN/pcap",
            "no capture VPN",
        ],
    },
    Instructions {
        need: Need::Capture,
        place: Text::fixed("At the phone's PC port", "Am PC-Port des Telefons"),
        steps: &[
            Text::fixed(
                "Cisco Unified CM Administration > Device > Phone > Span to PC Port: Enabled. Save and apply the configuration.",
                "Cisco Unified CM Administration > Device > Phone > Span to PC Port: Enabled. Speichern und Konfiguration übernehmen (Apply Config).",
            ),
            Text::fixed(
                "Plug a PC into the phone's PC port and record with Wireshark in promiscuous mode: the phone sends a copy of every frame.",
                "Stecken Sie einen PC an den PC-Port des Telefons und zeichnen Sie mit Wireshark im Promiscuous-Modus auf: Das Telefon schickt eine Kopie jedes Frames.",
            ),
            Text::fixed(
                "Start before the phone dials: without the first packets the handshake cannot be read. Set Span to PC Port back to Disabled afterwards.",
                "Beginnen Sie, bevor das Telefon wählt: Ohne die ersten Pakete ist der Handshake nicht zu lesen. Stellen Sie Span to PC Port danach wieder auf Disabled.",
            ),
        ],
        commands: &[],
    },
    Instructions {
        need: Need::CucmVersion,
        place: Text::fixed("In CUCM", "Im CUCM"),
        steps: &[
            Text::fixed(
                "Over SSH to the publisher, or Cisco Unified OS Administration > Show > Software.",
                "Über SSH auf dem Publisher oder Cisco Unified OS Administration > Show > Software.",
            ),
            Text::fixed(
                "`UNRST` in the name of the install media means unrestricted: no VPN for phones there.",
                "`UNRST` im Namen des Installationsmediums heißt unbeschränkt (unrestricted): Dort gibt es kein VPN für Telefone.",
            ),
        ],
        commands: &["show version active"],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn every_way_says_in_both_languages_what_to_do() {
        for way in INSTRUCTIONS {
            assert!(!way.steps.is_empty(), "{}: {:?}", way.need.id(), way.place);
            for text in std::iter::once(&way.place).chain(way.steps) {
                for lang in [Lang::En, Lang::De] {
                    assert!(!text.get(lang).is_empty(), "{}: {text:?}", way.need.id());
                    assert_eq!(text.get(lang).matches('`').count() % 2, 0, "{text:?}");
                }
            }
            for command in way.commands {
                assert!(!command.contains(['\n', '`']), "{command}");
            }
        }
    }

    #[test]
    fn a_place_stands_once_for_each_kind_and_what_has_no_command_has_a_way() {
        for need in Need::ALL {
            let places: Vec<_> = for_need(need).map(|way| way.place.get(Lang::En)).collect();
            assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len(), "{}", need.id());
            let nothing_to_get = need == Need::Answer;
            assert!(nothing_to_get || !need.command().is_empty() || !places.is_empty(), "{}", need.id());
        }
    }

    #[test]
    fn files_of_the_tftp_server_are_fetched_from_any_system() {
        for need in [Need::PhoneConfig, Need::TrustList] {
            for system in ["Windows", "macOS", "Linux", "browser"] {
                assert!(for_need(need).any(|way| way.place.get(Lang::En).contains(system)), "{system}");
            }
        }
    }
}
