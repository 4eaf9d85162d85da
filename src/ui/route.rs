//! What an address shows. An address holds a view and nothing else: never anything from a file.
//!
//! A wizard's address ends in its id, and only ids of the table of wizards are taken from an address.
//!
//! Addresses are hash routes (`#/case`), because a page opened from a file has no other kind. A new view is a row of
//! [`TABLE`], its page a row of `pages::view`.

use std::sync::LazyLock;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::symptoms;
use vpn_phone_doctor::text::Text;

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Where a case begins.
    #[default]
    Start,
    /// The case: verdict, ladder, findings, files.
    Case,
    /// What the group policies do to the phones.
    Policy,
    /// Which version, suite and certificate phones and ASA agree on.
    Negotiation,
    /// What the evidence shows of each phone.
    Phones,
    /// What a change will do.
    Plan,
    /// What differs between two sides.
    Compare,
    /// What happened, in order.
    Timeline,
    /// What a person may see, each with its wizard.
    Symptoms,
    /// A wizard, by its id.
    Symptom(&'static str),
    /// The hash tool.
    Hash,
    /// The certificates of the case.
    Certificates,
    /// Every rule.
    Rules,
    /// How all of this is used.
    Manual,
    /// What is promised about data, and how to check it.
    Trust,
}

/// Every view with its address and what links to it are called.
static TABLE: [(Route, &str, Text); 14] = [
    (Route::Start, "#/", Text::fixed("Start", "Anfang")),
    (Route::Case, "#/case", Text::fixed("Case", "Fall")),
    (Route::Policy, "#/policy", Text::fixed("Effective policy", "Wirksame Richtlinie")),
    (Route::Negotiation, "#/negotiation", Text::fixed("Negotiation", "Aushandlung")),
    (Route::Phones, "#/phones", Text::fixed("Phones", "Telefone")),
    (Route::Timeline, "#/timeline", Text::fixed("Timeline", "Zeitverlauf")),
    (Route::Plan, "#/plan", Text::fixed("Plan a change", "Änderung planen")),
    (Route::Compare, "#/compare", Text::fixed("Compare", "Vergleichen")),
    (Route::Symptoms, "#/symptom", Text::fixed("Symptoms", "Symptome")),
    (Route::Hash, "#/hash", Text::fixed("Hash", "Hash")),
    (Route::Certificates, "#/certificate", Text::fixed("Certificates", "Zertifikate")),
    (Route::Rules, "#/rules", Text::fixed("Rules", "Regeln")),
    (Route::Manual, "#/manual", Text::fixed("Manual", "Handbuch")),
    (Route::Trust, "#/trust", Text::fixed("Nothing leaves this page", "Nichts verlässt diese Seite")),
];

/// Every wizard with its address.
static WIZARDS: LazyLock<Vec<(Route, String)>> = LazyLock::new(|| {
    let ids = symptoms::ALL.iter().map(|symptom| symptom.id);
    ids.map(|id| (Route::Symptom(id), format!("#/symptom/{id}"))).collect()
});

impl Route {
    /// The views of one case, in the order of their links.
    pub const OF_CASE: [Self; 7] = [
        Self::Case,
        Self::Phones,
        Self::Policy,
        Self::Negotiation,
        Self::Timeline,
        Self::Compare,
        Self::Plan,
    ];

    /// Every view but the wizards.
    #[cfg(test)]
    pub fn views() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(route, ..)| *route)
    }

    /// The address, with its `#`.
    pub fn address(self) -> &'static str {
        let wizard = || WIZARDS.iter().find(|(route, _)| *route == self).map(|(_, address)| address.as_str());
        self.row().map(|(_, address, _)| *address).or_else(wizard).unwrap_or("#/")
    }

    /// What links to it are called.
    pub fn name(self) -> Text {
        if let Self::Symptom(id) = self {
            return symptoms::by_id(id).map(|symptom| symptom.title.clone()).unwrap_or_default();
        }
        self.row().map(|(_, _, name)| name.clone()).unwrap_or_default()
    }

    /// The view of an address; the start for every unknown one.
    pub fn of(address: &str) -> Self {
        let view = TABLE.iter().find(|(_, known, _)| *known == address).map(|(route, ..)| *route);
        let wizard = || WIZARDS.iter().find(|(_, known)| known == address).map(|(route, _)| *route);
        view.or_else(wizard).unwrap_or_default()
    }

    /// True where the view has something to show of a case.
    pub fn shows(self, diagnosis: &Diagnosis) -> bool {
        match self {
            Self::Policy => !diagnosis.policies.is_empty(),
            Self::Negotiation => !diagnosis.negotiations.is_empty(),
            Self::Phones => !diagnosis.phones.is_empty(),
            Self::Timeline => !diagnosis.timeline.is_empty(),
            Self::Symptoms
            | Self::Symptom(_)
            | Self::Start
            | Self::Case
            | Self::Plan
            | Self::Compare
            | Self::Hash
            | Self::Certificates
            | Self::Rules
            | Self::Manual
            | Self::Trust => true,
        }
    }

    fn row(self) -> Option<&'static (Self, &'static str, Text)> {
        TABLE.iter().find(|(route, ..)| *route == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_view_and_back() {
        for (route, address, name) in &TABLE {
            assert_eq!((Route::of(address), route.address()), (*route, *address));
            assert!(!name.is_empty());
        }
        for symptom in symptoms::ALL {
            let wizard = Route::Symptom(symptom.id);
            assert_eq!(wizard.address(), format!("#/symptom/{}", symptom.id));
            assert_eq!(Route::of(wizard.address()), wizard);
            assert_eq!(wizard.name(), symptom.title);
        }
        for unknown in [
            "",
            "#",
            "#/symptom/",
            "#/symptom/x",
            "#/symptom/drops/x",
            "#/nowhere",
            "#/case/x",
            "#/case?file=secret",
        ] {
            assert_eq!(Route::of(unknown), Route::Start, "{unknown}");
        }
    }
}
