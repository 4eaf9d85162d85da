//! What is told of a case whose gateway is another product: no command for an ASA.

use crate::finding::{Conclusion, Fix, Target};
use crate::text::Text;

/// Takes out what is to be done on an ASA, single steps too. Where nothing else is left, it says so.
pub fn without_commands(findings: &mut [Conclusion]) {
    for found in findings.iter_mut().filter(|found| found.rule != NOT_AN_ASA) {
        let before = found.fix.len();
        for fix in &mut found.fix {
            for list in [&mut fix.steps, &mut fix.undo, &mut fix.verify] {
                list.retain(|step| !step.en().contains("ASA") && !step.en().contains("ssl trust-point"));
            }
        }
        found.fix.retain(|fix| fix.on != Target::Asa && !fix.steps.is_empty());
        if found.fix.len() < before && found.fix.is_empty() {
            found.fix.push(elsewhere());
        }
    }
}

/// The rule that says so; its own steps tell what to do where the phones dial an ASA after all.
const NOT_AN_ASA: &str = "gateway-not-an-asa";

fn elsewhere() -> Fix {
    Fix {
        on: Target::Network,
        steps: vec![Text::fixed(
            "Mend it on the gateway, by its own documentation: it is no ASA, and only the ASA's commands are known here.",
            "Beheben Sie es am Gateway nach dessen eigener Dokumentation: Es ist keine ASA, und nur deren Befehle sind hier bekannt.",
        )],
        commands: Vec::new(),
        undo: Vec::new(),
        verify: vec![Text::fixed(
            "Drop the gateway's new certificate here together with the phone's configuration.",
            "Legen Sie das neue Zertifikat des Gateways zusammen mit der Konfiguration des Telefons hier ab.",
        )],
    }
}
