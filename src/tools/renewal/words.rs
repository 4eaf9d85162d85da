//! What the plan for the renewal says.

use crate::text::Text;

pub(super) const TITLE: Text =
    Text::fixed("Renewal of the ASA's certificate", "Erneuerung des Zertifikats der ASA");
pub(super) const VERIFY: Text = Text::fixed("What you see afterwards", "Das sehen Sie danach");
pub(super) const DONE: Text = Text::fixed("done", "erledigt");
pub(super) const LATE: Text =
    Text::fixed("Too late: phones are locked out", "Zu spät: Telefone sind ausgesperrt");
pub(super) const PHONES: Text = Text::fixed("Phones", "Telefone");
pub(super) const NO_NEXT: Text = Text::fixed(
    "There is no newer certificate in this case yet: begin with step 1.",
    "In diesem Fall liegt noch kein neueres Zertifikat: Beginnen Sie mit Schritt 1.",
);
pub(super) const NO_PHONES: Text = Text::fixed(
    "Do not switch yet: no phone's configuration is here, so nothing shows who has the new hash.",
    "Schalten Sie noch nicht um: Keine Konfiguration eines Telefons ist hier, also zeigt nichts, wer den neuen Hash hat.",
);
pub(super) const WAIT: Text = Text::fixed(
    "Do not switch yet: of {all} phones, {missing} would be locked out.",
    "Schalten Sie noch nicht um: Von {all} Telefonen wären {missing} ausgesperrt.",
);
pub(super) const GO: Text = Text::fixed(
    "You can switch: all phones of this case ({all}) have the new hash. Phones whose configuration you did not drop are not counted.",
    "Sie können umschalten: Alle Telefone dieses Falls ({all}) haben den neuen Hash. Telefone, deren Konfiguration Sie nicht abgelegt haben, sind nicht mitgezählt.",
);
pub(super) const TOO_LATE: Text = Text::fixed(
    "Too late: the ASA presents a certificate that {missing} of {all} phones do not trust. Bind the previous trust-point again, then follow the plan.",
    "Zu spät: Die ASA legt ein Zertifikat vor, dem {missing} von {all} Telefonen nicht vertrauen. Binden Sie wieder den vorigen Vertrauenspunkt und folgen Sie dann dem Plan.",
);
pub(super) const VALID_UNTIL: Text =
    Text::fixed("The old certificate is valid until {day}.", "Das alte Zertifikat gilt bis {day}.");
pub(super) const ENDED: Text =
    Text::fixed("The old certificate ended on {day}.", "Das alte Zertifikat ist am {day} abgelaufen.");
pub(super) const VALID_FROM: Text =
    Text::fixed("The new one is valid from {day} on.", "Das neue gilt ab {day}.");
pub(super) const BACK: Text = Text::fixed(
    "First of all: bind the previous trust-point again. Phones connect with it as long as its certificate is valid.",
    "Zuallererst: Binden Sie wieder den vorigen Vertrauenspunkt. Mit ihm verbinden sich die Telefone, solange sein Zertifikat gilt.",
);
pub(super) const BACK_ENDED: Text = Text::fixed(
    "First of all: bind the previous trust-point again. Its certificate has ended, and what phones make of that is not documented: try it with one phone. Where it is refused, go on with “too late” below.",
    "Zuallererst: Binden Sie wieder den vorigen Vertrauenspunkt (trust-point). Sein Zertifikat ist abgelaufen, und was Telefone daraus machen, ist nicht dokumentiert: Versuchen Sie es mit einem Telefon. Weist es das Zertifikat ab, gehen Sie unten bei „zu spät“ weiter.",
);
pub(super) const ONE_UNKNOWN: Text = Text::fixed(
    "One phone appears in the logs, but its configuration is not here: nothing shows which hash it has.",
    "Ein Telefon steht in den Protokollen, aber seine Konfiguration ist nicht hier: Nichts zeigt, welchen Hash es hat.",
);
pub(super) const UNKNOWN: Text = Text::fixed(
    "{count} phones appear in the logs, but their configurations are not here: nothing shows which hash they have.",
    "{count} Telefone stehen in den Protokollen, aber ihre Konfigurationen sind nicht hier: Nichts zeigt, welchen Hash sie haben.",
);
pub(super) const EXPIRED: Text = Text::fixed(
    "A certificate that the ASA presents is outside its validity: binding it again may not help.",
    "Ein Zertifikat, das die ASA vorlegt, liegt außerhalb seiner Gültigkeit: Es wieder zu binden, hilft vielleicht nicht.",
);
pub(super) const SEVERAL: Text = Text::fixed(
    "This case shows more than one presented certificate: several ASAs, or several interfaces. The plan is for the first one. Make it once for each, with the files of one ASA at a time.",
    "Dieser Fall zeigt mehr als ein vorgelegtes Zertifikat: mehrere ASAs oder mehrere Schnittstellen. Der Plan gilt für das erste. Machen Sie ihn für jede einzeln, mit den Dateien jeweils einer ASA.",
);
pub(super) const RESCUE_OLD_UNTIL: Text = Text::fixed(
    "Until {to} the old certificate is valid: bind its trust-point {trustpoint} again, and follow the plan from the top.",
    "Bis {to} gilt das alte Zertifikat: Binden Sie seinen Vertrauenspunkt {trustpoint} wieder und folgen Sie dem Plan von vorn.",
);
pub(super) const RESCUE_OLD_ENDED: Text = Text::fixed(
    "The old certificate ended on {to}, and what phones make of that is not documented: bind its trust-point {trustpoint} again, and try it with one phone.",
    "Das alte Zertifikat ist am {to} abgelaufen, und was Telefone daraus machen, ist nicht dokumentiert: Binden Sie seinen Vertrauenspunkt (trust-point) {trustpoint} wieder und versuchen Sie es mit einem Telefon.",
);
pub(super) const ONE_LOCKED_OUT: Text = Text::fixed(
    "One phone of this case does not trust what the ASA presents now: it is locked out already. See “too late” below.",
    "Ein Telefon dieses Falls vertraut dem nicht, was die ASA jetzt vorlegt: Es ist schon ausgesperrt. Siehe unten „zu spät“.",
);
pub(super) const LOCKED_OUT: Text = Text::fixed(
    "{count} phones of this case do not trust what the ASA presents now: they are locked out already. See “too late” below.",
    "{count} Telefone dieses Falls vertrauen dem nicht, was die ASA jetzt vorlegt: Sie sind schon ausgesperrt. Siehe unten „zu spät“.",
);
pub(super) const SAME_SUBJECT: Text = Text::fixed(
    "The new certificate has the same subject as the old one. Uploading it to Phone-VPN-trust overwrites the old entry (CSCuh19734), and phones that load their configuration then lose the hash that they still need. Give the new certificate another common name, or switch the ASA in the same maintenance window.",
    "Das neue Zertifikat hat denselben Namen (subject) wie das alte. Beim Hochladen als Phone-VPN-trust überschreibt es das alte (CSCuh19734), und Telefone, die danach ihre Konfiguration laden, verlieren den Hash, den sie noch brauchen. Geben Sie dem neuen Zertifikat einen anderen Common Name oder schalten Sie die ASA im selben Wartungsfenster um.",
);
pub(super) const BY_ISSUER: Text = Text::fixed(
    "Phones of this case trust the issuing CA. If the same CA issues the new certificate and the ASA sends that CA's certificate along, nothing has to change in the phones.",
    "Telefone dieses Falls vertrauen der ausstellenden Zertifizierungsstelle (CA). Stellt dieselbe CA das neue Zertifikat aus und schickt die ASA deren Zertifikat mit, muss sich in den Telefonen nichts ändern.",
);
pub(super) const MAKE: Text = Text::fixed(
    "Make a new trust-point with a key of its own; `<host>` is the host in the phones' URL. Leave the old trust-point and its binding as they are.",
    "Legen Sie einen neuen Vertrauenspunkt (trust-point) mit eigenem Schlüssel an; `<host>` ist der Host in der URL der Telefone. Lassen Sie den alten und seine Bindung, wie sie sind.",
);
pub(super) const MADE: Text = Text::fixed(
    "`show running-config crypto ca trustpoint` lists it beside the old one.",
    "`show running-config crypto ca trustpoint` führt ihn neben dem alten.",
);
pub(super) const REQUEST: Text = Text::fixed(
    "Request its certificate. The command asks back, so paste nothing behind it: serial number `no`, display the request `yes`. Send the request to your CA; then `crypto ca authenticate` takes the CA's certificate and `crypto ca import … certificate` yours. End with `end` and `write memory`.",
    "Fordern Sie sein Zertifikat an. Der Befehl fragt nach; fügen Sie deshalb nichts dahinter ein: Seriennummer `no`, Anforderung anzeigen `yes`. Schicken Sie die Anforderung an Ihre Zertifizierungsstelle (CA); danach nimmt `crypto ca authenticate` deren Zertifikat auf und `crypto ca import … certificate` Ihres. Schließen Sie mit `end` und `write memory` ab.",
);
pub(super) const REQUESTED: Text = Text::fixed(
    "`show crypto ca certificates` lists both; `show running-config ssl` still names the old one.",
    "`show crypto ca certificates` zeigt beide; `show running-config ssl` nennt weiter den alten.",
);
pub(super) const EXPORT: Text = Text::fixed(
    "Export the new certificate. Where phones should trust the CA instead, export the CA's.",
    "Exportieren Sie das neue Zertifikat. Sollen die Telefone stattdessen der CA vertrauen, exportieren Sie das der CA.",
);
pub(super) const EXPORTED: Text = Text::fixed(
    "Drop the file here: the certificate view shows the hash that the phones must have.",
    "Legen Sie die Datei hier ab: Die Zertifikatsansicht zeigt den Hash, den die Telefone haben müssen.",
);
pub(super) const UPLOAD: Text = Text::fixed(
    "Cisco Unified OS Administration > Security > Certificate Management > Upload Certificate, Certificate Purpose Phone-VPN-trust. On every node that serves TFTP if the page does not copy it itself.",
    "Cisco Unified OS Administration > Security > Certificate Management > Upload Certificate, Certificate Purpose Phone-VPN-trust. Auf jedem Knoten mit TFTP, falls die Seite es nicht selbst verteilt.",
);
pub(super) const UPLOADED: Text = Text::fixed(
    "The list shows both certificates under Phone-VPN-trust.",
    "Die Liste zeigt beide Zertifikate unter Phone-VPN-trust.",
);
pub(super) const ASSIGN: Text = Text::fixed(
    "Cisco Unified CM Administration > Advanced Features > VPN > VPN Gateway: move the new certificate to VPN Certificates in this Gateway (older versions: in this Location) as well, and Save. Keep the old one there.",
    "Cisco Unified CM Administration > Advanced Features > VPN > VPN Gateway: Verschieben Sie auch das neue Zertifikat nach VPN Certificates in this Gateway (in älteren Versionen: in this Location), dann Save. Lassen Sie das alte dort.",
);
pub(super) const ASSIGNED: Text =
    Text::fixed("The VPN gateway lists both certificates.", "Das VPN-Gateway führt beide Zertifikate.");
pub(super) const RESET: Text = Text::fixed(
    "Device > Device Settings > Common Phone Profile: Apply Config, then reset the phones in groups. A phone on VPN loses its tunnel for that: with a certificate it comes back by itself, with a password somebody has to enter it.",
    "Device > Device Settings > Common Phone Profile: Klicken Sie auf Apply Config, dann setzen Sie die Telefone in Gruppen zurück (Reset). Ein Telefon im VPN verliert dabei seinen Tunnel: Mit Zertifikat kommt es von selbst wieder, mit Kennwort muss es jemand eingeben.",
);
pub(super) const RESET_SEEN: Text =
    Text::fixed("The phones are registered again.", "Die Telefone sind wieder registriert.");
pub(super) const CHECK: Text = Text::fixed(
    "Fetch the configuration of each phone (`SEP….cnf.xml`) and drop them all here. The table says who has the new hash.",
    "Holen Sie die Konfiguration jedes Telefons (`SEP….cnf.xml`) und legen Sie alle hier ab. Die Tabelle sagt, wer den neuen Hash hat.",
);
pub(super) const CHECKED: Text = Text::fixed("No phone is left without it.", "Keinem Telefon fehlt er mehr.");
pub(super) const SWITCH: Text = Text::fixed(
    "Only now let the ASA present the new certificate. A phone without the new hash is locked out from then on.",
    "Lassen Sie die ASA erst jetzt das neue Zertifikat vorlegen. Ein Telefon ohne den neuen Hash ist von da an ausgesperrt.",
);
pub(super) const SWITCHED: Text = Text::fixed(
    "A browser that opens the phones' URL shows the new certificate, and one phone outside connects.",
    "Ein Browser zeigt unter der URL der Telefone das neue Zertifikat, und ein Telefon außerhalb verbindet sich.",
);
pub(super) const UNDO: Text =
    Text::fixed("Bind the old trust-point again.", "Binden Sie wieder den alten Vertrauenspunkt.");
pub(super) const UNDONE: Text = Text::fixed(
    "`show running-config ssl` names the old one, and phones connect as before.",
    "`show running-config ssl` nennt den alten, und die Telefone verbinden sich wie vorher.",
);
pub(super) const RESCUE_OLD: Text = Text::fixed(
    "As long as the old certificate is valid: bind its trust-point again, and follow the plan from the top.",
    "Solange das alte Zertifikat gültig ist: Binden Sie seinen Vertrauenspunkt wieder und folgen Sie dem Plan von vorn.",
);
pub(super) const RESCUE_TFTP: Text = Text::fixed(
    "Where it is not: put the phones' new configuration and trust list files on a TFTP server that they reach from outside, and let somebody set it at each phone as the alternate TFTP server. Take it off the net afterwards: the files hold more than hashes.",
    "Ist es das nicht: Legen Sie die neuen Konfigurations- und Vertrauenslistendateien der Telefone auf einen TFTP-Server, den sie von außen erreichen, und lassen Sie ihn an jedem Telefon als alternativen TFTP-Server einstellen. Nehmen Sie ihn danach wieder vom Netz: Die Dateien enthalten mehr als Hashes.",
);
pub(super) const RESCUE_INSIDE: Text = Text::fixed(
    "Or bring the phones inside once: there they load the new hash without VPN.",
    "Oder bringen Sie die Telefone einmal ins interne Netz: Dort laden sie den neuen Hash ohne VPN.",
);
