//! The plan for renewing the ASA's certificate without touching the phones.
//!
//! The order is the whole art: every phone must have the new hash before the ASA shows the new certificate (Cisco
//! 116162). Each step says whether the case shows it done; the last word is a list of the phones that are not ready.

use crate::diagnosis::RenewalView;
use crate::finding::{Target, safe_name};
use crate::text::Text;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// Where it is done.
    pub on: Target,
    /// What to do.
    pub text: Text,
    /// Commands to copy, complete.
    pub commands: Vec<String>,
    /// How to see that it is done.
    pub verify: Text,
    /// Whether the case shows it done; `None` where nothing tells.
    pub done: Option<bool>,
}

/// The plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What threatens it, the gravest first.
    pub warnings: Vec<Text>,
    /// The steps in order.
    pub steps: Vec<PlanStep>,
    /// How to take the switch back.
    pub undo: PlanStep,
    /// What helps phones that are locked out already.
    pub rescue: Vec<Text>,
    /// Names of the phones that would be locked out by the switch.
    pub not_ready: Vec<String>,
}

/// Makes the plan; without a view of the case it is the general one.
pub fn plan(view: Option<&RenewalView>) -> Plan {
    let name = |value: Option<&str>, placeholder: &str| match value {
        Some(value) if safe_name(value) => value.to_owned(),
        _ => format!("<{placeholder}>"),
    };
    let old = name(view.map(|view| view.trustpoint.as_str()), "old-trustpoint");
    let new = name(view.map(|view| view.next_trustpoint.as_str()), "new-trustpoint");
    let interface = name(view.map(|view| view.interface.as_str()), "interface");
    let phones = view.map(|view| view.phones.as_slice()).unwrap_or_default();
    let has_next = view.map(|view| view.next.is_some());
    let not_ready: Vec<String> =
        phones.iter().filter(|phone| !phone.trusts_next).map(|phone| phone.name.clone()).collect();
    let all_ready = (has_next == Some(true) && !phones.is_empty()).then_some(not_ready.is_empty());
    let locked_out = phones.iter().filter(|phone| !phone.trusts_presented).count();

    let mut warnings = Vec::new();
    if locked_out == 1 {
        warnings.push(ONE_LOCKED_OUT);
    } else if locked_out > 1 {
        warnings.push(LOCKED_OUT.filled(&[("count", &locked_out.to_string())]));
    }
    if view.is_some_and(|view| view.same_subject) {
        warnings.push(SAME_SUBJECT);
    }
    if phones.iter().any(|phone| phone.trusts_issuer) {
        warnings.push(BY_ISSUER);
    }
    let step = |on, text: Text, commands: Vec<String>, verify: Text, done| PlanStep {
        on,
        text,
        commands,
        verify,
        done,
    };
    let steps = vec![
        step(
            Target::Asa,
            ENROL,
            in_configuration(vec![
                format!("crypto key generate rsa label {new} modulus 2048"),
                format!("crypto ca trustpoint {new}"),
                format!("keypair {new}"),
                "subject-name CN=<host>".to_owned(),
                "fqdn <host>".to_owned(),
                "enrollment terminal".to_owned(),
                "exit".to_owned(),
                format!("crypto ca enroll {new}"),
            ]),
            ENROLLED,
            has_next,
        ),
        step(
            Target::Asa,
            EXPORT,
            in_configuration(vec![format!("crypto ca export {new} identity-certificate")]),
            EXPORTED,
            None,
        ),
        step(Target::Cucm, UPLOAD, Vec::new(), UPLOADED, None),
        step(Target::Cucm, ASSIGN, Vec::new(), ASSIGNED, None),
        step(Target::Cucm, RESET, Vec::new(), RESET_SEEN, None),
        step(Target::Phone, CHECK, Vec::new(), CHECKED, all_ready),
        step(Target::Asa, SWITCH, bound(&new, &interface), SWITCHED, None),
    ];
    let undo = step(Target::Asa, UNDO, bound(&old, &interface), UNDONE, None);
    Plan { warnings, steps, undo, rescue: vec![RESCUE_OLD, RESCUE_TFTP, RESCUE_INSIDE], not_ready }
}

/// Commands that are typed in the configuration.
fn in_configuration(commands: Vec<String>) -> Vec<String> {
    let (first, last) = ("configure terminal".to_owned(), "end".to_owned());
    std::iter::once(first).chain(commands).chain(std::iter::once(last)).collect()
}

/// What binds a trust-point to the phones' interface, and keeps it over a reload.
fn bound(trustpoint: &str, interface: &str) -> Vec<String> {
    let mut commands = in_configuration(vec![format!("ssl trust-point {trustpoint} {interface}")]);
    commands.push("write memory".to_owned());
    commands
}

const ONE_LOCKED_OUT: Text = Text::fixed(
    "One phone of this case does not trust what the ASA presents now: it is locked out already. See “too late” below.",
    "Ein Telefon dieses Falls vertraut dem nicht, was die ASA jetzt vorlegt: Es ist schon ausgesperrt. Siehe unten „zu spät“.",
);
const LOCKED_OUT: Text = Text::fixed(
    "{count} phones of this case do not trust what the ASA presents now: they are locked out already. See “too late” below.",
    "{count} Telefone dieses Falls vertrauen dem nicht, was die ASA jetzt vorlegt: Sie sind schon ausgesperrt. Siehe unten „zu spät“.",
);
const SAME_SUBJECT: Text = Text::fixed(
    "The new certificate has the same subject as the old one. Uploading it to Phone-VPN-trust overwrites the old entry (CSCuh19734), and phones that load their configuration then lose the hash that they still need. Give the new certificate another common name, or switch the ASA in the same maintenance window.",
    "Das neue Zertifikat hat denselben Namen (subject) wie das alte. Beim Hochladen als Phone-VPN-trust überschreibt es das alte (CSCuh19734), und Telefone, die danach ihre Konfiguration laden, verlieren den Hash, den sie noch brauchen. Geben Sie dem neuen Zertifikat einen anderen Common Name oder schalten Sie die ASA im selben Wartungsfenster um.",
);
const BY_ISSUER: Text = Text::fixed(
    "Phones of this case trust the issuing CA. If the same CA issues the new certificate and the ASA sends that CA's certificate along, nothing has to change in the phones.",
    "Telefone dieses Falls vertrauen der ausstellenden Zertifizierungsstelle (CA). Stellt dieselbe CA das neue Zertifikat aus und schickt die ASA deren Zertifikat mit, muss sich in den Telefonen nichts ändern.",
);
const ENROL: Text = Text::fixed(
    "Make a new trust-point with a key of its own. Send the request that it prints to your CA; then `crypto ca authenticate` takes the CA's certificate and `crypto ca import … certificate` yours. `<host>` is the host in the phones' URL. Leave the old trust-point and its binding as they are.",
    "Legen Sie einen neuen Vertrauenspunkt (trust-point) mit eigenem Schlüssel an. Schicken Sie die Anforderung, die er ausgibt, an Ihre Zertifizierungsstelle (CA); danach nimmt `crypto ca authenticate` deren Zertifikat auf und `crypto ca import … certificate` Ihres. `<host>` ist der Host in der URL der Telefone. Lassen Sie den alten und seine Bindung, wie sie sind.",
);
const ENROLLED: Text = Text::fixed(
    "`show crypto ca certificates` lists both; `show running-config ssl` still names the old one.",
    "`show crypto ca certificates` zeigt beide; `show running-config ssl` nennt weiter den alten.",
);
const EXPORT: Text = Text::fixed(
    "Export the new certificate. Where phones should trust the CA instead, export the CA's.",
    "Exportieren Sie das neue Zertifikat. Sollen die Telefone stattdessen der CA vertrauen, exportieren Sie das der CA.",
);
const EXPORTED: Text = Text::fixed(
    "Drop the file here: the certificate view shows the hash that the phones must have.",
    "Legen Sie die Datei hier ab: Die Zertifikatsansicht zeigt den Hash, den die Telefone haben müssen.",
);
const UPLOAD: Text = Text::fixed(
    "Cisco Unified OS Administration > Security > Certificate Management > Upload Certificate, Certificate Purpose Phone-VPN-trust. On every node that serves TFTP if the page does not copy it itself.",
    "Cisco Unified OS Administration > Security > Certificate Management > Upload Certificate, Certificate Purpose Phone-VPN-trust. Auf jedem Knoten mit TFTP, falls die Seite es nicht selbst verteilt.",
);
const UPLOADED: Text = Text::fixed(
    "The list shows both certificates under Phone-VPN-trust.",
    "Die Liste zeigt beide Zertifikate unter Phone-VPN-trust.",
);
const ASSIGN: Text = Text::fixed(
    "Cisco Unified CM Administration > Advanced Features > VPN > VPN Gateway: move the new certificate to VPN Certificates in this Gateway (older versions: in this Location) as well, and Save. Keep the old one there.",
    "Cisco Unified CM Administration > Advanced Features > VPN > VPN Gateway: Verschieben Sie auch das neue Zertifikat nach VPN Certificates in this Gateway (in älteren Versionen: in this Location), dann Save. Lassen Sie das alte dort.",
);
const ASSIGNED: Text =
    Text::fixed("The VPN gateway lists both certificates.", "Das VPN-Gateway führt beide Zertifikate.");
const RESET: Text = Text::fixed(
    "Device > Device Settings > Common Phone Profile: Apply Config, then reset the phones in groups. A phone on VPN loses its tunnel for that: with a certificate it comes back by itself, with a password somebody has to enter it.",
    "Device > Device Settings > Common Phone Profile: Klicken Sie auf Apply Config, dann setzen Sie die Telefone in Gruppen zurück (Reset). Ein Telefon im VPN verliert dabei seinen Tunnel: Mit Zertifikat kommt es von selbst wieder, mit Kennwort muss es jemand eingeben.",
);
const RESET_SEEN: Text =
    Text::fixed("The phones are registered again.", "Die Telefone sind wieder registriert.");
const CHECK: Text = Text::fixed(
    "Fetch the configuration of each phone (`SEP….cnf.xml`) and drop them all here. The table says who has the new hash.",
    "Holen Sie die Konfiguration jedes Telefons (`SEP….cnf.xml`) und legen Sie alle hier ab. Die Tabelle sagt, wer den neuen Hash hat.",
);
const CHECKED: Text = Text::fixed("No phone is left without it.", "Keinem Telefon fehlt er mehr.");
const SWITCH: Text = Text::fixed(
    "Only now let the ASA present the new certificate.",
    "Lassen Sie die ASA erst jetzt das neue Zertifikat vorlegen.",
);
const SWITCHED: Text = Text::fixed(
    "A browser that opens the phones' URL shows the new certificate, and one phone outside connects.",
    "Ein Browser zeigt unter der URL der Telefone das neue Zertifikat, und ein Telefon außerhalb verbindet sich.",
);
const UNDO: Text =
    Text::fixed("Bind the old trust-point again.", "Binden Sie wieder den alten Vertrauenspunkt.");
const UNDONE: Text = Text::fixed(
    "`show running-config ssl` names the old one, and phones connect as before.",
    "`show running-config ssl` nennt den alten, und die Telefone verbinden sich wie vorher.",
);
const RESCUE_OLD: Text = Text::fixed(
    "As long as the old certificate is valid: bind its trust-point again, and follow the plan from the top.",
    "Solange das alte Zertifikat gültig ist: Binden Sie seinen Vertrauenspunkt wieder und folgen Sie dem Plan von vorn.",
);
const RESCUE_TFTP: Text = Text::fixed(
    "Where it is not: put the phones' new configuration and trust list files on a TFTP server that they reach from outside, and let somebody set it at each phone as the alternate TFTP server. Take it off the net afterwards: the files hold more than hashes.",
    "Ist es das nicht: Legen Sie die neuen Konfigurations- und Vertrauenslistendateien der Telefone auf einen TFTP-Server, den sie von außen erreichen, und lassen Sie ihn an jedem Telefon als alternativen TFTP-Server einstellen. Nehmen Sie ihn danach wieder vom Netz: Die Dateien enthalten mehr als Hashes.",
);
const RESCUE_INSIDE: Text = Text::fixed(
    "Or bring the phones inside once: there they load the new hash without VPN.",
    "Oder bringen Sie die Telefone einmal ins interne Netz: Dort laden sie den neuen Hash ohne VPN.",
);

#[cfg(test)]
mod tests {
    use super::plan;
    use crate::diagnosis::{RenewalPhone, RenewalView};

    fn phone(name: &str, trusts_presented: bool, trusts_next: bool) -> RenewalPhone {
        let name = name.to_owned();
        RenewalPhone { name, place: None, trusts_presented, trusts_next, trusts_issuer: false }
    }

    fn view(phones: Vec<RenewalPhone>) -> RenewalView {
        RenewalView {
            presented: Some(0),
            next: Some(1),
            trustpoint: "OLD".into(),
            next_trustpoint: "NEW".into(),
            interface: "outside".into(),
            phones,
            ..RenewalView::default()
        }
    }

    #[test]
    fn the_switch_waits_for_the_last_phone() {
        let half = plan(Some(&view(vec![
            phone("SEP001122334455", true, true),
            phone("SEP001122334456", true, false),
        ])));
        assert_eq!(half.not_ready, ["SEP001122334456"]);
        assert_eq!(half.steps[5].done, Some(false));
        assert_eq!(
            half.steps[6].commands,
            ["configure terminal", "ssl trust-point NEW outside", "end", "write memory"]
        );
        assert_eq!(half.undo.commands[1], "ssl trust-point OLD outside");
        let whole = plan(Some(&view(vec![phone("SEP001122334455", true, true)])));
        assert_eq!(whole.steps[5].done, Some(true));
    }

    #[test]
    fn what_is_too_late_is_said_first() {
        let late = plan(Some(&RenewalView {
            same_subject: true,
            ..view(vec![phone("SEP001122334455", false, false)])
        }));
        assert!(late.warnings[0].en.contains("locked out already"));
        assert!(late.warnings[1].en.contains("CSCuh19734"));
    }

    #[test]
    fn a_hostile_name_reaches_no_command_and_without_a_case_there_are_placeholders() {
        let hostile = plan(Some(&RenewalView { next_trustpoint: "x\nreload".into(), ..view(vec![]) }));
        assert_eq!(hostile.steps[6].commands[1], "ssl trust-point <new-trustpoint> outside");
        assert!(
            hostile.steps.iter().flat_map(|step| &step.commands).all(|command| !command.contains("reload"))
        );
        let general = plan(None);
        assert_eq!(general.steps[6].commands[1], "ssl trust-point <new-trustpoint> <interface>");
        assert_eq!(general.steps[5].done, None);
    }
}
