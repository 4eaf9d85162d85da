//! A summary as one HTML file with pictures: no script, its own policy, light and dark, and it tells without colour.

use maud::{Markup, html};

use super::text::{damaged_lines, group_name, names, renewal_lines};
use super::words::{
    DAMAGED, FINDINGS, GATEWAYS, LOADS, MODELS, NO_FINDINGS, NO_RENEWAL, RENEWAL, TITLE, title, verdict,
};
use super::{Group, RenewalGroup, Summary, Verdicts};
use crate::diagnosis::VerdictState;
use crate::report::{html_file, severity};
use crate::text::{Lang, Text};
use crate::visible::visible;

/// Writes it.
pub fn render(summary: &Summary, lang: Lang) -> String {
    let heading = TITLE.number("reports", summary.reports);
    let title = html! { "VPN Phone Doctor: " (heading.get(lang)) };
    let main = html! {
        h1 { (heading.get(lang)) } "\n"
        (bar(&summary.by_verdict, summary.reports, summary.reports, lang))
        ul.legend { "\n"
            @for (state, count) in summary.by_verdict.all() {
                li { span class={ "key " (state.id()) } {} " " (verdict(state).get(lang)) ": " b { (count) } } "\n"
            }
        } "\n"
        (findings(summary, lang))
        (groups(&GATEWAYS, &summary.by_gateway, lang))
        (groups(&MODELS, &summary.by_model, lang))
        (groups(&LOADS, &summary.by_load, lang))
        h2 { (RENEWAL.get(lang)) } "\n"
        @if summary.at_renewal.is_empty() { p { (NO_RENEWAL.get(lang)) } "\n" }
        @for group in &summary.at_renewal { (renewal(group, lang)) }
        @if summary.damaged_lines > 0 {
            h2 { (DAMAGED.number("count", summary.damaged_lines).get(lang)) } "\n"
            ul { "\n"
                @for line in damaged_lines(summary) { li { (visible(&line.get(lang))) } "\n" }
            } "\n"
        }
    };
    html_file(lang, &title, STYLE, &main)
}

fn findings(summary: &Summary, lang: Lang) -> Markup {
    let most = summary.by_rule.iter().map(|row| row.subjects).max().unwrap_or_default();
    html! {
        h2 { (FINDINGS.get(lang)) } "\n"
        @if summary.by_rule.is_empty() { p { (NO_FINDINGS.get(lang)) } "\n" }
        table { "\n"
            @for row in &summary.by_rule {
                tr { "\n"
                    th scope="row" {
                        (visible(&title(&row.rule, lang))) " "
                        small { code { (visible(&row.rule)) } " · " (severity(row.severity).1.get(lang)) " · " (names(&row.examples, lang)) }
                    } "\n"
                    td { (row.subjects) } "\n"
                    td.picture { (plain_bar(row.severity.id(), row.subjects, most)) } "\n"
                } "\n"
            }
        } "\n"
    }
}

fn groups(heading: &Text, groups: &[Group], lang: Lang) -> Markup {
    let most = groups.iter().map(|group| group.reports).max().unwrap_or_default();
    html! {
        h2 { (heading.get(lang)) } "\n"
        table { "\n"
            @for group in groups {
                tr { "\n"
                    th scope="row" { (group_name(group, lang)) } "\n"
                    td { (group.reports) } "\n"
                    td.picture { (bar(&group.by_verdict, group.reports, most, lang)) } "\n"
                } "\n"
            }
        } "\n"
    }
}

fn renewal(group: &RenewalGroup, lang: Lang) -> Markup {
    let parts = [
        ("clear", group.ready),
        ("unknown", group.ready_if_same_issuer),
        ("fault", group.breaks),
        ("suspect", group.refuses_now),
    ];
    let all = parts.iter().map(|(_, count)| count).sum();
    html! {
        section { "\n"
            @for (number, line) in renewal_lines(group).iter().enumerate() {
                @if number == 0 { h3 { (visible(&line.get(lang))) } } @else { p { (visible(&line.get(lang))) } }
                "\n"
            }
            (picture(&parts, all, all, ""))
            @if !group.gateways.is_empty() { p { (visible(&group.gateways.join(", "))) } "\n" }
            @if !group.breaking.is_empty() { p { (names(&group.breaking, lang)) } "\n" }
        } "\n"
    }
}

/// Reports by verdict, as long as their part of the most.
fn bar(verdicts: &Verdicts, all: u64, most: u64, lang: Lang) -> Markup {
    let parts = verdicts.all().map(|(state, count): (VerdictState, u64)| (state.id(), count));
    let words: Vec<String> = verdicts
        .all()
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{count} {}", verdict(*state).get(lang)))
        .collect();
    picture(&parts, all, most, &words.join(", "))
}

fn plain_bar(class: &'static str, count: u64, most: u64) -> Markup {
    picture(&[(class, count)], count, most, "")
}

/// Parts side by side. With words it is an image that says them; without, what stands beside it does.
fn picture(parts: &[(&'static str, u64)], all: u64, most: u64, words: &str) -> Markup {
    // In thousandths of the width, so that nothing is computed in fractions.
    let scale = |count: u64| count.saturating_mul(1000).checked_div(most.max(1)).unwrap_or_default();
    let mut begin = 0_u64;
    let mut pieces: Vec<(&str, u64, u64)> = Vec::new();
    for (class, count) in parts.iter().filter(|(_, count)| *count > 0) {
        pieces.push((class, scale(begin), scale(*count).max(2)));
        begin = begin.saturating_add(*count);
    }
    html! {
        @if all > 0 {
            svg viewBox="0 0 1000 24" preserveAspectRatio="none"
                role=[(!words.is_empty()).then_some("img")] aria-label=[(!words.is_empty()).then_some(words)]
                aria-hidden=[words.is_empty().then_some("true")] {
                @for (class, from, width) in &pieces {
                    rect class=(class) x=(from) y="0" width=(width) height="24" {}
                }
            } "\n"
        }
    }
}

/// The signs tell apart what colours do, too: every bar has its numbers beside it or in its label.
const STYLE: &str = "
:root{color-scheme:light dark;--fault:#b3261e;--suspect:#b26a00;--unknown:#6b7280;--clear:#2e7d32;--text:#1b1b1f;--back:#fff;--line:#d0d0d7}
@media (prefers-color-scheme:dark){:root{--fault:#ff8a80;--suspect:#ffb74d;--unknown:#9aa0a6;--clear:#81c784;--text:#e8e8ec;--back:#17171b;--line:#44444c}}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid var(--line);font-weight:normal}
td{text-align:right;white-space:nowrap}
td.picture{width:40%}
small{display:block}
svg{display:block;width:100%;height:1.2rem;border:1px solid var(--line)}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:1rem}
.key{display:inline-block;width:.9em;height:.9em;border:1px solid var(--line)}
.fault,.blocker{fill:var(--fault)}.suspect,.warning{fill:var(--suspect)}.unknown,.notice{fill:var(--unknown)}.clear{fill:var(--clear)}
.key.fault{background:var(--fault)}.key.suspect{background:var(--suspect)}.key.unknown{background:var(--unknown)}.key.clear{background:var(--clear)}
h3{overflow-wrap:anywhere;font-size:1rem}
@media print{main{max-width:none}}
";
