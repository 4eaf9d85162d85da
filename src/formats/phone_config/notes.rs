//! What the reader of a phone's configuration has to say about damage and bounds.
//!
//! `{name}` stands for an element.

use crate::text::Text;

pub(super) const CONTROL_CHARACTERS: Text = Text::fixed(
    "From here on there are characters that no configuration has: the file is damaged, and something may be missing from it. Download it from CUCM again.",
    "Ab hier stehen Zeichen, die in keiner Konfiguration vorkommen: Die Datei ist beschädigt, und etwas kann darin fehlen. Laden Sie sie erneut vom CUCM herunter.",
);
pub(super) const CUT_OFF: Text = Text::fixed(
    "The text ends here, before </{name}>: what would follow is not known. Download the file from CUCM again.",
    "Der Text endet hier, vor </{name}>: Was folgen würde, ist nicht bekannt. Laden Sie die Datei erneut vom CUCM herunter.",
);
pub(super) const DOCTYPE: Text = Text::fixed(
    "The file declares a document type (DOCTYPE). A phone's configuration has none, and such a declaration can be built to exhaust its reader, so the file is not read. Download it from CUCM again.",
    "Die Datei deklariert einen Dokumenttyp (DOCTYPE). Die Konfiguration eines Telefons hat keinen, und eine solche Deklaration kann ihren Leser überlasten. Die Datei wird deshalb nicht gelesen. Laden Sie sie erneut vom CUCM herunter.",
);
pub(super) const FULL_LISTS: Text = Text::fixed(
    "An element is repeated more often than any phone takes; only the first ones were kept.",
    "Ein Element steht öfter da, als ein Telefon es annimmt; nur die ersten wurden behalten.",
);
pub(super) const GROUP_NOT_CLOSED: Text = Text::fixed(
    "<vpnGroup> was not closed before this element; it is taken to end here.",
    "<vpnGroup> wurde vor diesem Element nicht geschlossen; es gilt als hier beendet.",
);
pub(super) const GROUP_NOT_OPENED: Text = Text::fixed(
    "This element belongs to <vpnGroup>, whose start tag is missing.",
    "Dieses Element gehört zu <vpnGroup>, dessen Anfang fehlt.",
);
pub(super) const LONG_LINE: Text = Text::fixed(
    "This line is longer than what is read of one line; its rest was left out.",
    "Diese Zeile ist länger als das, was von einer Zeile gelesen wird; ihr Rest fehlt.",
);
pub(super) const LONG_VALUE: Text = Text::fixed(
    "This value is longer than any that a phone takes; only its beginning was kept.",
    "Dieser Wert ist länger als jeder, den ein Telefon annimmt; nur sein Anfang wurde behalten.",
);
pub(super) const NEVER_CLOSED: Text = Text::fixed(
    "<{name}> is opened here and never closed.",
    "<{name}> wird hier geöffnet und nie geschlossen.",
);
pub(super) const OPENED_TWICE: Text = Text::fixed(
    "<vpnGroup> is opened a second time before it was closed; both are read as one.",
    "<vpnGroup> wird ein zweites Mal geöffnet, bevor es geschlossen wurde; beide gelten als eines.",
);
pub(super) const SECOND_GROUP: Text = Text::fixed(
    "A second <vpnGroup>: only the first one is used. Which one the phone takes is not documented.",
    "Ein zweites <vpnGroup>: Nur das erste wird verwendet. Welches das Telefon nimmt, ist nicht dokumentiert.",
);
pub(super) const TOO_DAMAGED: Text = Text::fixed(
    "There are too many damaged tags; the file was not read beyond this line. Download it from CUCM again.",
    "Zu viele Tags sind beschädigt; ab dieser Zeile wurde die Datei nicht gelesen. Laden Sie sie erneut vom CUCM herunter.",
);
pub(super) const TOO_DEEP: Text = Text::fixed(
    "Elements are nested deeper than in any phone's configuration; the file was not read beyond this line. Download it from CUCM again.",
    "Elemente sind tiefer verschachtelt als in der Konfiguration eines Telefons; ab dieser Zeile wurde die Datei nicht gelesen. Laden Sie sie erneut vom CUCM herunter.",
);
pub(super) const TOO_LARGE: Text = Text::fixed(
    "This XML is larger than any phone's configuration; it was not read. Download the file from CUCM again.",
    "Dieses XML ist größer als die Konfiguration eines Telefons; es wurde nicht gelesen. Laden Sie die Datei erneut vom CUCM herunter.",
);
pub(super) const TOO_MANY: Text = Text::fixed(
    "From here on there are more phone configurations in the same text; they are not read. Drop them as files of their own.",
    "Ab hier stehen weitere Telefonkonfigurationen im selben Text; sie werden nicht gelesen. Legen Sie sie als eigene Dateien ab.",
);
pub(super) const TOO_MANY_ATTRIBUTES: Text = Text::fixed(
    "This element has more attributes than any of a phone's configuration; the file was not read beyond this line. Download it from CUCM again.",
    "Dieses Element hat mehr Attribute als jedes in der Konfiguration eines Telefons; ab dieser Zeile wurde die Datei nicht gelesen. Laden Sie sie erneut vom CUCM herunter.",
);
pub(super) const TOO_MANY_ELEMENTS: Text = Text::fixed(
    "There are more elements than in any phone's configuration; the file was not read beyond this line. Download it from CUCM again.",
    "Es gibt mehr Elemente als in der Konfiguration eines Telefons; ab dieser Zeile wurde die Datei nicht gelesen. Laden Sie sie erneut vom CUCM herunter.",
);
pub(super) const UNCLOSED_TAG: Text = Text::fixed(
    "A tag or comment that begins in this line is not closed; reading went on behind it.",
    "Ein Tag oder Kommentar, der in dieser Zeile beginnt, ist nicht geschlossen; dahinter wurde weitergelesen.",
);
pub(super) const UNMATCHED_END: Text = Text::fixed(
    "</{name}> closes an element that was not opened.",
    "</{name}> schließt ein Element, das nicht geöffnet wurde.",
);
