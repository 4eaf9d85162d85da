//! A diagnosis as one HTML file: no script, its own policy, prints well, and tells without colour.

use maud::{Markup, Render, html};

use crate::diagnosis::Diagnosis;
use crate::finding::{Conclusion, Evidence, Fix};
use crate::report::blocks::{Block, Part, Section};
use crate::report::html_file::html_file;
use crate::report::words::{self, CAUSED_BY, FIX, REDACTED, SOURCES, UNDO, VERIFY};
use crate::report::{Files, changes, sections, visible};
use crate::text::Lang;
use crate::views::way::{self, LABEL, NOT_SHOWN, Place, SIGN};

/// Writes it.
pub fn render(diagnosis: &Diagnosis, lang: Lang, files: Files) -> String {
    let verdict = &diagnosis.verdict;
    let title = html! { (NAME) ": " (Shown(&verdict.sentence.get(lang))) };
    let main = html! {
        h1 { (Prose(&verdict.sentence.get(lang))) } "\n"
        @if diagnosis.redacted { p.redacted { (Prose(&REDACTED.get(lang))) } "\n" }
        @if !verdict.detail.is_empty() { p { (Prose(&verdict.detail.get(lang))) } "\n" }
        (ladder(diagnosis, lang))
        (way(diagnosis, lang))
        @if let Some(changes) = changes::section(diagnosis, lang) { (section(&changes, lang)) }
        @for found in &diagnosis.findings { (finding(diagnosis, found, lang)) }
        @for one in sections::all(diagnosis, lang, files) { (section(&one, lang)) }
    };
    html_file(lang, &title, STYLE, &main)
}

fn ladder(diagnosis: &Diagnosis, lang: Lang) -> Markup {
    html! {
        ol.ladder { "\n"
            @for row in &diagnosis.stages {
                li class=(row.state.id()) {
                    (words::stage_sign(row.state)) " " (Shown(&row.stage.name().get(lang))) ": "
                    (Shown(&words::stage(row.state).get(lang)))
                } "\n"
            }
        } "\n"
    }
}

/// The picture of the way from the phone to CUCM: a list whose parts are drawn, so that its words say the same without it.
fn way(diagnosis: &Diagnosis, lang: Lang) -> Markup {
    let places = way::places(diagnosis);
    html! {
        @if !places.is_empty() {
            ol.way aria-label=(LABEL.get(lang)) { "\n"
                @for place in &places {
                    li { (drawing(place))
                        b { (Prose(&place.part.name(diagnosis).get(lang))) }
                        @for line in place.lines { br; (Prose(&line.get(lang))) }
                        @if place.lines.is_empty() { br; (NOT_SHOWN.get(lang)) }
                        br;
                        @let state = place.stands.as_stage();
                        @let word = place.stands.word(place.stage).unwrap_or(words::stage(state));
                        span class=[place.stands.is_break().then_some("break")] {
                            (words::stage_sign(state)) " " (Prose(&word.get(lang)))
                        }
                    } "\n"
                }
            } "\n"
        }
    }
}

fn drawing(place: &Place<'_>) -> Markup {
    let (from, to) = place.part.leads();
    html! {
        svg width="100%" height="48" aria-hidden="true" { svg x="50%" y="24" overflow="visible" {
            path.lead .lit[place.before] d=(from) {} path.lead .lit[place.after] d=(to) {}
            path d=(place.part.figure()) {}
            @if place.stands.is_break() {
                g transform=(place.part.sign_at()) { circle r="11" {} path.sign d=(SIGN) {} }
            }
        } }
    }
}

fn finding(diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) -> Markup {
    let (sign, severity) = words::severity(found.severity);
    let sure = words::confidence(found.confidence);
    html! {
        section class={ "finding " (found.severity.id()) } { "\n"
            h2 { (sign) " " (Prose(&found.title.get(lang))) } "\n"
            p {
                code { (Shown(&found.rule)) } " · " (severity.get(lang)) " · " (sure.get(lang))
                @if let Some(cause) = &found.caused_by {
                    " · " (CAUSED_BY.get(lang)) " " code { (Shown(cause)) }
                }
            } "\n"
            @for paragraph in &found.explanation { p { (Prose(&paragraph.get(lang))) } "\n" }
            ul.evidence { "\n"
                @for evidence in &found.evidence { (evidence_item(diagnosis, evidence, lang)) }
                @if found.more_evidence > 0 {
                    li { (Prose(&words::more(found.more_evidence as usize).get(lang))) } "\n"
                }
            } "\n"
            @if found.more_of_kind > 0 {
                p { (Prose(&words::more_of_kind(found.more_of_kind).get(lang))) } "\n"
            }
            @for fix in &found.fix { (fix_block(fix, lang)) }
            @if !found.sources.is_empty() {
                p { (SOURCES.get(lang)) " " (Prose(&found.sources.join("; "))) } "\n"
            }
        } "\n"
    }
}

fn evidence_item(diagnosis: &Diagnosis, evidence: &Evidence, lang: Lang) -> Markup {
    let line = evidence.at.as_ref().filter(|at| !at.text.is_empty());
    html! {
        li {
            b { (Shown(&words::place(diagnosis, evidence, lang))) } " " (Prose(&evidence.says.get(lang)))
            @if let Some(at) = line { pre { (Shown(at.text.trim())) } }
        } "\n"
    }
}

fn fix_block(fix: &Fix, lang: Lang) -> Markup {
    html! {
        div.fix { "\n"
            h3 { (FIX.get(lang)) " " (fix.on.name().get(lang)) } "\n"
            @if !fix.steps.is_empty() {
                ol { "\n"
                    @for step in &fix.steps { li { (Prose(&step.get(lang))) } "\n" }
                } "\n"
            }
            @if !fix.commands.is_empty() {
                pre {
                    @for (number, command) in fix.commands.iter().enumerate() {
                        @if number > 0 { "\n" }
                        (Shown(command))
                    }
                } "\n"
            }
            @for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
                @for item in list { p { (name.get(lang)) " " (Prose(&item.get(lang))) } "\n" }
            }
        } "\n"
    }
}

fn section(section: &Section, lang: Lang) -> Markup {
    html! {
        section { "\n"
            h2 { (Prose(&section.heading.get(lang))) } "\n"
            @for block in &section.blocks {
                @match block {
                    Block::Paragraph(line) => { p { (parts(line)) } "\n" }
                    Block::List(items) => {
                        ul { "\n"
                            @for item in items { li { (parts(item)) } "\n" }
                        } "\n"
                    }
                    Block::Table { head, rows } => {
                        table { "\n"
                            thead { tr {
                                @for name in head { th scope="col" { (Prose(&name.get(lang))) } }
                            } } "\n"
                            tbody { "\n"
                                @for row in rows { tr { @for cell in row { td { (parts(cell)) } } } "\n" }
                            } "\n"
                        } "\n"
                    }
                }
            }
        } "\n"
    }
}

fn parts(line: &[Part]) -> Markup {
    let said = line.iter().filter(|part| !matches!(part, Part::Words(words) if words.is_empty()));
    html! {
        @for (number, part) in said.enumerate() {
            @if number > 0 { " " }
            @match part {
                Part::Words(words) => (Prose(words)),
                Part::Device(text) => { code { (Shown(text)) } }
            }
        }
    }
}

/// Text as HTML text, with every character to be seen; nothing in it becomes markup.
struct Shown<'a>(&'a str);

impl Render for Shown<'_> {
    fn render_to(&self, out: &mut String) {
        for character in visible(self.0).chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                other => out.push(other),
            }
        }
    }
}

/// The same, where what stands between backticks is code.
struct Prose<'a>(&'a str);

impl Render for Prose<'_> {
    fn render_to(&self, out: &mut String) {
        let mut rest = self.0;
        while let Some((before, after)) = rest.split_once('`') {
            let Some((span, tail)) = after.split_once('`') else { break };
            html! { (Shown(before)) code { (Shown(span)) } }.render_to(out);
            rest = tail;
        }
        Shown(rest).render_to(out);
    }
}

/// The program's name, the same in every language.
const NAME: &str = "VPN Phone Doctor";

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#111;background:#fff}\
h1{font-size:24px;line-height:1.25}h2{font-size:18px;margin:2em 0 .5em}h3{font-size:15px;margin:1.5em 0 .5em}\
pre,code{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:#f3f4f5;padding:.5em;margin:.3em 0}\
.finding{border-left:4px solid #555;padding-left:1em}.blocker{border-color:#b3261e}.warning{border-color:#8a5a00}\
.redacted{border:1px solid #555;padding:.5em 1em}.ladder{columns:3;padding-left:1.5em}.failed,.break{font-weight:bold}\
.way{display:grid;grid-template-columns:4fr 5fr 4fr 3fr 4fr;margin:1em 0;padding:0;list-style:none;text-align:center;font-size:13px;overflow-wrap:anywhere}\
.way li>svg{display:block;overflow:hidden}.way path{fill:none;stroke:#111;stroke-width:1.6}.way .lead{stroke:#777;stroke-dasharray:3 6}.way .lit{stroke-dasharray:none}\
.way circle{fill:#b3261e}.way .sign{stroke:#fff;stroke-width:3}\
table{border-collapse:collapse;width:100%;font-size:13px}th,td{border:1px solid #999;padding:.25em .5em;text-align:left;vertical-align:top}\
th{background:#f3f4f5}@media(max-width:40em){.ladder{columns:1}.way{grid-template-columns:1fr}.way .lead{display:none}section{overflow-x:auto}}\
@page{margin:15mm}@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}h1,h2,h3{break-after:avoid}\
tr,li,pre,.fix{break-inside:avoid}thead{display:table-header-group}pre{border:1px solid #999;background:none}section{overflow:visible}}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_file_stays_text() {
        for (text, expected) in [
            ("<script>\"'&", "&lt;script&gt;&quot;&#39;&amp;"),
            ("`<b>` <i> `x", "<code>&lt;b&gt;</code> &lt;i&gt; `x"),
            ("\u{1b}[31m", "␛[31m"),
        ] {
            assert_eq!(Prose(text).render().into_string(), expected);
        }
        // What is put in without a type of ours is escaped as well.
        assert_eq!(html! { p { ("<script>") } }.into_string(), "<p>&lt;script&gt;</p>");
    }

    #[test]
    fn the_way_is_drawn_with_its_break_and_says_the_same_in_words() {
        use crate::diagnose::{Said, diagnose};
        use crate::testing::{now, readings};
        let log = "911: ERR 10:19:27.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted\n\
                   913: ERR 10:19:27.422295 VPNC: alert_err: SSL write alert: code 48, unknown CA\n";
        let phone = "<device><vpnGroup><addresses><url1>https://vpn.example.com/&lt;i&gt;</url1></addresses><credentials><hashAlg>0</hashAlg><certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1></credentials></vpnGroup></device>";
        let told = |files: &[(&str, &str)], lang| {
            render(&diagnose(&readings(files), &Said::new(), now()), lang, Files::Short)
        };
        let files = [("SEP001122334455.cnf.xml", phone), ("phone.log", log)];
        for (lang, breaks) in
            [(Lang::En, "✖ Here it breaks: Trust"), (Lang::De, "✖ Hier bricht es ab: Vertrauen")]
        {
            let html = told(&files, lang);
            assert_eq!(html.matches("<svg width").count(), 5, "{html}");
            assert_eq!(html.matches("<circle").count(), 1, "one break");
            // The inner picture, without a size of its own, has to reach over its edge.
            assert!(html.contains(".way li>svg{") && !html.contains(".way svg{"), "only the outer one cuts");
            let way =
                html.split_once("class=\"way\"").and_then(|(_, rest)| rest.split_once("</ol>")).unwrap().0;
            assert!(way.contains(breaks) && way.contains("SEP001122334455"), "{way}");
            assert!(way.contains("/&lt;i&gt;") && !way.contains("<i>"), "{way}");
        }
        assert!(
            !told(&[("notes.txt", "nothing that anybody knows\n")], Lang::En).contains("<svg"),
            "nothing is known"
        );
    }
}
