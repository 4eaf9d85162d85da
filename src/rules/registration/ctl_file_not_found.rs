//! The phone finds no CTL file, which is as it should be in a cluster without mixed mode.
//!
//! Status message `File Not Found <CTLFile.tlv>` (8800 administration guide, status messages). A phone whose
//! configuration asks for a secure device mode is the exception: then a CTL file belongs there.

use super::passed;
use crate::case::Case;
use crate::facts::after_tunnel::{Sign, open};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "ctl-file-not-found",
    stage: Stage::Registration,
    severity: Severity::Notice,
    needs: &[Need::PhoneStatus, Need::PhoneLog, Need::Capture],
    echoes: &[],
    sources: &["8800 series administration guide, status messages"],
    prose: Text::fixed(include_str!("ctl_file_not_found.en.md"), include_str!("ctl_file_not_found.de.md")),
    check,
};

/// `deviceSecurityMode`: authenticated and encrypted.
const SECURE: [&str; 2] = ["2", "3"];

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let missing = |sign: &Sign| match sign {
        Sign::FileNotFound(file) => file.to_ascii_uppercase().starts_with("CTL"),
        _ => false,
    };
    let remarks = open(&case.after_tunnel, missing, |_| false);
    let Some((first, rest)) = remarks.split_first() else {
        return passed(case, |sign| matches!(sign, Sign::FileLoaded | Sign::Registered));
    };
    let proof = |place| Evidence::at(place, NO_CTL);
    let mut finding = Finding::new(Confidence::Certain, proof(&first.place))
        .and(rest.iter().map(|remark| proof(&remark.place)));
    let secure = case.phones.iter().find_map(|phone| {
        let mode = phone.config.document.security_mode.as_ref()?;
        let name = phone.name(&case.documents);
        let says_so = |said: &str| said == name || said.is_empty() && case.phones.len() == 1;
        let own = remarks.iter().any(|remark| says_so(&remark.phone));
        (own && SECURE.contains(&mode.value.as_str())).then(|| phone.config.place(&mode.at))
    });
    finding = match secure {
        Some(place) => finding.and([Evidence::at(&place, ASKS_SECURITY)]).because(BELONGS_THERE),
        None => finding.because(HARMLESS),
    };
    Ok(vec![finding])
}

const NO_CTL: Text = Text::fixed("there is no CTL file", "Es gibt keine CTL-Datei");
const ASKS_SECURITY: Text = Text::fixed(
    "the phone's configuration asks for an authenticated or encrypted mode",
    "Die Konfiguration des Telefons verlangt einen authentifizierten oder verschlüsselten Modus",
);
const HARMLESS: Text = Text::fixed(
    "Nothing here asks for mixed mode, so it does no harm.",
    "Hier verlangt nichts den Mixed Mode, also schadet es nicht.",
);
const BELONGS_THERE: Text = Text::fixed(
    "This phone is set to a secure mode, which needs the CTL file of a cluster in mixed mode.",
    "Dieses Telefon ist auf einen gesicherten Modus gesetzt; der braucht die CTL-Datei eines Clusters im Mixed Mode.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const PAGE: &str = "10:12:40a File Not Found : CTLSEP001122334455.tlv\n";

    #[test]
    fn the_name_may_stand_in_angle_brackets_and_in_front() {
        for line in [
            "10:12:40a File Not Found <CTLFile.tlv>\n",
            "3281 NOT Dec 14 06:34:00.488697 TFTP-File Not Found <CTLSEP0011223344AA.tlv>\n",
            "<html><body><p>10:12:40a File Not Found <CTLFile.tlv></p></body></html>\n",
            "09:15:02, 11/24/2026 : CTLSEP0011223344AA.tlv not found in 198.51.100.69\n",
        ] {
            let finding = &fires(&RULE, &[("x", line)])[0];
            assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 1, "{line}");
        }
        silent(&RULE, &[("x", "10:12:40a File Not Found <ITLFile.tlv>\n")]);
    }

    #[test]
    fn it_is_harmless_unless_the_phone_asks_for_security() {
        assert!(fires(&RULE, &[("x", PAGE)])[0].because[0].en().contains("no harm"));
        let phone = |mode: &str| {
            format!(
                "<device><deviceProtocol>SIP</deviceProtocol><callManagerGroup/><vpnGroup/><deviceSecurityMode>{mode}</deviceSecurityMode></device>"
            )
        };
        let other = "SEP0011223344FF.cnf.xml";
        for (name, mode, words) in [
            ("SEP001122334455.cnf.xml", "3", "secure mode"),
            ("SEP001122334455.cnf.xml", "1", "no harm"),
            (other, "3", "no harm"),
        ] {
            let files = [("status.txt", PAGE.to_owned()), (name, phone(mode))];
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            assert!(fires(&RULE, &files)[0].because[0].en().contains(words), "{mode}");
        }
    }

    #[test]
    fn other_files_are_another_matter() {
        silent(&RULE, &[("x", "10:12:40a File not found SEP001122334455.cnf.xml\n")]);
        waits(&RULE, &[]);
    }
}
