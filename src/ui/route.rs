//! What an address shows. An address holds a view and nothing else: never anything from a file.
//!
//! Addresses are hash routes (`#/case`), because a page opened from a file has no other kind.

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Where a case begins.
    #[default]
    Start,
    /// The case: verdict, ladder, findings, files.
    Case,
    /// What happened, in order.
    Timeline,
    /// The hash tool.
    Hash,
    /// The certificates of the case.
    Certificates,
    /// Every rule.
    Rules,
    /// What is promised about data, and how to check it.
    Trust,
}

impl Route {
    /// Every view.
    pub const ALL: [Self; 7] =
        [Self::Start, Self::Case, Self::Timeline, Self::Hash, Self::Certificates, Self::Rules, Self::Trust];

    /// The address, with its `#`.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Start => "#/",
            Self::Case => "#/case",
            Self::Timeline => "#/timeline",
            Self::Hash => "#/hash",
            Self::Certificates => "#/certificate",
            Self::Rules => "#/rules",
            Self::Trust => "#/trust",
        }
    }

    /// The view of an address; the start for every unknown one.
    pub fn of(address: &str) -> Self {
        Self::ALL.into_iter().find(|route| route.address() == address).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn an_address_leads_to_its_view_and_back() {
        for route in Route::ALL {
            assert_eq!(Route::of(route.address()), route);
        }
        for unknown in ["", "#", "#/nowhere", "#/case/x", "#/case?file=secret"] {
            assert_eq!(Route::of(unknown), Route::Start, "{unknown}");
        }
    }
}
