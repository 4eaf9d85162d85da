//! A diagnosis as one HTML file: no script, its own policy, prints well.

use crate::diagnosis::Diagnosis;
use crate::finding::{Conclusion, Evidence, Fix};
use crate::report::visible;
use crate::report::words::{self, BRING, CAUSED_BY, FILES, FIX, UNDO, VERIFY};
use crate::text::Lang;

/// Writes it.
pub fn render(diagnosis: &Diagnosis, lang: Lang) -> String {
    let tag = match lang {
        Lang::En => "en",
        Lang::De => "de",
    };
    let mut body = String::new();
    let verdict = &diagnosis.verdict;
    element(&mut body, "h1", verdict.sentence.get(lang));
    if !verdict.detail.is_empty() {
        element(&mut body, "p", verdict.detail.get(lang));
    }
    body.push_str("<ol class=\"ladder\">\n");
    for row in &diagnosis.stages {
        let text = format!("{}: {}", row.stage.name().get(lang), row.state.id());
        body.push_str(&format!("<li class=\"{}\">{}</li>\n", row.state.id(), escaped(&text)));
    }
    body.push_str("</ol>\n");
    for found in &diagnosis.findings {
        finding(&mut body, diagnosis, found, lang);
    }
    element(&mut body, "h2", FILES.get(lang));
    body.push_str("<ul>\n");
    for input in &diagnosis.inputs {
        let kind = input.kind.name();
        element(&mut body, "li", &format!("{}: {} ({})", input.name, kind.get(lang), input.state.id()));
    }
    body.push_str("</ul>\n");
    let bring = diagnosis.bring();
    if !bring.is_empty() {
        element(&mut body, "h2", BRING.get(lang));
        body.push_str("<ul>\n");
        for (need, rules) in bring {
            let text =
                format!("{} (+{}): {}", need.name().get(lang), rules.len(), need.how_to_get().get(lang));
            element(&mut body, "li", &text);
        }
        body.push_str("</ul>\n");
    }
    format!(
        "<!doctype html>\n<html lang=\"{tag}\" translate=\"no\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>VPN Phone Doctor</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn finding(body: &mut String, diagnosis: &Diagnosis, found: &Conclusion, lang: Lang) {
    body.push_str(&format!("<section class=\"{}\">\n", found.severity.id()));
    element(body, "h2", found.title.get(lang));
    let mut head = format!("{} · {} · {}", found.rule, found.severity.id(), found.confidence.id());
    if let Some(cause) = &found.caused_by {
        head.push_str(&format!(" · {} {cause}", CAUSED_BY.get(lang)));
    }
    element(body, "p", &head);
    for paragraph in &found.explanation {
        element(body, "p", paragraph.get(lang));
    }
    body.push_str("<ul class=\"evidence\">\n");
    for evidence in &found.evidence {
        evidence_item(body, diagnosis, evidence, lang);
    }
    body.push_str("</ul>\n");
    for fix in &found.fix {
        fix_block(body, fix, lang);
    }
    body.push_str("</section>\n");
}

fn evidence_item(body: &mut String, diagnosis: &Diagnosis, evidence: &Evidence, lang: Lang) {
    let place = words::place(diagnosis, evidence, lang);
    body.push_str(&format!("<li><b>{}</b> {}", escaped(&place), escaped(evidence.says.get(lang))));
    if let Some(at) = &evidence.at
        && !at.text.is_empty()
    {
        body.push_str(&format!("<pre>{}</pre>", escaped(at.text.trim())));
    }
    body.push_str("</li>\n");
}

fn fix_block(body: &mut String, fix: &Fix, lang: Lang) {
    element(body, "h3", &format!("{} {}", FIX.get(lang), fix.on.name().get(lang)));
    if !fix.steps.is_empty() {
        body.push_str("<ol>\n");
        for step in &fix.steps {
            element(body, "li", step.get(lang));
        }
        body.push_str("</ol>\n");
    }
    if !fix.commands.is_empty() {
        body.push_str(&format!("<pre>{}</pre>\n", escaped_lines(&fix.commands)));
    }
    for (list, name) in [(&fix.undo, UNDO), (&fix.verify, VERIFY)] {
        for item in list {
            element(body, "p", &format!("{} {}", name.get(lang), item.get(lang)));
        }
    }
}

fn element(body: &mut String, name: &str, text: &str) {
    body.push_str(&format!("<{name}>{}</{name}>\n", escaped(text)));
}

fn escaped_lines(lines: &[String]) -> String {
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\n")
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

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111}\
h1{font-size:24px}h2{font-size:18px;margin-top:2em}pre{font:13px/1.4 ui-monospace,monospace;white-space:pre-wrap;\
overflow-wrap:anywhere;background:#f3f4f5;padding:.5em}section{border-left:4px solid #888;padding-left:1em}\
section.blocker{border-color:#b3261e}section.warning{border-color:#8a5a00}.ladder{columns:3}.failed{font-weight:bold}\
@media print{section{break-inside:avoid}}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_file_stays_text() {
        assert_eq!(escaped("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
    }
}
