//! Reports cite what a capture shows by its packets, as capture programs number them.

use serde_json::Value;
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::text::Lang;

use super::*;

#[test]
fn evidence_names_its_packet_in_every_form() {
    let mut capture = Capture::new();
    is_refused(&mut capture, PHONE, CONFIG);
    let diagnosis =
        diagnose(&[intake::read("vpn.pcap", &capture.bytes, &Limits::default())], &Said::new(), NOW);
    for (lang, words) in [(Lang::En, "vpn.pcap, packet 4"), (Lang::De, "vpn.pcap, Paket 4")] {
        for form in [Form::Text, Form::Markdown, Form::Html] {
            let report = report::render(&diagnosis, form, lang);
            assert!(report.contains(words), "{form:?}: {report}");
            assert!(!report.contains("vpn.pcap, byte"), "{form:?}: {report}");
        }
    }
    let report: Value = serde_json::from_str(&report::render(&diagnosis, Form::Json, Lang::En)).unwrap();
    let evidence = &report["findings"][0]["evidence"][0];
    assert_eq!((&evidence["packet"], &evidence["line"]), (&Value::from(4), &Value::Null), "{evidence}");
    assert!(evidence["offset"].as_u64().unwrap() > 24, "{evidence}");
}
