//! The sentences about a policy: how it was found, and what is not proved.

use crate::text::Text;

pub(super) const LOG_DEFAULT: Text = Text::fixed(
    "The log says that phones got {policy}, the default of their tunnel group (line {line}).",
    "Laut Protokoll haben Telefone {policy} bekommen, die Vorgabe ihrer Tunnelgruppe (Zeile {line}).",
);
pub(super) const LOG_USER: Text = Text::fixed(
    "The log says that phones got {policy} by an attribute of the user (line {line}).",
    "Laut Protokoll haben Telefone {policy} durch ein Attribut des Benutzers bekommen (Zeile {line}).",
);
pub(super) const LOG_SHOWS: Text = Text::fixed(
    "The ASA shows a phone with {policy} (line {line}).",
    "Die ASA zeigt ein Telefon mit {policy} (Zeile {line}).",
);
pub(super) const LOG_WINS: Text = Text::fixed(
    "The log tells what happened, so it counts and not the tunnel group's default.",
    "Das Protokoll sagt, was geschehen ist. Deshalb zählt es und nicht die Vorgabe der Tunnelgruppe.",
);
pub(super) const OF_USER: Text = Text::fixed(
    "The user's own vpn-group-policy is {policy} (line {line}).",
    "Die eigene vpn-group-policy des Benutzers ist {policy} (Zeile {line}).",
);
pub(super) const OF_GROUP: Text = Text::fixed(
    "The tunnel group's default-group-policy is {policy} (line {line}).",
    "Die default-group-policy der Tunnelgruppe ist {policy} (Zeile {line}).",
);
pub(super) const NO_DEFAULT: Text = Text::fixed(
    "The tunnel group names no default-group-policy, so its phones get DfltGrpPolicy.",
    "Die Tunnelgruppe nennt keine default-group-policy. Ihre Telefone bekommen deshalb DfltGrpPolicy.",
);
pub(super) const NOT_SHOWN: Text = Text::fixed(
    "The text does not show the tunnel group's default-group-policy.",
    "Der Text zeigt die default-group-policy der Tunnelgruppe nicht.",
);
pub(super) const USER_FIRST: Text = Text::fixed(
    "What is set for the user {user} comes before every group policy.",
    "Was für den Benutzer {user} gesetzt ist, geht jeder Gruppenrichtlinie (group-policy) vor.",
);
pub(super) const NO_GROUP: Text = Text::fixed(
    "Nothing tells which tunnel group this user connects to.",
    "Nichts zeigt, mit welcher Tunnelgruppe sich dieser Benutzer verbindet.",
);
pub(super) const USER_OF_PHONE: Text = Text::fixed("its user is a phone", "ihr Benutzer ist ein Telefon");
pub(super) const GOT_BY_PHONE: Text =
    Text::fixed("a phone got this group policy", "ein Telefon hat diese Gruppenrichtlinie bekommen");
pub(super) const NAMED: Text = Text::fixed("only its name says so", "nur ihr Name spricht dafür");
pub(super) const EXTERNAL: Text = Text::fixed(
    "The attributes of {policy} are kept on an AAA server (external), not in the configuration.",
    "Die Attribute von {policy} liegen auf einem AAA-Server (external), nicht in der Konfiguration.",
);
pub(super) const POLICY_ABSENT: Text = Text::fixed(
    "The text does not show {policy}, so nothing can be said of its settings.",
    "Der Text zeigt {policy} nicht. Über ihre Einstellungen ist deshalb nichts zu sagen.",
);
pub(super) const SERVER_MAY_CHOOSE: Text = Text::fixed(
    "An AAA server is asked and may answer with another group policy; 113003 or 113011 in the log would show it.",
    "Ein AAA-Server wird gefragt und kann eine andere Gruppenrichtlinie nennen; 113003 oder 113011 im Protokoll würden das zeigen.",
);
pub(super) const EXCERPT: Text = Text::fixed(
    "This is a piece of a configuration: what it does not show may still be set.",
    "Das ist ein Stück einer Konfiguration: Was es nicht zeigt, kann trotzdem gesetzt sein.",
);
pub(super) const DEFAULTS_HIDDEN: Text = Text::fixed(
    "`show running-config` hides defaults; only `show running-config all group-policy` proves them.",
    "`show running-config` zeigt keine Vorgabewerte; nur `show running-config all group-policy` belegt sie.",
);
pub(super) const USER_NEEDS_LOCAL: Text = Text::fixed(
    "A user's attributes count only where the ASA asks its own database (LOCAL) for this user.",
    "Die Attribute eines Benutzers zählen nur, wo die ASA ihre eigene Datenbank (LOCAL) nach ihm fragt.",
);
pub(super) const ACCESS_POLICIES: Text = Text::fixed(
    "Dynamic access policies may overrule these settings; which of them match is written in dap.xml on the ASA's disk.",
    "Dynamische Zugriffsrichtlinien (DAP) können diese Einstellungen übergehen; welche greifen, steht in dap.xml auf der ASA.",
);
