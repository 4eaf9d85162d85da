//! What to do before a change, so that phones stay connected with it.
//!
//! What a rule says to do mends a case, and often that means: as it was. A plan wants the change. So a fix that would
//! take the change back is left out here; the change has its own way back.

use super::change::{Change, Key, RENEWED};
use super::merge::{Edit, take_back};
use crate::finding::{Conclusion, Fix, Target};
use crate::text::{Class, Text};

/// What mends what breaks and leaves the change as it is planned, cause by cause.
pub(super) fn before(causes: &[Conclusion], changes: &[Change], edits: &[Edit]) -> Vec<Fix> {
    let mut first: Vec<Fix> = Vec::new();
    for cause in causes {
        let kept = cause.fix.iter().filter(|fix| !takes_back(cause, fix, changes, edits));
        let mut kept: Vec<Fix> = kept.cloned().collect();
        if kept.is_empty() {
            kept.push(not_together(cause));
        }
        for fix in kept.into_iter().map(|fix| with_planned_certificate(fix, changes)) {
            if !first.contains(&fix) {
                first.push(fix);
            }
        }
    }
    first
}

/// What a rule says to bring to CUCM is what the ASA presents, and that is the old certificate until the change.
fn with_planned_certificate(mut fix: Fix, changes: &[Change]) -> Fix {
    let planned = changes.iter().find(|change| change.key == Key::Certificate);
    if let Some(planned) = planned.filter(|_| fix.on == Target::Cucm) {
        fix.steps.retain(|step| !step.en().contains("crypto ca export "));
        let take =
            if planned.value == RENEWED { RENEW } else { TAKE.with("value", Class::File, &planned.value) };
        fix.steps.insert(0, take);
    }
    fix
}

fn takes_back(cause: &Conclusion, fix: &Fix, changes: &[Change], edits: &[Edit]) -> bool {
    let binds = |line: &String| line.starts_with("ssl trust-point ");
    take_back(&fix.commands, edits)
        || changes.iter().any(|change| {
            // Another certificate than the planned one would be bound.
            change.key == Key::Certificate && fix.commands.iter().any(binds)
                || TAKE_BACK.contains(&(change.key, cause.rule.as_str(), fix.on))
        })
}

/// Fixes in words that take a change back.
const TAKE_BACK: &[(Key, &str, Target)] = &[
    (Key::AsaConfig, "no-trustpoint-on-interface", Target::Cucm),
    (Key::AsaRelease, "tls-version-too-old-for-phone", Target::Asa),
    (Key::Authentication, "authentication-method-mismatch", Target::Cucm),
    (Key::HostIdCheck, "certificate-name-mismatch", Target::Cucm),
    (Key::PhoneLoad, "multiplatform-firmware", Target::Phone),
    (Key::Ssl, "no-trustpoint-on-interface", Target::Cucm),
];

/// Nothing but the change itself could mend it.
fn not_together(cause: &Conclusion) -> Fix {
    Fix {
        on: Target::Phone,
        steps: vec![NOT_TOGETHER.nested("title", cause.title.clone())],
        commands: Vec::new(),
        undo: Vec::new(),
        verify: Vec::new(),
    }
}

const NOT_TOGETHER: Text = Text::fixed(
    "With this change these phones no longer connect ({title}), and no other setting makes up for it. Leave this part of the change out, or take these phones out of service before.",
    "Mit dieser Änderung verbinden sich diese Telefone nicht mehr ({title}), und keine andere Einstellung gleicht das aus. Lassen Sie diesen Teil der Änderung weg, oder nehmen Sie diese Telefone vorher außer Betrieb.",
);
const TAKE: Text = Text::fixed(
    "Take the certificate that is planned: {value}. Until the change the ASA still presents the old one.",
    "Nehmen Sie das geplante Zertifikat: {value}. Bis zur Änderung zeigt die ASA noch das alte.",
);
const RENEW: Text = Text::fixed(
    "Have the certificate renewed and take its file. Until the change the ASA still presents the old one.",
    "Lassen Sie das Zertifikat erneuern und nehmen Sie dessen Datei. Bis zur Änderung zeigt die ASA noch das alte.",
);
