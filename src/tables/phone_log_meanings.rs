//! What a line of a phone's console log means for its VPN, by a phrase that it holds.
//!
//! The first row whose phrase stands in the line counts, so the more telling phrases come first. Phrases are in lower
//! case.
//!
//! Sources: Cisco 116162 (VPNC and SECD); Cisco 200850, 200860, 213407, 215014, 217219 and 118699 (SECUREAPP, SECD,
//! DHCP, SIP). What is inferred is worded so.

use crate::text::Text;

/// One phrase.
#[derive(Debug)]
pub struct Meaning {
    /// What stands in the line, in lower case.
    pub phrase: &'static str,
    /// What it means.
    pub means: Text,
}

/// The meaning of a line.
pub fn of(line: &str) -> Option<&'static Meaning> {
    let line = line.to_ascii_lowercase();
    ROWS.iter().find(|row| line.contains(row.phrase))
}

const fn row(phrase: &'static str, en: &'static str, de: &'static str) -> Meaning {
    Meaning { phrase, means: Text::fixed(en, de) }
}

const ROWS: &[Meaning] = &[
    row(
        "leaf cert hash",
        "The SHA-1 of the certificate that the ASA presents. It must equal one of the hashes in the phone's configuration.",
        "Der SHA-1 des Zertifikats, das die ASA vorlegt. Er muss einem der Hashwerte in der Konfiguration des Telefons gleichen.",
    ),
    row(
        "leaf not trusted",
        "Neither the ASA's certificate nor its issuer has a hash that the phone was given.",
        "Weder das Zertifikat der ASA noch sein Aussteller hat einen Hashwert, den das Telefon kennt.",
    ),
    row(
        "issuer.crt",
        "The ASA sent no issuer certificate. Harmless where the hash of its own certificate matches.",
        "Die ASA hat kein Ausstellerzertifikat mitgeschickt. Das ist harmlos, wenn der Hashwert ihres eigenen Zertifikats passt.",
    ),
    row(
        "peer cert saved",
        "The ASA's certificate is stored to be checked.",
        "Das Zertifikat der ASA ist zur Prüfung abgelegt.",
    ),
    row(
        "pre_err",
        "OpenSSL's own opinion of the certificate, before the hash is compared. 18 (self signed) alone is no fault.",
        "Die Meinung von OpenSSL zum Zertifikat, bevor der Hashwert verglichen wird. 18 (selbstsigniert) allein ist kein Fehler.",
    ),
    row("cert_vfy_cb", "The certificate that the ASA presents.", "Das Zertifikat, das die ASA vorlegt."),
    row(
        "generic third level wildcards",
        "The certificate's name is a wildcard that the phone does not accept.",
        "Der Name im Zertifikat ist ein Platzhalter (Wildcard), den das Telefon nicht annimmt.",
    ),
    row(
        "dns has wildcard",
        "A name in the certificate is a wildcard; the phone looks whether it accepts it.",
        "Ein Name im Zertifikat ist ein Platzhalter (Wildcard); das Telefon prüft, ob es ihn annimmt.",
    ),
    row(
        "hostid not found in subjectaltnames",
        "The host of the url is not among the certificate's alternative names; its subject is looked at next.",
        "Der Host der URL steht nicht in den alternativen Namen des Zertifikats; als Nächstes wird der Subject-Name geprüft.",
    ),
    row(
        "hostid not found in subject name",
        "The host of the url is not the certificate's subject either.",
        "Der Host der URL ist auch nicht der Subject-Name des Zertifikats.",
    ),
    row(
        "hostidcheck failed",
        "The certificate's names do not match the url: the phone breaks off. The VPN profile in CUCM can switch this check off.",
        "Die Namen im Zertifikat passen nicht zur URL: Das Telefon bricht ab. Die Prüfung lässt sich im VPN-Profil des CUCM abschalten.",
    ),
    row(
        "old session cipher not returned",
        "The ASA chose another cipher for DTLS than for TLS. The phone offers only that of its TLS session.",
        "Die ASA hat für DTLS eine andere Chiffre gewählt als für TLS. Das Telefon bietet nur die seiner TLS-Sitzung an.",
    ),
    row(
        "ssl success dtls fail",
        "The login worked, the DTLS channel did not, and the phone needs both.",
        "Die Anmeldung gelang, der DTLS-Kanal nicht; das Telefon braucht beides.",
    ),
    row(
        "create_dtls_connection: cipher list",
        "The one cipher that the phone offers for DTLS: that of its TLS session.",
        "Die eine Chiffre, die das Telefon für DTLS anbietet: die seiner TLS-Sitzung.",
    ),
    row(
        "getsockname failed",
        "It appears in a normal start, too, and proves nothing.",
        "Die Meldung erscheint auch bei einem normalen Start und beweist nichts.",
    ),
    row("udp_connect", "The phone opens its DTLS channel.", "Das Telefon öffnet seinen DTLS-Kanal."),
    row(
        "certificate verify failed",
        "The phone rejects the ASA's certificate.",
        "Das Telefon weist das Zertifikat der ASA zurück.",
    ),
    row(
        "set_redirect_url",
        "The ASA sends the phone to another url: load balancing, or a url that is no group-url.",
        "Die ASA schickt das Telefon zu einer anderen URL: Lastverteilung, oder die URL ist keine group-url.",
    ),
    row(
        "(redirected)",
        "The ASA answered with a redirection. A phone logs in only where it gets none.",
        "Die ASA hat mit einer Umleitung geantwortet. Ein Telefon meldet sich nur an, wenn keine kommt.",
    ),
    row(
        "302 temporary moved",
        "The ASA answered with a redirection. A phone logs in only where it gets none.",
        "Die ASA hat mit einer Umleitung geantwortet. Ein Telefon meldet sich nur an, wenn keine kommt.",
    ),
    row(
        "new 'location'",
        "Where the redirection leads; /+webvpn+/ is the portal for browsers.",
        "Wohin die Umleitung führt; /+webvpn+/ ist das Portal für Browser.",
    ),
    row("got login response", "The ASA answered the login.", "Die ASA hat auf die Anmeldung geantwortet."),
    row(
        "dpd",
        "The ASA's parameters for the tunnel arrived; with dead peer detection both sides notice a lost path.",
        "Die Tunnelparameter der ASA sind angekommen; mit Dead Peer Detection bemerken beide Seiten einen verlorenen Weg.",
    ),
    row(
        "sslalertsrvrcert",
        "The login failed because of the ASA's certificate.",
        "Die Anmeldung ist am Zertifikat der ASA gescheitert.",
    ),
    row(
        "[loginfailed]",
        "The phone tells its other processes that the login failed.",
        "Das Telefon meldet seinen anderen Prozessen, dass die Anmeldung gescheitert ist.",
    ),
    row(
        "vpnc_send_notify",
        "The phone tells its other processes how the login went.",
        "Das Telefon meldet seinen anderen Prozessen, wie die Anmeldung verlief.",
    ),
    row("(trying) --> 3 (failed)", "The login has failed.", "Die Anmeldung ist gescheitert."),
    row(
        "--> 3 (loginfailed)",
        "The VPN client regards the login as failed.",
        "Der VPN-Client hält die Anmeldung für gescheitert.",
    ),
    row(
        "set_login_state",
        "The login goes from one state to another.",
        "Die Anmeldung wechselt ihren Zustand.",
    ),
    row(
        "login failed",
        "The attempt is over: the login failed. Why, stands above.",
        "Der Versuch ist zu Ende: Die Anmeldung ist gescheitert. Der Grund steht weiter oben.",
    ),
    row("de-activating vpn", "The VPN client stops.", "Der VPN-Client hält an."),
    row("activated -> de-activated", "The VPN client stops.", "Der VPN-Client hält an."),
    row("ssl_connect: before/connect", "A handshake begins.", "Ein Handshake beginnt."),
    row("ssl_connect: before ssl", "A handshake begins.", "Ein Handshake beginnt."),
    row("ssl_state_cb", "A step of the handshake.", "Ein Schritt des Handshakes."),
    row(
        "pxy_no_lsc",
        "The phone has no LSC and uses its manufacturer's certificate.",
        "Das Telefon hat kein LSC und benutzt sein Herstellerzertifikat (MIC).",
    ),
    row(
        "pxy_cert_cipher",
        "Which certificate and which ciphers the phone uses.",
        "Welches Zertifikat und welche Chiffren das Telefon benutzt.",
    ),
    row(
        "state_ssl3_alert",
        "The other side refuses the phone's certificate or version.",
        "Die Gegenseite lehnt Zertifikat oder Version des Telefons ab.",
    ),
    row(
        "alert read:fatal:handshake failure",
        "A server and the phone share no version or cipher.",
        "Ein Server und das Telefon haben keine gemeinsame Version oder Chiffre.",
    ),
    row(
        "clpsetupssl",
        "A TLS connection to a server of CUCM failed.",
        "Eine TLS-Verbindung zu einem Server des CUCM ist gescheitert.",
    ),
    row(
        "cert not in ctl",
        "The server is not in the phone's trust list; the trust verification service is asked next.",
        "Der Server steht nicht in der Vertrauensliste des Telefons; als Nächstes wird der Trust Verification Service gefragt.",
    ),
    row(
        "no match found in trust list",
        "Not in the phone's trust list; the trust verification service is asked next.",
        "Nicht in der Vertrauensliste des Telefons; als Nächstes wird der Trust Verification Service gefragt.",
    ),
    row(
        "authentication response received, status : 0",
        "The trust verification service vouches for the server.",
        "Der Trust Verification Service bürgt für den Server.",
    ),
    row(
        "authentication response received",
        "The trust verification service answered; any status but 0 is a refusal, as far as is known.",
        "Der Trust Verification Service hat geantwortet; ein anderer Status als 0 ist nach allem, was bekannt ist, eine Ablehnung.",
    ),
    row(
        "certificate issuer name",
        "Who issued the certificate: CAPF-… means an LSC, Cisco Manufacturing CA the manufacturer's certificate.",
        "Wer das Zertifikat ausgestellt hat: CAPF-… bedeutet ein LSC, Cisco Manufacturing CA das Herstellerzertifikat (MIC).",
    ),
    row(
        "hashes match",
        "The file's signature fits the trust list.",
        "Die Signatur der Datei passt zur Vertrauensliste.",
    ),
    row("tl file updated", "The trust list was renewed.", "Die Vertrauensliste wurde erneuert."),
    row("xxtp complete - status = 100", "The file was downloaded.", "Die Datei wurde geladen."),
    row(
        "xxtp complete",
        "A download ended; the meaning of a status other than 100 is not published.",
        "Ein Download ist beendet; was ein anderer Status als 100 bedeutet, ist nicht veröffentlicht.",
    ),
    row("actualserver", "The server that gave the file.", "Der Server, von dem die Datei kam."),
    row("getxxtp", "The phone asks for a file.", "Das Telefon fordert eine Datei an."),
    row("max retries of discover", "No DHCP server answered.", "Kein DHCP-Server hat geantwortet."),
    row(
        "tftpsvr1",
        "The TFTP server that DHCP gave. Over the VPN the phone must use CUCM's, set by hand if need be.",
        "Der TFTP-Server, den DHCP genannt hat. Über das VPN muss das Telefon den des CUCM benutzen, notfalls von Hand eingetragen.",
    ),
    row(
        "802.1x auth failed",
        "The switch does not let the phone in.",
        "Der Switch lässt das Telefon nicht ins Netz.",
    ),
    row("registration to all cucms failed", "No CUCM takes the phone.", "Kein CUCM nimmt das Telefon an."),
    row("socket connect failed", "CUCM cannot be reached.", "Der CUCM ist nicht erreichbar."),
    row("not connected", "CUCM is not connected.", "Der CUCM ist nicht verbunden."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_in_lower_case_and_none_hides_a_later_one() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.phrase, row.phrase.to_ascii_lowercase());
            assert!(row.means.en().ends_with('.') && row.means.de().ends_with('.'), "{}", row.phrase);
            let hidden = ROWS[at + 1..].iter().find(|later| later.phrase.contains(row.phrase));
            assert!(hidden.is_none(), "{} hides {:?}", row.phrase, hidden);
        }
    }
}
