//! Phone configurations: elements that are not closed, not opened, cut, or more than any phone takes.

use super::{Case, Class, case, text};

pub const SAMPLE: &str = "samples/phone_config/SEP0011223344D7.cnf.xml";

pub fn cases() -> Vec<Case> {
    let whole = text(SAMPLE);
    let mut cases = Vec::new();
    let mut add =
        |damage: &str, bytes: String, class| cases.push(case("configuration", damage, bytes, class));
    let names: Vec<&str> = whole
        .split("</")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|name| whole.matches(&format!("</{name}>")).count() == 1)
        .collect();
    assert!(names.len() > 15, "{names:?}");
    for name in &names {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        // The end of the root is the end of the file.
        let class = if *name == "device" { Class::Cut } else { Class::Unclosed };
        add(&format!("without {close}"), whole.replace(&close, ""), class);
        if *name != "device" {
            add(&format!("without {open}"), whole.replace(&open, ""), Class::Unopened);
        }
        let (begin, end) = (whole.find(&open).unwrap(), whole.find(&close).unwrap());
        // Before anything stands in it, an XML file tells nothing of a phone.
        let class = if *name == "device" { Class::Unknown } else { Class::Cut };
        add(&format!("cut in {open}"), whole[..begin + open.len() - 1].to_owned(), class);
        add(&format!("cut in {close}"), whole[..end + 3].to_owned(), Class::Cut);
        add(&format!("cut before {close}"), whole[..end].to_owned(), Class::Cut);
        add(
            &format!("with {close} misspelt"),
            whole.replace(&close, &format!("</{name}x>")),
            Class::Unopened,
        );
        // Without its root it is a piece of a configuration like any that is pasted.
        if *name != "device" {
            add(&format!("with < lost from {open}"), whole.replace(&open, &open[1..]), Class::Unopened);
        }
    }
    let inside = |what: &str| whole.replace("<mtu>", &format!("{what}<mtu>"));
    for sign in ['\u{1}', '\u{8}', '\u{b}', '\u{1f}'] {
        add(&format!("with {sign:?} inside"), inside(&sign.to_string()), Class::Encoding);
    }
    add("with a comment that is not closed", inside("<!-- never closed "), Class::Unclosed);
    add("with a section that is not closed", inside("<![CDATA[ never closed "), Class::Unclosed);
    let declared = "<!DOCTYPE device [<!ENTITY a \"b\">]>\n<device>";
    add("with a declared type", whole.replacen("<device>", declared, 1), Class::NotRead);
    let bomb = "<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<device>";
    add("with entities in entities", whole.replacen("<device>", bomb, 1), Class::NotRead);
    let group = &whole[whole.find("<vpnGroup>").unwrap()..whole.find("</device>").unwrap()];
    add(
        "with its group twice",
        whole.replace("</device>", &format!("{group}</device>")),
        Class::Contradiction,
    );
    add("with its group opened twice", whole.replace("<mtu>", "<vpnGroup><mtu>"), Class::Unclosed);
    add("nested too deep", inside(&"<a>".repeat(200)), Class::TooMuch);
    let many: String = (0..400).map(|number| format!(" a{number}=\"1\"")).collect();
    add("with 400 attributes", inside(&format!("<x{many}/>")), Class::TooMuch);
    add("with 120,000 elements", inside(&"<x/>\n".repeat(120_000)), Class::TooMuch);
    add("with a long value", whole.replace("HomeOffice", &"a".repeat(20_000)), Class::TooMuch);
    add(
        "with 300 hashes",
        whole.replace(
            "</credentials>",
            &format!("{}</credentials>", "<certHash1>YQ==</certHash1>".repeat(300)),
        ),
        Class::TooMuch,
    );
    add(
        "with 5 MB inside",
        inside(&format!("<x>{}</x>", format!("{}\n", "y".repeat(999)).repeat(4_300))),
        Class::TooMuch,
    );
    cases
}
