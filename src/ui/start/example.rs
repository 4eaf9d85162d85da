//! The case that ships inside the page: a certificate was replaced on the ASA, and the phone still trusts the old one.

/// Its files: name and content.
pub const FILES: [(&str, &str); 5] = [
    ("phone-console.log", include_str!("../../../assets/examples/replaced-certificate/phone-console.log")),
    (
        "SEP001122334455.cnf.xml",
        include_str!("../../../assets/examples/replaced-certificate/SEP001122334455.cnf.xml"),
    ),
    (
        "asa-running-config.txt",
        include_str!("../../../assets/examples/replaced-certificate/asa-running-config.txt"),
    ),
    ("asa-logging.txt", include_str!("../../../assets/examples/replaced-certificate/asa-logging.txt")),
    ("asa.pem", include_str!("../../../assets/examples/replaced-certificate/asa.pem")),
];
