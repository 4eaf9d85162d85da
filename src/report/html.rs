//! A diagnosis as one HTML file: no script, its own policy, prints well, and tells without colour.

use crate::diagnosis::Diagnosis;
use crate::finding::{Conclusion, Evidence, Fix};
use crate::report::sections::{self, Block, Part, Section};
use crate::report::words::{self, CAUSED_BY, FIX, REDACTED, SOURCES, UNDO, VERIFY};
use crate::report::{Files, changes, visible};
use crate::text::Lang;

/// Writes it.
pub fn render(diagnosis: &Diagnosis, lang: Lang, files: Files) -> String {
    let tag = match lang {
        Lang::En => "en",
        Lang::De => "de",
    };
    let mut body = String::new();
    let verdict = &diagnosis.verdict;
    element(&mut body, "h1", verdict.sentence.get(lang));
    if diagnosis.redacted {
        body.push_str(&format!("<p class=\"redacted\">{}</p>\n", prose(REDACTED.get(lang))));
    }
    if !verdict.detail.is_empty() {
        element(&mut body, "p", verdict.detail.get(lang));
    }
    body.push_str("<ol class=\"ladder\">\n");
    for row in &diagnosis.stages {
        let (sign, state) = (words::stage_sign(row.state), words::stage(row.state));
        let text = format!("{sign} {}: {}", row.stage.name().get(lang), state.get(lang));
        body.push_str(&format!("<li class=\"{}\">{}</li>\n", row.state.id(), escaped(&text)));
    }
    body.push_str("</ol>\n");
    if let Some(changes) = changes::section(diagnosis, lang) {
        section(&mut body, &changes, lang);
    }
    for found in &diagnosis.findings {
        finding(&mut body, diagnosis, found, lang);
    }
    for one in sections::all(diagnosis, lang, files) {
        section(&mut body, &one, lang);
    }
    format!(
        "<!doctype html>\n<html lang=\"{tag}\" translate=\"no\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>VPN Phone Doctor: {}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(verdict.sentence.get(lang))
    )
}

fn finding(body: &mut String, diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) {
    let (sign, severity) = words::severity(found.severity);
    let sure = words::confidence(found.confidence);
    body.push_str(&format!("<section class=\"finding {}\">\n", found.severity.id()));
    element(body, "h2", &format!("{sign} {}", found.title.get(lang)));
    let mut head = format!("`{}` · {} · {}", found.rule, severity.get(lang), sure.get(lang));
    if let Some(cause) = &found.caused_by {
        head.push_str(&format!(" · {} `{cause}`", CAUSED_BY.get(lang)));
    }
    element(body, "p", &head);
    for paragraph in &found.explanation {
        element(body, "p", paragraph.get(lang));
    }
    body.push_str("<ul class=\"evidence\">\n");
    for evidence in &found.evidence {
        evidence_item(body, diagnosis, evidence, lang);
    }
    if found.more_evidence > 0 {
        element(body, "li", words::more(found.more_evidence as usize).get(lang));
    }
    body.push_str("</ul>\n");
    for fix in &found.fix {
        fix_block(body, fix, lang);
    }
    if !found.sources.is_empty() {
        element(body, "p", &format!("{} {}", SOURCES.get(lang), found.sources.join("; ")));
    }
    body.push_str("</section>\n");
}

fn evidence_item(body: &mut String, diagnosis: &Diagnosis, evidence: &Evidence, lang: Lang) {
    let place = words::place(diagnosis, evidence, lang);
    body.push_str(&format!("<li><b>{}</b> {}", escaped(&place), prose(evidence.says.get(lang))));
    if let Some(at) = &evidence.at
        && !at.text.is_empty()
    {
        body.push_str(&format!("<pre>{}</pre>", escaped(at.text.trim())));
    }
    body.push_str("</li>\n");
}

fn fix_block(body: &mut String, fix: &Fix, lang: Lang) {
    body.push_str("<div class=\"fix\">\n");
    element(body, "h3", &format!("{} {}", FIX.get(lang), fix.on.name().get(lang)));
    if !fix.steps.is_empty() {
        body.push_str("<ol>\n");
        for step in &fix.steps {
            element(body, "li", step.get(lang));
        }
        body.push_str("</ol>\n");
    }
    if !fix.commands.is_empty() {
        let commands: Vec<String> = fix.commands.iter().map(|command| escaped(command)).collect();
        body.push_str(&format!("<pre>{}</pre>\n", commands.join("\n")));
    }
    for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
        for item in list {
            element(body, "p", &format!("{} {}", name.get(lang), item.get(lang)));
        }
    }
    body.push_str("</div>\n");
}

fn section(body: &mut String, section: &Section, lang: Lang) {
    body.push_str("<section>\n");
    element(body, "h2", section.heading.get(lang));
    for block in &section.blocks {
        match block {
            Block::Paragraph(line) => body.push_str(&format!("<p>{}</p>\n", parts(line))),
            Block::List(items) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>\n", parts(item))).collect();
                body.push_str(&format!("<ul>\n{items}</ul>\n"));
            }
            Block::Table { head, rows } => {
                let head: String = head
                    .iter()
                    .map(|name| format!("<th scope=\"col\">{}</th>", prose(name.get(lang))))
                    .collect();
                body.push_str(&format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"));
                for row in rows {
                    let cells: String = row.iter().map(|cell| format!("<td>{}</td>", parts(cell))).collect();
                    body.push_str(&format!("<tr>{cells}</tr>\n"));
                }
                body.push_str("</tbody>\n</table>\n");
            }
        }
    }
    body.push_str("</section>\n");
}

fn parts(line: &[Part]) -> String {
    let told = line.iter().filter_map(|part| match part {
        Part::Words(words) => (!words.is_empty()).then(|| prose(words)),
        Part::Device(text) => Some(format!("<code>{}</code>", escaped(text))),
    });
    told.collect::<Vec<_>>().join(" ")
}

fn element(body: &mut String, name: &str, text: &str) {
    body.push_str(&format!("<{name}>{}</{name}>\n", prose(text)));
}

/// Prose: what stands between backticks is code, nothing becomes markup.
fn prose(text: &str) -> String {
    let text = escaped(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('`') {
        let Some((span, tail)) = after.split_once('`') else { break };
        out.push_str(&format!("{before}<code>{span}</code>"));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Text as HTML text; nothing in it becomes markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#111;background:#fff}\
h1{font-size:24px;line-height:1.25}h2{font-size:18px;margin:2em 0 .5em}h3{font-size:15px;margin:1.5em 0 .5em}\
pre,code{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:#f3f4f5;padding:.5em;margin:.3em 0}\
.finding{border-left:4px solid #555;padding-left:1em}.blocker{border-color:#b3261e}.warning{border-color:#8a5a00}\
.redacted{border:1px solid #555;padding:.5em 1em}.ladder{columns:3;padding-left:1.5em}.failed{font-weight:bold}\
table{border-collapse:collapse;width:100%;font-size:13px}th,td{border:1px solid #999;padding:.25em .5em;text-align:left;vertical-align:top}\
th{background:#f3f4f5}@media(max-width:40em){.ladder{columns:1}section{overflow-x:auto}}\
@page{margin:15mm}@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}h1,h2,h3{break-after:avoid}\
tr,li,pre,.fix{break-inside:avoid}thead{display:table-header-group}pre{border:1px solid #999;background:none}section{overflow:visible}}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_file_stays_text() {
        assert_eq!(escaped("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(prose("`<b>` <i> `x"), "<code>&lt;b&gt;</code> &lt;i&gt; `x");
    }
}
