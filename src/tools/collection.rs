//! The collection list for the case at hand: what is missing, how to get it, and what each piece would let run.
//!
//! What is there is not asked for again, and what harms a busy gateway is asked for with a warning, or left out.

use crate::diagnosis::Diagnosis;
use crate::need::Need;
use crate::text::{Lang, Text};

/// The list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// What to bring, the most useful first.
    pub items: Vec<Item>,
    /// What is not asked for, and why.
    pub left_out: Vec<(Need, Text)>,
}

/// One thing to bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub need: Need,
    /// Checks that it would let run; 0 where there is no case yet.
    pub checks: u32,
    /// What to mind first.
    pub warning: Option<Text>,
}

/// How many VPN users the gateway has, as far as the person said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gateway {
    /// Many.
    Busy,
    /// Few.
    Quiet,
    /// Nobody said.
    Unknown,
}

/// Makes the list; without a case it is what most cases are decided by.
pub fn plan(diagnosis: Option<&Diagnosis>, gateway: Gateway) -> Collection {
    let wanted: Vec<(Need, u32)> = match diagnosis {
        None => FIRST.iter().map(|need| (*need, 0)).collect(),
        Some(diagnosis) => diagnosis
            .bring()
            .into_iter()
            // Only the person knows it: nothing to collect.
            .filter(|(need, _)| *need != Need::Answer)
            .map(|(need, rows)| (need, u32::try_from(rows.len()).unwrap_or(u32::MAX)))
            .collect(),
    };
    let mut list = Collection { items: Vec::new(), left_out: Vec::new() };
    for (need, checks) in wanted {
        match (need, gateway) {
            (Need::AsaDebug, Gateway::Busy) => list.left_out.push((need, FLOODS)),
            (Need::AsaDebug, Gateway::Quiet | Gateway::Unknown) => {
                list.items.push(Item { need, checks, warning: Some(FLOODS) });
            }
            _ => list.items.push(Item { need, checks, warning: None }),
        }
    }
    list
}

impl Collection {
    /// The same where the phone's web page cannot be opened.
    #[must_use]
    pub fn without_web_page(mut self) -> Self {
        let logs = self.items.iter_mut().filter(|item| item.need == Need::PhoneLog);
        logs.for_each(|item| item.warning = Some(NO_WEB_PAGE));
        self
    }

    /// The list as text, to be sent to whoever collects.
    pub fn as_text(&self, lang: Lang) -> String {
        let mut lines = vec![TITLE.get(lang).into_owned()];
        for (item, number) in self.items.iter().zip(1_u32..) {
            lines.extend([String::new(), format!("{number}. {}", item.need.name().get(lang))]);
            lines.extend(item.warning.as_ref().map(|warning| format!("   {}", warning.get(lang))));
            lines.push(format!("   {}", item.need.how_to_get().get(lang)));
        }
        for (need, why) in &self.left_out {
            let out = LEFT_OUT.nested("what", need.name());
            lines.extend([String::new(), out.get(lang).into_owned(), format!("   {}", why.get(lang))]);
        }
        lines.join("\n")
    }
}

/// What most cases are decided by.
const FIRST: [Need; 6] =
    [Need::PhoneConfig, Need::PhoneLog, Need::AsaConfig, Need::AsaLog, Need::Certificate, Need::AsaDebug];

const TITLE: Text = Text::fixed("To collect", "Zu sammeln");
const LEFT_OUT: Text = Text::fixed("Left out: {what}", "Weggelassen: {what}");
const NO_WEB_PAGE: Text = Text::fixed(
    "The phone's web page has to be switched on first: Cisco Unified CM Administration > Device > Phone > Web Access: Enabled, save, apply the configuration. Where it may not be, the same log comes over SSH.",
    "Die Webseite des Telefons muss erst eingeschaltet werden: Cisco Unified CM Administration > Device > Phone > Web Access: Enabled, speichern, Konfiguration übernehmen (Apply Config). Wo das nicht sein darf, kommt dasselbe Protokoll über SSH.",
);
const FLOODS: Text = Text::fixed(
    "`debug webvpn anyconnect 255` cannot be filtered by address: on a gateway with many users it floods the console and can slow the ASA down. Use it only in a quiet hour, and end it with `undebug all`.",
    "`debug webvpn anyconnect 255` lässt sich nicht nach Adresse filtern: Auf einem Gateway mit vielen Benutzern überschwemmt es die Konsole und kann die ASA bremsen. Nutzen Sie es nur in einer ruhigen Stunde und beenden Sie es mit `undebug all`.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::testing::{asa, now, readings};

    #[test]
    fn what_is_there_is_not_asked_for_again() {
        let general = plan(None, Gateway::Quiet);
        assert_eq!(general.items.len(), FIRST.len());
        assert!(general.items.iter().any(|item| item.need == Need::AsaDebug && item.warning.is_some()));

        let readings = readings(&[("a", asa("ssl trust-point PHONES outside", "").as_str())]);
        let diagnosis = diagnose(&readings, &Said::new(), now());
        let list = plan(Some(&diagnosis), Gateway::Unknown);
        assert!(list.items.iter().all(|item| item.checks > 0 && item.need != Need::Answer), "{list:?}");
        assert!(list.items.iter().any(|item| item.need == Need::PhoneConfig));
        assert!(list.items.is_sorted_by_key(|item| std::cmp::Reverse(item.checks)));
    }

    #[test]
    fn without_a_web_page_the_log_comes_another_way() {
        let list = plan(None, Gateway::Unknown).without_web_page();
        let log = list.items.iter().find(|item| item.need == Need::PhoneLog).unwrap();
        assert!(log.warning.as_ref().unwrap().en().contains("SSH"));
        assert!(list.items.iter().filter(|item| item.warning.is_some()).count() == 2, "{list:?}");
        let ways: Vec<_> = crate::tables::instructions::for_need(Need::PhoneLog).collect();
        assert!(ways.iter().any(|way| way.place.en().contains("SSH")), "{ways:?}");
    }

    #[test]
    fn a_busy_gateway_is_not_debugged() {
        let list = plan(None, Gateway::Busy);
        assert!(list.items.iter().all(|item| item.need != Need::AsaDebug));
        assert_eq!(list.left_out.len(), 1);
        let text = list.as_text(Lang::De);
        assert!(text.contains("1. die Konfiguration des Telefons"), "{text}");
        assert!(text.contains("Weggelassen: die WebVPN-Debug-Ausgabe der ASA\n   `debug webvpn"), "{text}");
    }
}
