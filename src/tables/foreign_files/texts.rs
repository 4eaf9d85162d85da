//! Texts of a general kind. Any of them may quote evidence, so none of them is fine by being named.
//!
//! Sources: RFC 5322 (e-mail), HTML Living Standard, XML 1.0, RFC 8259 (JSON), RFC 4180 (CSV); the first lines of source
//! code in common languages.

use super::{ForeignFile, Sign, Weight};
use crate::text::Text;

pub(super) const ROWS: &[ForeignFile] = &[
    told_elsewhere(
        COMMAND_OUTPUT,
        Text::fixed(
            "a command's output that no check uses",
            "die Ausgabe eines Befehls, die keine Prüfung nutzt",
        ),
        Text::fixed(
            "outputs of commands that no check uses",
            "Ausgaben von Befehlen, die keine Prüfung nutzt",
        ),
    ),
    told_elsewhere(
        SCREEN_TEXT,
        Text::fixed("text between the commands of a session", "Text zwischen den Befehlen einer Sitzung"),
        Text::fixed("texts between the commands of a session", "Texte zwischen den Befehlen einer Sitzung"),
    ),
    ForeignFile {
        id: "drawing",
        name: Text::fixed("a drawing", "eine Zeichnung"),
        several: Text::fixed("drawings", "Zeichnungen"),
        instead: Text::fixed("", ""),
        weight: Weight::Nothing,
        signs: &[Sign::Starts("<svg ")],
    },
    row(
        "email",
        Text::fixed("an e-mail", "eine E-Mail"),
        Text::fixed("e-mails", "E-Mails"),
        &[
            Sign::Each(&["From: ", "Subject: "]),
            Sign::Each(&["Von: ", "Betreff: "]),
            Sign::Starts("Received: from "),
        ],
    ),
    row(
        "source-code",
        Text::fixed("source code or a script", "Quelltext oder ein Skript"),
        Text::fixed("files of source code", "Dateien mit Quelltext"),
        &[
            Sign::Starts("#!/"),
            Sign::Starts("#include <"),
            Sign::Starts("#include \""),
            Sign::Starts("use crate::"),
            Sign::Starts("use std::"),
            Sign::Starts("use super::"),
            Sign::Starts("//!"),
            Sign::Starts("pub fn "),
            Sign::Starts("fn main("),
            Sign::Starts("import "),
            Sign::Starts("from __future__ "),
            Sign::Starts("def "),
            Sign::Starts("package "),
            Sign::Starts("namespace "),
            Sign::Starts("using System"),
            Sign::Starts("public class "),
            Sign::Starts("function "),
            Sign::Starts("export default "),
            Sign::Starts("export const "),
            Sign::Starts("const "),
            Sign::Starts("@echo off"),
            Sign::Starts("<?php"),
            Sign::Starts("@media "),
            Sign::Starts(":root {"),
            Sign::Starts("[package]"),
            Sign::Starts("[dependencies]"),
            Sign::Starts("[[package]]"),
        ],
    ),
    row(
        "web-page",
        Text::fixed("a web page", "eine Webseite"),
        Text::fixed("web pages", "Webseiten"),
        &[
            Sign::Starts("<!DOCTYPE html"),
            Sign::Starts("<!doctype html"),
            Sign::Starts("<html"),
            Sign::Starts("<HTML"),
        ],
    ),
    row(
        "xml",
        Text::fixed("XML of another kind", "XML einer anderen Art"),
        Text::fixed("XML files of other kinds", "XML-Dateien anderer Art"),
        &[Sign::Starts("<?xml ")],
    ),
    row(
        "readme",
        Text::fixed("a written document (Markdown)", "ein geschriebenes Dokument (Markdown)"),
        Text::fixed("written documents", "geschriebene Dokumente"),
        &[Sign::Starts("# "), Sign::Starts("## ")],
    ),
    row(
        "json",
        Text::fixed("JSON of another kind", "JSON einer anderen Art"),
        Text::fixed("JSON files of other kinds", "JSON-Dateien anderer Art"),
        &[Sign::Starts("{\""), Sign::Starts("[{\""), Sign::Each(&["{", "\": "])],
    ),
    row(
        "table",
        Text::fixed("a table (CSV)", "eine Tabelle (CSV)"),
        Text::fixed("tables (CSV)", "Tabellen (CSV)"),
        &[Sign::Holds("\",\""), Sign::Holds("\";\""), Sign::Holds(";;")],
    ),
];

/// What a command printed of which no format reads anything; told by the command, not by a sign.
pub const COMMAND_OUTPUT: &str = "command-output";
/// What a recorded session shows besides its commands, such as a banner; told by where it stands.
pub const SCREEN_TEXT: &str = "screen-text";

const fn told_elsewhere(id: &'static str, name: Text, several: Text) -> ForeignFile {
    ForeignFile { id, name, several, instead: Text::fixed("", ""), weight: Weight::Nothing, signs: &[] }
}

const fn row(id: &'static str, name: Text, several: Text, signs: &'static [Sign]) -> ForeignFile {
    ForeignFile { id, name, several, instead: INSTEAD, weight: Weight::Evidence, signs }
}

const INSTEAD: Text = Text::fixed(
    "Nothing of a phone, an ASA or a certificate was recognised in it. Drop the device's output unchanged, with the command above it.",
    "Darin wurde nichts von einem Telefon, einer ASA oder einem Zertifikat erkannt. Legen Sie die Ausgabe des Geräts unverändert ab, mit dem Befehl darüber.",
);
