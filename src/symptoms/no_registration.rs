//! VPN is up, the phone does not register: TFTP, trust list, call control.

use super::{Answer, Group, Sign, Step, Symptom, Then};
use crate::need::Need;
use crate::text::Text;

/// The wizard.
pub const SYMPTOM: Symptom = Symptom {
    id: "no-registration",
    group: Group::HalfWorks,
    title: Text::fixed(
        "VPN is up, the phone does not register",
        "Das VPN steht, das Telefon registriert sich nicht",
    ),
    words: Text::fixed(
        "TFTP timeout alternate TFTP option 150 registration rejected ITL CTL trust list call manager CUCM server unreachable routing split tunnel registering registration failed file not found TFTP error Trust List update failed unreg-reason configuring IP",
        "TFTP timeout alternativer TFTP Option 150 Registrierung abgelehnt ITL CTL Vertrauensliste CUCM nicht erreichbar Routing Split-Tunnel registriert nicht Registrierung scheitert Datei nicht gefunden File not found Trust List update failed TFTP-Fehler unreg-reason",
    ),
    lead: Text::fixed(
        "Through the tunnel the phone fetches its files by TFTP, checks their signatures against its trust list, and registers.",
        "Durch den Tunnel holt das Telefon seine Dateien per TFTP, prüft deren Signaturen gegen seine Vertrauensliste und registriert sich.",
    ),
    steps: &[
        Step {
            id: "tftp",
            ask: Text::fixed(
                "What do the phone's status messages say of TFTP?",
                "Was sagen die Statusmeldungen des Telefons zu TFTP?",
            ),
            why: Text::fixed(
                "On the phone: Settings > Status > Status Messages, or its web page.",
                "Am Telefon: Einstellungen > Status > Statusmeldungen, oder seine Webseite.",
            ),
            key: None,
            look: &[Need::PhoneStatus, Need::PhoneLog],
            answers: &[
                Answer {
                    id: "none",
                    label: Text::fixed(
                        "The phone has no TFTP server at all",
                        "Das Telefon hat gar keinen TFTP-Server",
                    ),
                    signs: &[Sign::Fires("no-tftp-server-given")],
                    then: Then::Suspect("no-tftp-server-given"),
                },
                Answer {
                    id: "local",
                    label: Text::fixed(
                        "The TFTP server is the remote site's, not CUCM's",
                        "Der TFTP-Server ist der des entfernten Standorts, nicht der des CUCM",
                    ),
                    signs: &[Sign::Fires("tftp-server-from-local-dhcp")],
                    then: Then::Suspect("tftp-server-from-local-dhcp"),
                },
                Answer {
                    id: "timeout",
                    label: Text::fixed("TFTP timeout or access error", "TFTP timeout oder access error"),
                    signs: &[Sign::Fires("tftp-server-unreachable")],
                    then: Then::Suspect("tftp-server-unreachable"),
                },
                Answer {
                    id: "missing",
                    label: Text::fixed(
                        "File not found for its configuration",
                        "File not found für seine Konfiguration",
                    ),
                    signs: &[Sign::Fires("phone-config-not-found")],
                    then: Then::Suspect("phone-config-not-found"),
                },
                Answer {
                    id: "trust",
                    label: Text::fixed("Trust List update failed", "Trust List update failed"),
                    signs: &[Sign::Fires("trust-list-update-failed")],
                    then: Then::Ask("trust"),
                },
                Answer {
                    id: "fine",
                    label: Text::fixed("The files arrive", "Die Dateien kommen an"),
                    signs: &[Sign::Fires("call-control-unreachable"), Sign::Fires("registration-rejected")],
                    then: Then::Ask("register"),
                },
            ],
            unsure: Then::Ask("register"),
        },
        Step {
            id: "trust",
            ask: Text::fixed(
                "Why does the phone refuse the files?",
                "Warum lehnt das Telefon die Dateien ab?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::TrustList, Need::PhoneConfig, Need::PhoneStatus],
            answers: &[
                Answer {
                    id: "signer",
                    label: Text::fixed(
                        "Their signer is not in its trust list",
                        "Ihr Unterzeichner fehlt in seiner Vertrauensliste",
                    ),
                    signs: &[Sign::Fires("trust-list-signer-unknown")],
                    then: Then::Suspect("trust-list-signer-unknown"),
                },
                Answer {
                    id: "sha512",
                    label: Text::fixed("They are signed with SHA-512", "Sie sind mit SHA-512 signiert"),
                    signs: &[Sign::Fires("signature-algorithm-unsupported")],
                    then: Then::Suspect("signature-algorithm-unsupported"),
                },
                Answer {
                    id: "large",
                    label: Text::fixed("The list is too large", "Die Liste ist zu groß"),
                    signs: &[Sign::Fires("trust-list-too-large")],
                    then: Then::Suspect("trust-list-too-large"),
                },
            ],
            unsure: Then::Suspect("trust-list-update-failed"),
        },
        Step {
            id: "register",
            ask: Text::fixed(
                "What does the phone's log say of the registration?",
                "Was sagt das Protokoll des Telefons zur Registrierung?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::PhoneLog],
            answers: &[
                Answer {
                    id: "rejected",
                    label: Text::fixed(
                        "It is rejected, with a reason code",
                        "Sie wird mit einem Ursachencode abgelehnt",
                    ),
                    signs: &[Sign::Fires("registration-rejected")],
                    then: Then::Suspect("registration-rejected"),
                },
                Answer {
                    id: "unreachable",
                    label: Text::fixed("CUCM cannot be reached", "Der CUCM ist nicht erreichbar"),
                    signs: &[Sign::Fires("call-control-unreachable")],
                    then: Then::Ask("path"),
                },
            ],
            unsure: Then::Ask("path"),
        },
        Step {
            id: "path",
            ask: Text::fixed(
                "Does the ASA keep the phones' traffic out of the tunnel, or drop it behind it?",
                "Hält die ASA Verkehr der Telefone aus dem Tunnel heraus, oder verwirft sie ihn dahinter?",
            ),
            why: Text::fixed("", ""),
            key: None,
            look: &[Need::AsaConfig, Need::AsaLog],
            answers: &[
                Answer {
                    id: "split",
                    label: Text::fixed("Split tunnelling is on", "Split-Tunneling ist an"),
                    signs: &[Sign::Fires("split-tunnel-for-phones")],
                    then: Then::Suspect("split-tunnel-for-phones"),
                },
                Answer {
                    id: "filter",
                    label: Text::fixed("A vpn-filter denies it", "Ein vpn-filter verbietet ihn"),
                    signs: &[Sign::Fires("vpn-filter-inherited")],
                    then: Then::Suspect("vpn-filter-inherited"),
                },
                Answer {
                    id: "record",
                    label: Text::fixed(
                        "The access list of a DAP record denies it",
                        "Die Zugriffsliste eines DAP-Eintrags verbietet ihn",
                    ),
                    signs: &[Sign::Fires("dap-list-drops-phones")],
                    then: Then::Suspect("dap-list-drops-phones"),
                },
                Answer {
                    id: "dropped",
                    label: Text::fixed(
                        "Its log drops packets of the phone's address in the tunnel",
                        "Ihr Protokoll verwirft Pakete der Adresse, die das Telefon im Tunnel hat",
                    ),
                    signs: &[Sign::Fires("tunnel-traffic-dropped")],
                    then: Then::Suspect("tunnel-traffic-dropped"),
                },
                Answer {
                    id: "no",
                    label: Text::fixed("No", "Nein"),
                    signs: &[Sign::Passes("split-tunnel-for-phones")],
                    then: Then::Suspect("call-control-unreachable"),
                },
            ],
            unsure: Then::Bring(&[Need::AsaConfig, Need::PhoneStatus, Need::PhoneLog]),
        },
    ],
};
